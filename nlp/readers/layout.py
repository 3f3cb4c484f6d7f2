"""Characters with places on a page, put into lines and paragraphs. Knows no format.

Places are in points (1/72 inch), y grows downwards, the page's top left corner is (0, 0).
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..document import fold

UNREAD = "\ufffd"  # stands for a number that nobody can read for sure
_SAME_LINE = 0.5  # share of the lower height by which two characters of one line overlap
_GAP = 0.6  # of a character's width: a wider gap is a blank; justified type stays below
_DIGITS_GAP, _ROW_OF_NUMBERS = 0.3, 5  # the same between digits of a row with so many numbers
# Before and between the values of such a row: less than two cells' margins, more than the quarter
# that typesetters put between Chinese characters and digits.
_VALUES_GAP = 0.34
_OF_LABEL = re.compile(r"[^\W\d件万元条个项宗份次起无零〇]")
_INDENT = 1.2  # characters: a first line stands so far in from the left edge
_LONGEST_STROKE = 300.0  # points of a line through characters
_SHORT = 2.6  # characters missing at the right edge end a paragraph


@dataclass(frozen=True, slots=True)
class Char:
    """One character, or a recognised piece of text, and the box around it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``size`` is a character's width (of Chinese ones, where there are any:
    heights differ between fonts of one size)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def without_doubles(chars: Sequence[Char]) -> list[Char]:
    """Characters without those printed again in nearly the same place (bold made by a second
    stroke, a shadow): read twice, 1 would be 11."""
    kept: list[Char] = []
    nearby: dict[tuple[str, int, int], list[Char]] = {}
    for char in chars:
        x, y = int(char.x0 // 8), int(char.top // 8)
        width = max(char.x1 - char.x0, 0.1)
        twin = any(
            abs(other.x0 - char.x0) < 0.35 * width
            and abs(other.top - char.top) < 0.35 * (char.bottom - char.top)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in nearby.get((char.text, x + dx, y + dy), ())
        )
        if not twin:
            kept.append(char)
            nearby.setdefault((char.text, x, y), []).append(char)
    return kept


def without_struck(chars: Sequence[Char], rules: Sequence[tuple[float, float, float]]) -> list[Char]:
    """Characters without those that a line ``(y, x0, x1)`` strikes through their middle: what
    tracking shows as deleted."""
    short = [rule for rule in rules if rule[2] - rule[1] < _LONGEST_STROKE]
    if not short:
        return list(chars)
    return [
        char
        for char in chars
        if not any(
            low <= char.middle[0] <= high
            and 0.3 < (at - char.top) / max(char.bottom - char.top, 0.1) < 0.7
            for at, low, high in short
        )
    ]


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """Lines from top to bottom, the characters of each from left to right."""
    rows: list[tuple[float, float, list[Char]]] = []  # top, bottom, characters
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        height = char.bottom - char.top
        if rows:
            top, bottom, members = rows[-1]
            overlap = min(bottom, char.bottom) - max(top, char.top)
            if overlap > _SAME_LINE * min(height, bottom - top):
                rows[-1] = (min(top, char.top), max(bottom, char.bottom), [*members, char]) \
                    if height > bottom - top else (top, bottom, members)  # fmt: skip
                if height <= bottom - top:
                    members.append(char)
                continue
        rows.append((char.top, char.bottom, [char]))
    return [_line(members) for members in _without_wrapped([members for _, _, members in rows])]


def _without_wrapped(rows: list[list[Char]]) -> list[list[Char]]:
    """Rows of characters without digits that go on with numbers of the row above, in columns too
    narrow for them: nobody can tell them from a number of their own, so that ``UNREAD`` stands
    for both. The rest of a wrapped label may stand beside them; a row of its own has a number."""
    kept: list[list[Char]] = []
    for row in rows:
        runs = _numbers(row)
        above = _numbers(kept[-1]) if kept else []
        under = [
            next((one for one in above if one[0].x0 - 1 <= run[0].middle[0] <= one[-1].x1 + 1), None)
            for run in runs
        ]
        if (
            not runs
            or len(above) < 3
            or _ROW_BEGINS.match(fold("".join(c.text for c in sorted(row, key=lambda c: c.x0))))
            or len(runs) >= len(above)
            or row[0].top - kept[-1][0].top > 2.5 * (row[0].bottom - row[0].top)
            or not all(under)
        ):
            kept.append(row)
            continue
        digits = {id(char) for run in runs for char in run}
        for one in under:
            if one is not None and one[0] in kept[-1]:
                gone = {id(char) for char in one}
                first = replace(one[0], text=UNREAD, x1=one[-1].x1)
                kept[-1] = [*(char for char in kept[-1] if id(char) not in gone), first]
        if rest := [char for char in row if id(char) not in digits]:
            kept.append(rest)
    return kept


def _numbers(row: Sequence[Char]) -> list[list[Char]]:
    """Runs of digits that stand close to each other and apart from everything else."""
    runs: list[list[Char]] = []
    ordered = sorted(row, key=lambda c: c.x0)
    for before, char in zip([None, *ordered], ordered, strict=False):
        if not (char.text.isdigit() or char.text == UNREAD):
            continue
        near = before is not None and char.x0 - before.x1 < 0.3 * (char.x1 - char.x0)
        if near and runs and runs[-1][-1] is before:
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _first_value(chars: Sequence[Char]) -> int:
    """The number of the character behind a row's label: from there on stand only values."""
    first = len(chars)
    while first and not _OF_LABEL.search(chars[first - 1].text):
        first -= 1
    return first


def _line(chars: list[Char]) -> Line:
    chars.sort(key=lambda c: c.x0)
    wide = [c.x1 - c.x0 for c in chars if "\u3400" <= c.text[:1] <= "\u9fff" and len(c.text) == 1]
    size = statistics.median(wide or [c.bottom - c.top for c in chars])
    parts: list[str] = []
    row = len(_numbers(chars)) >= _ROW_OF_NUMBERS
    values = _first_value(chars) if row else len(chars)
    for number, (before, char) in enumerate(zip([None, *chars], chars, strict=False)):
        gap = _VALUES_GAP if number >= values else _GAP
        if row and before is not None and before.text[-1:].isdigit() and char.text[:1].isdigit():
            gap = _DIGITS_GAP
        if before is not None and char.x0 - before.x1 > gap * size and not char.text.isspace():
            parts.append(" ")
        parts.append(char.text)
    text = re.sub(r"[ \u3000\xa0]+", " ", "".join(parts)).strip()
    return Line(text, chars[0].x0, min(c.top for c in chars), max(c.x1 for c in chars),
                max(c.bottom for c in chars), size)  # fmt: skip


# --- joining -----------------------------------------------------------------------------

_LATIN = re.compile(r"[A-Za-z]$"), re.compile(r"^[A-Za-z]")


def join(above: str, below: str) -> str:
    """Two pieces of one paragraph: a blank between Latin words, none within Chinese."""
    gap = " " if _LATIN[0].search(above) and _LATIN[1].search(below) else ""
    return above + gap + below


def cell_text(chars: Sequence[Char], left: float, right: float) -> str:
    """The text of one table cell. A label that is wrapped is joined.

    A number is joined with the number below it only where it fills the cell, so that it was
    wrapped; else they are two numbers whose rule is missing, and a blank keeps them apart.
    """
    text = ""
    before: Line | None = None
    for line in lines_of(chars):
        if not line.text:
            continue
        if before is not None and text[-1:].isdigit() and line.text[:1].isdigit():
            room = (right - left) - (before.x1 - before.x0)
            text += line.text if room < 1.5 * before.size else f" {line.text}"
        else:
            text = join(text, line.text)
        before = line
    return text


_MARKER = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}\s*[、.]"
    r"|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}\s*[、.](?!\d)|[①-⑳])"
)
# What begins a row of a table and no lower half of a wrapped label.
_ROW_BEGINS = re.compile(
    rf"{_MARKER.pattern}|\s*(?:小计|合计|总计|其中|规章|行政规范性文件|行政许可|其他对外管理|行政处罚|行政强制"
    r"|行政事业性收费|政府集中采购)"
)
_HEADING = re.compile(r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八]\s*[、.])[^。;,]{2,40}$")
_DATE = re.compile(
    r"\s*(?:(?:19|20)\d\d|[〇零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月"
    r"(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?\s*"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Left and right edge of the body of a document, size of its type, lines' distance."""

    left: float
    right: float
    size: float
    pitch: float


def frame_of(lines: Sequence[Line]) -> Frame:
    """The edges that most of the long lines keep; of no use, but harmless, for few lines."""
    if not lines:
        return Frame(0, 0, 1, 1)
    size = statistics.median(line.size for line in lines)
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > 0.7 * widest]
    left = sorted(line.x0 for line in long)[len(long) // 4]
    right = sorted(line.x1 for line in long)[(3 * len(long)) // 4]
    steps = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top]
    return Frame(left, right, size, statistics.median(steps) if steps else size)


_ONE_VALUE = r"(?:[-+]?\d[\d,.]*(?:万元|[元件条个项宗份])?|[-/无零〇])"  # or what stands for none
_ROW = re.compile(rf"\s*(?:\S{{1,40}}\s+)?(?:{_ONE_VALUE}\s+)+{_ONE_VALUE}\s*")
_ENDS_A_ROW = re.compile(rf"(?:(?:^|\s){_ONE_VALUE}){{2,}}\s*$")
_NUMBER = re.compile(r"\s*\d[\d,.]*\s*")
_LEADER = re.compile(r"[.…·-]{4,}\s*\d*$")  # of a table of contents
_UNBREAKABLE = re.compile(r"[A-Za-z0-9.@:/%-]{1,40}")
_NEEDS_MORE = re.compile(r"[第、和及与至,\"'(\[:]$")


def _title_goes_on(above: Line, below: Line, frame: Frame, same_page: bool) -> bool:
    """Whether a full line of large type, as a title has, is broken into the next one."""
    middle = (frame.left + frame.right) / 2
    return (
        same_page
        and above.size > 1.15 * frame.size
        and above.x1 > frame.right - 1.5 * above.size
        and abs((below.x0 + below.x1) / 2 - middle) < above.size
        and below.top - above.top < 2.2 * (above.bottom - above.top)
    )


def continues(above: Line, below: Line, frame: Frame, same_page: bool) -> bool:
    """Whether the line below goes on with the paragraph that the line above is part of."""
    size = max(frame.size, 1.0)
    over, under = fold(above.text), fold(below.text)
    if _HEADING.match(over) or _LEADER.search(over) or _DATE.fullmatch(under):
        return False
    if _ROW.fullmatch(under) or _ENDS_A_ROW.search(over):  # of a table without rules
        return False
    if over[-1:].isdigit() and _NUMBER.fullmatch(under):  # a page number: joined, 12 and 3 were 123
        return False
    if abs(above.size - below.size) > 0.25 * size:
        return False
    if same_page and below.top - above.top > 1.7 * frame.pitch:
        return False
    if _title_goes_on(above, below, frame, same_page):
        return True
    run = _UNBREAKABLE.match(under)  # a number or word that did not fit may leave a line short
    room = _SHORT + (0.6 * len(run[0]) if run else 0)
    if above.x1 < frame.right - room * size or below.x0 > frame.left + _INDENT * size:
        return False
    return _MARKER.match(under) is None or _NEEDS_MORE.search(over) is not None
