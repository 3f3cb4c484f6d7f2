"""Cutting the narrative into clauses, each with the context that gives it its tense.

A clause ends at 。；！？, at a line end, at the ： of a lead-in, and at a comma only where the
label may turn (…，但… / …，下一步… / …，我局将…). Tables are no narrative and are left out.
What governs a clause (section, headings, the lead-in of its list) is carried down to it,
because items two to five of a list look alike whether they are promised or done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .document import Document, fold
from .form import (
    DISCLOSURE_COLUMN_LABELS,
    DISCLOSURE_ROWS,
    REQUEST_COLUMN_LABELS,
    REQUEST_ROWS,
    REVIEW_COLUMN_LABELS,
    REVIEW_ROW_LABELS,
)
from .report import Section, SectionKind
from .tokens import numeral

if TYPE_CHECKING:
    from .headings import Heading

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, ``text == document.text[start:end]``, without its end mark.

    Attributes
    ----------
    section : SectionKind or None
        None for lone lines, which belong to no report.
    heading : str
        The nearest headings above, outermost first, joined by a space.
    lead_in : str
        The open lead-in that governs the list or the paragraph (主要表现在 / 下一步，我局将…).
    previous : str
        Text of the clause before, whatever its line.
    ordinal : int or None
        Of a list item: 一是, （二）, 3., ④, 首先.
    paragraph : int
        Number of the line, counted from 0.
    year_gap : int or None
        The last year that the clause or its lead-in names, minus the report's own year.
    """

    start: int
    end: int
    text: str
    section: SectionKind | None = None
    heading: str = ""
    lead_in: str = ""
    previous: str = ""
    ordinal: int | None = None
    paragraph: int = 0
    is_heading: bool = False
    year_gap: int | None = None


# --- ordinals ----------------------------------------------------------------------------

_CIRCLED = {chr(0x2460 + number): number + 1 for number in range(20)}
_FIRSTLY = {"首先": 1, "其次": 2, "再次": 3, "最后": 4, "一方面": 1, "另一方面": 2}
ORDINAL = re.compile(
    r"\s*(?:(?P<item>[一二三四五六七八九十]{1,3})(?:是|要|方面)(?!否)"
    r"|第(?P<nth>[一二三四五六七八九十]{1,3})(?=[,、:是])"
    r"|(?P<word>首先|其次|再次|最后|一方面|另一方面)(?=[,:]|是|要)"
    r"|[(\[]?(?P<han>[一二三四五六七八九十]{1,3})(?:[)\]]|[、.](?!\d))"
    r"|\(?(?P<number>\d{1,2})(?:[)、]|\.(?!\d))"
    r"|(?P<circled>[\u2460-\u2473]))[、.,:]?\s*"
)
_ITEM = r"[一二三四五六七八九]是|首先[,是]|其次[,是]|再次[,是]|另一方面"


def ordinal_of(folded: str) -> tuple[int | None, int]:
    """The ordinal at the head of a folded text, and how many characters it takes.

    Numerals that make no number (十三五、, 一二是) are no ordinal.

    >>> ordinal_of("二是更新不及时"), ordinal_of("(三)加强培训"), ordinal_of("主动公开")
    ((2, 2), (3, 3), (None, 0))
    """
    match = ORDINAL.match(folded)
    if match is None:
        return None, 0
    found = match.groupdict()
    if found["number"]:
        value: int | None = int(found["number"])
    elif found["circled"]:
        value = _CIRCLED[found["circled"]]
    elif found["word"]:
        value = _FIRSTLY[found["word"]]
    else:
        value = numeral(found["item"] or found["nth"] or found["han"])
    return (None, 0) if value is None else (value, match.end())


# --- where to cut ------------------------------------------------------------------------

