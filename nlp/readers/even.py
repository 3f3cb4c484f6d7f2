"""Boxes of characters where a file's fonts state heights that no character has.

LibreOffice embeds some fonts with a descent of a whole character, so that pdfium's boxes reach
over the line below and their middles into the next row of a table. There the box is set anew
from the foot of the character and the width of Chinese characters of its size.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

Raw = tuple[str, float, float, float, float, float]  # text, x0, y0, x1, y1 (y upwards), angle
_TALL = 1.6  # heights of a Chinese character's width, in the median: no font is so
_BELOW, _ABOVE = 0.12, 0.88  # of a character's width, from its foot
_FEWEST = 12


def evened(raw: Sequence[Raw], feet: Sequence[float], sizes: Sequence[float]) -> list[Raw]:
    """The characters with boxes as high as they are wide where most are far higher.

    Parameters
    ----------
    raw : sequence of Raw
        All characters of a page.
    feet, sizes : sequence of float
        The height of each one's base line, and its font size as the file states it.
    """
    chinese = [n for n, c in enumerate(raw) if "\u3400" <= c[0] <= "\u9fff" and not c[5] and c[3] > c[1]]
    if len(chinese) < _FEWEST:
        return list(raw)
    if statistics.median((raw[n][4] - raw[n][2]) / (raw[n][3] - raw[n][1]) for n in chinese) <= _TALL:
        return list(raw)
    widths: dict[float, list[float]] = {}
    for n in chinese:
        widths.setdefault(sizes[n], []).append(raw[n][3] - raw[n][1])
    ems = {size: statistics.median(own) for size, own in widths.items()}
    scale = statistics.median(em / size for size, em in ems.items() if size) if any(ems) else 1.0
    found = []
    for (text, x0, y0, x1, y1, angle), foot, size in zip(raw, feet, sizes, strict=True):
        em = ems.get(size, size * scale)
        if angle == 0 and em > 0:
            y0, y1 = foot - _BELOW * em, foot + _ABOVE * em
        found.append((text, x0, y0, x1, y1, angle))
    return found
