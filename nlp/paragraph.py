"""From what could be said to a verified paragraph: choose, write, verify, and write again.

Of the drafts without a fault the one with the fewest blemishes is taken. Items that were cut
before they were chosen are said whole, so that the network only joins them; where none of a
plan's beams passes, a shorter plan is tried, or the network may cut; where that fails too, the plan is put in a row without the network, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from .controls import SIZES, Focus, Length
from .plan import choose_items
from .plan_items import Plan, PlanItem
from .report import Summary
from .summarizer import Copy, Draft
from .verify import blemishes, evidence_of, passes, strange_numbers

PLAIN = "plain-rendering"  # Summary.model where no draft passed
# Tried in turn: the share of the room, and whether items are said whole. Where they are chosen by
# value each is cut already, and the network only joins them.
_ATTEMPTS = ((1.0, False), (1.0, True), (0.8, True), (0.6, True), (0.4, True))
_OF_VALUE = ((1.0, True), (0.92, True), (1.0, False), (0.8, True), (0.6, True), (0.4, True))


class Writer(Protocol):
    """Plans in, drafts out, best first: the shipped network, or a seq2seq of the user's."""

    def generate(self, plans: Sequence[Plan]) -> list[list[Draft]]: ...


def best_draft(
    drafts: Sequence[Draft], plan: Plan, text: str, length: Length = "standard"
) -> Draft | None:
    """The draft without a fault that reads best; of equal ones the first."""
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
    for share, whole in _OF_VALUE if SIZES[length].by_value and not focus else _ATTEMPTS:
        plans = [choose_items(pools[i], texts[i], share, length, focus) for i in waiting]
        plans = [in_whole(plan) for plan in plans] if whole else plans
        said = [(i, plan) for i, plan in zip(waiting, plans, strict=True) if says_something(plan)]
        if not said:
            break
        for (i, plan), drafts in zip(said, summarizer.generate([p for _, p in said]), strict=True):
            good = best_draft(drafts, plan, texts[i], length)
            if good is not None:
                found[i] = Summary(good.text, evidence_of(good, plan), name)
                waiting.remove(i)
    for i in waiting:
        plan = choose_items(pools[i], texts[i], 1.0, length, focus)
        row = plain(plan, SIZES[length].most)
        if row is not None and not strange_numbers(row.text, texts[i]):
            found[i] = Summary(row.text, evidence_of(row, plan), PLAIN)
    return found


def in_whole(plan: Plan) -> Plan:
    """The plan with items that are copied as they are."""
    return Plan(tuple(replace(item, whole=True) for item in plan.items))


def says_something(plan: Plan) -> bool:
    """Whether a plan has more than names."""
    return any(item.kind not in ("agency", "year") for item in plan.items)


def _worth_saying(pool: Plan) -> bool:
    return bool(pool.of("agency")) and says_something(pool)


_PLAIN_SHARES = (0.45, 0.3, 0.25)  # of the room: figures and deeds, problems, promises


def plain(plan: Plan, most: int = SIZES["standard"].most) -> Draft | None:
    """The plan put in a row without a network, in ``most`` characters; None where there is
    nothing to say."""
    text, copies = "", []

    def add(item: PlanItem) -> None:
        nonlocal text
        body = item.text
        copies.append(Copy(len(text), len(text) + len(body), plan.items.index(item), 0, len(body)))
        text += body

    def join(items: Sequence[PlanItem], lead: str, most: int) -> None:
        nonlocal text
        fitting: list[PlanItem] = []
        room = most
        for item in items:
            if fitting and len(item.text) > room:
                break
            fitting.append(item)
            room -= len(item.text)
        if fitting:
            text += lead
            for number, item in enumerate(fitting):
                text += "；" if number else ""
                add(item)
            text += "。"

    for item in (*plan.of("agency"), *plan.of("year")[:1]):
        add(item)
    opening = len(text)
    room = max(0, most - opening - 16)
    figures, problems, promises = (round(share * room) for share in _PLAIN_SHARES)
    told = [*plan.of("figure")[:2], *plan.of("request")[:1], *plan.of("review")[:1], *plan.of("deed")]
    join(told, "：", figures)
    join(plan.of("problem"), "问题：" if len(text) > opening else "：问题：", problems)
    join(plan.of("commitment"), "下一步：" if len(text) > opening else "：下一步：", promises)
    return Draft(text, tuple(copies)) if len(text) > opening else None
