"""Table 二: what was disclosed, form 2021 or 2019, by row labels and header words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from .form import DISCLOSURE_COLUMN_LABELS, DISCLOSURE_ROWS, Row
from .labels import Compact, Label, find_disclosure
from .placing import Line, Option
from .report import Form
from .rows import Found, settle, uneven, values_after
from .tokens import Token

_BEGIN = re.compile(r"信息内容|第(?:二十|20|二0)条第?[(]?[一1][)]?项|本年制发|本年新制作")
_END = re.compile(r"结果维持|尚未审结|存在的?(?:主要)?问题")
_HEADS = re.compile(r"(?:本年制发?|本年新).{0,40}?(?:现行有效|对外公开总|本年废止|本年新公开)")
_OLD = re.compile(r"本年新公开|上一年项目|对外公开总数")
# What stands between two headers: rows of the upper one, or the caption of the lower.
_ROW_BETWEEN = re.compile(r"信息内容|第.{1,4}条|规章|规范性文件|行政许可|管理服务|行政处罚|行政强制")
_ROWS_BELOW = re.compile(r"规章|规范性文件|行政规范|行政许可|其他对外|行政处罚|行政强制|行政事业|政府集中")
_NOTE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_REST = re.compile(r"数量|件数|单位:?万?元|[^\w]")  # what a header says beside the words that tell its columns
_LONGEST = 3000
_YUAN = re.compile(r"(?:单位:?|\()(万?元)")
_UNIT_DISTANCE = 60  # tokens back to the header that names the unit


def find(tokens: Sequence[Token], text: Compact) -> list[Label]:
    """Labels of the table: each at the beginning of a cell or word."""
    begin = _BEGIN.search(text.text)
    if begin is None:
        return []
    end = _END.search(text.text, begin.end())
    high = min(end.start() if end else len(text.text), begin.start() + _LONGEST)
    starts = set(text.starts)
    starts |= {start + 1 for start in text.starts if text.text[start : start + 1] == "\x00"}
    return [label for label in find_disclosure(text, begin.start(), high) if label.start in starts]


def read(
    tokens: Sequence[Token], text: Compact, labels: Sequence[Label], stops: Sequence[int]
) -> list[Line]:
    """Lines of the table; none where there is no such table."""
    if not labels or (len({one.row for one in labels}) < 2 and not announced(text)):
        return []
    begin = labels[0].start
    head = text.text[max(0, begin - 200) : labels[-1].start + 40]
    form: Form = "2019" if _OLD.search(head) else "2021"
    rows = {row.key: row for row in DISCLOSURE_ROWS[form]}
    found: dict[str, list[Found]] = {}
    for label in labels:
        row = rows.get(label.row)
        if row is None:
            continue
        short = _short_header(row, text.text[: label.start])
        if short is not None:
            rows[label.row] = row = Row(row.key, row.label, short)
        width = len(row.columns)
        at = bisect_right(stops, label.token)
        limit = stops[at] if at < len(stops) else len(tokens)
        alone = limit == len(tokens) or tokens[limit].line != tokens[label.token].line
        values = values_after(tokens, text, label, limit, width)
        one = settle(row.key, label, tokens[label.token], values, width, alone)
        if uneven(one.tokens):
            one = Found(row.key, label, (), crowded=True)
        found.setdefault(row.key, []).append(one)
    chosen = {key: _choose(ones, len(rows[key].columns)) for key, ones in found.items()}
    _drop_strays(chosen, tokens)
    lines = [_line(rows[row.key], chosen.get(row.key), text, form) for row in DISCLOSURE_ROWS[form]]
    for row in DISCLOSURE_ROWS[form]:
        absent = tuple((row.key, c) for c in row.columns if c not in rows[row.key].columns)
        if absent:
            lines.append(Line(absent, (Option((None,) * len(absent), (None,) * len(absent)),)))
    return lines


def announced(text: Compact) -> bool:
    """Whether words of the table's headers are there, as in one that is cut behind its first row."""
    return _HEADS.search(text.text) is not None


