"""How an item begins: no clause from its middle, no year or body that the opening has said.

Source of the rows: what blind readers of summaries stumbled over. Patterns are for folded text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .document import fold
from .plan_items import PlanItem, counts_nothing
from .plan_variants import cut_to

# A beginning that needs what is gone: 待加强 of 有待加强, 一些事,但… of 虽然做了一些事,但….
FRAGMENT = re.compile(
    r"待(?!遇|办|审|批|岗|业|建|查|定)|(?:但是?|然而|不过)(?!书)|[、,;:]|(?:一些|不少|几件)[^,;。]{0,6},(?:但|然而|不过)"
    r"|虽然?[^,;。]{2,}(?:$|[;。])"
)
_AFTER_THE_TURN = re.compile(r"(?:虽然?|一些|不少|几件)?[^,;。]{0,14},(?:但是?|然而|不过)(?=[^,;。]{4})|[、,;:]+|(?:但是?|然而|不过)(?!书)")
_SCHOOL = re.compile(r"(?:大学|学院|学校|中学|小学)$")
_AGAIN = re.compile(
    r"(?P<who>全[省市县区镇乡校局院](?!年)|[省市县区]政府(?:及|和)其?(?:所属|各)?部门)?"
    r"(?P<when>(?:本学年度?|本年度?|全年|(?P<year>20\d\d)年(?:度|全年)?),?)"
)
_THE_SCHOOL = re.compile(r"(?:学校|学院)(?=主动|公开|发布|通过|在|共|收到|受理|新收|全年|依托|利用)")
_LEAST = 6  # characters that are left


def whole_beginning(item: PlanItem, text: str) -> PlanItem:
    """A problem from the beginning of a clause on.

    >>> text = "栏目建设有待加强"
    >>> whole_beginning(PlanItem("problem", "待加强", 5, 8), text).text
    '有待加强'
    """
    if item.kind != "problem" or not item.literal or not FRAGMENT.match(fold(item.text)):
        return item
    if item.text[0] == "待" and text[item.start - 1 : item.start] == "有":
        return replace(item, text="有" + item.text, start=item.start - 1)
    turn = _AFTER_THE_TURN.match(fold(item.text))
    cut = turn.end() if turn else 0
    if not cut or len(item.text) - cut < _LEAST:
        return item
    return replace(item, text=item.text[cut:], start=item.start + cut)


def without_doubled(item: PlanItem, agency: str | None, year: int | None) -> PlanItem:
    """A figure or deed without its year, and a school's without 学校: the opening has said both.

    >>> text = "全市2013年度公开信息98条"
    >>> without_doubled(PlanItem("figure", text, 0, len(text)), "沅渚市人民政府", 2013).text
    '全市公开信息98条'
    """
    if item.kind not in ("figure", "deed") or not item.literal or item.whole:
        return item
    folded = fold(item.text)
    again = _AGAIN.match(folded)
    kept, place = list[tuple[int, int]](), 0
    plain = again is not None and again["who"] is None and again["when"].startswith("全年")
    if again and not plain and (again["year"] is None or int(again["year"]) == year):
        if again["who"]:
            kept.append(again.span("who"))
        place = again.end()
    school = _THE_SCHOOL.match(folded, place) if agency and _SCHOOL.search(agency) else None
    place = school.end() if school else place
    if not place or len(item.text) - place < _LEAST or counts_nothing(folded[place:]):
        return item
    return cut_to(item, [*kept, (place, len(item.text))], "")
