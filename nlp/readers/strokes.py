"""What a PDF page draws: its rules and pictures, out of pdfium's objects, those in forms too."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

_MOST_OBJECTS = 60_000  # of a page; above, what it draws is a picture
_DEEPEST_FORM = 6
_THIN = 3.6  # points: a filled shape so thin is a rule
_SHORTEST_RULE = 3.0


@dataclass(slots=True)
class Drawing:
    """Boxes of rules ``(x0, y0, x1, y1)`` in the page's own space, y upwards; pictures and
    invisible pieces of text are counted."""

    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: int = 0
    invisible: int = 0


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D,
            e * A + f * C + E, e * B + f * D + F)  # fmt: skip


def drawing_of(pdfium: Any, page: Any) -> Drawing:
    """What the page behind a raw handle draws."""
    raw = Drawing()
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
    return raw


def _matrix(pdfium: Any, item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _rules(pdfium: Any, path: Any, matrix: _Matrix, raw: Drawing) -> None:
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
            for (x0, y0), (x1, y1) in pairwise(part):
                if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
                    _add(raw, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        xs, ys = [p[0] for p in part], [p[1] for p in part]
        box = min(xs), min(ys), max(xs), max(ys)
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            _add(raw, *box)


def _add(raw: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
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