def _short_header(row: Row, before: str) -> tuple[str, ...] | None:
    """The columns of a header that has fewer than the form, as the form of 2019 prints two of 收费 and
    offices mix both forms; None where it has them all, or words that are damaged or unknown."""
    begin = before.rfind("信息内容")
    if begin < 0:
        return None
    head = _ROWS_BELOW.split(_NOTE.sub("", before[begin + len("信息内容") :]))[0]
    at: dict[int, str] = {}
    for labels in DISCLOSURE_COLUMN_LABELS.values():
        for column in row.columns:
            if column in labels and (match := re.search(labels[column], head)):
                at[match.start()] = column
                head = head[: match.start()] + "." * (match.end() - match.start()) + head[match.end() :]
    found = tuple(at[n] for n in sorted(at))
    if _REST.sub("", head) or not 0 < len(found) < len(row.columns):
        return None
    return found if len(set(found)) == len(found) else None


def _choose(ones: Sequence[Found], width: int) -> Found:
    full = [one for one in ones if len(one.tokens) == width]
    numbers = {tuple(token.value for token in one.tokens) for one in full}
    if len(numbers) == 1:
        return full[0]
    return Found(ones[0].row, ones[0].label, (), crowded=True)


def _drop_strays(chosen: dict[str, Found], tokens: Sequence[Token]) -> None:
    """A lone number below a label is a page number where other labels have theirs beside them."""
    single = [one for one in chosen.values() if len(one.tokens) == 1]
    beside = [one for one in single if one.tokens[0].line == tokens[one.label.token].line]
    for one in single if beside else ():
        if one not in beside and not one.tokens[0].marked:
            chosen[one.row] = Found(one.row, one.label, (), crowded=True)


def _line(row: Row, found: Found | None, text: Compact, form: Form) -> Line:
    columns: tuple[str, ...] | None = row.columns
    if found is not None and found.tokens:
        columns = _columns(row, text.text[: found.label.start], form)
    if columns is None:
        return Line(tuple((row.key, column) for column in row.columns), ())
    places = tuple((row.key, column) for column in columns)
    if found is None or not found.tokens:
        return Line(places, (Option((None,) * len(places), (None,) * len(places)),))
    values = tuple(token.value for token in found.tokens)
    return Line(places, (Option(values, tuple(range(len(values)))),), found.tokens)


def _columns(row: Row, before: str, form: Form) -> tuple[str, ...] | None:
    """The order of the nearest header; that of the form where it names other columns; None where
    it lacks a word and has the rest in another order. Words of a header further up do not fill
    in for one that is damaged: they would come before the others."""
    before = before[-400:]
    words = sorted(
        (match.start(), match.end(), column)
        for column in row.columns
        for match in re.finditer(DISCLOSURE_COLUMN_LABELS[form][column], before)
    )
    order: list[str] = []
    after = len(before)
    for start, end, column in reversed(words):
        if column in order or (order and _ROW_BETWEEN.search(before, end, after)):
            break
        order.insert(0, column)
        after = start
    if len(order) == len(row.columns):
        return tuple(order)
    return row.columns if order == [c for c in row.columns if c in order] else None


def unit_of(row: str, token: Token, tokens: Sequence[Token]) -> str:
    """元 or 万元, by the header nearest before an amount.

    Where that names none a fee is in 万元, as the form prints it; the form prints no unit for
    procurement, and offices fill in 元 and 万元 alike: "" there.
    """
    before = [one.text for one in tokens if one.kind == "text" and one.start < token.start]
    words = "".join(before[-_UNIT_DISTANCE:]).replace(" ", "")
    if row == "procurement":
        words = words[words.rfind("性收费") + 1 :]
    units = _YUAN.findall(words)
    return str(units[-1]) if units else "" if row == "procurement" else "万元"
