"""A line of a table and the ways in which its printed numbers may fill its places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

from .arithmetic import Number, Place
from .tokens import Token

_MOST_OPTIONS = 800  # placings of one line
_MOST_STRAYS = 3  # numbers too many that may be a page number with its dashes


class Option(NamedTuple):
    """One placing: a value a place, and the number of the token that shows it; None for none."""

    values: tuple[Number | None, ...]
    sources: tuple[int | None, ...]


class Line(NamedTuple):
    """Places of a table in printed order and the placings that are possible; the options'
    sources count the line's tokens. Without options the line is unreadable and stays so: what
    it prints may differ from what the sums ask for. Where ``literal`` is set, the other options
    are doubts: should they solve the table, the line is unreadable.
    """

    places: tuple[Place, ...]
    options: tuple[Option, ...]
    tokens: tuple[Token, ...] = ()
    literal: Option | None = None


def placings(values: Sequence[Number | None], empty: Sequence[bool], width: int) -> list[Option]:
    """The ways in which values fill ``width`` places in order.

    Too few: some places are blank. Too many: as many empty cells are none of the line, or where
    there are not so many, a run of neighbours. ``empty[i]`` tells that value i is an empty cell.

    >>> [option.values for option in placings([3, 4], [False, False], 3)]
    [(3, 4, None), (3, None, 4), (None, 3, 4)]
    """
    count = len(values)
    if count == width:
        return [Option(tuple(values), tuple(range(count)))]
    if count < width:
        if comb(width, count) > _MOST_OPTIONS:
            return []
        found = []
        for chosen in combinations(range(width), count):
            at: dict[int, int] = {place: n for n, place in enumerate(chosen)}
            sources = tuple(at.get(place) for place in range(width))
            found.append(Option(tuple(None if n is None else values[n] for n in sources), sources))
        return found
    surplus = count - width
    if surplus > _MOST_STRAYS:
        return []
    blanks = [n for n in range(count) if empty[n]]
    if surplus <= len(blanks) and comb(len(blanks), surplus) <= _MOST_OPTIONS:
        left_out = set(combinations(blanks, surplus))  # cells are shown: no number is a stray
    else:
        left_out = {tuple(range(n, n + surplus)) for n in range(width + 1)}
    return [
        Option(tuple(values[n] for n in kept), kept)
        for kept in (
            tuple(n for n in range(count) if n not in out) for out in sorted(left_out)
        )
    ]  # fmt: skip
