"""HTML tables: cells placed on a grid by their spans; tables that only lay out a page unwrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..document import TextBuilder, fold
from .furniture import is_furniture

_MOST_SPAN = 1000  # the bound that HTML itself sets on colspan
_MOST_COLUMNS = 200  # a wider table is no form; keeps placing linear
_LONG_CELL = 250  # prose, not a label: the longest printed label has about 120 characters
_PROSE_CELL = 120  # with two sentences
_INNER_CELLS = 4  # an inner table of so many filled cells stands for itself
_NUMBER = re.compile(r"[+-]?[\d,.〇]+\s*(?:件|万元|元|条|个)?")


@dataclass(slots=True)
class _Cell:
    items: list[str | Table]
    rowspan: int
    colspan: int

    def text(self) -> str:
        return " ".join(_flat(self.items))

    def inner(self) -> Iterator[Table]:
        return (item for item in self.items if isinstance(item, Table))


@dataclass(slots=True)
class Table:
    """A table as it was met: rows of cells, a cell holding paragraphs and tables."""

    rows: list[list[_Cell]] = field(default_factory=list)

    def add_cell(self, attributes: dict[str, str]) -> list[str | Table]:
        """Open a cell in the last row; its items are what comes until the next one."""
        if not self.rows:
            self.rows.append([])
        items: list[str | Table] = []
        spans = _span(attributes, "rowspan"), _span(attributes, "colspan")
        self.rows[-1].append(_Cell(items, *spans))
        return items

    def text(self) -> str:
        """All text, a line a row."""
        return "\n".join(" ".join(cell.text() for cell in row) for row in self.rows)


def _span(attributes: dict[str, str], name: str) -> int:
    """A span as HTML reads it: 1 where it is 0 or no number."""
    if name not in attributes:
        return 1
    digits = re.match(r"\s*\+?(\d{1,6})", attributes[name])
    return min(max(int(digits[1]), 1), _MOST_SPAN) if digits else 1


def _flat(items: Iterable[str | Table]) -> Iterator[str]:
    """The paragraphs of a cell and of the tables in it (nested at most as deep as is read)."""
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            for row in item.rows:
                for cell in row:
                    yield from _flat(cell.items)


def write_table(builder: TextBuilder, table: Table) -> bool:
    """Write a table as grids, and what it only lays out as paragraphs.

    Returns
    -------
    bool
        False where a grid is wider than any form and was written as lines.
    """
    fits = True
    run: list[list[_Cell]] = []
    for row in table.rows:
        if _lays_out(row):
            fits &= _write_rows(builder, run)
            run = []
            for cell in row:
                for item in cell.items:
                    if isinstance(item, Table):
                        fits &= write_table(builder, item)
                    elif not is_furniture(fold(item)):
                        builder.paragraph(item)
        else:
            run.append(row)
    return _write_rows(builder, run) and fits


def _lays_out(row: list[_Cell]) -> bool:
    """Whether a row holds paragraphs or tables of their own right, not values under labels."""
    texts = [cell.text() for cell in row]
    numbers = sum(_NUMBER.fullmatch(fold(text).strip()) is not None for text in texts)
    if numbers >= 2:
        return False
    for cell, text in zip(row, texts, strict=True):
        if len(text) > _LONG_CELL or (len(text) > _PROSE_CELL and text.count("。") >= 2):
            return True
        for inner in cell.inner():
            if sum(bool(c.text()) for r in inner.rows for c in r) >= _INNER_CELLS:
                return True
    return False


def _write_rows(builder: TextBuilder, rows: list[list[_Cell]]) -> bool:
    """Rows as one grid; as paragraphs where no row has two filled cells."""
    if max((sum(bool(cell.items) for cell in row) for row in rows), default=0) < 2:
        _write_lines(builder, rows)
        return True
    placed = _place(rows)
    if placed is None:
        _write_lines(builder, rows)
        return False
    builder.grid(placed)
    return True


def _write_lines(builder: TextBuilder, rows: list[list[_Cell]]) -> None:
    for row in rows:
        for cell in row:
            for line in _flat(cell.items):
                if not is_furniture(fold(line)):
                    builder.paragraph(line)


def _place(rows: list[list[_Cell]]) -> list[tuple[int, int, int, int, str]] | None:
    """``(row, column, rowspan, colspan, text)`` a cell by the algorithm of HTML; None if too wide.

    ``taken[column]`` is the first row in which a column is free again, so that a huge
    rowspan costs nothing.
    """
    taken: list[int] = []
    placed = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x < len(taken) and taken[x] > y:
                x += 1
            width, height = cell.colspan, min(cell.rowspan, len(rows) - y)
            if width > _MOST_COLUMNS and len(row) == 1:
                width = max(1, min(len(taken) - x, _MOST_COLUMNS - x))  # "as wide as it goes"
            if x + width > _MOST_COLUMNS:
                return None
            taken.extend([0] * (x + width - len(taken)))
            for column in range(x, x + width):
                taken[column] = max(taken[column], y + height)
            placed.append((y, x, height, width, cell.text()))
            x += width
    return placed
