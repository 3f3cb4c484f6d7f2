"""Of whom a clause speaks: a limiting subject (个别乡镇, 两个分局) holds for the comma parts after it.

Without it 年发布信息不到百条 reads as the whole county. So nothing behind a limiting subject is said
without it: the planner asks before it cuts, the check of a draft asks again, in the report's own
text. Patterns are for folded text. What the table does not know limits nothing.
"""

from __future__ import annotations

import re

_GROUP = (
    r"(?:乡镇街?道?|镇街|街镇|镇村|镇|乡|村居?|社区|单位|部门|科室|股室|处室|分局|支局|站所|所|学院|院系|中队|大队|县区?|区县?|市县"
    r"|机构|医院|学校|企业|公司|窗口|网站|栏目|同志|干部|人员|街道|园区|科所|领域)"
)
# What is counted at this place is no subject: 存在一些问题, 不少于两次.
_NO_SUBJECT = r"(?!问题|不足|差距|困难|短板|薄弱|成绩|地方|方面|距离|进展|成效|改进|于|见)"
_SOME = re.compile(
    rf"(?:极?少数|个别|各别|有的|有些|某些|(?<![了做办])有?一些|(?<!大)(?<![一组成])部分|几个){_NO_SUBJECT}"
    rf"|(?<!公开)(?:绝?大?多数|大部分|不少){_NO_SUBJECT}"
)
_COUNTED = re.compile(rf"(?:[一二两三四五六七八九十百\d]+|几|数)个?[^,;:。\d年月日条件次项]{{0,4}}?{_GROUP}(?!内|里|以|平台)")
# Words in front of a subject.
_AHEAD = r"(?:但是?|而且?|且|其中|还|仍|也|同时|此外|另外|如|例如|比如|由于|因为?|特别是|尤其是|是|存在|有|目前|全年|[:\s])*"
_UNIT = (
    r"(?:[^,;:。对把向为由以与和在从\d]{0,4}?(?:乡镇|村级|村一级|镇村|社区一级|分局|科室|股室|处室|站所|中队|二级学院|院系|基层)"
    r"|(?:下属|直属|所属)[^,;:。]{0,6}|县\(市、区\)|[^,;:。\d]{1,4}[县区]的乡镇|[^,;:。\d]{1,6}(?:一级|层面))"
)
_HEAD_OF_A_DEED = re.compile(rf"{_AHEAD}(?P<who>{_SOME.pattern}|{_COUNTED.pattern})")
_HEAD = re.compile(rf"{_AHEAD}(?P<who>{_SOME.pattern}|{_COUNTED.pattern}|{_UNIT}(?!之间))")
# Where what was said of a subject ends: a sentence, or the next of a list.
_ENDS = re.compile(
    r"[。;|\n]|[一二三四五六七八九十]是(?!否)|[(][一二三四五六七八九十\d]+[)](?!\S?件)|(?<![\d.])\d{1,2}[.、](?!\d)|[①-⑩]"
)
_MANY = re.compile(r"多数|大部分|不少")
_TURN = re.compile(r"但|然而|不过")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|:")
_FAR = 160  # characters before a part in which its subject may stand


def limiter_before(folded: str, place: int, claim: bool) -> tuple[int, int] | None:
    """Where the limiting subject stands that holds for what begins at ``place``; None where none
    does, or where what begins there has one itself.

    Parameters
    ----------
    folded : str
        A clause or a whole report, folded.
    place : int
    claim : bool
        Whether a lack is told: then a subject limits wherever it stands in its part, and one that
        only names its level (基层, 各分局) limits too.

    >>> text = fold("个别站所人手紧，全年只发九条")
    >>> limiter_before(text, 8, True), limiter_before(text, 0, True)
    ((0, 2), None)
    """
    low = max(0, place - _FAR)
    low = max((match.end() for match in _ENDS.finditer(folded, low, place)), default=low)
    rule = _HEAD if claim else _HEAD_OF_A_DEED
    if place <= low or rule.match(folded, place):
        return None
    found: tuple[int, int] | None = None
    starts = [low, *(match.end() for match in _COMMA.finditer(folded, low, place))]
    for start, end in zip(starts, [*starts[1:], place], strict=True):
        head = rule.match(folded, start, end)
        some = _SOME.search(folded, start, end) if claim and not head else None
        match = head or some
        if match is None:
            continue
        if _MANY.search(match[0]) and _TURN.search(folded, match.end(), place + 3):
            continue  # 多数单位做得好,但…
        found = head.span("who") if head else match.span()
    return found
