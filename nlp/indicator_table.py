"""The appendix 政府信息公开情况统计表 of a report: each indicator read, or null with a warning.

A number belongs to the last label before it, and only where nothing but the row's unit and note
stands between. What a blank, a page end or a torn row leaves uncertain is null: the rows of this
table are alike, and a number that slid by one row would look as good as the right one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from .document import Document
from .indicator_atoms import Atom, atoms
from .indicator_rows import FEWEST, Row, rows_of, table_of
from .indicators import BY_KEY, INDICATORS, ORDER, PREFIX, SUMS, TWICE
from .repeats import without_remnants
from .report import Cell, Fact, Notice, Section
from .script import matchable
from .tokens import Token, tokenize

_ANCHORS = re.compile(
    r"收到申请数|申请总数|申请办结数|申请答复数|主动公开(?:政府)?信息(?:总)?数|公报公开政府信息|解读稿件发布|申请公开信息收取"
    r"|查阅点数|举报、?投诉数|被依法纠错|当面申请数|传真申请数|网[络上]申请数|信函申请数|不存在数|接受培训人员数|专职人员数"
)
_FEWEST_ANCHORS = 3  # words of the table that are worth a closer look
_MANY_ANCHORS = 7  # words that prose has not
_MOST_NAMED = 5  # unknown rows that a warning quotes
_FURTHER = frozenset(key for *_, further in SUMS for key in further)  # of other tables than that of 2014
_YEAR = re.compile(r"\(?20\d\d.{0,3}")
_INDEX = frozenset({"序号", "编号"})
_UNITS = frozenset({"件", "条"})
_MONEY = frozenset({"万元", "元"})
_PEOPLE = frozenset({"人", "人次", "名"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of the appendix. ``value`` is in ``unit`` (万元 for money), None where it was not
    read; ``start``/``end`` are those of the number, or of the label where there is none."""

    key: str
    value: int | float | None
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """All rows in the order of the source. ``spans`` are what its labels,
    headings and numbers cover."""

    rows: tuple[Reading, ...] = ()
    warnings: tuple[Notice, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def facts(self, text: str) -> tuple[Fact, ...]:
        """The rows that were read, under keys with the prefix ``indicators.``."""
        return tuple(
            Fact(PREFIX + r.key, r.value, r.unit, text[r.start : r.end], r.start, r.end)
            for r in self.rows
            if r.value is not None
        )

    def cells(self, tables: Collection[str]) -> tuple[Cell, ...]:
        """The cells of the later form that count the same, but for ``tables``, which are there."""
        found = []
        for row in self.rows:
            place = BY_KEY[row.key].cell
            if place is None or place[0] in tables:
                continue
            if row.value is None:
                found.append(Cell(*place, None, "unread"))
            else:
                found.append(Cell(*place, row.value, "read", row.start, row.end))
        return tuple(found)


def read_indicators(document: Document) -> IndicatorReading:
    """The appendix's rows; none where the document has no such table.

    Warnings: ``unread_indicator`` for each row without a value (``where`` is ``indicators.KEY``;
    one for the whole table where none could be read), ``unknown_indicator`` for rows with a
    number that are none of the form's.
    """
    bare = re.sub(r"[\s|]+", "", matchable(document))
    anchors = {match[0] for match in _ANCHORS.finditer(bare)}
    if len(anchors) < _FEWEST_ANCHORS:
        return IndicatorReading()
    tokens = tokenize(document)
    whole = _repeats(tokens)
    found = table_of(list(atoms(tokens if whole else without_remnants(tokens))))
    rows, unknown, adrift = rows_of(found)
    if len({row.label.key for row in rows}) < FEWEST:
        if len(anchors) < _MANY_ANCHORS:
            return IndicatorReading()
        message = "words of the appendix are there, but no rows of it could be told apart"
        return IndicatorReading(warnings=(Notice("unread_indicator", message, "indicators"),))
    doubt = "there are more columns of numbers than one" if _several(found, rows) else ""
    if adrift:
        doubt = "numbers stand before their labels"
    elif not whole and _once_only(rows):
        doubt = "repeated lines of the source are gone"
    readings = _settled(rows, bool(doubt))
    unread = [one for one in readings if one.value is None]
    notices: list[Notice] = []
    if len(unread) == len(readings):
        reason = doubt or "no number stands beside a label"
        notices.append(Notice("unread_indicator", f"no row of the appendix could be read: {reason}", "indicators"))
    else:
        notices += [
            Notice("unread_indicator", f"“{BY_KEY[one.key].label}” could not be read", PREFIX + one.key)
            for one in unread
        ]
    if unknown:
        named = "; ".join(unknown[:_MOST_NAMED]) + (" …" if len(unknown) > _MOST_NAMED else "")
        notices.append(Notice("unknown_indicator", f"{len(unknown)} row(s) of the appendix are none of the form's: {named}", "indicators"))
    there = {one.key for one in readings}
    absent = [row.label for row in INDICATORS if row.key not in there and row.key not in _FURTHER]
    if absent and len(absent) < len(there):
        message = f"row(s) of the form that are not printed, or under no name known: {'; '.join(absent)}"
        notices.append(Notice("absent_indicator", message, "indicators"))
    spans = [(atom.start, atom.end) for atom in found if atom.kind not in ("unknown", "blank")]
    return IndicatorReading(readings, tuple(notices), tuple(spans))


def without_rows(sections: Sequence[Section], appendix: IndicatorReading) -> tuple[Section, ...]:
    """Sections where the appendix is one of its own: 三、依申请公开情况 is a row of it, no part of
    the report."""
    if not appendix.spans:
        return tuple(sections)
    low, high = appendix.spans[0][0], appendix.spans[-1][1]
    inside = [one for one in sections if low <= one.start < high]
    if not inside:
        return tuple(sections)
    before = [replace(one, end=min(one.end, low)) for one in sections if one.start < low]
    after = [one for one in sections if one.start >= high]
    own = Section("other", None, low, max(high, *(one.end for one in inside)))
    return (*before, own, *after)


def _repeats(tokens: Sequence[Token]) -> bool:
    """Whether the source keeps lines that it had before: the units of one row after the other."""
    seen = Counter(token.text for token in tokens if token.text in _UNITS)
    return bool(seen) and max(seen.values()) > 2


def _several(found: Sequence[Atom], rows: Sequence[Row]) -> bool:
    """Whether further numbers stand beside the rows' own: the header says so, or the rows do."""
    beside = {atom.text for atom in found if atom.kind == "beside"}
    if not beside <= _INDEX or (beside and not _a_row_a_line(rows)):
        return True
    years = {atom.text for atom in found if atom.kind == "head" and _YEAR.fullmatch(atom.text)}
    return len(years) > 1 or sum(len(row.numbers) > 1 for row in rows) > max(2, len(rows) // 5)


def _a_row_a_line(rows: Sequence[Row]) -> bool:
    """Whether each label and its number stand in cells of one shown row."""
    lines = [row.label.line for row in rows]
    return len(set(lines)) == len(lines) and all(
        row.label.marked and all(one.line == row.label.line for one in row.numbers) for row in rows
    )


def _once_only(rows: Sequence[Row]) -> bool:
    """Whether a scraper left out what it had seen before: each number stands once and most rows
    have none, or units are printed and most rows have none, or 被依法纠错 and 其他情形 stand under
    复议 and not under 诉讼, as nothing of the form does."""
    numbers = [atom.text for row in rows for atom in row.numbers]
    bare = sum(not row.numbers and not row.blanks for row in rows)
    if len(set(numbers)) == len(numbers) and 2 * bare > len(rows):
        return True
    counted = sum(bool(row.units) or any(one.unit for one in row.numbers) for row in rows)
    if 0 < 3 * counted < len(rows):
        return True
    keys = {row.label.key for row in rows}
    groups = ("reconsiderations", "lawsuits")
    first, second = ({f"{group}.{key}" for key in TWICE} <= keys for group in groups)
    apart = any(row.label.marked for row in rows)
    return first and not second and "lawsuits.upheld" in keys and not apart and not any(
        f"lawsuits.{key}" in keys for key in TWICE
    )  # fmt: skip


def _settled(rows: Sequence[Row], doubtful: bool) -> tuple[Reading, ...]:
    """Each indicator once, in order; null where its rows disagree."""
    by: dict[str, list[Reading]] = {}
    for row in rows:
        for key in _keys(row.label.key):
            bare = row.label.key in TWICE
            by.setdefault(key, []).append(_reading(key, row, doubtful or bare))
    settled = []
    for key in sorted(by, key=ORDER.__getitem__):
        ones = by[key]
        same = len({one.value for one in ones}) == 1
        settled.append(ones[0] if same else Reading(key, None, BY_KEY[key].unit, ones[0].start, ones[0].end))
    return tuple(settled)


def _keys(key: str) -> Iterable[str]:
    return (f"reconsiderations.{key}", f"lawsuits.{key}") if key in TWICE else (key,)


def _reading(key: str, row: Row, doubtful: bool) -> Reading:
    unit = BY_KEY[key].unit
    none = Reading(key, None, unit, row.label.start, row.label.end)
    numbers = row.numbers
    if len(numbers) > 1:  # what stands alone on a line of its own beside them is a page number
        numbers = [one for one in numbers if one.line == row.label.line]
        alone = Counter(one.line for one in row.numbers)
        if any(alone[one.line] > 1 for one in row.numbers):
            return none
    if doubtful or len(numbers) != 1 or row.blanks or len(row.units) > 1:
        return none
    number = numbers[0]
    value = number.value
    printed = number.unit or (row.units[0] if row.units else "")
    none_at_all = value == 0 and bool(number.unit)  # 0件 in any row
    if value is None or value < 0 or not (none_at_all or _fitting(printed, unit, value)):
        return none
    if printed == "元":
        value = round(value / 10_000, 8)
    if unit not in _MONEY and value != int(value):
        return none
    shown = int(value) if value == int(value) else value
    kept = unit if unit in _MONEY or none_at_all else printed or unit
    return Reading(key, shown, kept, number.start, number.end)


def _fitting(printed: str, unit: str, value: float) -> bool:
    """Whether a row of the form can have the printed unit. Money without any is no amount, but 0."""
    if unit in _MONEY:
        return printed in _MONEY or (not printed and value == 0)
    if not printed:
        return True
    return printed not in _MONEY and (unit in _PEOPLE) == (printed in _PEOPLE)
