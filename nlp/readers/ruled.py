"""Tables by their rules: lines on a page to cells with spans, pages stitched.

Elementary cells lie between neighbouring rules; two are one cell where no rule parts them. So
merged cells come out as they are printed, and a column is known by its place, not by counting.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .layout import Char, cell_text

_SNAP = 3.0  # points: rules nearer than this are one (double rules, borders of neighbours)
_COVERED = 0.6  # of a cell's side must be ruled to part it from its neighbour
_MOST_RULES = 4_000  # of one direction on a page; a form has a hundred
_MOST_PLACES = 20_000  # elementary cells of a table


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis: ``at`` is its place across, ``low`` to ``high`` along."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class BoxCell:
    """A cell with its box on the page. ``row``/``column`` and spans count elementary cells."""

    row: int
    column: int
    rowspan: int
    colspan: int
    x0: float
    top: float
    x1: float
    bottom: float
    chars: list[Char] = field(default_factory=list)
    text: str = ""
    confidence: float | None = None  # of a recogniser, for a number


@dataclass(slots=True)
class RuledTable:
    """A table: cells in reading order, and the places of its columns' edges."""

    cells: list[BoxCell]
    edges: list[float]
    rows: int
    top: float
    bottom: float

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]

    def take(self, chars: Iterable[Char]) -> list[Char]:
        """Put each character into the cell it stands in; what stands outside is given back."""
        outside = []
        for char in chars:
            x, y = char.middle
            if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
                outside.append(char)
                continue
            for cell in self.cells:
                if cell.x0 <= x < cell.x1 and cell.top <= y < cell.bottom:
                    cell.chars.append(char)
                    break
            else:
                outside.append(char)
        for cell in self.cells:
            cell.text = cell_text(cell.chars, cell.x0, cell.x1)
        return outside


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap joined."""
    found: list[Rule] = []
    group: list[Rule] = []

    def close() -> None:
        group.sort(key=lambda r: r.low)
        for rule in group:
            last = found[-1] if found else None
            if last and last.at == group_at and rule.low <= last.high + _SNAP:
                found[-1] = Rule(group_at, last.low, max(last.high, rule.high))
            else:
                found.append(Rule(group_at, rule.low, rule.high))

    group_at = 0.0
    for rule in sorted(rules, key=lambda r: r.at):
        if group and rule.at - group[0].at > _SNAP:
            close()
            group = []
        if not group:
            group_at = rule.at
        group.append(rule)
    if group:
        close()
    return found


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, across and down, a set for each table."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    places = [rule.at for rule in across]  # sorted, as _merged leaves them
    for number, rule in enumerate(down):
        start = bisect_left(places, rule.low - _SNAP)
        for other in range(start, len(across)):
            if across[other].at > rule.high + _SNAP:
                break
            if across[other].low - _SNAP <= rule.at <= across[other].high + _SNAP:
                parent[root(other)] = root(len(across) + number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate((*across, *down)):
        group = groups.setdefault(root(number), ([], []))
        group[number >= len(across)].append(rule)
    return list(groups.values())


def _edges(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SNAP:
            found.append(place)
    return found


def _covers(rules: Sequence[Rule], at: float, low: float, high: float) -> bool:
    ruled = sum(
        max(0.0, min(rule.high, high) - max(rule.low, low))
        for rule in rules
        if abs(rule.at - at) <= _SNAP
    )
    return ruled >= _COVERED * (high - low)


def find_tables(across: Iterable[Rule], down: Iterable[Rule]) -> list[RuledTable]:
    """The tables that rules draw, from top to bottom; a table has two cells or more.

    Parameters
    ----------
    across : iterable of Rule
        Horizontal lines: ``at`` is y.
    down : iterable of Rule
        Vertical lines: ``at`` is x.
    """
    across, down = list(across), list(down)
    if len(across) > _MOST_RULES or len(down) > _MOST_RULES:
        return []  # a drawing
    found = []
    for own_across, own_down in _components(_merged(across), _merged(down)):
        if own_across and own_down:
            table = _table(own_across, own_down)
            if table is not None and len(table.cells) > 1:
                found.append(table)
    return sorted(found, key=lambda table: (table.top, table.left))


def _table(across: list[Rule], down: list[Rule]) -> RuledTable | None:
    left = min(min(r.low for r in across), min(r.at for r in down))
    right = max(max(r.high for r in across), max(r.at for r in down))
    top = min(min(r.low for r in down), min(r.at for r in across))
    bottom = max(max(r.high for r in down), max(r.at for r in across))
    xs = _edges([*(r.at for r in down), left, right])
    ys = _edges([*(r.at for r in across), top, bottom])
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height > _MOST_PLACES:
        return None
    owner = _regions(across, down, xs, ys)
    cells = []
    for y in range(height):
        for x in range(width):
            row, column, rowspan, colspan = owner[y][x]
            if (row, column) == (y, x):
                cells.append(
                    BoxCell(y, x, rowspan, colspan, xs[x], ys[y], xs[x + colspan], ys[y + rowspan])
                )
    return RuledTable(cells, xs, height, ys[0], ys[-1])


_Region = tuple[int, int, int, int]


def _regions(
    across: Sequence[Rule], down: Sequence[Rule], xs: list[float], ys: list[float]
) -> list[list[_Region]]:
    """``(row, column, rowspan, colspan)`` of the cell that each elementary cell belongs to.

    Runs of a row are joined first, then equal runs of rows below one another, so that cells
    are rectangles whatever rule is missing.
    """
    width, height = len(xs) - 1, len(ys) - 1
    runs: list[list[tuple[int, int]]] = []  # a row: (first column, columns)
    for y in range(height):
        row: list[tuple[int, int]] = []
        for x in range(width):
            if row and not _covers(down, xs[x], ys[y], ys[y + 1]):
                row[-1] = (row[-1][0], row[-1][1] + 1)
            else:
                row.append((x, 1))
        runs.append(row)
    owner: list[list[_Region]] = [[(0, 0, 1, 1)] * width for _ in range(height)]
    growing: dict[tuple[int, int], _Region] = {}
    done: list[_Region] = []
    for y, row in enumerate(runs):
        following: dict[tuple[int, int], _Region] = {}
        for run in row:
            above = growing.pop(run, None)
            if above and not _covers(across, ys[y], xs[run[0]], xs[run[0] + run[1]]):
                following[run] = (above[0], above[1], above[2] + 1, above[3])
            else:
                if above:
                    done.append(above)
                following[run] = (y, run[0], 1, run[1])
        done.extend(growing.values())
        growing = following
    done.extend(growing.values())
    for region in done:
        for y in range(region[0], region[0] + region[2]):
            for x in range(region[1], region[1] + region[3]):
                owner[y][x] = region
    return owner
