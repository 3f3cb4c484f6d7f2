"""From what could be said to a verified paragraph: choose, write, verify, and write again.

The first draft without a fault is taken. Where none of a plan's beams passes, a shorter plan is
tried; where that fails too, the plan is put in a row without the network, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from .plan import ROOM, choose_items
from .plan_items import Plan, PlanItem
from .report import Summary
from .summarizer import Copy, Draft, Summarizer
from .verify import evidence_of, faults, strange_numbers

PLAIN = "plain-rendering"  # Summary.model where no draft passed
_ROOMS = (ROOM, 0.75 * ROOM, 0.5 * ROOM)  # tried in turn


def summarize_pools(
    pools: Sequence[Plan], texts: Sequence[str], summarizer: Summarizer, name: str
) -> list[Summary | None]:
    """A verified paragraph for each set of candidates.

    Parameters
    ----------
    pools : sequence of Plan
        From :func:`nlp.plan.candidates`.
    texts : sequence of str
        The reports that they come from.
    summarizer : Summarizer
    name : str
        What ``Summary.model`` says of it.

    Returns
    -------
    list
        None where a report has no agency or nothing to say.
    """
    found: list[Summary | None] = [None] * len(pools)
    waiting = [i for i, pool in enumerate(pools) if _worth_saying(pool)]
    for room in _ROOMS:
        plans = [choose_items(pools[i], texts[i], room) for i in waiting]
        if not plans:
            break
        for i, plan, drafts in zip(
            tuple(waiting), plans, summarizer.generate(plans), strict=True
        ):
            good = next((d for d in drafts if not faults(d, plan, texts[i])), None)
            if good is not None:
                found[i] = Summary(good.text, evidence_of(good, plan), name)
                waiting.remove(i)
    for i in waiting:
        plan = choose_items(pools[i], texts[i])
        row = plain(plan)
        if row is not None and not strange_numbers(row.text, texts[i]):
            found[i] = Summary(row.text, evidence_of(row, plan), PLAIN)
    return found


def _worth_saying(pool: Plan) -> bool:
    return bool(pool.of("agency")) and any(i.kind not in ("agency", "year") for i in pool.items)


def plain(plan: Plan) -> Draft | None:
    """The plan put in a row without a network; None where there is nothing to say."""
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
    join([*plan.of("figure")[:2], *plan.of("request")[:1], *plan.of("review")[:1]], "：", 60)
    join(plan.of("problem"), "问题：" if len(text) > opening else "：问题：", 60)
    join(plan.of("commitment"), "将：" if len(text) > opening else "：将：", 50)
    return Draft(text, tuple(copies)) if len(text) > opening else None
