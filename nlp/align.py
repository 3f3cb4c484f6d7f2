"""Which stretches of a plan a paragraph copies: the cheapest way to write it.

A paragraph can be had from a plan in many ways: "信息" stands in half of all items. What a
writer did is most likely the way with few copies, long ones, that go on in the item where the
last one ended. That is a shortest path over the paragraph. Links are written, digits can only
be copied, and what is neither is foreign: the plan does not say it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .links import LINKS
from .plan_items import Plan
from .plan_tokens import PlanTokens

COPY = 1.6  # in written characters: a lone copy is worth it from three characters on
LINK, FURTHER = 1.0, 0.4  # a link's first character and each further one
FOREIGN = 2.5  # a character that the plan does not say and links do not have
LATER_ITEM, EARLIER_ITEM, BACKWARDS = 0.5, 1.2, 2.0
BEAM = 12  # states kept at each place


@dataclass(frozen=True, slots=True)
class Span:
    """A copy of plan tokens ``first`` to ``last``, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """A character that is neither in the plan nor in a link."""

    text: str


Step = str | Span | Foreign
_LINKS_BY_FIRST: dict[str, list[str]] = {}
for _link in LINKS:
    _LINKS_BY_FIRST.setdefault(_link[0], []).append(_link)
_Path = tuple[float, int, "_Path | None", Step | None]  # cost, last token copied, before, step


def _starts(plan: Plan, tokens: PlanTokens, items: Collection[int] | None) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, (item, low, _high) in enumerate(tokens.places):
        if tokens.opens[index] and (items is None or item in items):
            found.setdefault(plan.items[item].text[low], []).append(index)
    return found


def _jump(first: int, last: int, tokens: PlanTokens, in_order: bool) -> float | None:
    """What going from one copy to the next costs; None where the order forbids it."""
    here = tokens.places[last][0] if last >= 0 else -1
    there = tokens.places[first][0]
    if in_order and not (there == here + 1 or (there == here and first > last)):
        return None
    if last < 0:
        return 0.0
    if here == there:
        return 0.0 if first > last else BACKWARDS
    return LATER_ITEM if there > here else EARLIER_ITEM


def align(
    target: str,
    plan: Plan,
    tokens: PlanTokens,
    items: Collection[int] | None = None,
    in_order: bool = False,
    after: int = -1,
) -> list[Step] | None:
    """The paragraph as links, copies and foreign characters; None where it cannot be had.

    Parameters
    ----------
    target : str
    plan, tokens : Plan, PlanTokens
        The tokens must be those of the plan.
    items : collection of int, optional
        Copy from these items only.
    in_order : bool
        Copies go on in their item or begin the next one, as the network's do.
    after : int
        The last token copied before ``target`` begins.
    """
    starts = _starts(plan, tokens, items)
    table: list[dict[int, _Path]] = [{} for _ in range(len(target) + 1)]
    table[0][after] = (0.0, after, None, None)

    def offer(place: int, path: _Path) -> None:
        known = table[place].get(path[1])
        if known is None or path[0] < known[0]:
            table[place][path[1]] = path

    for place, one in enumerate(target):
        paths = sorted(table[place].values(), key=lambda path: path[0])[:BEAM]
        if not paths:
            continue
        spans = _spans_at(target, place, starts, plan, tokens)
        links = [link for link in _LINKS_BY_FIRST.get(one, ()) if target.startswith(link, place)]
        for path in paths:
            if not one.isdigit():
                offer(place + 1, (path[0] + FOREIGN, path[1], path, Foreign(one)))
            for link in links:
                cost = path[0] + LINK + FURTHER * (len(link) - 1)
                offer(place + len(link), (cost, path[1], path, link))
            for span, length in spans:
                jump = _jump(span.first, path[1], tokens, in_order)
                if jump is not None:
                    offer(place + length, (path[0] + COPY + jump, span.last, path, span))
    if not table[-1]:
        return None
    best: _Path | None = min(table[-1].values(), key=lambda path: path[0])
    steps: list[Step] = []
    while best is not None and best[3] is not None:
        steps.append(best[3])
        best = best[2]
    return steps[::-1]


def _spans_at(
    target: str, place: int, starts: Mapping[str, list[int]], plan: Plan, tokens: PlanTokens
) -> list[tuple[Span, int]]:
    """Every copy that the paragraph can go on with, with its length in characters."""
    found = []
    for first in starts.get(target[place], ()):
        item, low, _ = tokens.places[first]
        text = plan.items[item].text
        at = first
        while at < len(tokens.ids) and tokens.places[at][0] == item:
            _, begin, end = tokens.places[at]
            if not target.startswith(text[begin:end], place + begin - low):
                break
            if tokens.closes[at]:
                found.append((Span(first, at), end - low))
            at += 1
    return found
