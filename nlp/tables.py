"""The three official tables: row labels found by regex, the numbers after each by their order.

Grids and flattened tables are read the same way: a grid's text is its rows with a mark between
cells. A row is taken when exactly as many places follow its label as the form has columns;
what is blank, short or surplus is null with a warning unless the form's sums settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .distrust import distrust
from .document import Document
from .form import (
    DECIMAL_CELLS,
    DISCLOSURE_COLUMN_LABELS,
    DISCLOSURE_ROWS,
    ONE_ROW_OTHER,
    REQUEST_COLUMN_LABELS,
    REQUEST_ROWS,
    REVIEW_COLUMNS,
    REVIEW_ROWS,
    SIGNED_COLUMNS,
    Row,
)
from .report import Cell, Form, Notice, Section, TableName
from .solve import derive

GAP = "\x1f"  # between tokens of the squeezed text
MARK = "|"  # between cells, where the source shows them


@dataclass(frozen=True, slots=True)
class TablesReading:
    """The cells of the tables that are there, in the order of the form, and what was unsure."""

    cells: tuple[Cell, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """Folded text without the blanks between two letters; ``places[i]`` is where i came from."""

    text: str
    places: tuple[int, ...]


_EDGE = frozenset("0123456789.,-+/\\〇|")
_SEPARATOR = re.compile(r"[\s|]+")


def _squeeze(folded: str) -> _Squeezed:
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for match in _SEPARATOR.finditer(folded):
        pieces.append(folded[position : match.start()])
        places.extend(range(position, match.start()))
        before = folded[match.start() - 1 : match.start()]
        after = folded[match.end() : match.end() + 1]
        if before in _EDGE or after in _EDGE or match[0].count("|") > 1:
            bars = match[0].count("|")
            pieces.append(MARK * bars if bars else GAP)
            places.extend([match.start()] * max(bars, 1))
        position = match.end()
    pieces.append(folded[position:])
    places.extend(range(position, len(folded)))
    return _Squeezed("".join(pieces), (*places, len(folded)))


# --- one value ---------------------------------------------------------------------------

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_VALUE = re.compile(rf"({_NUMBER})\s*(?:万元|元|件|条|个|项|宗|次)?|[〇零无]")
_BLANK = re.compile(r"[-/\\]+")
_TOKEN = re.compile(
    rf"[{GAP}{MARK}]*(?:({_NUMBER}(?:万元|元|件|条|个|项|宗|次)?|[〇零无]|[-/\\]+)(?=[{GAP}{MARK}]|$))"
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A printed place: ``value`` None is a blank. Offsets are of the squeezed text."""

    value: float | None
    start: int
    end: int
    in_yuan: bool = False


def _token(text: str, start: int) -> _Token | None:
    match = _VALUE.fullmatch(text)
    if match:
        number = match[1]
        value = float(number.replace(",", "")) if number else 0.0
        return _Token(
            value, start, start + len(text), text.endswith("元") and not text.endswith("万元")
        )
    if not text or _BLANK.fullmatch(text):
        return _Token(None, start, start + len(text))
    return None


def _tokens(squeezed: _Squeezed, start: int, end: int) -> tuple[list[_Token], bool]:
    """The places after a label up to the first thing that is none, and whether the source
    shows its cells (so that blanks can be counted)."""
    region = squeezed.text[start:end]
    skip = re.match(rf"[^{GAP}{MARK}]*", region)  # the rest of the label's own cell
    position = skip.end() if skip else 0
    marked = MARK in region
    found: list[_Token] = []
    for part in re.finditer(rf"[{GAP}{MARK}]([^{GAP}{MARK}]*)", region[position:]):
        text = part[1]
        if not text and not (marked and part[0][0] == MARK):
            continue
        token = _token(text, start + position + part.start(1))
        if token is None:
            break
        found.append(token)
    while found and found[-1].value is None and found[-1].start == found[-1].end:
        found.pop()
    return found, marked


# --- rows --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    row: Row
    start: int
    end: int


def _alternatives(rows: Iterable[Row]) -> re.Pattern[str]:
    parts = [f"(?P<r{number}>{row.label})" for number, row in enumerate(rows)]
    return re.compile(r"(?:\d[.、,]?)?(?:" + "|".join(parts) + ")")


_REQUEST_LABELS = (*REQUEST_ROWS, ONE_ROW_OTHER)
_REQUEST_PATTERN = _alternatives(_REQUEST_LABELS)
_GROUPS = re.compile(
    r"[一二三四]、本年度办理结果|\([三四五六]\)(?:不予公开|无法提供|不予处理|其他处理)|[一二四]、$"
)


