"""From what could be said to a verified paragraph: choose, write, verify, and write again.

Of the drafts without a fault the one with the fewest blemishes is taken. Items that were cut
before they were chosen are said whole, so that the network only joins them. Where none of a plan's
beams passes, a little less is tried, or the network may cut; then the plan without the item that
is at fault; then the plan joined by rule (:mod:`nlp.plain`), and shorter plans. A paragraph that
the network did not write says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from .controls import SIZES, Focus, Length
from .drafts import Draft
from .plain import in_a_row, plain
from .plan import choose_items
from .plan_items import Plan
from .polish import polished
from .report import Summary
from .retouch import by_school_year, retouched
from .verify import blemishes, evidence_of, passes, strange_numbers

PLAIN = "plain-rendering"  # Summary.model where no draft passed
# Tried in turn: the share of the room, and whether items are said whole. Where they are chosen by
# value each is cut already, and the network only joins them.
_ATTEMPTS = ((1.0, False), (1.0, True), (0.8, True), (0.6, True), (0.4, True))
_OF_VALUE = ((1.0, True), (0.92, True), (1.0, False), (0.8, True), (0.6, True), (0.4, True))
_MENDED = 3  # so many attempts before one item is left out, or the plan is joined by rule


class Writer(Protocol):
    """Plans in, drafts out, best first: the shipped network, or a seq2seq of the user's."""

    def generate(self, plans: Sequence[Plan]) -> list[list[Draft]]: ...


def best_draft(
    drafts: Sequence[Draft], plan: Plan, text: str, length: Length = "standard"
) -> Draft | None:
    """The draft without a fault that reads best; of equal ones the first."""
    drafts = [retouched(draft, plan, text) for draft in drafts]
    ranked = sorted(dict.fromkeys(drafts), key=lambda draft: blemishes(draft, plan))  # stable
    return next((one for one in ranked if passes(one, plan, text, SIZES[length])), None)


def summarize_pools(
    pools: Sequence[Plan],
    texts: Sequence[str],
    summarizer: Writer,
    name: str,
    length: Length = "standard",
    focus: Focus | None = None,
) -> list[Summary | None]:
    """A verified paragraph for each set of candidates.

    Parameters
    ----------
    pools : sequence of Plan
        From :func:`nlp.plan.candidates`.
    texts : sequence of str
        The reports that they come from.
    summarizer : Writer
    name : str
        What ``Summary.model`` says of it.
    length, focus : str
        Rows of :mod:`nlp.controls`.

    Returns
    -------
    list
        None where a report has no agency or nothing to say.
    """
    found: list[Summary | None] = [None] * len(pools)
    waiting = [i for i, pool in enumerate(pools) if _worth_saying(pool)]
    for tried, (share, whole) in enumerate(
        _OF_VALUE if SIZES[length].by_value and not focus else _ATTEMPTS
    ):
        if tried == _MENDED:
            for i in list(waiting):
                plan = in_whole(choose_items(pools[i], texts[i], 1.0, length, focus))
                found[i] = _mended(plan, texts[i], summarizer, name, length)
                if found[i] is not None:
                    waiting.remove(i)
        plans = [choose_items(pools[i], texts[i], share, length, focus) for i in waiting]
        plans = [in_whole(plan) for plan in plans] if whole else plans
        said = [(i, plan) for i, plan in zip(waiting, plans, strict=True) if says_something(plan)]
        if not said:
            break
        for (i, plan), drafts in zip(said, summarizer.generate([p for _, p in said]), strict=True):
            good = best_draft(drafts, plan, texts[i], length)
            if good is not None:
                found[i] = _summary(good, plan, texts[i], name, length)
                waiting.remove(i)
    for i in waiting:
        plan = choose_items(pools[i], texts[i], 1.0, length, focus)
        row = plain(plan, SIZES[length].most)
        if row is not None and not strange_numbers(row.text, texts[i]):
            found[i] = _summary(row, plan, texts[i], PLAIN, length)
    return found


def _mended(
    plan: Plan, text: str, summarizer: Writer, name: str, length: Length
) -> Summary | None:
    """The plan that no beam says without a fault, less the one item without which rules can join
    it; by the network where it can, else by rule. None where more than one item is at fault."""
    size = SIZES[length]
    others = [n for n, item in enumerate(plan.items) if item.kind not in ("agency", "year")]
    less = (Plan((*plan.items[:n], *plan.items[n + 1 :])) for n in reversed(others))
    for one in (plan, *less):
        row = in_a_row(one)
        if row is None or not says_something(one) or not passes(row, one, text, size):
            continue
        good = None if one is plan else best_draft(summarizer.generate([one])[0], one, text, length)
        said = good or row
        return _summary(said, one, text, name if good else PLAIN, length)
    return None


def _summary(draft: Draft, plan: Plan, text: str, name: str, length: Length) -> Summary:
    longer, told = by_school_year(draft, plan, text)
    if len(longer.text) <= SIZES[length].most:
        draft, plan = longer, told
    return Summary(polished(draft, plan), evidence_of(draft, plan), name)


def in_whole(plan: Plan) -> Plan:
    """The plan with items that are copied as they are."""
    return Plan(tuple(replace(item, whole=True) for item in plan.items))


def says_something(plan: Plan) -> bool:
    """Whether a plan has more than names."""
    return any(item.kind not in ("agency", "year") for item in plan.items)


def _worth_saying(pool: Plan) -> bool:
    return bool(pool.of("agency")) and says_something(pool)
