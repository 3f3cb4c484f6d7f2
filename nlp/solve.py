"""Placing by the form's arithmetic: which placings of printed numbers satisfy every identity.

A line of a table has one option where its numbers stand in known columns, and several where
numbers are missing or one too many stands among them. Options are searched together, bounded;
what all solutions agree on is settled. Nothing is inferred where a complete identity fails as
printed: an inconsistent source has no error-correcting code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from .arithmetic import Known, Number, Place, difference, fill, identities_of
from .form import Identity
from .placing import Line, Option
from .tokens import Token

__all__ = ["Known", "Place", "Settled", "difference", "identities_of", "solve"]

_MOST_NODES = 1500  # steps of the search over all lines
_MOST_SOLUTIONS = 48
_MOST_LINES = 12  # lines of unknown placing beyond which nothing is settled by search
_MOST_TRIED = 200  # options of a line beyond which it is not searched


class Settled(NamedTuple):
    """``source`` is the token of a printed value; ``certain`` where no arithmetic was needed."""

    value: Number | None
    source: Token | None
    certain: bool


def _search(
    lines: Sequence[Line], known: Known, identities: Sequence[Identity]
) -> list[Known] | None:
    """All solutions over the lines with several options; None where they are too many."""
    order = sorted(range(len(lines)), key=lambda n: len(lines[n].options))
    low: dict[Place, float] = {}
    high: dict[Place, float] = {}
    for place, value in known.items():
        low[place], high[place] = (0, inf) if value is None else (value, value)
    for line in lines:
        for n, place in enumerate(line.places):
            values = [option.values[n] for option in line.options]
            low[place] = min(0 if v is None else v for v in values)
            high[place] = max(inf if v is None else v for v in values)
    touching = [
        [one for one in identities if set(lines[n].places) & {*one.left, *one.right}] for n in order
    ]
    solutions: list[Known] = []
    nodes = 0

    def holds(one: Identity) -> bool:
        least = sum(low.get(p, 0) for p in one.left) - sum(high.get(p, inf) for p in one.right)
        most = sum(high.get(p, inf) for p in one.left) - sum(low.get(p, 0) for p in one.right)
        return least <= 0 <= most

    def visit(depth: int, chosen: Known) -> bool:
        nonlocal nodes
        if depth == len(order):
            filled = fill({**known, **chosen}, identities)
            if filled is not None and filled not in solutions:
                solutions.append(filled)
            return len(solutions) <= _MOST_SOLUTIONS
        line = lines[order[depth]]
        before = {p: (low[p], high[p]) for p in line.places}
        for option in line.options:
            nodes += 1
            if nodes > _MOST_NODES:
                return False
            for place, value in zip(line.places, option.values, strict=True):
                low[place], high[place] = (0, inf) if value is None else (value, value)
            if all(map(holds, touching[depth])):
                mine = dict(zip(line.places, option.values, strict=True))
                if not visit(depth + 1, {**chosen, **mine}):
                    return False
        for place, bounds in before.items():
            low[place], high[place] = bounds
        return True

    return solutions if visit(0, {}) else None


def _possible(line: Line, identities: Sequence[Identity]) -> Line:
    """A line without the options that its own identities rule out, each value once."""
    places = set(line.places)
    own = [one for one in identities if places.issuperset((*one.left, *one.right))]
    kept: dict[tuple[Number | None, ...], Option] = {}
    for option in line.options:
        filled = fill(dict(zip(line.places, option.values, strict=True)), own)
        if filled is not None:
            values = tuple(filled[place] for place in line.places)
            if values in kept:  # the same numbers either way: who shows them does not matter
                both = zip(kept[values].sources, option.sources, strict=True)
                kept[values] = Option(values, tuple(a if a == b else None for a, b in both))
            else:
                kept[values] = Option(values, option.sources)
    return Line(line.places, tuple(kept.values()), line.tokens, line.literal)


def solve(
    lines: Sequence[Line], identities: Sequence[Identity], prints_zero: bool
) -> dict[Place, Settled]:
    """What is known of each place of the lines.

    Printed values in known columns are always kept as printed. Blanks and numbers of unknown
    column are settled where every solution agrees, and otherwise None. ``prints_zero`` tells
    whether the source prints any 0: where it does not, a blank stands for 0, and sums that ask
    for another number speak of an inconsistent source.
    """
    fixed = [line for line in lines if len(line.options) == 1]
    result: dict[Place, Settled] = {}
    known: Known = {}
    for line in fixed:
        option = line.options[0]
        for place, value, source in zip(line.places, option.values, option.sources, strict=True):
            known[place] = value
            token = None if value is None or source is None else line.tokens[source]
            result[place] = Settled(value, token, value is not None)
    free = [line for line in lines if len(line.options) != 1]
    for line in free:
        for place in line.places:
            known[place] = None
            result[place] = Settled(None, None, False)
    if None not in known.values() or any(difference(i, known) not in (None, 0) for i in identities):
        return result
    final = _settle_free(free, known, identities)
    if final is None:
        return result
    values, sources = final
    unreadable = {p for line in lines if not line.options for p in line.places}
    unplaced = {p for line in free for p in line.places}
    bare = {p for line in lines if _bare(line) for p in line.places}
    certain = {place for place in _zeros(free) if values.get(place) == 0}
    printed = {p for p, v in known.items() if v is not None} | certain
    printed |= {p for p, source in sources.items() if source is not None}
    for place, value in values.items():
        before = result.get(place)
        if before is None or before.value is not None or value is None or place in unreadable:
            continue
        token = sources.get(place)
        if place in certain or (value == 0 and place not in unplaced):
            pass
        elif token is not None:
            if not _supported(place, printed, identities):
                continue
        elif place in bare or not prints_zero or not _confirmed(place, printed, identities):
            continue  # where blanks stand for 0, or nothing of a row is printed, sums only suggest
        result[place] = Settled(value, token, False)
    return result


def _zeros(free: Sequence[Line]) -> set[Place]:
    """Places where every placing of their line shows 0 or nothing."""
    found: set[Place] = set()
    for line in free:
        for n, place in enumerate(line.places):
            if {option.values[n] for option in line.options} - {None} == {0}:
                found.add(place)
    return found


def _supported(place: Place, printed: set[Place], identities: Sequence[Identity]) -> bool:
    """Whether a placed number is in a sum all of whose numbers are printed (one that a blank
    completes would hold with any placing) and in another sum besides. Table 四 has one sum a
    number: an inconsistent source can hold it by chance, one column on."""
    members = [{*one.left, *one.right} for one in identities]
    mine = [one for one in members if place in one]
    return len(mine) > 1 and any(one <= printed for one in mine)


def _confirmed(place: Place, printed: set[Place], identities: Sequence[Identity]) -> bool:
    """Whether a blank is a sum of printed numbers, or all its identities give it alone.

    Two blanks of a row could take up an error of the source elsewhere in their columns.
    """
    alone = others = 0
    for one in identities:
        members = {*one.left, *one.right}
        if place not in members:
            continue
        others += 1
        if members - {place} <= printed:
            alone += 1
            if one.right == (place,):
                return True
    return alone >= min(2, others)


def _bare(line: Line) -> bool:
    return all(value is None for option in line.options for value in option.values)


def _settle_free(
    free: Sequence[Line], known: Known, identities: Sequence[Identity]
) -> tuple[Known, dict[Place, Token | None]] | None:
    """Values that all solutions share and the tokens that show them; None for a contradiction."""
    narrowed = [_possible(line, identities) for line in free if line.options]
    if any(not line.options for line in narrowed):
        return None
    searched = [line for line in narrowed if len(line.options) <= _MOST_TRIED]
    solutions = None
    if (
        searched
        and len(searched) == len(narrowed)
        and sum(len(line.options) > 1 for line in searched) <= _MOST_LINES
    ):
        solutions = _search(searched, known, identities)
        if solutions == []:
            return None
    if solutions is None:
        filled = fill(known, identities)
        if filled is None:
            return None
        unplaced = {place for line in free for place in line.places}
        return {p: None if p in unplaced else v for p, v in filled.items()}, {}
    shared = dict(solutions[0])
    for one in solutions[1:]:
        shared = {p: v if one.get(p) == v else None for p, v in shared.items()}
    for line in searched:
        if line.literal is not None and not all(_agrees(line, line.literal, s) for s in solutions):
            shared.update(dict.fromkeys(line.places))
    return shared, dict(_sources(searched, solutions))


def _agrees(line: Line, option: Option, solution: Mapping[Place, Number | None]) -> bool:
    """Whether a solution has the numbers of a placing."""
    return all(
        value is None or solution.get(place) == value
        for place, value in zip(line.places, option.values, strict=True)
    )


def _sources(
    lines: Sequence[Line], solutions: Sequence[Known]
) -> Iterator[tuple[Place, Token | None]]:
    """The token of each place on which all options that occur in a solution agree."""
    for line in lines:
        used = [o for o in line.options if any(_agrees(line, o, s) for s in solutions)]
        for n, place in enumerate(line.places):
            shown = {option.sources[n] for option in used}
            source = shown.pop() if len(shown) == 1 else None
            yield place, None if source is None else line.tokens[source]
