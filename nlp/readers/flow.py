"""Pages of placed characters to a document: page numbers and running headers out, tables
stitched over page ends, paragraphs joined from lines. Serves PDF and scans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..document import Document, TextBuilder, fold
from ..report import Notice, Source
from .furniture import is_furniture
from .layout import Char, Line, continues, frame_of, join, lines_of
from .ruled import RuledTable
from .stitch import goes_on, stitch

_MARGIN = 0.13  # of the page's height: where page numbers and running headers stand
_MARGIN_POINTS = 85.0  # on a small page: three centimetres
_SAME_PLACE = 6.0  # points
_PAGE_NUMBER = re.compile(
    r"(?:(?P<marked>[-~·•*<>\[(|/\s]+\d{1,4}[-~·•*<>\])|/\s]+|第\s?[\d一二三四五六七八九十]{1,4}\s?页.{0,12}"
    r"|(?:共\s?\d+\s?页\W{0,3})?第?\s?\d{1,4}\s?页?\s?[/,]?\s?共?\s?\d{1,4}\s?页"
    r"|\d{1,4}\s?/\s?\d{1,4}|[Pp](?:age)?\s?[.:]?\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?)"
    r"|(?P<bare>\d{1,4}))"
)  # fmt: skip
_TITLE = re.compile(r"信息公[开開].{0,12}(?:报告|報告|年报|年報)|年度(?:报告|報告)")


@dataclass(slots=True)
class Page:
    """Characters and tables of one page; the counts tell what kind of page it is."""

    chars: list[Char]
    tables: list[RuledTable]
    height: float
    characters: int = 0
    pictures: int = 0
    invisible: int = 0
    unknown: int = 0
    struck: int = 0
    settled: bool = False  # the cells have their text already
    lines: list[Line] = field(default_factory=list)


def write_pages(pages: Sequence[Page], source: Source, notices: Sequence[Notice]) -> Document:
    """The document of all pages."""
    for page in pages:
        _settle(page)
    heading = _drop_furniture(pages)
    items = _stitched(pages)
    lines = [item for item, _ in items if isinstance(item, Line)]
    hints = {}
    title = next((t for t in heading if _TITLE.search(fold(t))), None)
    builder = TextBuilder()
    if title is not None:
        plain = fold(title).replace(" ", "")
        hints["title"] = title
        if not any(plain in fold(line.text).replace(" ", "") for line in lines[:12]):
            builder.paragraph(title)
    confidence = _write(builder, items, lines)
    document = builder.build(source, hints, notices)
    return replace(document, confidence=confidence) if confidence else document


def _settle(page: Page) -> None:
    """Characters into the cells they stand in, smaller tables first; the rest into lines.

    A table of one column or one row's width of prose is a frame: its text flows with the page.
    """
    chars = page.chars
    kept = []
    for table in sorted(page.tables, key=lambda t: (t.bottom - t.top) * (t.right - t.left)):
        outside = chars if page.settled else table.take(chars)
        if _is_frame(table):
            continue
        chars = outside
        kept.append(table)
    page.tables = sorted(kept, key=lambda t: (t.top, t.left))
    page.lines = lines_of(chars)


def _is_frame(table: RuledTable) -> bool:
    """Whether no row has two cells with text: a box around text, not a table."""
    rows: dict[int, int] = {}
    for cell in table.cells:
        if cell.text:
            rows[cell.row] = rows.get(cell.row, 0) + 1
    return (max(rows.values(), default=0) < 2 and max(len(c.text) for c in table.cells) > 30) or (
        not any(cell.text for cell in table.cells)
    )


# --- page numbers and running headers ------------------------------------------------------


def _edge_lines(page: Page) -> list[Line]:
    """The first and the last two lines, as far as they stand in the margins."""
    margin = max(_MARGIN * page.height, min(_MARGIN_POINTS, 0.3 * page.height))
    low, high = margin, page.height - margin
    outer = (*page.lines[:2], *page.lines[-2:])
    return [line for line in dict.fromkeys(outer) if line.bottom < low or line.top > high]


def _drop_furniture(pages: Sequence[Page]) -> list[str]:
    """Take page numbers and running lines off; gives back the running lines' texts."""
    bare: dict[int, list[tuple[int, Line]]] = {}  # number minus page to lines
    running: dict[tuple[str, int], list[tuple[int, Line]]] = {}
    for number, page in enumerate(pages):
        for line in _edge_lines(page):
            text = fold(line.text).strip()
            match = _PAGE_NUMBER.fullmatch(text)
            if match and match["marked"]:
                page.lines.remove(line)
            elif match:
                bare.setdefault(int(match["bare"]) - number, []).append((number, line))
            else:
                place = round(line.top / _SAME_PLACE)
                key = re.sub(r"\d+|\s", "", text)
                for near in (place - 1, place, place + 1):
                    if (key, near) in running:
                        place = near
                running.setdefault((key, place), []).append((number, line))
    for offset, found in bare.items():
        if len(found) > 1 or offset == 1:
            for number, line in found:
                pages[number].lines.remove(line)
    texts = []
    for (key, _), found in running.items():
        if key and len(found) > 1 and len(found) >= 0.4 * len(pages):
            texts.append(found[0][1].text)
            for number, line in found:
                pages[number].lines.remove(line)
    return texts


