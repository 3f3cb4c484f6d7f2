"""Cells that bars end: one a line (``0 |``), or with their bar on the next line.

Two scrapers print tables so. A cell that is empty leaves its bar alone, and behind a row stand
as many bars as its cells reach over further columns. A third prints empty cells as bars behind
the row as well, so that nobody sees where they stood: only bars before a row's number are
blanks, unless the document shows elsewhere that it keeps blanks in their places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .document import Document

_LINE = re.compile(r"\s*(?P<text>[^|\s](?:[^|]*[^|\s])?)?\s*(?P<bars>(?:\|\s*)*)")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?\s*(?:万元|[元件条个项宗])?|0/0|[增减]\d*|[无零〇/\\-]")
_WORD = re.compile(r"[^\W\d_]{2}")
_FEWEST_BROKEN = 3  # rows over several lines
_FEWEST = 5  # numbers that a bar ends
_SHARE = 0.93  # of all numbers on lines of their own; where bars only part cells, fewer


class Barred(NamedTuple):
    """What a line of such a table holds: ``cells`` as places in the text (an empty one for a
    blank), and whether a row begins with it."""

    cells: tuple[tuple[int, int], ...]
    begins: bool


class _Line(NamedTuple):
    block: int
    start: int
    end: int
    bars: int


def barred_lines(document: Document, folded: str) -> Mapping[int, Barred]:
    """The lines of tables whose cells bars end, by the number of their block; none elsewhere."""
    if folded.count("|") < _FEWEST:
        return {}
    lines = _lines(document, folded)
    ended = _ended(lines)
    numbers = [n for n, line in enumerate(lines) if _NUMBER.fullmatch(folded, line.start, line.end)]
    closed = sum(n in ended for n in numbers)
    if closed < _FEWEST or closed < _SHARE * len(numbers):
        return {}
    return _rows(lines, ended, {n for n in numbers if n in ended})


def broken_rows(document: Document, folded: str) -> Mapping[int, int]:
    """Rows of bars that break off at each empty cell: the block with which a row begins and the one
    that ends it. Lines that begin with a bar hold no word then, and a label stands before the first.

    One scraper starts a new line behind every empty cell, so that a row is spread over seven lines.
    """
    rows: dict[int, int] = {}
    first = None  # the block of a label with a bar behind it, which goes on
    for number, block in enumerate(document.blocks):
        if block.kind == "grid":
            first = None
            continue
        text = folded[block.start : block.end]
        if text.startswith("|"):
            if _WORD.search(text):
                return {}
            if first is not None:
                rows[first] = number
            if not text.endswith("|"):
                first = None
        else:
            first = number if text.endswith("|") and _WORD.search(text) else None
    return rows if len(rows) >= _FEWEST_BROKEN else {}


def _lines(document: Document, folded: str) -> list[_Line]:
    """Lines of a text, of bars, or of both; a line with bars elsewhere parts them."""
    lines: list[_Line] = []
    for number, block in enumerate(document.blocks):
        match = _LINE.fullmatch(folded, block.start, block.end) if block.kind != "grid" else None
        if match is None:
            lines.append(_Line(-1, 0, 0, 0))
            continue
        start, end = match.span("text")
        bars = match["bars"].count("|")
        lines.append(_Line(number, start, end, bars) if start >= 0
                     else _Line(number, block.start, block.start, bars))  # fmt: skip
    return lines


def _ended(lines: list[_Line]) -> set[int]:
    """Numbers of the lines with a text that a bar ends, in the line or below it."""
    found = set()
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        below = following is not None and following.start == following.end and following.bars == 1
        if line.start < line.end and (line.bars or below):
            found.add(number)
    return found


def _rows(lines: list[_Line], ended: set[int], numbers: set[int]) -> dict[int, Barred]:
    cells: dict[int, tuple[tuple[int, int], ...]] = {}
    behind: list[int] = []  # lines with a blank since the last text
    at_ends: list[int] = []  # blanks with no number behind them in their row
    begins: set[int] = set()
    keeps = value_before = False
    for number, line in enumerate(lines):
        if line.start < line.end:
            if number in numbers:
                keeps |= bool(behind)
            else:
                at_ends += behind
                if value_before or behind:
                    begins.add(number)
            behind = []
            value_before = number in numbers
            if number in ended:
                cells[number] = ((line.start, line.end),)
        elif line.bars:
            if number - 1 in ended and not lines[number - 1].bars:
                cells[number] = ()  # the bar that ends the cell above
            elif line.bars == 1:
                cells[number] = ((line.start, line.start),)
                behind.append(number)
            else:
                cells[number] = ()
        else:
            at_ends += behind
            behind = []
    for number in () if keeps else (*at_ends, *behind):
        cells[number] = ()
    return {lines[n].block: Barred(own, n in begins) for n, own in cells.items() if lines[n].block >= 0}