# Inside brackets, titles and quotations nothing is cut.
_PROTECTED = re.compile(r"\([^()\n]{0,150}\)|\[[^\[\]\n]{0,80}\]|《[^《》\n]{0,80}》|\"[^\"\n]{0,60}\"")
_WE = r"(?:我们|[我本](?:[省市县区州旗乡镇街局厅委办院校馆所站处司会部中机单公](?:道|心|关|位|司)?))"
_FUTURE = r"(?:还|也|都|同时)?(?:将|拟(?!稿|公开)|计划|要(?!求|点|闻|素))"
_TURN = re.compile(
    r",(?=\s*(?:但(?!书|凡)|然而|不过(?!是)|可是|同时[,]?(?:也|仍|还|依然)?(?:存在|有待|面临)"
    r"|下一?步|下一?阶段|今后|接下来|(?:明|来|新的?一)年(?:度)?(?:[,]|将|要|拟|我)"
    r"|20\d\d年度?[,]?[^,。;:]{0,8}(?:将|要|拟|计划)"
    rf"|(?:为此|对此)?[,]?{_WE}{_FUTURE}|{_ITEM}))"
)
_TURNS_ALONE = re.compile(rf"\s*(?:但|然而|{_ITEM})")  # whatever scene is set before it
_AGAINST = re.compile(r",(?=针对[^,。;]{2,40}(?:问题|不足|情况|短板|弱项|现象|差距))")
# A part that only sets the scene does not stand alone before 我局将…
_FRAME = re.compile(
    r"(?:针对|围绕|结合|根据|按照|依照|为了?|对照|对于|通过|面对|立足|随着|在|以|从|同时|此外|另外)"
    r"|(?:下一?步|下一?阶段|今后|接下来|20\d\d年度?|明年|来年|新的?一年)[^,]{0,6}$"
)
_NO_CUT_COLON = re.compile(
    r"(?:其中|电话|热线|传真|地址|地点|邮编|邮政编码|网址|网站|邮箱|邮件|联系人|例如|譬如|比如|如|来源|日期|时间"
    r"|单位|索引号|编号|文号|签发人|https?|\d)$"
)
_STOPS = re.compile(r"[。;!?…]+|\n")
_WORD = re.compile(r"\w")
_OPENS_PROTECTED = re.compile(r"[(\[《\"]")
_TRIM = " \t\n\r。;,:!?…、"


def _cut_points(folded: str, start: int, end: int) -> list[int]:
    """Places inside ``folded[start:end]`` (one line) after which a new clause begins."""
    line = folded[start:end]
    if _OPENS_PROTECTED.search(line):
        line = _PROTECTED.sub(lambda match: "□" * len(match[0]), line)
    points = [match.end() for match in _STOPS.finditer(line)]
    last = 0
    for match in re.finditer(":", line):
        head = re.split(r"[。;!?]", line[: match.start()])[-1]
        if not _NO_CUT_COLON.search(head) and line[match.end() : match.end() + 2] != "//":
            points.append(match.end())
    points.sort()
    for pattern in (_TURN, _AGAINST):
        for match in pattern.finditer(line):
            last = max((point for point in points if point <= match.start()), default=0)
            part = line[last : match.start()].strip(_TRIM)
            part = part[ordinal_of(part)[1] :]
            turns = _TURNS_ALONE.match(line, match.end()) is not None
            if len(part) < (2 if turns else 8):
                continue
            if not turns and _FRAME.match(part) and "," not in part:
                continue
            points.append(match.end())
            points.sort()
    return [start + point for point in points]


def _spans(folded: str, start: int, end: int) -> Iterable[Span]:
    """Clause spans of one line, trimmed of white space and marks at both ends."""
    last = start
    for point in (*_cut_points(folded, start, end), end):
        low, high = _stripped(folded, last, point)
        if high > low and _WORD.search(folded, low, high):
            yield low, high
        last = max(last, point)


# --- what is no narrative ----------------------------------------------------------------


def _label_pattern() -> re.Pattern[str]:
    labels = {row.label for row in REQUEST_ROWS}
    labels |= {row.label for rows in DISCLOSURE_ROWS.values() for row in rows}
    for columns in (*DISCLOSURE_COLUMN_LABELS.values(), REQUEST_COLUMN_LABELS):
        labels |= set(columns.values())
    labels |= set(REVIEW_COLUMN_LABELS.values()) | set(REVIEW_ROW_LABELS.values())
    labels |= {
        r"信息内容", r"第二?十?\d*条第\([一二三四五六七八九十\d]+\)项", r"申请人情况",
        r"法人或其他组织", r"\(?单位:?万?元\)?", r"\(?本列数据的?勾稽关系.*", r"三、本年度办理结果",
        r"\([一二三四五六七]\)(?:不予公开|无法提供|不予处理|其他处理)",
        r"行政诉讼", r"[一二三四]、", r"\d[.、]", r"[-+]?[\d.,]+(?:万?元|件|条|项|个)?", r"[/\-]",
        r"(?:法人)?组织", r"指标名称|统计数|统计指标", r"\([^()]*(?:只计|机关)[^()]*\)",
    }  # fmt: skip
    return re.compile("(?:" + "|".join(f"(?:{label})" for label in labels) + ")*")


