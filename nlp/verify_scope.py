"""A draft never says of the whole what the report says of some: 个别乡镇, 两个分局, 有的科室.

Asked in the report's own text, so that neither the planner's cuts nor the network's can lose the
subject that limits (:mod:`nlp.scope`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .document import fold
from .drafts import Draft
from .plan_items import Plan
from .scope import limiter_before

_KINDS = ("figure", "deed", "problem", "commitment")
_folded = lru_cache(maxsize=64)(fold)  # a report is asked about each of its drafts


def _places(draft: Draft, plan: Plan) -> Iterator[tuple[int, int, int]]:
    """(item, start, end) in the report of each copied stretch of prose."""
    for copy in draft.copies:
        for low, high, start, end in plan.items[copy.item].sources:
            first, last = max(low, copy.low), min(high, copy.high)
            if first < last and high - low == end - start:
                yield copy.item, start + first - low, start + last - low


def scope_faults(draft: Draft, plan: Plan, report: str | None) -> list[str]:
    """``scope`` for each stretch that is said without the subject that limits it.

    Parameters
    ----------
    draft : Draft
    plan : Plan
    report : str, optional
        The report's text; without it only what the plan's own items tell is known.
    """
    said = list(_places(draft, plan))
    found = []
    for copy in draft.copies:
        item = plan.items[copy.item]
        if item.kind not in _KINDS:
            continue
        at = limiter_before(fold(item.text), copy.low, item.kind == "problem")
        if at and not any(
            other.item == copy.item and other.low <= at[0] and at[1] <= other.high
            for other in draft.copies
        ):
            found.append("scope")
    if report is None:
        return found
    for number, start, _ in said:
        kind = plan.items[number].kind
        if kind not in _KINDS:
            continue
        at = limiter_before(_folded(report), start, kind == "problem")
        if at and not any(low <= at[0] and at[1] <= high for _, low, high in said):
            found.append("scope")
    return found
