"""PDF with text: characters and rules out of pdfium, tables by their rules, lines to paragraphs.

One library does both: pypdfium2 gives the six pages of a city's report with characters and
rules in a tenth of a second, where pdfplumber takes 0.6 s and Camelot 4 s. Nothing is rendered
and no script in the file runs.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field, replace
from typing import Any

from ..document import Document, clean
from ..errors import DamagedFile, EmptyInput, InputTooLarge, UnreadableInput
from ..report import Notice, Source
from .flow import Page, write_pages
from .layout import Char, without_doubles
from .ruled import Rule, find_tables

MAX_PAGES = 300  # the longest real report, a province's with all its appendices, has under 100
_MOST_CHARACTERS = 1_000_000
_MOST_OBJECTS = 60_000  # of a page; above, what it draws is a picture
_DEEPEST_FORM = 6
_THIN = 3.6  # points: a filled shape so thin is a rule
_SHORTEST_RULE = 3.0
_SLANT = 0.05  # radians off the axes: a watermark
_FEW_CHARACTERS = 12  # on a page with a picture: a page number under a scan
_LOCK = threading.Lock()  # pdfium may be called by one thread at a time


def parse_bytes(data: bytes, source: Source) -> Document:
    """A document of a PDF's text.

    Raises
    ------
    UnreadableInput
        It is encrypted.
    DamagedFile
        It is cut short or no PDF inside.
    InputTooLarge
        It has more than ``MAX_PAGES`` pages, or more text than any report.
    EmptyInput
        It has no pages, or text in it and no pictures.
    MissingExtra
        Its pages are pictures (a scan) and the extra ``ocr`` is not installed.
    """
    with _LOCK:
        pages = _read_pages(data)
    source = replace(source, pages=len(pages))
    if sum(page.characters for page in pages) <= _FEW_CHARACTERS * len(pages):
        if any(page.pictures for page in pages):
            from .scan import parse_scanned_pdf

            return parse_scanned_pdf(data, source)
        raise EmptyInput("holds no text and no pictures: open it and see if it is the right file")
    return write_pages(pages, source, _notices(pages))


def _notices(pages: list[Page]) -> list[Notice]:
    notices = []
    scanned = [n for n, p in enumerate(pages, 1) if p.pictures and p.characters <= _FEW_CHARACTERS]
    if scanned:
        names = ", ".join(map(str, scanned))
        message = f"page(s) {names} are pictures and were not read: see whether tables are missing"
        notices.append(Notice("picture_page", message, f"page {scanned[0]}"))
    if any(page.invisible > 0.5 * page.characters > 0 for page in pages):
        message = "the text lies invisible under a scan: it comes from an OCR that may have erred"
        notices.append(Notice("ocr_text_layer", message))
    unknown = sum(page.unknown for page in pages)
    if unknown:
        message = f"{unknown} characters have no meaning in the file's fonts and stand as \ufffd"
        notices.append(Notice("broken_characters", message))
    return notices


def _open(data: bytes) -> Any:
    import pypdfium2

    tail = data[-4096:]
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableInput("is an encrypted PDF: save it without a password") from None
        raise DamagedFile("is a damaged PDF: fetch the file again") from None
    if b"%%EOF" not in tail and b"startxref" not in tail:
        document.close()
        raise DamagedFile("is a PDF that ends early (cut while loading): fetch the file again")
    return document


def _read_pages(data: bytes) -> list[Page]:
    import pypdfium2

    document = _open(data)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise InputTooLarge(
                f"has {count:,} pages (the bound is {MAX_PAGES}): give one report a file"
            )
        pages: list[Page] = []
        total = 0
        for number in range(count):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                raise DamagedFile(
                    f"page {number + 1} of the PDF cannot be read: fetch the file again"
                ) from None
            try:
                pages.append(_read_page(page))
            finally:
                page.close()
            total += pages[-1].characters
            if total > _MOST_CHARACTERS:
                raise InputTooLarge("holds more text than any report: give one report a file")
    finally:
        document.close()
    if not pages:
        raise EmptyInput("has no pages")
    return pages


# --- one page ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Raw:
    """What pdfium says, in the page's own space: x to the right, y upwards."""

    chars: list[tuple[str, float, float, float, float, float]]  # text, x0, y0, x1, y1, angle
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: int = 0
    invisible: int = 0


