"""What may be left out of a clause so that the rest still follows from it.

A shortened clause is true of the report if what is gone only narrowed, weighed or listed: an
adverb of effort, 信息公开的 before its noun, one of several things joined by 、, a comma part that
gave the ground. It is not where the predicate is gone, a quantifier of a lack (部分科室), a
condition, or the word that another leans on. Only deletions of the tables below pass; whatever
they do not know counts as unsafe. So the network may shorten, and cannot bend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .document import fold

_PART_END = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d{3}(?!\d))|。")
# Words that narrow or weigh; without them the clause says less, never something else.
_ADVERBS = (
    r"还|仍然|仍|也|已经|已|都|均|并|又|进一步|不断|继续|持续|切实|认真|积极|大力|着力|努力|全面(?!公开)|主动(?!公开)|及时|扎实|有效|深入"
    r"|的|了|着|地|以及|等|全年|年内|当年|本年度?|一年来|今年|此外|另外|同时|其中|共计|共"
    r"|政府信息公开工作|信息公开工作|政务公开工作|政府信息公开|政府信息|信息公开|政务公开|政府|各类|各项|相关|有关|通过各种渠道"
    r"|(?:我|本)(?:局|镇|乡|县|市|区|院|厅|街道|委|办|校|中心|机关|单位|公司|站|所)的?|我们|全[市县区省镇乡校院局厅]|[ ,]"
)
_SAFE_WORD = re.compile(_ADVERBS)
_SAFE = re.compile(rf"(?:{_ADVERBS})+")
_SAFE_TAIL = re.compile(
    r"(?:等?(?:方面)?的?(?:工作|情况|问题|现象|不足)|等|工作|的)+|(?:、|以及|(?<!度)和).*|等(?:渠道|方式|形式|途径|内容|信息)+"
)
_SAFE_HEAD = re.compile(
    rf"(?:{_ADVERBS}|对|在)+|.*、|[^,]{{1,8}}(?:、[^,]{{1,8}})*(?:和|以及)"
    r"|(?:围绕|聚焦|针对|结合|根据|按照)[^,]*(?:等|要求)"
)
_CONDITION = re.compile(r"除[^,]*外|如果|如[遇有需因]|若|只有|除非|凡|未经")
_LEANS_BACK = re.compile(r"其中|分别|占|同比|环比|较|比|增长|下降|增加|减少|就|才|以免|避免|且|或|也|仍|均|都")
# What makes a clause an admission.
LACK = re.compile(
    r"不|未|没|缺|少|弱|滞后|单一|欠|差|难|慢|有待|还需|仍需|尚需|需|亟待|偏|薄弱|不足|问题|短板|兼|仅|只|有限|笼统|粗|低"
)
_LEAST_LEFT = 4  # characters before a tail that goes


# A comma part that only gives the ground, the means or the field.
NO_ASSERTION = re.compile(
    r"(?:(?:对|就)[^,]{0,24}(?:情况|问题)(?=,)|(?:会同|协同|联合)[^,;]{0,30}(?=,)|由于|因为?|受|鉴于|随着|虽然|尽管|对照|与[^,]{0,24}相比|从[^,]{0,16}(?:看|说)|针对|围绕|结合|为了?|以[^,]{0,20}为"
    r"|[^,;]*(?=,(?:但|然而|不过))|(?:继续|严格|进一步)*(?:按照|根据|依照)|通过|利用|采取|借助|依托|坚持|[^,;]{0,14}方面(?=,)"
    r"|[^,;]{0,30}(?:(?<!及)(?<!实)时|(?<!落)(?<!滞)后|前|(?<!集)中|(?<!以)上|里|的|之余)(?=,))"
)
_PUBLISHES = re.compile(r"(?:公开(?!栏|专栏|平台|目录|指南|网)|发布|公布|推送)[^,;]*\d")


def tells(folded: str, low: int, high: int) -> bool:
    """Whether a comma part asserts something: 依托网站 does not, 依托网站公开12条 does."""
    return not NO_ASSERTION.match(folded, low) or (
        _PUBLISHES.search(folded, low, high) is not None
    )


def parts_of(text: str) -> list[tuple[int, int]]:
    """The comma parts of a text, without their marks.

    >>> parts_of("公开1,204条，整改3处")
    [(0, 8), (9, 13)]
    """
    cuts = [match.start() for match in _PART_END.finditer(fold(text))]
    bounds = zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)
    return [(low, high) for low, high in bounds if high > low]


def _gaps(kept: Sequence[tuple[int, int]], low: int, high: int) -> Iterable[tuple[int, int]]:
    """What of ``low:high`` is not kept."""
    place = low
    for start, end in kept:
        if end <= low or start >= high:
            continue
        if start > place:
            yield place, start
        place = max(place, end)
    if place < high:
        yield place, high


def _goes(folded: str, low: int, high: int, gap: tuple[int, int]) -> bool:
    """Whether a gap inside of the comma part ``low:high`` may go."""
    gone = folded[gap[0] : gap[1]]
    if _SAFE.fullmatch(gone) or (gone[0] == "、" and folded.startswith("等", gap[1])):
        return True
    if gap[1] == high:
        return gap[0] - low >= _LEAST_LEFT and _SAFE_TAIL.fullmatch(gone) is not None
    if gap[0] == low:
        return _SAFE_HEAD.fullmatch(gone) is not None
    return folded[gap[0] - 1] == "、" and gone.endswith("、")


def unsafe_cuts(text: str, kept: Sequence[tuple[int, int]]) -> list[str]:
    """What is gone from a clause though it must not, stretch by stretch.

    Parameters
    ----------
    text : str
        The clause.
    kept : sequence of (start, end)
        What is left of it, in order.

    >>> unsafe_cuts("部分科室的认识还不够", [(0, 7), (8, 10)])
    []
    >>> unsafe_cuts("加大宣传力度", [(2, 6)]), unsafe_cuts("部分科室认识不够", [(2, 8)])
    (['加大'], ['部分'])
    """
    folded, found = fold(text), []
    parts = parts_of(text)
    left = [any(s < high and e > low for s, e in kept) for low, high in parts]
    said = [part for part, is_left in zip(parts, left, strict=True) if is_left]
    if len(said) < len(parts) and not any(tells(folded, *part) for part in said):
        found.append("what is asserted")
    for number, (low, high) in enumerate(parts):
        if not left[number]:
            if _CONDITION.match(folded, low, high):
                found.append(text[low:high])
            continue
        gaps = list(_gaps(kept, low, high))
        found += [text[s:e] for s, e in gaps if not _goes(folded, low, high, (s, e))]
        if number and not left[number - 1] and _LEANS_BACK.match(folded, low):
            found.append(text[parts[number - 1][0] : parts[number - 1][1]])
    return found


@lru_cache(maxsize=4096)
def places_to_cut(text: str) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Offsets where what is kept may begin, where it may go on after a gap, and where it may end,
    so far as the tables above can tell without knowing the rest."""
    folded = fold(text)
    begins, ends = {0}, {len(text)}
    for low, high in parts_of(text):
        begins.add(low)
        ends.add(high)
        for match in _SAFE_WORD.finditer(folded, low, high):
            ends.add(match.start())
            begins.add(match.end())
        for place in range(low, high):
            if folded[place] == "、":
                ends.add(place)
                begins.add(place + 1)
        for match in re.finditer(r"(?:等|工作|情况|问题|和|以及)", folded[low:high]):
            ends.add(low + match.start())
    whole = len(text)
    enters = (place for place in begins if place < whole and not unsafe_cuts(text, [(place, whole)]))
    return frozenset(enters), frozenset(begins - {whole}), frozenset(ends - {0})
