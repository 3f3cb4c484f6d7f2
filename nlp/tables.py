"""The three official tables of a document, cell by cell: read, derived or null with a warning.

Labels say which row a number belongs to and header words which column, in grids and in
flattened text alike; titles and positions are not needed. Where numbers are missing or one too
many stands in a row, ``solve`` decides by the form's sums or the cells stay null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import request_labels, table_disclosure, table_requests, table_review
from .arithmetic import Place
from .distrust import distrust, rated
from .document import Document
from .form import (
    DECIMAL_CELLS,
    DISCLOSURE_ROWS,
    REQUEST_COLUMNS,
    REQUEST_ROWS,
    REVIEW_COLUMNS,
    REVIEW_ROWS,
    SIGNED_COLUMNS,
    Identity,
    request_identities,
    review_identities,
)
from .labels import compact
from .placing import Line
from .repeats import without_remnants
from .report import Cell, Form, How, Notice, Section, TableName
from .solve import Settled, solve
from .tokens import Token, tokenize

# Of table 四's header; in columns without rules other words come in between where they wrap.
_REVIEW_WORDS = re.compile(r"复议后起诉|未经复议.{0,40}?起诉")


@dataclass(frozen=True, slots=True)
class TablesReading:
    """The cells of the tables that are there, in the order of the form, and what was unsure."""

    cells: tuple[Cell, ...]
    warnings: tuple[Notice, ...]


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
        Each null cell has a warning (code ``unread_cell``) that names its row, a table without
        any number one (``blank_table``); derived cells are listed in one warning a table
        (``derived_cell``).
    """
    tokens = without_remnants(tokenize(document))
    text = compact(tokens)
    labels = request_labels.find(tokens, text)
    others = table_disclosure.find(tokens, text)
    stops = sorted({label.token for label in (*labels, *others)})
    disclosure = table_disclosure.read(tokens, text, others, stops)
    requests = table_requests.read(tokens, text, labels, stops)
    review = table_review.read(tokens, text)
    prints_zero = any(
        token.value == 0 for line in (*disclosure, *requests, *review) for token in line.tokens
    )
    cells: list[Cell] = []
    tables: tuple[tuple[TableName, Sequence[Line], Sequence[Identity]], ...] = (
        ("disclosure", disclosure, ()),
        ("requests", requests, request_identities(_rows(requests))),
        ("review", review, review_identities()),
    )
    for table, lines, identities in tables:
        found = solve(lines, identities, prints_zero)
        cells += [
            _cell(table, place, found[place], tokens)
            for place in sorted(found, key=_ORDER[table].__getitem__)
        ]
    solved = tuple(cells)
    if "recognised" in document.hints:
        solved = rated(distrust(solved), document)
    notices = list(_warnings(solved))
    if any(line.tokens and _no_unit(line, solved) for line in disclosure):
        message = "an amount is printed without a unit: 元 and 万元 are both usual here"
        notices.append(Notice("no_unit", message, "disclosure.procurement.amount"))
    if not review and _REVIEW_WORDS.search(text.text):
        message = "words of this table's header are there, but nothing of it could be read"
        notices.append(Notice("blank_table", message, "review"))
    if not disclosure and table_disclosure.announced(text):
        message = "words of this table's header are there, but no row of it"
        notices.append(Notice("blank_table", message, "disclosure"))
    if not requests and table_requests.announced(tokens, text, labels):
        message = "a piece of this table is there, but no row of it could be read"
        notices.append(Notice("blank_table", message, "requests"))
    return TablesReading(solved, tuple(notices))


def _order() -> dict[TableName, dict[Place, int]]:
    """The place of each cell in the form's reading order, by table."""
    disclosure: dict[Place, int] = {}
    for rows in DISCLOSURE_ROWS.values():
        for number, row in enumerate(rows):
            for at, column in enumerate(row.columns):
                disclosure.setdefault((row.key, column), number * 10 + at)
    requests = [(row.key, column) for row in REQUEST_ROWS for column in REQUEST_COLUMNS]
    review = [(row, column) for row in REVIEW_ROWS for column in REVIEW_COLUMNS]
    return {
        "disclosure": disclosure,
        "requests": {place: n for n, place in enumerate(requests)},
        "review": {place: n for n, place in enumerate(review)},
    }


_ORDER = _order()


def _rows(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for line in lines for row, _ in line.places))


def _cell(table: TableName, place: Place, settled: Settled, tokens: Sequence[Token]) -> Cell:
    row, column = place
    value, token, certain = settled
    if value is None:
        return Cell(table, row, column, None, "unread")
    whole = int(value)
    if (whole != value or whole < 0) and not _fits(place, value):
        return Cell(table, row, column, None, "unread")
    if token is not None and token.unit == "增减" and column not in SIGNED_COLUMNS:
        return Cell(table, row, column, None, "unread")
    if token is not None and place in DECIMAL_CELLS and value:
        unit = token.unit or table_disclosure.unit_of(row, token, tokens)
        if not unit:
            return Cell(table, row, column, None, "unread")
        value = value / 10_000 if unit == "元" else value
        whole = int(value)
    shown = whole if value == whole else round(value, 8)
    how: How = "read" if certain else "derived"
    if token is None:
        return Cell(table, row, column, shown, how)
    return Cell(table, row, column, shown, how, token.start, token.end)


def _no_unit(line: Line, cells: Sequence[Cell]) -> bool:
    """Whether a row of procurement shows an amount that was left unread."""
    amounts = [token for place, token in zip(line.places, line.tokens, strict=False)
               if place == ("procurement", "amount")]  # fmt: skip
    return any(token.value for token in amounts) and any(
        (cell.row, cell.column, cell.value) == ("procurement", "amount", None) for cell in cells
    )


def _fits(place: Place, value: float) -> bool:
    """Whether a column of the form can hold a value that is no plain count (whole, at least 0)."""
    if place in DECIMAL_CELLS:
        return value >= 0
    return value == int(value) and place[1] in SIGNED_COLUMNS


def _warnings(cells: Sequence[Cell]) -> Iterable[Notice]:
    filled = {cell.table for cell in cells if cell.value is not None}
    unread: dict[str, list[str]] = {}
    derived: dict[str, list[str]] = {}
    blank: dict[str, None] = {}
    for cell in cells:
        if cell.table not in filled:
            blank[cell.table] = None
        elif cell.how == "unread":
            unread.setdefault(f"{cell.table}.{cell.row}", []).append(cell.column)
        elif cell.how == "derived":
            derived.setdefault(cell.table, []).append(f"{cell.row}.{cell.column}")
    for table in blank:
        yield Notice("blank_table", "no cell of this table could be read", table)
    for where, columns in unread.items():
        message = f"{len(columns)} cell(s) could not be read: {', '.join(columns)}"
        name = f"{where}.{columns[0]}" if len(columns) == 1 else where
        yield Notice("unread_cell", message, name)
    for table, names in derived.items():
        yield Notice("derived_cell", f"inferred from the form's sums: {', '.join(names)}", table)
