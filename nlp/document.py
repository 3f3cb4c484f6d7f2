"""A document as every reader gives it: one normalised text, blocks and grids that point into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from .errors import InputTooLarge
from .report import Notice, Source

CELL_GAP = " | "  # between the cells of one grid row in the text
MOST_CHARACTERS = 2_000_000  # of a document's text; a province's report has a twentieth of that


class GridCell(NamedTuple):
    """One cell of a grid. ``row``/``column`` are its top left place, spans at least 1."""

    row: int
    column: int
    rowspan: int
    colspan: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a grid, ``text[start:end]``; grids have cells."""

    kind: Literal["paragraph", "grid"]
    start: int
    end: int
    cells: tuple[GridCell, ...] = ()


@dataclass(frozen=True)
class Document:
    """What a reader makes of the bytes.

    ``hints`` holds what the page says about itself: ``title``, ``published``, ``agency``.
    ``confidence`` is a recogniser's for the text that begins at a place (numbers of tables).
    ``empty_cells`` counts those that the source shows before the block that begins at a place.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    hints: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Notice, ...] = ()
    confidence: Mapping[int, float] = field(default_factory=dict)
    empty_cells: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def folded(self) -> str:
        """``text`` with widths and variant marks unified, of the same length: match here."""
        return fold(self.text)


# --- normalising -------------------------------------------------------------------------

# CJK radicals that PDF converters write for characters and NFKC leaves alone.
_RADICALS = {
    "⺟": "母", "⺠": "民", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻋": "车", "⻓": "长",
    "⻔": "门", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马",
    "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙",
    "⻳": "龟", "⺫": "目", "⺮": "竹", "⺼": "肉", "⻉": "贝", "⻊": "足", "⻏": "阝", "⺎": "兀",
}  # fmt: skip
_SPACES = dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
                        "\u200a\u202f\u205f\u3000\t\v", " ")  # fmt: skip


def _compatibility_characters() -> dict[str, str]:
    """Kangxi radicals and compatibility ideographs to the characters they stand for."""
    table = {}
    for low, high in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF)):
        for code in range(low, high + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[chr(code)] = plain
    return table


_Table = tuple[re.Pattern[str], dict[str, str]]


def _table(characters: dict[str, str]) -> _Table:
    return re.compile(f"[{re.escape(''.join(characters))}]"), characters


def _replace(text: str, table: _Table) -> str:
    """``text.translate``, four to fourteen times as fast where few characters change."""
    pattern, characters = table
    return pattern.sub(lambda match: characters[match[0]], text)


_INVISIBLE = (r"\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f"
              r"\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ufff9-\ufffb")  # fmt: skip
_CLEANED = {
    **_compatibility_characters(), **_RADICALS, **dict.fromkeys("\r\f\u0085\u2028\u2029", "\n")
}  # fmt: skip
_UNCLEAN = re.compile(f"[{_INVISIBLE}{''.join(_CLEANED)}]")  # one pass for all three


def clean(text: str) -> str:
    """Text without invisible characters, with one kind of line end and no radical look-alikes.

    Readers call this before anything points into the text. Widths, spaces and punctuation
    stay as printed: they are unified by :func:`fold`, for matching only.

    >>> clean('\\u2f00\\u3001\\u200b总体情况')
    '一、总体情况'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return _UNCLEAN.sub(lambda match: _CLEANED.get(match[0], ""), text)


def _fold_table() -> dict[str, str]:
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update(_SPACES)
    table.update(dict.fromkeys("〔﹝【［「『", "["))
    table.update(dict.fromkeys("〕﹞】］」』", "]"))
    table.update(dict.fromkeys("“”„‟＂〝〞", '"'))
    table.update(dict.fromkeys("‘’‚‛＇", "'"))
    table.update(dict.fromkeys("—–―−‐‑‒－─━﹣", "-"))
    table.update(dict.fromkeys("○◯", "〇"))
    table.update({"﹪": "%", "︰": ":", "﹕": ":", "﹔": ";", "﹐": ",", "﹒": ".", "｡": "。", "､": "、"})
    return table


_FOLD = _table(_fold_table())


def fold(text: str) -> str:
    """Full-width forms, brackets, quotes, dashes and spaces unified; the length never changes.

    >>> fold("（一）２０２３年，〔2021〕30号")
    '(一)2023年,[2021]30号'
    """
    return _replace(text, _FOLD)


# --- building ----------------------------------------------------------------------------


class TextBuilder:
    """Collects paragraphs and grids into one text with blocks, so that offsets hold.

    Its methods raise InputTooLarge where the text grows beyond ``MOST_CHARACTERS``.

    >>> builder = TextBuilder()
    >>> builder.paragraph("一、总体情况")
    >>> builder.grid([(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "0")])
    >>> builder.text
    '一、总体情况\\n规章 | 0\\n'
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def _append(self, part: str) -> tuple[int, int]:
        start = self._length
        self._parts.append(part)
        self._grow(start + len(part))
        return start, self._length

    def _grow(self, length: int) -> None:
        self._length = length
        if length > MOST_CHARACTERS:
            raise InputTooLarge(
                f"holds more than {MOST_CHARACTERS:,} characters of text, no report does: "
                "give one report a file"
            )

    def paragraph(self, text: str) -> None:
        """One paragraph; blank ones are left out. Tabs at the ends of a line with tabs stay:
        they are empty cells."""
        inner = text.strip()
        text = text.strip(" \n\r\u3000\u00a0") if "\t" in inner else inner
        if text:
            start, end = self._append(text)
            self._append("\n")
            self.blocks.append(Block("paragraph", start, end))

    def grid(self, cells: Iterable[tuple[int, int, int, int, str]]) -> None:
        """A table: ``(row, column, rowspan, colspan, text)`` a cell, in reading order."""
        placed: list[GridCell] = []
        parts = self._parts
        first = at = self._length
        row_before: int | None = None
        for row, column, rowspan, colspan, text in cells:
            if row_before is not None:
                gap = CELL_GAP if row == row_before else "\n"
                parts.append(gap)
                at += len(gap)
            row_before = row
            if not text.isalnum():  # as most are; there is no blank in them then
                text = " ".join(text.split())
            parts.append(text)
            start, at = at, at + len(text)
            placed.append(GridCell(row, column, rowspan, colspan, start, at))
        self._grow(at)
        if placed:
            self.blocks.append(Block("grid", first, self._length, tuple(placed)))
            self._append("\n")

    def build(
        self,
        source: Source,
        hints: Mapping[str, str] | None = None,
        warnings: Sequence[Notice] = (),
    ) -> Document:
        return Document(source, self.text, tuple(self.blocks), hints or {}, tuple(warnings))
