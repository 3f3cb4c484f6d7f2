"""The form's identities over known and unknown cells: differences, and what bounds settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from .form import Identity, request_identities, review_identities
from .report import Cell

Place = tuple[str, str]
Number = int | float
Known = dict[Place, "int | float | None"]

_MOST_ROUNDS = 40


def identities_of(cells: Sequence[Cell]) -> tuple[Identity, ...]:
    """The identities that hold among the cells that are there, tables 三 and 四: a report on a year
    before 2019 has but some of a row's."""
    rows = tuple(dict.fromkeys(cell.row for cell in cells if cell.table == "requests"))
    found = request_identities(rows) if rows else ()
    if any(cell.table == "review" for cell in cells):
        found += review_identities()
    here = {(cell.table, (cell.row, cell.column)) for cell in cells}
    return tuple(
        one for one in found if all((one.table, place) in here for place in (*one.left, *one.right))
    )


def difference(identity: Identity, known: Mapping[Place, Number | None]) -> Number | None:
    """Left side minus right side; None where a cell is null."""
    total: Number = 0
    for place in identity.left:
        value = known.get(place)
        if value is None:
            return None
        total += value
    for place in identity.right:
        value = known.get(place)
        if value is None:
            return None
        total -= value
    return total


def fill(known: Mapping[Place, Number | None], identities: Sequence[Identity]) -> Known | None:
    """Known values with what the identities settle, all being whole and at least 0.

    Bounds of the unknown are tightened until nothing changes; None where they contradict.

    >>> from nlp.form import review_identities
    >>> row = dict.fromkeys((("reconsideration", c) for c in ("upheld", "corrected")), None)
    >>> row |= {("reconsideration", "other"): 2, ("reconsideration", "pending"): 1}
    >>> filled = fill(row | {("reconsideration", "total"): 3}, review_identities()[:1])
    >>> filled["reconsideration", "upheld"]
    0
    """
    result: Known = dict(known)
    low: dict[Place, float] = {}
    high: dict[Place, float] = {}
    open_: list[tuple[list[Place], list[Place], float]] = []
    for one in identities:
        rest: float = 0
        left: list[Place] = []
        right: list[Place] = []
        for places, unknown, sign in ((one.left, left, 1), (one.right, right, -1)):
            for place in places:
                value = result.get(place)
                if value is None:
                    unknown.append(place)
                    low.setdefault(place, 0)
                    high.setdefault(place, inf)
                else:
                    rest += sign * value
        if left or right:
            open_.append((left, right, rest))
        elif rest:
            return None
    for _ in range(_MOST_ROUNDS):
        changed = False
        for left, right, rest in open_:
            for mine, other, base in ((left, right, -rest), (right, left, rest)):
                # sum(mine) = base + sum(other)
                least = base + sum(low[p] for p in other)
                most = base + sum(high[p] for p in other)
                lows = sum(low[p] for p in mine)
                highs = [high[p] for p in mine]
                infinite = highs.count(inf)
                finite = sum(h for h in highs if h != inf)
                if most < lows or (not infinite and finite < least):
                    return None
                for place in mine:
                    top = most - (lows - low[place])
                    others_infinite = infinite - (high[place] == inf)
                    others = finite - (0 if high[place] == inf else high[place])
                    bottom = least - others if not others_infinite else -inf
                    if top < high[place]:
                        high[place], changed = top, True
                    if bottom > low[place]:
                        low[place], changed = bottom, True
                    if low[place] > high[place]:
                        return None
        if not changed:
            break
    for place, value in low.items():
        if value == high[place]:
            if value != int(value):
                return None
            result[place] = int(value)
    return result
