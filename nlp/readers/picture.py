"""Rules and ink on a picture of a page: where its tables are, and where something is printed."""

from __future__ import annotations

from typing import Any

from .ruled import Rule, RuledTable, find_tables

PAGE_WIDTH = 595.0  # points that a picture's width stands for
_RULE_WIDTH = 1240  # pixels: 150 an inch of a page
_LONG = 1 / 30  # of the page's width: shorter lines of ink are strokes of characters, blurred
_THICKEST = 9  # pixels of that width: a rule, and how far it may slope
_INKED = 0.93  # of a rule's length; rows of characters have gaps
_MEETS = 3.0  # points by which a rule may fall short of the one it meets
_STROKE = 20.0  # points of a character's stroke in line with a rule
_LEAST_TABLE = (120.0, 24.0)  # points wide and high


def tables_on(image: Any) -> tuple[list[RuledTable], Any]:
    """The tables of a grey picture in points of a page ``PAGE_WIDTH`` wide, and a mask of the
    picture's shape, True where something is printed that is no rule and no speck."""
    across, down = _rules(image)
    unit = PAGE_WIDTH / _RULE_WIDTH
    tables = find_tables(
        *_held(
            [Rule(a * unit, b * unit, c * unit) for a, b, c in _lines(across, 1)],
            [Rule(a * unit, b * unit, c * unit) for a, b, c in _lines(down, 0)],
        )
    )
    printed = _clean_ink(image, PAGE_WIDTH / image.shape[1]) & ~_ruled(across, down, image.shape)
    return [table for table in tables if _is_table(table)], printed


def _held(across: list[Rule], down: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Rules both of whose ends meet a rule of the other direction: strokes hang free."""

    def meets(end: float, rule: Rule, others: list[Rule]) -> bool:
        return any(abs(other.at - end) <= _MEETS and _crosses(other, rule) for other in others)

    for _ in range(3):
        across = [_without_strokes(rule, down) for rule in across]
        down = [_without_strokes(rule, across) for rule in down]
        across = [r for r in across if meets(r.low, r, down) and meets(r.high, r, down)]
        down = [r for r in down if meets(r.low, r, across) and meets(r.high, r, across)]
    return across, down


def _crosses(other: Rule, rule: Rule) -> bool:
    return other.low - _MEETS <= rule.at <= other.high + _MEETS


def _without_strokes(rule: Rule, others: list[Rule]) -> Rule:
    """A rule that a stroke of a character above or below lengthens, ended where it crosses its
    outermost other rule."""
    places = sorted(other.at for other in others if _crosses(other, rule))
    inside = [at for at in places if rule.low - _MEETS <= at <= rule.high + _MEETS]
    if len(inside) < 2:
        return rule
    low = inside[0] if inside[0] - rule.low <= _STROKE else rule.low
    high = inside[-1] if rule.high - inside[-1] <= _STROKE else rule.high
    return Rule(rule.at, low, high)


def _is_table(table: RuledTable) -> bool:
    """Whether rules make a table and not the strokes of a large character."""
    return (
        len(table.cells) >= 4
        and table.right - table.left >= _LEAST_TABLE[0]
        and table.bottom - table.top >= _LEAST_TABLE[1]
    )


def _ink(image: Any, offset: int = 18) -> Any:
    """255 where there is ink: darker than the paper around it by ``offset`` of 256."""
    import cv2

    block = max(15, image.shape[1] // 40) | 1
    return cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV,
                                 block, offset)  # fmt: skip


def _clean_ink(image: Any, points: float) -> Any:
    """Ink without specks smaller than a full stop."""
    import cv2

    smooth = cv2.GaussianBlur(cv2.medianBlur(image, 3), (3, 3), 0)
    ink = _ink(smooth)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = max(3.0, (1.1 / points) ** 2)
    keep = stats[:count, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    return keep[labels]


def _rules(image: Any) -> tuple[Any, Any]:
    """Straight lines of ink across and down: 255 on them, in a copy _RULE_WIDTH pixels wide.

    The copy is blurred along the direction that is looked for, which evens out noise and
    closes gaps; what comes out thicker than a rule is a line of type.
    """
    import cv2

    scale = _RULE_WIDTH / image.shape[1]
    small = cv2.resize(image, None, fx=scale, fy=scale,
                       interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)  # fmt: skip
    long = int(_LONG * _RULE_WIDTH)
    across = _ink(cv2.blur(small, (7, 1)), 10)
    down = _ink(cv2.blur(small, (1, 7)), 10)
    across = cv2.morphologyEx(across, cv2.MORPH_OPEN,
                              cv2.getStructuringElement(cv2.MORPH_RECT, (long, 1)))  # fmt: skip
    down = cv2.morphologyEx(down, cv2.MORPH_OPEN,
                            cv2.getStructuringElement(cv2.MORPH_RECT, (1, long)))  # fmt: skip
    ink = _ink(small, 6)
    return _solid(across, ink, 1), _solid(down, ink, 0)


def _solid(mask: Any, ink: Any, axis: int) -> Any:
    """The lines of a mask under which there is ink nearly all along: type has gaps. Of a line
    that type lengthens the solid stretch stays."""
    import cv2
    import numpy as np

    near = cv2.dilate(ink, np.ones((3, 1) if axis else (1, 3), np.uint8)) > 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    keep = np.zeros(count, bool)
    stretches = np.zeros(mask.shape, bool)
    for number, (x, y, width, height, _) in enumerate(stats[1:count], 1):
        box = (slice(y, y + height), slice(x, x + width))
        inked = (near[box] & (labels[box] == number)).any(axis=0 if axis else 1)
        keep[number] = inked.mean() >= _INKED
        if keep[number]:
            continue
        ends = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
        low, high = max(zip(ends[::2], ends[1::2], strict=True), key=lambda e: e[1] - e[0], default=(0, 0))
        if high - low >= _LONG * _RULE_WIDTH:
            part = (box[0], slice(x + low, x + high)) if axis else (slice(y + low, y + high), box[1])
            stretches[part] |= labels[part] == number
    return np.where(keep[labels] | stretches, 255, 0).astype(np.uint8)


def _ruled(across: Any, down: Any, shape: tuple[int, int]) -> Any:
    """True on rules and right beside them, on a picture of the given shape."""
    import cv2
    import numpy as np

    both = cv2.dilate(across | down, np.ones((3, 3), np.uint8))
    return cv2.resize(both, shape[::-1], interpolation=cv2.INTER_NEAREST) > 0


def _lines(ink: Any, axis: int) -> list[tuple[float, float, float]]:
    """``(place across, low, high)`` in pixels of the lines of a mask along an axis."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = []
    for number, (x, y, width, height, _) in enumerate(stats[1:count], 1):
        along, thick = (width, height) if axis else (height, width)
        low, side = (x, y) if axis else (y, x)
        if along >= 4 * thick and thick <= _THICKEST:
            found.append((float(side + thick / 2), float(low), float(low + along)))
            continue
        # strokes beside a rule stick to it: the rule is what runs through from end to end
        own = labels[y : y + height, x : x + width] == number
        through = np.flatnonzero(own.mean(axis=1 if axis else 0) >= _INKED)
        if len(through) and through[-1] - through[0] < min(_THICKEST, along / 4):
            middle = side + (through[0] + through[-1] + 1) / 2
            found.append((float(middle), float(low), float(low + along)))
    return found


def upright(image: Any) -> Any:
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
