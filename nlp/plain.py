"""A plan put in a row by rule, without the network: whole sentences, or the bare list of last resort."""

from __future__ import annotations

from collections.abc import Sequence

from .controls import SIZES
from .drafts import Copy, Draft
from .plan_items import Plan, PlanItem


class _Row:
    """A draft in the making, which knows what it copied."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.text, self.copies = plan, "", list[Copy]()

    def add(self, item: PlanItem) -> None:
        start, length = len(self.text), len(item.text)
        number = self.plan.items.index(item)
        self.copies.append(Copy(start, start + length, number, 0, length))
        self.text += item.text

    def sentence(self, lead: str, items: Sequence[PlanItem]) -> None:
        """A sentence of items behind words that announce them; none where there are no items."""
        self.text += lead if items else ""
        for number, item in enumerate(items):
            self.text += "；" if number else ""
            self.add(item)
        self.text += "。" if items else ""

    def draft(self) -> Draft:
        return Draft(self.text, tuple(self.copies))


def in_a_row(plan: Plan) -> Draft | None:
    """All of a plan in whole sentences, in the order of saying; None where there is nothing."""
    row, years = _Row(plan), plan.of("year")
    for item in (*plan.of("agency"), *years[:1]):
        row.add(item)
    opening = len(row.text)
    row.sentence("", [*plan.of("figure"), *plan.of("request"), *plan.of("review")])
    row.sentence("", plan.of("deed"))
    row.sentence("存在的问题是", plan.of("problem"))
    promises = plan.of("commitment")
    for year in years[1:2] if promises else ():
        row.add(year)
    row.sentence("将" if years[1:2] else "下一步将", promises)
    return row.draft() if len(row.text) > opening else None


_PLAIN_SHARES = (0.45, 0.3, 0.25)  # of the room: figures and deeds, problems, promises


def plain(plan: Plan, most: int = SIZES["standard"].most) -> Draft | None:
    """The plan put in a row without a network, in ``most`` characters; None where there is
    nothing to say."""
    row = _Row(plan)

    def join(items: Sequence[PlanItem], lead: str, most: int) -> None:
        fitting: list[PlanItem] = []
        room = most
        for item in items:
            if fitting and len(item.text) > room:
                break
            fitting.append(item)
            room -= len(item.text)
        row.sentence(lead, fitting)

    for item in (*plan.of("agency"), *plan.of("year")[:1]):
        row.add(item)
    opening = len(row.text)
    room = max(0, most - opening - 16)
    figures, problems, promises = (round(share * room) for share in _PLAIN_SHARES)
    told = [*plan.of("figure")[:2], *plan.of("request")[:1], *plan.of("review")[:1], *plan.of("deed")]
    join(told, "：", figures)
    join(plan.of("problem"), "问题：" if len(row.text) > opening else "：问题：", problems)
    join(plan.of("commitment"), "下一步：" if len(row.text) > opening else "：下一步：", promises)
    return row.draft() if len(row.text) > opening else None