_LABELS = _label_pattern()
# A row's label in full: its ordinal, its core, and what the form says after it.
_ROW_LABEL = re.compile(
    r"(?:[一二三四]、|\([一二三四五六七]\)|\d[.、])*(?:属于|危及\"?|本机关|本年(?:度)?|申请人|要求|无正当理由|没有)?(?:"
    + "|".join(f"(?:{row.label})" for row in REQUEST_ROWS if row.key != "other.other")
    + r")[^。;0-9]{0,45}"
)
_PAGE = re.compile(r"(?:第?\s*\d+\s*页?\s*(?:共\s*\d+\s*页|/\s*\d+)|[-–—]\s*\d+\s*[-–—]|[PpＰ][.．]?\s*\d+)")


_SENTENCE_MARKS = ("。", ";", ":", ",")
_A_NUMBER = re.compile(r"(?<![\d.])\d[\d.,]*")
_LONGEST_KNOWN = 40  # a longer line is hardly one that other reports have too
_ROW_OF_NUMBERS = re.compile(r"(?:[ \t]+[-+]?\d[\d.,]*){4,}\s*$|(?:\t[^\t。;]{0,40}){2,}$")


def is_table_line(folded_line: str) -> bool:
    """Whether a line of folded text belongs to a flattened table: cells, not sentences.

    >>> is_table_line("| 规章 | 0 | 0 | 0 |"), is_table_line("一是内容不全面。")
    (True, False)
    >>> is_table_line("2.重复申请 0 0 0 0 0 0 0"), is_table_line("信息内容\\t采购项目数量\\t采购总金额")
    (True, True)
    """
    if len(folded_line) > _LONGEST_KNOWN:
        return _is_table_line(folded_line)
    return _known_table_line(folded_line)


def _is_table_line(line: str) -> bool:
    if line.count("|") >= 2:
        return True
    if ("\t" in line or line.count(" ") >= 4) and _ROW_OF_NUMBERS.search(line):
        return True
    bare = "".join(line.replace("|", " ").split())
    if not bare:
        return True
    if _LABELS.fullmatch(bare) is not None or _PAGE.fullmatch(line.strip()):
        return True
    if not line.rstrip().endswith(_SENTENCE_MARKS) and _ROW_LABEL.fullmatch(bare):
        return True
    return not ("。" in line or ";" in line) and len(_A_NUMBER.findall(line)) >= 12


_known_table_line = lru_cache(maxsize=4096)(_is_table_line)  # reports share the form's lines


def _lines(document: Document) -> Iterable[Span]:
    """Lines that hold narrative, in order; grids and flattened table lines are left out."""
    grids = [(block.start, block.end) for block in document.blocks if block.kind == "grid"]
    position = 0
    for line in document.folded.splitlines(keepends=True):
        text = line.rstrip("\n")
        start, end = position, position + len(text)
        position += len(line)
        if end == start or (grids and any(start < high and end > low for low, high in grids)):
            continue
        if not is_table_line(text):
            yield start, end


# --- lead-ins ----------------------------------------------------------------------------

_LEAD_WORDS = re.compile(
    r"(?:以下|如下|下列)[^,;。]{0,16}$|(?:主要)?(?:表现|体现)(?:在|为|于)$|方面[^,;。]{0,8}(?:改进|工作|入手|着手|努力|做起)$"
    r"|(?:问题|不足|短板|困难|措施|打算|方向|情况|工作|改进|整改)(?:主要)?(?:有|是|为|在于)?$|(?:做到|做好|包括|要|将|是)$"
)
_OPENS_LIST = re.compile(r"(?=[以如下表体几])(?:(?:以下|如下|下列)[^,;。]{0,16}$|(?:表现|体现)(?:在|为|于)$|几个?方面[^,;。]{0,10}$)")
_NEW_FRAME = re.compile(
    r"(?:下一?步|下一?阶段|今后|接下来|针对(?:以上|上述|存在|这些|此)|对此|为此|20\d\d年|明年|来年|新的?一年"
    r"|改进(?:措施|情况|方向)|整改措施|存在(?:的)?(?:主要)?问题|上述)"
)


def _is_lead_in(folded: str, start: int, end: int, ordinal: int | None) -> bool:
    body = folded[start:end]
    if ":" in (after := folded[end : end + 2]) and after.lstrip().startswith(":"):
        return ordinal is None or bool(_LEAD_WORDS.search(body))
    return bool(_OPENS_LIST.search(body))


_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_REPORT_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?\s*(?:度|学年)?[^\n。;]{0,30}?(?:信息公开|政务公开)")


def _report_year(folded: str) -> int | None:
    head = folded[:3000]
    named = _REPORT_YEAR.search(head)
    if named:
        return int(named[1])
    years = _YEAR.findall(head)
    return int(max(years, key=years.count)) if years else None  # of equals, the one named first