# --- order ---------------------------------------------------------------------------------

_Item = tuple[Line | RuledTable, int]  # and the number of its page


def _stitched(pages: Sequence[Page]) -> list[_Item]:
    """Lines and tables in reading order, a table that goes on over a page end as one."""
    items: list[_Item] = []
    for number, page in enumerate(pages):
        own: list[Line | RuledTable] = [*page.lines, *page.tables]
        own.sort(key=lambda item: (item.top, isinstance(item, RuledTable)))
        for place, item in enumerate(own):
            last = items[-1][0] if items else None
            if (
                place == 0
                and isinstance(item, RuledTable)
                and isinstance(last, RuledTable)
                and items[-1][1] == number - 1
                and goes_on(last, item)
            ):
                items[-1] = (stitch(last, item), number)
            else:
                items.append((item, number))
    return items


def _write(
    builder: TextBuilder, items: Sequence[_Item], lines: Sequence[Line]
) -> dict[int, float]:
    """Write all; the confidence of recognised numbers by the places where they begin."""
    frame = frame_of(lines)
    text = ""
    confidence: dict[int, float] = {}
    before: tuple[Line, int] | None = None

    def end() -> None:
        nonlocal text
        if text and not is_furniture(fold(text)):
            builder.paragraph(text)
        text = ""

    for item, page in items:
        if isinstance(item, RuledTable):
            end()
            before = None
            confidence.update(_write_grid(builder, item))
            continue
        same_page = before is not None and before[1] == page
        if before is not None and continues(before[0], item, frame, same_page):
            text = join(text, item.text)
        else:
            end()
            text = item.text
        before = (item, page)
    end()
    return confidence


def _write_grid(builder: TextBuilder, table: RuledTable) -> dict[int, float]:
    """A grid with the rows and columns that hold nothing of their own taken out; gives back the
    confidence of its numbers by where they begin."""
    rows = sorted({cell.row for cell in table.cells})
    columns = sorted({cell.column for cell in table.cells})
    row_of = {row: n for n, row in enumerate(rows)}
    column_of = {column: n for n, column in enumerate(columns)}
    cells = []
    ordered = sorted(table.cells, key=lambda c: (c.row, c.column))
    for cell in ordered:
        down = sum(cell.row <= row < cell.row + cell.rowspan for row in rows)
        along = sum(cell.column <= column < cell.column + cell.colspan for column in columns)
        cells.append((row_of[cell.row], column_of[cell.column], max(down, 1), max(along, 1),
                      cell.text))  # fmt: skip
    builder.grid(cells)
    return {
        placed.start: cell.confidence
        for placed, cell in zip(builder.blocks[-1].cells, ordered, strict=True)
        if cell.confidence is not None and placed.start < placed.end
    }
