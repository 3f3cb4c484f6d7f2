"""Requests that add up for the reader: 收到7件, 办结8件 needs the one that was carried in.

Where some were carried in, the number that was closed is told with them or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

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


# 历年累计公开213条,其中2009年新增97条: what a reader wants is the year's own.
_OF_ALL_YEARS = re.compile(
    r"[^;。]*?(?:历年|累计|截[至止])[^;。]*?(?P<what>(?:主动)?(?:公开|发布)[^,;。\d]{0,14}?)\d[\d,]*余?[条件篇],(?:其中)?(?:(?P<year>20\d\d)年度?|本年度?|当年|年内|全年)"
    r"(?P<verb>新增加?)?(?:主动)?(?:公开|发布)?(?P<count>\d[\d,]*余?[条件篇])"
)


def of_the_own_year(item: PlanItem, year: int | None) -> PlanItem:
    """A figure of all years as the year's own, where it is told in the part after.

    >>> text = "历年累计公开政府信息213条，其中2009年新增97条"
    >>> of_the_own_year(PlanItem("figure", text, 0, len(text)), 2009).text
    '公开政府信息新增97条'
    """
    match = _OF_ALL_YEARS.match(fold(item.text)) if item.literal else None
    if match is None or (match["year"] and int(match["year"]) != year):
        return item
    kept = [match.span(name) for name in ("what", "verb", "count") if match[name]]
    return replace(cut_to(item, kept, ""), whole=True)
