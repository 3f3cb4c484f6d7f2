"""Empty cells that show as blank lines, in tables a cell a line.

One scraper ends every cell with a line end and every paragraph in a cell with another: a filled
cell has one blank line behind it, and each further blank line is an empty cell. Elsewhere blank
lines say nothing, so they count only where every row with more cells than table 二 has then holds
exactly as many as a row of table 三.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..form import REQUEST_COLUMNS

_WIDTH = len(REQUEST_COLUMNS)
_WIDEST_OTHER = 3  # cells of a row of table 二
_FEWEST = 3  # rows that make it certain
_VALUE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?\s*(?:[件条项宗次]|万?元)?|[/\\—-]|[无零〇]")


@dataclass(slots=True)
class _Row:
    """The values behind a text line: how many, and the empty cells before lines, by their number."""

    values: int = 0
    empty: dict[int, int] = field(default_factory=dict)
    dense: bool = False  # two of its lines without a blank one between
    ended: bool = False  # another text line follows

    @property
    def width(self) -> int:
        return self.values + sum(self.empty.values())


def empty_cells(lines: Sequence[str]) -> dict[int, int]:
    """How many empty cells stand before a line, by its number; nothing where blank lines do not tell.

    >>> row = ["本年新收", "", "3", "", "", "", "", "", "", "3", ""]
    >>> empty_cells([*row, "上年结转", "", "", "", "", "", "", "", "0", "", *row, "部分公开"])
    {9: 5, 19: 6, 30: 5}
    """
    rows = list(_rows(lines))
    wide = [row for row in rows if row.values and row.width > _WIDEST_OTHER]
    if any(row.dense or (row.ended and row.width != _WIDTH) for row in wide):
        return {}
    whole = [row for row in rows if row.width == _WIDTH and row.empty]
    if len(whole) < _FEWEST or not any(row.values for row in whole):
        return {}
    return {number: count for row in whole for number, count in row.empty.items()}


def _rows(lines: Sequence[str]) -> Iterator[_Row]:
    row = _Row()
    before = -2
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        blanks = number - before - 1
        before = number
        if blanks > 1:
            row.empty[number] = blanks - 1
        value = _VALUE.fullmatch(text) is not None
        row.dense |= not blanks and (value or row.values > 0)
        if value:
            row.values += 1
        else:
            row.ended = True
            yield row
            row = _Row()
    yield row