def _with_context(
    document: Document,
    spans: Sequence[tuple[int, int, int, int | None]],
    sections: Sequence[Section],
    headings: Sequence[Heading],
) -> tuple[Clause, ...]:
    """Clauses from spans ``(start, end, paragraph, heading level or None)`` in order."""
    folded, text = document.folded, document.text
    year = _report_year(folded)
    ordered = sorted(headings, key=lambda heading: heading.start)
    clauses: list[Clause] = []
    path: list[tuple[int, str]] = []  # headings that are open: level, title
    lead, lead_paragraph, own_line, numbered = "", -1, False, False
    previous, next_heading, section = "", 0, 0
    for start, end, paragraph, level in spans:
        while next_heading < len(ordered) and ordered[next_heading].start < start:
            passed = ordered[next_heading]
            path = [item for item in path if item[0] < passed.level]
            path.append((passed.level, text[passed.start : passed.end].strip()))
            next_heading += 1
        while section < len(sections) and sections[section].end <= start:
            section += 1
        kind = (
            sections[section].kind
            if section < len(sections) and sections[section].start <= start
            else None
        )
        body = folded[start:end]
        ordinal, _ = ordinal_of(body)
        above = path if level is None else [item for item in path if item[0] < level]
        if level is not None:
            if level <= 1 or not own_line or _NEW_FRAME.search(body):
                lead, own_line = "", False
        elif lead and paragraph != lead_paragraph and not own_line:
            keeps = numbered and ordinal is not None
            lead, lead_paragraph = (lead, paragraph) if keeps else ("", -1)
        if lead and level is None and ordinal is None and _NEW_FRAME.match(body):
            lead, own_line = "", False
        years = _YEAR.findall(body) or (_YEAR.findall(fold(lead)) if lead else [])
        gap = int(years[-1]) - year if years and year is not None else None
        clauses.append(
            Clause(
                start, end, text[start:end], kind, " ".join(title for _, title in above),
                lead, previous, ordinal, paragraph, level is not None, gap,
            )
        )
        numbered = numbered or (bool(lead) and ordinal is not None)
        previous = text[start:end]
        if level is None and _is_lead_in(folded, start, end, ordinal):
            lead, lead_paragraph, numbered = previous, paragraph, False
            stop = folded.find("\n", end)
            own_line = not folded[end : stop if stop >= 0 else len(folded)].strip(_TRIM)
    return tuple(clauses)


def cut_clauses(
    document: Document, sections: Sequence[Section], headings: Sequence[Heading]
) -> tuple[Clause, ...]:
    """The clauses of a report's narrative in order; headings are clauses of their own.

    Parameters
    ----------
    document : Document
    sections, headings
        From :func:`nlp.sections.find_sections` and :func:`nlp.headings.find_headings`.
    """
    marks = {heading.start: heading for heading in headings}
    starts = sorted(marks)
    spans: list[tuple[int, int, int, int | None]] = []
    for paragraph, (start, end) in enumerate(_lines(document)):
        inside = [marks[place] for place in starts if start <= place < end]
        position = start
        for heading in inside:
            spans += [(*span, paragraph, None) for span in _spans(document.folded, position, heading.start)]
            low, high = _stripped(document.folded, heading.start, min(heading.end, end))
            if high > low:
                spans.append((low, high, paragraph, heading.level))
            position = min(heading.end, end)
        spans += [(*span, paragraph, None) for span in _spans(document.folded, position, end)]
    return _with_context(document, spans, sections, headings)


def _stripped(folded: str, start: int, end: int) -> Span:
    part = folded[start:end].lstrip(_TRIM)
    low = max(start, end - len(part))
    return low, low + len(part.rstrip(_TRIM))


def clauses_at(
    document: Document,
    spans: Sequence[tuple[int, int, bool]],
    sections: Sequence[Section],
    headings: Sequence[Heading],
) -> tuple[Clause, ...]:
    """Clauses with given bounds ``(start, end, is_heading)`` and the same context.

    For labelled text, whose cuts a person made; end marks are trimmed as in
    :func:`cut_clauses`.
    """
    levels = {heading.start: heading.level for heading in headings}
    placed = []
    for start, end, is_heading in spans:
        low, high = _stripped(document.folded, start, end)
        paragraph = document.folded.count("\n", 0, low)
        placed.append((low, high, paragraph, levels.get(low, 1) if is_heading else None))
    return _with_context(document, placed, sections, headings)


def cut_line(text: str) -> tuple[Clause, ...]:
    """The clauses of a lone text of one or more lines that belongs to no report.

    >>> [clause.text for clause in cut_line("一是内容不全面；二是更新慢。")]
    ['一是内容不全面', '二是更新慢']
    """
    from .report import Source

    return cut_clauses(Document(Source("", "txt", ""), text, ()), (), ())
