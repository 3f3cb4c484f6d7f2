"""Scans: PDF whose pages are pictures, and pictures themselves.

The rules of a table are found as lines of ink, its cells cut out along them and read one by
one, so that a lone 0 is not overlooked and no number slips into a neighbour's place. What is
outside of tables is read as lines of text. A table without rules is read as lines too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..document import Document
from ..errors import DamagedFile, InputTooLarge, UnsupportedFormat
from ..report import Notice, Source
from .flow import Page, write_pages
from .layout import join
from .picture import PAGE_WIDTH, tables_on, upright
from .ruled import BoxCell

MAX_PAGES = 40  # at some seconds a page
_DOTS = 250  # an inch, to which pages are rendered
_MOST_PIXELS = 40_000_000
_LEAST_WIDTH = 700  # pixels; below, digits are too small to tell apart
_HINT = {"recognised": "ocr"}


def parse_scanned_pdf(data: bytes, source: Source) -> Document:
    """A document of the pages' pictures; see :func:`parse_bytes`."""
    from .recognise import engine

    engine()  # says what is missing before anything is rendered
    if source.pages and source.pages > MAX_PAGES:
        raise InputTooLarge(f"is a scan of {source.pages} pages (the bound is {MAX_PAGES})")
    return _document([_page(image) for image in _rendered(data)], source)


def parse_bytes(data: bytes, source: Source) -> Document:
    """A document of a picture of a page.

    Raises
    ------
    MissingExtra
        The extra ``ocr`` is not installed.
    DamagedFile
        The picture cannot be decoded.
    InputTooLarge
        It has more than ``_MOST_PIXELS`` pixels.
    UnsupportedFormat
        It is too small for its digits to be told apart.
    """
    from .recognise import engine

    engine()
    image = _decoded(data)
    if image.shape[1] < _LEAST_WIDTH:
        raise UnsupportedFormat(
            f"is a picture only {image.shape[1]} pixels wide: give one of {_LEAST_WIDTH} or more"
        )
    return _document([_page(image)], replace(source, pages=1))


def _document(pages: list[Page], source: Source) -> Document:
    from .recognise import UNSURE

    message = "read from a picture: numbers that were not sure, or whose sums fail, are left out"
    notices = [Notice("recognised", message)]
    unsure = sum(cell.text == UNSURE for p in pages for table in p.tables for cell in table.cells)
    if unsure:
        message = f"{unsure} cell(s) of tables were not read with confidence and are left out"
        notices.append(Notice("low_confidence", message))
    document = write_pages(pages, source, notices)
    return replace(document, hints={**document.hints, **_HINT})


def _decoded(data: bytes) -> Any:
    import numpy as np
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise InputTooLarge("is a picture of more than 40 megapixels: give a smaller one")
            return np.asarray(picture.convert("L"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise DamagedFile("is a picture that cannot be decoded: fetch it again") from None


def _rendered(data: bytes) -> Iterator[Any]:
    """Grey pictures of the pages of a PDF, one at a time."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            width, height = page.get_size()
            scale = min(_DOTS / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
            yield _grey(page, scale)
            page.close()
    finally:
        document.close()


def _grey(page: Any, scale: float) -> Any:
    import numpy as np

    image = np.array(page.render(scale=scale, grayscale=True).to_numpy())
    return image[:, :, 0] if image.ndim == 3 else image


# --- one picture -------------------------------------------------------------------------


def _page(image: Any) -> Page:
    """Cells and lines of one picture; places in points of a page 595 points wide."""
    import numpy as np

    from .recognise import read_page

    image = upright(image)
    points = PAGE_WIDTH / image.shape[1]
    tables, printed = tables_on(image)
    rest = image.copy()
    for table in tables:
        _read_cells(table.cells, image, printed, points)
        top, bottom, left, right = (
            int(v / points) for v in (table.top, table.bottom, table.left, table.right)
        )
        rest[max(top - 2, 0) : bottom + 3, max(left - 2, 0) : right + 3] = 255
    chars = read_page(rest, points) if np.any(rest < 128) else []
    return Page(chars, tables, image.shape[0] * points, characters=len(chars), settled=True)


# --- cells -------------------------------------------------------------------------------


def _read_cells(cells: list[BoxCell], image: Any, ink: Any, points: float) -> None:
    """Read the lines of all cells of a table at once; ``text`` of each is set."""
    from .recognise import UNSURE, is_number, read_lines, read_twice

    single: list[tuple[BoxCell, Any]] = []
    wrapped: list[tuple[BoxCell, list[Any]]] = []
    for cell in cells:
        lines = list(_cell_lines(cell, image, ink, points))
        if len(lines) == 1:
            single.append((cell, lines[0]))
        elif lines:
            wrapped.append((cell, lines))
    readings = read_twice([one for _, one in single])
    for (cell, _), (text, confidence) in zip(single, readings, strict=True):
        cell.text, cell.confidence = text, confidence
    texts = iter(read_lines([line for _, lines in wrapped for line in lines]))
    for cell, lines in wrapped:
        for text, _ in (next(texts) for _ in lines):
            # two numbers below one another are none
            gap = " " if cell.text[-1:].isdigit() and text[:1].isdigit() else ""
            cell.text = join(cell.text + gap, text)
        if is_number(cell.text):  # beside dirt, and read once only
            cell.text = UNSURE


def _cell_lines(cell: BoxCell, image: Any, ink: Any, points: float) -> Iterator[Any]:
    """Cut-outs of the lines of one cell, from top to bottom; none where it is blank."""
    import numpy as np

    top, bottom = int(cell.top / points) + 1, int(cell.bottom / points)
    left, right = int(cell.x0 / points) + 1, int(cell.x1 / points)
    inside = ink[top:bottom, left:right]
    if inside.size == 0:
        return
    least = max(3.0, 2.2 / points)  # pixels: a lower or narrower speck is dirt
    rows = np.flatnonzero(inside.any(axis=1))
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > max(1, 0.8 / points)) + 1):
        if len(run) == 0 or run[-1] - run[0] + 1 < least:
            continue
        low, high = int(run[0]), int(run[-1]) + 1
        columns = np.flatnonzero(inside[low:high].any(axis=0))
        if len(columns) < 2:
            continue
        first, last = int(columns[0]), int(columns[-1]) + 1
        edge = int(1.5 / points)
        cut = image[max(top + low - edge, top) : min(top + high + edge, bottom),
                    max(left + first - edge, left) : min(left + last + edge, right)]  # fmt: skip
        yield cut
