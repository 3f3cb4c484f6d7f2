"""A stretch of a page as paragraphs and tables, without what is hidden, dropped or furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..document import fold
from .furniture import is_furniture
from .grids import Table
from .page import (
    ANCHOR,
    BLOCK,
    BREAK,
    CELL,
    DROPPED,
    ENDS_LINK,
    FURNITURE,
    HIDDEN,
    LARGEST_FURNITURE,
    LINK,
    PREFORMATTED,
    ROW,
    TABLE,
    Page,
)

__all__ = ["CLOSING", "Item", "lines", "read"]

Item = str | Table  # a paragraph, or a table

# Date and signature: a page may give them a class of furniture.
CLOSING = re.compile(
    r"^\s*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
    r"|[二〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{0,3}日?"
    r"|\S{2,30}(?:局|厅|政府|委员会|办公室|办事处|中心|大学|学院))\s*$", re.M)  # fmt: skip
_UNEVEN = re.compile(r"[\t\r\n\f]|  ")  # white space that is not one blank
_GAP = re.compile(r"[ \t\r\n\f]+")
_BROKEN_LINE = re.compile(r"(?<=[\u3001-\uff60])[ \t]*[\r\n]\s*(?=[\u3001-\uff60])")
_HEADING = re.compile(r"^\s*[(]?[一二三四五六七八九十]+[、.)]|情况|问题|报告")
_LONGEST_LINK_LINE = 60
_DEEPEST_TABLE = 16  # tables nested deeper are read as paragraphs
_MAY_BE_LEFT_OUT = DROPPED | HIDDEN | FURNITURE
_PARTS_LINES = BLOCK | BREAK | ROW | TABLE
_ENDS_LINES = BLOCK | ROW | TABLE | CELL


def _even(text: str) -> str:
    """Text without white space at its ends, and single blanks inside."""
    if text.isalnum():  # as most cells are
        return text
    text = text.strip()
    if _UNEVEN.search(text):
        return _GAP.sub(" ", _BROKEN_LINE.sub("", text))
    return text


class _Reading:
    """Paragraphs and tables as they come; ``sinks`` is the page and the cells that are open."""

    __slots__ = ("linked", "parts", "preformatted", "sinks", "tables")

    def __init__(self) -> None:
        self.sinks: list[list[Item]] = [[]]
        self.tables: list[tuple[Table, int]] = []  # and the depth of its sink
        self.parts: list[str] = []
        self.linked = 0  # characters of the open paragraph that belong to links
        self.preformatted = 0

    def flush(self) -> None:
        """End the open paragraph."""
        parts = self.parts
        if not parts:
            return
        raw = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        linked, self.linked = self.linked, 0
        if raw.isspace():
            return
        for line in raw.split("\n") if self.preformatted else (raw,):
            text = _even(line)
            if not text:
                continue
            only_links = linked and linked >= 0.8 * len(raw.strip())
            if not (only_links and len(text) <= _LONGEST_LINK_LINE) or _HEADING.search(fold(text)):
                self.sinks[-1].append(text)

    def open(self, attributes: Mapping[str, str], flags: int) -> None:
        if flags & CELL and not self.tables:
            self.parts.append(" ")
            return
        if self.parts and flags & (_PARTS_LINES | CELL):
            self.flush()
        if flags & CELL:
            table, depth = self.tables[-1]
            del self.sinks[depth:]
            self.sinks.append(table.add_cell(attributes))
        elif flags & TABLE and len(self.tables) < _DEEPEST_TABLE:
            table = Table()
            self.sinks[-1].append(table)
            self.tables.append((table, len(self.sinks)))
        elif flags & ROW and self.tables:
            table, depth = self.tables[-1]
            del self.sinks[depth:]
            table.rows.append([])
        elif flags & PREFORMATTED:
            self.preformatted += 1

    def add_plain_cell(self, attributes: Mapping[str, str], text: str | int) -> bool:
        """A cell that holds one piece of text, at once; False where that is not what it is."""
        if not self.tables or self.preformatted or not isinstance(text, str):
            return False
        if self.parts:
            self.flush()
        table, depth = self.tables[-1]
        del self.sinks[depth:]
        items = table.add_cell(attributes)
        if text := _even(text):
            items.append(text)
        return True

    def close(self, flags: int) -> None:
        if self.parts and flags & _ENDS_LINES:
            self.flush()
        if flags & PREFORMATTED and self.preformatted:
            self.preformatted -= 1
        if flags & (CELL | TABLE) and self.tables:
            del self.sinks[self.tables[-1][1] :]
            if flags & TABLE:
                self.tables.pop()


def read(page: Page, first: int, last: int, *, with_hidden: bool = False) -> list[Item]:
    """Paragraphs and tables of the page's tokens from ``first`` up to ``last``."""
    reading = _Reading()
    tokens, kinds, attributes, closes = page.tokens, page.flags, page.attributes, page.closes
    parts = reading.parts
    opened: list[int] = []  # tables that were opened here, so that closings match
    linked = False
    at = first
    while at < last:
        token = tokens[at]
        at += 1
        if isinstance(token, str):
            if parts or not token.isspace():
                parts.append(token)
                if linked:
                    reading.linked += len(token.strip())
        elif token >= 0:
            flags = kinds[token]
            if not flags:
                continue
            if flags & _MAY_BE_LEFT_OUT and (
                flags & DROPPED or (not with_hidden and _is_left_out(page, token))
            ):
                reading.flush()
                at = max(at, min(last, closes[token] + 1))
                continue
            if flags & (LINK | ENDS_LINK):
                linked = bool(flags & ANCHOR)
            if flags & TABLE and len(reading.tables) < _DEEPEST_TABLE:
                opened.append(token)
            elif (
                flags & CELL
                and closes[token] == at + 1
                and reading.add_plain_cell(attributes[token], tokens[at])
            ):
                at += 2
                continue
            reading.open(attributes[token], flags)
        elif flags := kinds[~token]:
            if flags & ANCHOR:
                linked = False
            if flags & TABLE:
                if not opened or opened[-1] != ~token:
                    reading.flush()
                    continue
                opened.pop()
            reading.close(flags)
    reading.flush()
    return reading.sinks[0]


def _is_left_out(page: Page, number: int) -> bool:
    """Whether an element is hidden, or small and named as furniture; never date and signature."""
    if page.flags[number] & HIDDEN:
        return True
    if page.sizes[number] >= LARGEST_FURNITURE:
        return False
    strings = page.tokens[page.opens[number] : page.closes[number]]
    return not CLOSING.search(fold("\n".join(s for s in strings if isinstance(s, str))))


def lines(items: list[Item]) -> str:
    """The folded text of items, a line each, without furniture."""
    texts = (fold(item if isinstance(item, str) else item.text()) for item in items)
    return "\n".join(text for text in texts if not is_furniture(text))
