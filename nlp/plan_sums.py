"""Requests that add up for the reader: 收到7件, 办结8件 needs the one that was carried in.

Where some were carried in, the number that was closed is told with them or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .document import fold
from .entail import parts_of
from .plan_items import PlanItem, Stretch
from .plan_parts import CLOSED, FROM_BEFORE
from .plan_variants import cut_to

_BEFORE = re.compile(r"(?:上一?(?:学?年度?)|上学年|去年|20\d\d年度?)的?结转(?!下|至|到|20)[^,;。\d]{0,6}[1-9]")
_CARRIED_IN = ("carried_in", "total")
Printed = Mapping[tuple[str, str], tuple[str, int, int, float]]


def adding_up(item: PlanItem, cells: Printed, sentences: Sequence[Stretch]) -> PlanItem:
    """The item as it is where it adds up, else without what was closed.

    Parameters
    ----------
    item : PlanItem
        Of requests.
    cells : mapping of (row, column) to (as printed, start, end, value)
        Of the table of requests.
    sentences : sequence of Stretch
        What was done.
    """
    folded = fold(item.text)
    parts = parts_of(item.text)
    closed = [at for at in parts if CLOSED.search(folded, *at)]
    if not closed or any(FROM_BEFORE.fullmatch(folded, *at) for at in parts):
        return item
    cell = cells.get(_CARRIED_IN)
    told = any(_BEFORE.search(fold(one.text)) for one in sentences)
    if not (told or (cell and cell[3])):
        return item
    kept = [at for at in parts if at not in closed]
    if not kept or kept[0] != parts[0]:
        return item
    return cut_to(item, kept)
