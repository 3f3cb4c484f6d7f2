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
from .ruled import BoxCell, Rule, RuledTable, find_tables

MAX_PAGES = 40  # at some seconds a page
_DOTS = 250  # an inch, to which pages are rendered
_MOST_PIXELS = 40_000_000
_PAGE_WIDTH = 595.0  # points that a picture's width stands for
_LEAST_WIDTH = 700  # pixels; below, digits are too small to tell apart
_RULE_WIDTH = 1240  # pixels: 150 an inch of a page
_LONG = 1 / 45  # of the page's width: shorter lines of ink are strokes of characters
_LEAST_TABLE = (120.0, 24.0)  # points wide and high
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
    message = "read from a picture: numbers that were not sure, or whose sums fail, are left out"
    document = write_pages(pages, source, [Notice("recognised", message)])
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

    image = _upright(image)
    points = _PAGE_WIDTH / image.shape[1]
    small = _ink(_shrunk(image))
    unit = _PAGE_WIDTH / small.shape[1]
    across, down = _lines(small, 1), _lines(small, 0)
    tables = find_tables(
        [Rule(a * unit, b * unit, c * unit) for a, b, c in across],
        [Rule(a * unit, b * unit, c * unit) for a, b, c in down],
    )
    tables = [table for table in tables if _is_table(table)]
    ink = _ink(image)
    without_rules = ink & ~_ruled(small, ink.shape)
    rest = image.copy()
    for table in tables:
        _read_cells(table.cells, image, without_rules, points)
        top, bottom, left, right = (
            int(v / points) for v in (table.top, table.bottom, table.left, table.right)
        )
        rest[max(top - 2, 0) : bottom + 3, max(left - 2, 0) : right + 3] = 255
    chars = read_page(rest, points) if np.any(rest < 128) else []
    return Page(chars, tables, image.shape[0] * points, characters=len(chars), settled=True)


def _is_table(table: RuledTable) -> bool:
    """Whether rules make a table and not the strokes of a large character."""
    return (
        len(table.cells) >= 4
        and table.right - table.left >= _LEAST_TABLE[0]
        and table.bottom - table.top >= _LEAST_TABLE[1]
    )


def _ink(image: Any) -> Any:
    """True where there is ink: darker than the paper around it."""
    import cv2

    block = max(15, image.shape[1] // 40) | 1
    adaptive = cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C,
                                     cv2.THRESH_BINARY_INV, block, 18)  # fmt: skip
    return adaptive > 0


def _opened(ink: Any, axis: int) -> Any:
    import cv2
    import numpy as np

    long = max(20, int(_LONG * ink.shape[1]))
    shape = (long, 1) if axis else (1, long)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
    closed = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE,
                              np.ones((3, 3), np.uint8))  # fmt: skip
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel)


def _shrunk(image: Any) -> Any:
    """A copy for finding rules: small enough for specks of noise to even out."""
    import cv2

    scale = _RULE_WIDTH / image.shape[1]
    if scale > 0.9:
        return cv2.GaussianBlur(image, (3, 3), 0)
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _ruled(ink: Any, shape: tuple[int, int]) -> Any:
    """True on rules and right beside them, on a picture of the given shape."""
    import cv2
    import numpy as np

    both = cv2.dilate(_opened(ink, 1) | _opened(ink, 0), np.ones((3, 3), np.uint8))
    return cv2.resize(both, shape[::-1], interpolation=cv2.INTER_NEAREST) > 0


def _lines(ink: Any, axis: int) -> list[tuple[float, float, float]]:
    """``(place across, low, high)`` in pixels of straight lines of ink along an axis."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(_opened(ink, axis), connectivity=8)
    found = []
    for x, y, width, height, _ in stats[1:count]:
        along, thick = (width, height) if axis else (height, width)
        if along >= 4 * thick:
            low = x if axis else y
            across = (y + height / 2) if axis else (x + width / 2)
            found.append((float(across), float(low), float(low + along)))
    return found


def _upright(image: Any) -> Any:
    """The picture turned so that its lines lie flat: the angle of up to three degrees at which
    the rows of a small copy differ most from their neighbours."""
    import cv2
    import numpy as np

    scale = 700 / image.shape[1]
    small = 255 - cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)

    def turned(picture: Any, angle: float, paper: int) -> Any:
        height, width = picture.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC,
                              borderValue=paper)  # fmt: skip

    def sharpness(angle: float) -> float:
        rows = turned(small, angle, 0).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max((step / 2 for step in range(-6, 7)), key=sharpness)
    best = max((best + step / 10 for step in range(-5, 6)), key=sharpness)
    if abs(best) < 0.08 or sharpness(best) < 1.02 * sharpness(0.0):
        return image
    return turned(image, best, 255)


# --- cells -------------------------------------------------------------------------------


def _read_cells(cells: list[BoxCell], image: Any, ink: Any, points: float) -> None:
    """Read the lines of all cells of a table at once; ``text`` of each is set."""
    from .recognise import read_lines, read_twice

    single: list[tuple[BoxCell, Any]] = []
    wrapped: list[tuple[BoxCell, list[Any]]] = []
    for cell in cells:
        lines = list(_cell_lines(cell, image, ink, points))
        if len(lines) == 1:
            single.append((cell, lines[0]))
        elif lines:
            wrapped.append((cell, lines))
    for (cell, _), text in zip(single, read_twice([one for _, one in single]), strict=True):
        cell.text = text
    texts = iter(read_lines([line for _, lines in wrapped for line in lines]))
    for cell, lines in wrapped:
        for text, _ in (next(texts) for _ in lines):
            # two numbers below one another are none
            gap = " " if cell.text[-1:].isdigit() and text[:1].isdigit() else ""
            cell.text = join(cell.text + gap, text)


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
