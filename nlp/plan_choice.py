"""Which items, each in which of its ways, say most in the room there is.

A knapsack with groups: of every candidate at most one way to say it, the sum of their values
(:mod:`nlp.plan_value`) as high as can be, the sum of their characters within the room. Exact,
by dynamic programming over characters; a few dozen groups, a paragraph of room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .document import fold
from .plan_items import CLAIMS, COUNT, ItemKind, PlanItem
from .plan_value import value_of
from .plan_variants import variants_of

# What a paragraph has of each kind where the report has it, whatever its value.
_FIRST: Mapping[ItemKind, float] = {
    "figure": 1.0, "request": 1.5, "review": 0.3, "deed": 0.55, "problem": 0.6, "commitment": 0.6,
}  # fmt: skip
# A second measure or admission before a highlight that only counts.
_SECOND: Mapping[ItemKind, float] = {"problem": 0.1, "commitment": 0.25}
_CASES_COUNTED = 0.9  # reviews and lawsuits, where there were some
_HIGHLIGHTS = 3  # of the rarest deeds one is said, the one that is worth most in its room
_MARK = 1  # character after an item
_WORTH_SAYING = 0.02  # below it, room stays empty

Key = tuple[ItemKind, int]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to say a candidate."""

    key: Key
    item: PlanItem
    value: float

    @property
    def cost(self) -> int:
        return len(self.item.text) + _MARK


def _bonus(item: PlanItem) -> float:
    """What the first of a kind is worth beside its value; a highlight that neither counts nor
    names something is hardly one."""
    vague = item.kind == "deed" and not (COUNT.search(fold(item.text)) or "“" in item.text)
    cases = item.kind == "review" and COUNT.search(fold(item.text)) is not None
    return _FIRST.get(item.kind, 0.0) * (0.25 if vague else 1.0) + cases * _CASES_COUNTED


def ways_of(candidates: Mapping[ItemKind, Sequence[PlanItem]]) -> list[list[Way]]:
    """For each candidate its ways, those that a shorter one outdoes left out; the rarest deeds
    together, for one of them is enough."""
    groups: list[list[Way]] = []
    for kind, items in candidates.items():
        for rank, item in enumerate(items):
            kept: list[Way] = []
            for one in sorted(variants_of(item), key=lambda way: len(way.text)):
                value = value_of(one, rank, len(item.text))
                if value >= _WORTH_SAYING and (not kept or value > kept[-1].value):
                    kept.append(Way((kind, rank), one, value))
            if not kept and not rank:
                kept = [Way((kind, rank), item, _WORTH_SAYING)]
            first = rank < (_HIGHLIGHTS if kind == "deed" else 1)
            second = _SECOND.get(kind, 0.0) if rank == 1 else 0.0
            ways = [replace(one, value=one.value + first * _bonus(one.item) + second) for one in kept]
            if kind == "deed" and first and rank:
                groups[-1] += ways
            else:
                groups.append(ways)
    return [group for group in groups if group]


def best_of(groups: Sequence[Sequence[Way]], room: int) -> list[Way]:
    """One way at most of each group, the most worth in ``room`` characters."""
    best: list[tuple[float, tuple[Way, ...]]] = [(0.0, ())] * (max(room, 0) + 1)
    for group in groups:
        step = list(best)
        for way in group:
            for left in range(way.cost, len(best)):
                value, chosen = best[left - way.cost]
                if value + way.value > step[left][0]:
                    step[left] = (value + way.value, (*chosen, way))
        best = step
    return list(best[-1][1])


def _says(one: PlanItem, other: PlanItem) -> bool:
    alike = one.kind == other.kind or not {one.kind, other.kind} & set(CLAIMS)
    return alike and one.text in other.text


def choose(candidates: Mapping[ItemKind, Sequence[PlanItem]], room: int) -> dict[Key, PlanItem]:
    """What is said of each candidate, by its kind and rank.

    Parameters
    ----------
    candidates : mapping of kind to its items, best first
    room : int
        Characters.
    """
    groups = ways_of(candidates)
    while True:
        chosen = best_of(groups, room)
        twice = next(
            (one.key for one in chosen for other in chosen
             if one.key != other.key and _says(one.item, other.item)), None,
        )  # fmt: skip
        if twice is None:
            return {way.key: way.item for way in chosen}
        groups = [[way for way in group if way.key != twice] for group in groups]
