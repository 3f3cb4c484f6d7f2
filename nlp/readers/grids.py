"""HTML tables: cells placed on a grid by their spans; tables that only lay out a page unwrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..document import TextBuilder, fold
from .furniture import is_furniture

_MOST_SPAN = 1000  # the bound that HTML itself sets on colspan
_MOST_COLUMNS = 200  # a wider table is no form; keeps placing linear
_LONG_CELL = 250  # prose, not a label: the longest printed label has about 120 characters
_PROSE_CELL = 120  # with two sentences
_INNER_CELLS = 4  # an inner table of so many filled cells stands for itself
_NUMBER = re.compile(r"[+-]?[\d,.〇]+\s*(?:件|万元|元|条|个)?")


class _Cell:
    __slots__ = ("colspan", "items", "rowspan")

    def __init__(self, items: list[str | Table], rowspan: int, colspan: int) -> None:
        self.items = items
        self.rowspan = rowspan
        self.colspan = colspan

    def text(self) -> str:
        items = self.items
        if len(items) == 1 and isinstance(items[0], str):
            return items[0]
        return " ".join(_flat(items)) if items else ""

    def inner(self) -> Iterator[Table]:
        return (item for item in self.items if isinstance(item, Table))


@dataclass(slots=True)
class Table:
    """A table as it was met: rows of cells, a cell holding paragraphs and tables."""

    rows: list[list[_Cell]] = field(default_factory=list)

    def add_cell(self, attributes: Mapping[str, str]) -> list[str | Table]:
        """Open a cell in the last row; its items are what comes until the next one."""
        if not self.rows:
            self.rows.append([])
        items: list[str | Table] = []
        height = width = 1
        if attributes:
            height, width = _span(attributes, "rowspan"), _span(attributes, "colspan")
        self.rows[-1].append(_Cell(items, height, width))
        return items

    def text(self) -> str:
        """All text, a line a row."""
        return "\n".join(" ".join(cell.text() for cell in row) for row in self.rows)


def _span(attributes: Mapping[str, str], name: str) -> int:
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
    for cell, text in zip(row, texts, strict=True):
        if len(text) >= _INNER_CELLS and _is_more_than_a_value(cell, text):
            break
    else:
        return False
    return sum(_NUMBER.fullmatch(fold(text).strip()) is not None for text in texts) < 2


def _is_more_than_a_value(cell: _Cell, text: str) -> bool:
    """Whether a cell holds prose, or a table that stands for itself."""
    if len(text) > _PROSE_CELL and (len(text) > _LONG_CELL or text.count("。") >= 2):
        return True
    for inner in cell.inner():
        if sum(bool(c.text()) for r in inner.rows for c in r) >= _INNER_CELLS:
            return True
    return False


def _write_rows(builder: TextBuilder, rows: list[list[_Cell]]) -> bool:
    """Rows as one grid; as paragraphs where no row has two filled cells."""
    if not any(sum(map(_is_filled, row)) >= 2 for row in rows):
        _write_lines(builder, rows)
        return True
    placed = _place(rows)
    if placed is None:
        _write_lines(builder, rows)
        return False
    builder.grid(placed)
    return True


def _is_filled(cell: _Cell) -> bool:
    return bool(cell.items)


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
            width, height = cell.colspan, cell.rowspan
            if height > 1:
                height = min(height, len(rows) - y)
            if width > _MOST_COLUMNS and len(row) == 1:
                width = max(1, min(len(taken) - x, _MOST_COLUMNS - x))  # "as wide as it goes"
            end = x + width
            if end > _MOST_COLUMNS:
                return None
            if end > len(taken):
                taken.extend([0] * (end - len(taken)))
            for column in range(x, end):
                if taken[column] < y + height:
                    taken[column] = y + height
            placed.append((y, x, height, width, cell.text()))
            x = end
    return placed
