"""A draft with idle words of the network's own taken out, and a few put right; copies stay copies.

全年 before what names its own day or subject, 此外 and 还 at the beginning of a sentence, 承认 before
a problem (an office reports, it does not confess); 把 before what is made into something, whose own
把 or 将 was left behind; the school year as the report writes it. The check comes after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .document import fold
from .drafts import Copy, Draft
from .plan_items import Plan, PlanItem

# What may follow 共, 还, 全年 where the draft puts them before a copy: a verb or a number.
FOLLOWS = re.compile(
    r"主动|公开|发布|公布|推送|公示|收(?!录)|受理|新|办|接|编|制|印|召|开|举|组|推|发|报|更|完成|建|上|设|培|修|清|转|回|播|解|参|聘|走|通过|在|被|审|\d(?!\d*(?:月|日|小时))"
)
_IDLE = re.compile(r"(?:(?<=[。；])|^)(?:此外，?|另外，?|还|同时，?)$")
_ALL_YEAR = re.compile(r"(?:(?<=[。；，])|^)(?:全年|当年|年内)$")
_CONFESSES = re.compile(r"(?:据)?(?:年度报告|报告|该[单位局镇县市区街道院厅]{1,2})?(?:承认|坦言)(?:存在|，|：)?$")
_MADE_INTO = re.compile(
    r"(?![把将对由在按从向])[^,;、把将]{2,18}?(?:作为|纳入|列入|压缩[到至在]|延伸[到至]|改为|送[到至]|提升[到至]|提高到|增加到|摆[上在])[^,;]"
)
_BEFORE_A_DEED = re.compile(r"[将把]$")
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-—–－~～至]{1,2}\s*(20\d\d)\s*学年")


def _owned(before: str, kind: str, copied: str, made_into: bool) -> str:
    """The draft's own words before a copy, put right."""
    before = _IDLE.sub("", before)
    if not FOLLOWS.match(copied):
        before = _ALL_YEAR.sub("", before)
    if kind == "problem":
        before = _CONFESSES.sub("存在的问题是", before)
    if made_into and not _BEFORE_A_DEED.search(before):
        before += "把"
    return before


def retouched(draft: Draft, plan: Plan, report: str) -> Draft:
    """The draft with its own words put right.

    Parameters
    ----------
    draft : Draft
    plan : Plan
    report : str
        The report's text, in which the plan's items have their places.
    """
    if any(one.end > other.start for one, other in zip(draft.copies, draft.copies[1:], strict=False)):
        return draft
    text, copies, place = "", list[Copy](), 0
    for copy in draft.copies:
        item = plan.items[copy.item]
        copied = draft.text[copy.start : copy.end]
        low = item.start + copy.low
        made_into = (
            item.kind == "commitment" and item.literal and report[max(0, low - 1) : low] in ("将", "把")
            and _MADE_INTO.match(fold(copied)) is not None
        )  # fmt: skip
        before = draft.text[place : copy.start]
        begins = not copies or plan.items[copies[-1].item].kind in ("agency", "year")
        if begins and copies and item.kind not in ("agency", "year"):
            before = _IDLE.sub("", before)
        text += _owned(before, item.kind, copied, made_into)
        copies.append(replace(copy, start=len(text), end=len(text) + len(copied)))
        text, place = text + copied, copy.end
    return replace(draft, text=text + draft.text[place:], copies=tuple(copies))


def school_year(report: str, years: Sequence[PlanItem]) -> tuple[int, int] | None:
    """Where the report writes the school year that its year ends.

    >>> item = PlanItem("year", "2015年", 0, 0, False)
    >>> school_year("某校2014—2015学年信息公开年度报告", [item])
    (2, 13)
    """
    year = int(years[0].text[:4]) if years else 0
    return next(
        (m.span() for m in _SCHOOL_YEAR.finditer(report) if (int(m[1]), int(m[2])) == (year - 1, year)),
        None,
    )


def by_school_year(draft: Draft, plan: Plan, report: str) -> tuple[Draft, Plan]:
    """The draft and its plan with 2014—2015学年 where they have 2015年 and the report the other."""
    at = school_year(report, plan.of("year"))
    number = next((n for n, item in enumerate(plan.items) if item.kind == "year"), -1)
    first = next((copy for copy in draft.copies if copy.item == number), None)
    if at is None or first is None or first.end - first.start != len(plan.items[number].text):
        return draft, plan
    shown = report[at[0] : at[1]]
    grown = len(shown) - (first.end - first.start)
    copies = tuple(
        replace(copy, end=copy.end + grown, low=0, high=len(shown)) if copy is first
        else replace(copy, start=copy.start + grown, end=copy.end + grown) if copy.start > first.start
        else copy for copy in draft.copies
    )  # fmt: skip
    items = list(plan.items)
    items[number] = PlanItem("year", shown, at[0], at[1])
    text = draft.text[: first.start] + shown + draft.text[first.end :]
    return replace(draft, text=text, copies=copies), Plan(tuple(items))
