"""What the form's arithmetic settles: a blank that is the only unknown of an identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .form import Identity, request_identities, review_identities
from .report import Cell

Place = tuple[str, str]
Known = dict[Place, "int | float | None"]


def identities_of(cells: Sequence[Cell]) -> tuple[Identity, ...]:
    """The identities that hold among the rows that are there, tables 三 and 四."""
    rows = tuple(dict.fromkeys(cell.row for cell in cells if cell.table == "requests"))
    found = request_identities(rows) if rows else ()
    if any(cell.table == "review" for cell in cells):
        found += review_identities()
    return found


def difference(identity: Identity, known: Known) -> int | float | None:
    """Left side minus right side; None where a cell is null."""
    left = [known.get(place) for place in identity.left]
    right = [known.get(place) for place in identity.right]
    if None in left or None in right:
        return None
    return sum(left) - sum(right)  # type: ignore[arg-type]


def derive(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells with each null filled that an identity settles and no other identity contradicts.

    A value is taken only if it is a whole number of at least 0 and every identity that is
    complete with it holds; nothing is derived in a table of which a complete identity fails.
    """
    result: list[Cell] = list(cells)
    identities = identities_of(cells)
    for table in ("requests", "review"):
        own = [one for one in identities if one.table == table]
        known: Known = {(c.row, c.column): c.value for c in result if c.table == table}
        if any(difference(one, known) not in (None, 0) for one in own):
            continue
        filled = _fill(own, known)
        result = [
            replace(cell, value=filled[cell.row, cell.column], how="derived")
            if cell.table == table and (cell.row, cell.column) in filled
            else cell
            for cell in result
        ]
    return tuple(result)


def _fill(identities: Sequence[Identity], known: Known) -> dict[Place, int]:
    filled: dict[Place, int] = {}
    changed = True
    while changed:
        changed = False
        for one in identities:
            unknown = [p for p in (*one.left, *one.right) if known.get(p) is None]
            if len(unknown) != 1:
                continue
            place = unknown[0]
            trial = {**known, place: 0}
            gap = difference(one, trial)
            if gap is None:
                continue
            value = -gap if place in one.left else gap
            if value < 0 or value != int(value):
                return {}
            known[place] = filled[place] = int(value)
            changed = True
    if any(difference(one, known) not in (None, 0) for one in identities):
        return {}
    return filled