def _find_rows(
    pattern: re.Pattern[str], rows: Sequence[Row], text: str, low: int, high: int
) -> list[_Found]:
    found = []
    for match in pattern.finditer(text, low, high):
        number = next(int(name[1:]) for name, value in match.groupdict().items() if value)
        found.append(_Found(rows[number], match.start(), match.end()))
    return found


def _without_lead(tokens: list[_Token], expected: int) -> list[_Token]:
    """Empty cells between a label and its values taken off where there are too many places."""
    surplus = len(tokens) - expected
    empty = all(token.start == token.end for token in tokens[: max(surplus, 0)])
    return tokens[surplus:] if surplus > 0 and empty else tokens


Values = dict[tuple[str, str], "_Token | None"]


def _read_rows(
    squeezed: _Squeezed, found: Sequence[_Found], high: int, sums: bool
) -> tuple[Values, list[str]]:
    """Places by (row, column); rows that could not be told apart are None throughout."""
    values: Values = {}
    unsure: list[str] = []
    for one, following in zip(found, [*found[1:], None], strict=True):
        end = following.start if following else min(high, one.end + 400)
        stop = _GROUPS.search(squeezed.text, one.end, end)
        tokens, marked = _tokens(squeezed, one.end, stop.start() if stop else end)
        columns = one.row.columns
        tokens = _without_lead(tokens, len(columns))
        keys = [(one.row.key, column) for column in columns]
        if keys[0] in values and any(values[key] for key in keys):
            continue  # the label again, in a note or a repeated header
        fits = len(tokens) == len(columns)
        if fits and sums and not marked:
            numbers = [token.value for token in tokens]
            fits = None not in numbers and sum(numbers[:-1]) == numbers[-1]  # type: ignore[arg-type]
        if not fits:
            unsure.append(one.row.key)
        values.update(zip(keys, tokens if fits else [None] * len(columns), strict=True))
    return values, unsure


def _in_order(text: str, low: int, high: int, labels: Sequence[str]) -> bool:
    """Whether column labels stand in the order of the form somewhere before the first row."""
    position = low
    for label in labels:
        match = re.compile(label).search(text, position, high)
        if match is None:
            return False
        position = match.end()
    return True


# --- the three tables --------------------------------------------------------------------


def _requests(squeezed: _Squeezed) -> tuple[Values, list[str]] | None:
    text = squeezed.text
    anchor = next(
        (
            m
            for m in re.finditer(REQUEST_ROWS[0].label, text)
            if re.match(rf"[^{GAP}{MARK}]{{0,12}}[{GAP}{MARK}]", text[m.end() : m.end() + 16])
        ),
        None,
    )
    if anchor is None:
        return None
    end_label = re.compile(REQUEST_ROWS[-1].label).search(text, anchor.start())
    high = min(len(text), end_label.end() + 200) if end_label else len(text)
    found = _find_rows(_REQUEST_PATTERN, _REQUEST_LABELS, text, max(0, anchor.start() - 4), high)
    has_other = any(one.row.key == "other.other" and one.row is not ONE_ROW_OTHER for one in found)
    if has_other:
        found = [one for one in found if one.row is not ONE_ROW_OTHER]
    if len(found) < 5:
        return None
    values, unsure = _read_rows(squeezed, found, high, sums=True)
    header_low = max(0, anchor.start() - 400)
    labels = [REQUEST_COLUMN_LABELS[c] for c in ("business", "research", "social", "legal_service")]
    if not _in_order(text, header_low, anchor.start(), labels):
        unsure = list(dict.fromkeys(row for row, _ in values))
        values = dict.fromkeys(values)
    return values, unsure


def _review(squeezed: _Squeezed) -> tuple[Values, list[str]] | None:
    text = squeezed.text
    headers = list(re.finditer(r"复议后起诉", text))
    if not headers or "结果维持" not in text:
        return None
    header = headers[-1]
    low = max(0, text.rfind("尚未审结", 0, header.start()) - 200)
    ends = list(re.finditer(r"(?:尚未审结)[^\d]{0,4}(?:总计|合计)", text[low:]))
    keys = [(row, column) for row in REVIEW_ROWS for column in REVIEW_COLUMNS]
    if not ends:
        return dict.fromkeys(keys), list(REVIEW_ROWS)
    start = max(low + ends[-1].end(), header.end())
    tokens, _ = _tokens(squeezed, start, min(len(text), start + 400))
    tokens = _without_lead(tokens, len(keys))
    ordered = _in_order(
        text, max(0, low - 200), header.end(), ["行政复议", "未经复议直接起诉", "复议后起诉"]
    )
    if len(tokens) != len(keys) or not ordered or text.count("尚未审结", low, start + 1) != 3:
        return dict.fromkeys(keys), list(REVIEW_ROWS)
    return dict(zip(keys, tokens, strict=True)), []


