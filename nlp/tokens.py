"""A document as tokens for the tables: numbers, blanks and text, cell by cell where it shows cells.

Grids give a token a cell. Lines give one a cell where bars or tabs show the cells, else one a
word. Prose and page furniture are left out: a number in a sentence is no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from .barred import barred_lines, broken_rows
from .document import Block, Document
from .script import matchable

Kind = Literal["number", "blank", "text"]


class Token(NamedTuple):
    """``text[start:end]`` of the document; ``line`` counts lines and grid rows.

    ``marked`` tells that the source shows the cell's borders, so that blanks can be counted;
    ``cut`` stands before text that prose or another block parts from what came before.
    """

    kind: Kind
    text: str
    start: int
    end: int
    line: int
    value: float | None = None
    unit: str = ""
    marked: bool = False
    grid: bool = False
    colspan: int = 1
    cut: bool = False


_NUMBER = r"[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d{0,14})(?:\.\d{1,8})?"
_UNIT = r"万元|元|件次|人次|件|条|个|项|宗|次|份|起"
_VALUE = re.compile(rf"({_NUMBER})\s*({_UNIT})?|[〇零无]\s*(?:{_UNIT})?")
# How a change is printed in words, or as both halves of 增/减.
_CHANGE = re.compile(rf"(?P<sign>增加?|减少?)\s*(?P<number>{_NUMBER.removeprefix('[-+]?')})\s*(?:{_UNIT})?|0\s*/\s*0")
_BLANK = re.compile(r"[-/\\*]{1,6}|不涉及|同上|空|[Nn]/?[Aa]|不适用")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}")
_WORD = re.compile(rf"\d{{1,2}}\s[.、](?=\s)|(?:增加?|减少?)\s{{1,2}}{_NUMBER}(?=\s|$)|{_NUMBER}\s(?:{_UNIT})(?=\s|$)|\S+")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}

# Page furniture: alone on a line, and the kind that is none of a table's cells anywhere.
_PAGE_LINE = re.compile(
    r"\s*(?:[-·.~]\s*\d{1,3}\s*[-·.~]|第\s*\d{1,3}\s*页.{0,12}"
    r"|[Pp](?:age)?\.?\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|[1-9]\d{0,2}\s*/\s*[1-9]\d{0,2})\s*"
)
_PAGE = re.compile(r"第\s*\d{1,3}\s*页(?:\s*[/,]?\s*共\s*\d{1,3}\s*页)?")
_RULE = re.compile(r"[\s|:+=-]*(?:-{3,}|={3,})[\s|:+=-]*")
_LETTER = re.compile(r"[^\W\d_]")
_ALONE = re.compile(rf"(?<!\S)(?:{_NUMBER}\s?(?:{_UNIT})?|[〇零无/\\-])(?!\S)")
_SENTENCE = re.compile("[^。]*。|[^。]+")
_DASHED = re.compile(r"(?<!\S)(?:-\s?\d{1,3}\s?-|[·.~]\s\d{1,3}\s[·.~])(?!\S)")
_DASH = re.compile(r"(?<!\S)-(?!\S)")
_UNREAD = "\ufffd"  # what a recogniser was not sure of
_PARTED = re.compile(r"[|。页]")  # what parts a line otherwise than blanks do
_LONG = 80  # a longer line without cells and without numbers on their own is prose
_FEW = 8  # numbers on their own that a sentence may hold


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral below 100.

    >>> numeral("十二"), numeral("三"), numeral("二十")
    (12, 3, 20)
    """
    if not _NUMERAL.fullmatch(text) or text.count("十") > 1:
        return None
    if "十" not in text:
        return _DIGITS[text] if len(text) == 1 else None
    tens, ones = text.split("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


@lru_cache(maxsize=4096)  # most cells of most reports hold the same few numbers
def _classify(text: str, whole: bool) -> tuple[Kind, float | None, str]:
    """Kind, value and unit of text without outer blanks; ``whole`` where it fills a cell."""
    match = _VALUE.fullmatch(text)
    if match:
        number = match[1]
        return "number", float(number.replace(",", "")) if number else 0.0, match[2] or ""
    if not text or text == _UNREAD or _BLANK.fullmatch(text) or (whole and text in ("增", "减")):
        return "blank", None, ""
    change = _CHANGE.fullmatch(text)
    if change:
        number = float((change["number"] or "0").replace(",", ""))
        return "number", -number if text[0] == "减" else number, "增减"
    counted = numeral(text) if whole else None
    return ("text", None, "") if counted is None else ("number", float(counted), "")


class _Piece(NamedTuple):
    """A token of a cell or word, ``low`` characters behind its beginning."""

    kind: Kind
    text: str
    low: int
    value: float | None
    unit: str


def _piece(text: str, low: int, whole: bool) -> _Piece:
    kind, value, unit = _classify(text, whole) if len(text) < _LONG else ("text", None, "")
    return _Piece(kind, text, low, value, unit)


def _words(folded: str, start: int, end: int, line: int) -> Iterator[Token]:
    text = folded[start:end]
    if end - start < _LONG and text.split(None, 1) == [text]:  # one word, as most lines are
        kind, value, unit = _classify(text, False)
        yield Token(kind, text, start, end, line, value, unit)
        return
    for match in _WORD.finditer(folded, start, end):
        text, at = match[0], match.start()
        kind, value, unit = _classify(text, False) if len(text) < _LONG else ("text", None, "")
        yield Token(kind, text, at, at + len(text), line, value, unit)


def _cell_pieces(text: str) -> tuple[_Piece, ...]:
    """The tokens of one shown cell: one, or its words where it holds numbers among text."""
    inner = text.strip()
    if len(inner) > 2 and _PAGE_LINE.fullmatch(inner):
        return ()
    low = len(text) - len(text.lstrip()) if inner else 0
    piece = _piece(inner, low, True)
    if piece.kind == "text" and inner[0].isdigit() and not _LETTER.search(inner):
        return (piece._replace(kind="blank"),)  # a number that is broken: unreadable, but a place
    if piece.kind == "text" and " " in inner:
        words = tuple(_piece(m[0], low + m.start(), False) for m in _WORD.finditer(inner))
        if any(word.kind != "text" for word in words):
            return words
    return (piece,)


_usual_pieces = lru_cache(maxsize=4096)(_cell_pieces)  # reports share their cells


def _cell(text: str, start: int, line: int) -> Iterator[Token]:
    """The tokens of one shown cell, which begins at ``start``."""
    for kind, inner, low, value, unit in (_usual_pieces if len(text) < _LONG else _cell_pieces)(
        text
    ):
        at = start + low
        yield Token(kind, inner, at, at + len(inner), line, value, unit, True)


def _line(
    document: Document, folded: str, start: int, end: int, line: int
) -> Iterator[Token]:
    text = folded[start:end]
    if "|" in text:
        if _RULE.fullmatch(text):
            return
        position = start
        parts = text.split("|")
        for number, part in enumerate(parts):
            if part.strip() or 0 < number < len(parts) - 1:
                yield from _cell(part, position, line)
            position += len(part) + 1
    elif "\t" in (raw := document.text[start:end]):
        position = start
        for part in raw.split("\t"):
            yield from _cell(folded[position : position + len(part)], position, line)
            position += len(part) + 1
    else:
        yield from _words(folded, start, end, line)


def _sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Stretches of a paragraph up to each full stop, and whether they are prose."""
    text = folded[start:end]
    if "|" in text or "。" not in text:
        lone = len(text) > _LONG and "|" not in text and len(text.split()) < _FEW
        lone = lone and not _ALONE.search(text)
        yield start, end, lone
        return
    for match in _SENTENCE.finditer(text):
        part = match[0]
        if "。" in part:
            prose = len(part.split()) < _FEW or len(_ALONE.findall(part)) < _FEW
        else:
            prose = len(part) > _LONG and not _ALONE.search(part)
        yield start + match.start(), start + match.end(), prose


def _grid(folded: str, block: Block, first: int) -> list[Token]:
    """Tokens of a grid in reading order. A number in a cell over several rows is nobody's:
    each of the rows gets a blank at its place."""
    lowest: dict[int, int] = {}  # of each row's cells, the fewest rows that one covers
    for row, _, height, *_ in block.cells:
        lowest[row] = min(height, lowest.get(row, height))
    tokens: list[Token] = []
    places: list[tuple[int, int]] = []
    for row, column, height, width, start, end in block.cells:
        text = folded[start:end]
        for kind, inner, low, value, unit in (
            _usual_pieces(text) if end - start < _LONG else _cell_pieces(text)
        ):
            at = start + low
            stop = at + len(inner)
            if kind == "number" and height > lowest[row]:
                for below in range(row, row + height):
                    places.append((below, column))
                    tokens.append(Token("blank", "/", at, stop, first + below, None, unit,
                                        True, True, width))  # fmt: skip
            else:
                places.append((row, column))
                tokens.append(Token(kind, inner, at, stop, first + row, value, unit,
                                    True, True, width))  # fmt: skip
    if places != sorted(places):  # cells of rows above come in between
        return [tokens[n] for n in sorted(range(len(places)), key=places.__getitem__)]
    return tokens


def _between_pages(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between page furniture inside a line."""
    text = folded[start:end]
    page = None
    if "页" in text:
        page = _PAGE
    elif end - start > _LONG and "|" not in text:
        dashed = len(_DASHED.findall(text))
        if dashed and len(_DASH.findall(text)) <= 2 * dashed:  # no dash is a blank here
            page = _DASHED
    position = start
    if page is not None:
        for match in page.finditer(folded, start, end):
            yield position, match.start()
            position = match.end()
    yield position, end


def tokenize(document: Document) -> list[Token]:
    """All tokens that may belong to tables; linear in the document."""
    folded = matchable(document)
    found: list[Token] = []
    line = 0
    cut = True
    barred = barred_lines(document, folded)
    broken = broken_rows(document, folded) if not barred and "|" in folded else {}
    tabs = "\t" in document.text
    behind = -1  # the last block of a row over several lines
    for number, block in enumerate(document.blocks):
        if number in barred:
            cells, begins = barred[number]
            line += begins or cut
            for token in (token for low, high in cells for token in _cell(folded[low:high], low, line)):
                found.append(token._replace(cut=True) if cut else token)
                cut = False
            continue
        if number <= behind:
            continue
        line += 1
        if block.kind == "grid":
            tokens = _grid(folded, block, line)
            line = (tokens[-1].line if tokens else line) + 1
            if tokens:
                tokens[0] = tokens[0]._replace(cut=True)
                found += tokens
            cut = True
            continue
        start, end = block.start, block.end
        for _ in range(document.empty_cells.get(start, 0)):  # each at the line end before the block
            found.append(Token("blank", "", start - 1, start, line, marked=True))
            line += 1
        if number in broken:
            behind = broken[number]
            end = document.blocks[behind].end
        if end - start > 1 and _PAGE_LINE.fullmatch(folded, start, end):
            continue
        if end - start <= _LONG and not tabs and not _PARTED.search(folded, start, end):
            for token in _words(folded, start, end, line):
                found.append(token._replace(cut=True) if cut else token)
                cut = False
            continue
        for begin, stop, prose in _sentences(folded, start, end):
            if prose:
                cut = True
                continue
            for low, high in _between_pages(folded, begin, stop):
                for token in _line(document, folded, low, high, line):
                    found.append(token._replace(cut=True) if cut else token)
                    cut = False
    return found