def _read_page(page: Any) -> Page:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    raw = _Raw(list(_characters(page, pdfium, (left, bottom, right, top))))
    _objects(pdfium, page.raw, raw)
    angle = _direction(raw)
    turn = _turn(angle)
    box = turn(left, bottom, right, top)
    chars = []
    unknown = 0
    sizes = sorted(abs(c[4] - c[2]) for c in raw.chars) or [0.0]
    for text, x0, y0, x1, y1, own in raw.chars:
        if abs(math.remainder(own - angle, 2 * math.pi)) > _SLANT:
            continue  # a watermark, or a note along the edge
        text = clean(text)
        unknown += text == "\ufffd" or "\ue000" <= text <= "\uf8ff"
        if text.strip():
            x0, low, x1, high = turn(x0, y0, x1, y1)
            chars.append(Char(text, x0, low - box[1], x1, high - box[1]))
    rules = [turn(*rule) for rule in raw.rules]
    across = [Rule((a + b) / 2 - box[1], x0, x1) for x0, a, x1, b in rules if x1 - x0 >= b - a]
    down = [Rule((x0 + x1) / 2, a - box[1], b - box[1]) for x0, a, x1, b in rules if x1 - x0 < b - a]
    kept = without_doubles(_without_giants(chars, sizes[len(sizes) // 2]))
    return Page(
        chars=kept,
        tables=find_tables(across, down),
        height=box[3] - box[1],
        characters=len(kept),
        pictures=raw.pictures,
        invisible=raw.invisible,
        unknown=unknown,
    )


def _without_giants(chars: list[Char], size: float) -> list[Char]:
    """Without characters several times as large as the rest: an upright watermark."""
    if len(chars) < 60:
        return chars  # a cover
    return [c for c in chars if c.bottom - c.top <= 4.5 * size]


def _direction(raw: _Raw) -> float:
    """The angle that most characters are written at, a multiple of a right angle."""
    quarter = math.pi / 2
    turns = Counter(
        round(c[5] / quarter) % 4
        for c in raw.chars
        if abs(math.remainder(c[5], quarter)) <= _SLANT
    )
    return quarter * turns.most_common(1)[0][0] if turns else 0.0


def _turn(angle: float) -> Any:
    """A function that turns a box into reading direction with y downwards."""
    cos, sin = round(math.cos(angle)), round(math.sin(angle))

    def turn(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        xs = (x0 * cos + y0 * sin, x1 * cos + y1 * sin)
        ys = (x0 * sin - y0 * cos, x1 * sin - y1 * cos)
        return min(xs), min(ys), max(xs), max(ys)

    return turn


def _characters(
    page: Any, pdfium: Any, box: tuple[float, float, float, float]
) -> Iterator[tuple[str, float, float, float, float, float]]:
    """``(character, x0, y0, x1, y1, angle)`` of what is printed inside of the page's box."""
    text_page = page.get_textpage()
    try:
        handle, count = text_page.raw, text_page.count_chars()
        if count > _MOST_CHARACTERS:
            raise InputTooLarge("holds more text than any report: give one report a file")
        unicode_of, angle_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharAngle
        box_of, made_up = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_IsGenerated
        rect = pdfium.FS_RECTF()
        pointer = byref(rect)
        left, bottom, right, top = box
        high = 0
        for i in range(count):
            code = unicode_of(handle, i)
            if 0xD800 <= code < 0xDC00:  # the first half of a pair, on some systems
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            if code <= 32 or made_up(handle, i) == 1:
                continue
            if not box_of(handle, i, pointer):
                continue
            x, y = (rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2
            if left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1:
                yield (chr(code), rect.left, rect.bottom, rect.right, rect.top,
                       angle_of(handle, i))  # fmt: skip
    finally:
        text_page.close()


# --- what the page draws -----------------------------------------------------------------

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer  # noqa: N806 (as the PDF reference names them)
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D,
            e * A + f * C + E, e * B + f * D + F)  # fmt: skip


def _objects(pdfium: Any, page: Any, raw: _Raw) -> None:
    """Rules and pictures of a page, those inside of forms too."""
    seen = 0

    def walk(count: int, get: Any, outer: _Matrix, depth: int) -> None:
        nonlocal seen
        for i in range(count):
            seen += 1
            if seen > _MOST_OBJECTS:
                return
            item = get(i)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                if pdfium.FPDFTextObj_GetTextRenderMode(item) == 3:
                    raw.invisible += 1
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                raw.pictures += 1
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                _rules(pdfium, item, _times(_matrix(pdfium, item), outer), raw)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = _times(_matrix(pdfium, item), outer)
                walk(pdfium.FPDFFormObj_CountObjects(item),
                     lambda n, form=item: pdfium.FPDFFormObj_GetObject(form, n),
                     inner, depth + 1)  # fmt: skip

    walk(pdfium.FPDFPage_CountObjects(page), lambda n: pdfium.FPDFPage_GetObject(page, n),
         _IDENTITY, 0)  # fmt: skip


def _matrix(pdfium: Any, item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _rules(pdfium: Any, path: Any, matrix: _Matrix, raw: _Raw) -> None:
    """The straight lines of a path: stroked ones, and filled shapes as thin as one."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MOST_OBJECTS:
        return
    mode, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(mode), byref(stroke))
    if not (mode.value or stroke.value) or _transparent(pdfium, path, bool(stroke.value)):
        return
    for part in _parts(pdfium, path, count, matrix):
        if stroke.value:
            for (x0, y0), (x1, y1) in zip(part, part[1:], strict=False):
                if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
                    _add(raw, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        xs, ys = [p[0] for p in part], [p[1] for p in part]
        box = min(xs), min(ys), max(xs), max(ys)
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            _add(raw, *box)


def _add(raw: _Raw, x0: float, y0: float, x1: float, y1: float) -> None:
    if max(x1 - x0, y1 - y0) >= _SHORTEST_RULE:
        raw.rules.append((x0, y0, x1, y1))


def _transparent(pdfium: Any, path: Any, stroked: bool) -> bool:
    parts = [c_uint() for _ in range(4)]
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    return bool(get(path, *map(byref, parts))) and parts[3].value == 0


def _parts(pdfium: Any, path: Any, count: int, matrix: _Matrix) -> Iterator[list[Any]]:
    """The points of each part of a path that is drawn without lifting the pen."""
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