def _disclosure(squeezed: _Squeezed, form: Form) -> tuple[Form, Values, list[str]] | None:
    text = squeezed.text
    begin = re.search(r"信息内容|第二?十?\d*条第\(?[一1]\)?项|本年制发件数|本年新制作数量", text)
    if begin is None:
        return None
    later = re.compile(r"[三3]、\s*收到|申请人情况|本年新收").search(text, begin.end())
    high = later.start() if later else min(len(text), begin.end() + 3000)
    old = re.search(DISCLOSURE_COLUMN_LABELS["2019"]["published"], text[begin.start() : high])
    layout: Form = "2019" if old else "2021"
    rows = DISCLOSURE_ROWS[layout]
    pattern = re.compile(
        rf"(?:(?<=[{GAP}{MARK}])|(?<=[量数额)元项容]))(?:行政(?=规))?(?:"
        + "|".join(f"(?P<r{i}>{row.label})" for i, row in enumerate(rows))
        + rf")(?=[^{GAP}{MARK}。\d]{{0,60}}[{GAP}{MARK}])"
    )
    found = _find_rows(pattern, rows, text, begin.start(), high)
    if len(found) < 2:
        return None
    values, unsure = _read_rows(squeezed, found, high, sums=False)
    in_yuan = (
        re.search(r"(?:收费金额|采购总金额)\(?单位:元", text[begin.start() : high]) is not None
    )
    if in_yuan:
        for key, token in values.items():
            if key in DECIMAL_CELLS and token is not None:
                values[key] = _Token(token.value, token.start, token.end, True)
    return layout, values, unsure


def _cells(
    table: TableName, values: Mapping[tuple[str, str], _Token | None], squeezed: _Squeezed
) -> list[Cell]:
    cells = []
    for (row, column), token in values.items():
        value: float | None = None if token is None else token.value
        if token is not None and value is not None:
            if (row, column) in DECIMAL_CELLS:
                value = value / 10_000 if token.in_yuan else value
            elif value != int(value) or (value < 0 and column not in SIGNED_COLUMNS):
                value = None
        if token is None or value is None:
            cells.append(Cell(table, row, column, None, "unread"))
            continue
        start, end = squeezed.places[token.start], squeezed.places[token.end - 1] + 1
        shown = int(value) if value == int(value) else round(value, 6)
        cells.append(Cell(table, row, column, shown, "read", start, end))
    return cells


def extract_tables(document: Document, sections: Sequence[Section], form: Form) -> TablesReading:
    """The cells of the three tables.

    Parameters
    ----------
    document : Document
    sections : sequence of Section
        Not needed: labels decide where a table is.
    form : {"2021", "2019", "free"}
        A guess; the labels of table 二 decide its layout.

    Returns
    -------
    TablesReading
        Each null cell has a warning (code ``unread_cell``) that names its row; derived
        cells are listed in one warning a table (code ``derived_cell``).
    """
    squeezed = _squeeze(document.folded)
    cells: list[Cell] = []
    disclosure = _disclosure(squeezed, form)
    if disclosure:
        order = {row.key: n for n, row in enumerate(DISCLOSURE_ROWS[disclosure[0]])}
        part = _cells("disclosure", disclosure[1], squeezed)
        cells += sorted(part, key=lambda cell: order[cell.row])
    requests = _requests(squeezed)
    if requests:
        order = {row.key: n for n, row in enumerate(REQUEST_ROWS)}
        part = _cells("requests", requests[0], squeezed)
        cells += sorted(part, key=lambda cell: order[cell.row])
    review = _review(squeezed)
    if review:
        cells += _cells("review", review[0], squeezed)
    solved = derive(cells)
    if "recognised" in document.hints:
        solved = distrust(solved)
    return TablesReading(solved, tuple(_warnings(solved)))


def _warnings(cells: Sequence[Cell]) -> Iterable[Notice]:
    unread: dict[str, list[str]] = {}
    derived: dict[str, list[str]] = {}
    for cell in cells:
        if cell.how == "unread":
            unread.setdefault(f"{cell.table}.{cell.row}", []).append(cell.column)
        elif cell.how == "derived":
            derived.setdefault(cell.table, []).append(f"{cell.row}.{cell.column}")
    for where, columns in unread.items():
        message = f"{len(columns)} cell(s) could not be read: {', '.join(columns)}"
        name = f"{where}.{columns[0]}" if len(columns) == 1 else where
        yield Notice("unread_cell", message, name)
    for table, names in derived.items():
        yield Notice("derived_cell", f"inferred from the form's sums: {', '.join(names)}", table)
