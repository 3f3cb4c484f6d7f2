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
from ctypes import byref, c_double
from dataclasses import replace
from typing import Any

from ..document import Document, clean
from ..errors import DamagedFile, EmptyInput, InputTooLarge, UnreadableInput
from ..report import Notice, Source
from .even import Raw, evened
from .flow import Page, write_pages
from .inflation import check_inflation
from .layout import Char, without_doubles, without_struck
from .ruled import Rule, find_tables
from .strokes import drawing_of

MAX_PAGES = 300  # the longest real report, a province's with all its appendices, has under 100
_MOST_CHARACTERS = 1_000_000
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
    check_inflation(data)
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
    struck = sum(page.struck for page in pages)
    if struck:
        message = f"{struck} characters are struck out in the file and were left out"
        notices.append(Notice("struck_out", message))
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


def _read_page(page: Any) -> Page:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    read = list(_characters(page, pdfium, (left, bottom, right, top)))
    raw = evened([one for one, _, _ in read], [foot for _, foot, _ in read], [size for _, _, size in read])
    drawing = drawing_of(pdfium, page.raw)
    angle = _direction(raw)
    turn = _turn(angle)
    box = turn(left, bottom, right, top)
    chars = []
    unknown = 0
    sizes = sorted(abs(c[4] - c[2]) for c in raw) or [0.0]
    for text, x0, y0, x1, y1, own in raw:
        if abs(math.remainder(own - angle, 2 * math.pi)) > _SLANT:
            continue  # a watermark, or a note along the edge
        text = clean(text)
        unknown += text == "\ufffd" or "\ue000" <= text <= "\uf8ff"
        if text.strip():
            x0, low, x1, high = turn(x0, y0, x1, y1)
            chars.append(Char(text, x0, low - box[1], x1, high - box[1]))
    rules = [turn(*rule) for rule in drawing.rules]
    across = [Rule((a + b) / 2 - box[1], x0, x1) for x0, a, x1, b in rules if x1 - x0 >= b - a]
    down = [Rule((x0 + x1) / 2, a - box[1], b - box[1]) for x0, a, x1, b in rules if x1 - x0 < b - a]
    whole = without_doubles(_without_giants(chars, sizes[len(sizes) // 2]))
    strokes = [(r.at, r.low, r.high) for r in across if not _is_border(r, down)]
    kept = without_struck(whole, strokes)
    return Page(
        chars=kept,
        tables=find_tables(across, down),
        height=box[3] - box[1],
        characters=len(kept),
        pictures=drawing.pictures,
        invisible=drawing.invisible,
        unknown=unknown,
        struck=len(whole) - len(kept),
    )


def _is_border(rule: Rule, down: list[Rule]) -> bool:
    """Whether a rule ends on rules downwards at both ends: no line through characters does."""
    return all(
        any(abs(one.at - end) <= 1.0 and one.low - 1.0 <= rule.at <= one.high + 1.0 for one in down)
        for end in (rule.low, rule.high)
    )


def _without_giants(chars: list[Char], size: float) -> list[Char]:
    """Without characters several times as large as the rest: an upright watermark."""
    if len(chars) < 60:
        return chars  # a cover
    return [c for c in chars if c.bottom - c.top <= 4.5 * size]


def _direction(raw: list[Raw]) -> float:
    """The angle that most characters are written at, a multiple of a right angle."""
    quarter = math.pi / 2
    turns = Counter(
        round(c[5] / quarter) % 4
        for c in raw
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
) -> Iterator[tuple[Raw, float, float]]:
    """What is printed inside of the page's box; each with its base line and font size."""
    text_page = page.get_textpage()
    try:
        handle, count = text_page.raw, text_page.count_chars()
        if count > _MOST_CHARACTERS:
            raise InputTooLarge("holds more text than any report: give one report a file")
        unicode_of, angle_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharAngle
        box_of, made_up = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_IsGenerated
        foot_of, size_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetFontSize
        origin_x, origin_y = c_double(), c_double()
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
                foot_of(handle, i, byref(origin_x), byref(origin_y))
                raw = (chr(code), rect.left, rect.bottom, rect.right, rect.top, angle_of(handle, i))
                yield raw, origin_y.value, size_of(handle, i)
    finally:
        text_page.close()
