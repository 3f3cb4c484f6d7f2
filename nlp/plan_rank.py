"""Which kind of item a sentence may be, and what makes one worth more than another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import fold
from .facts import roles
from .plan_figures import OTHER_YEAR
from .plan_items import (
    CLAIMS,
    COUNT,
    ItemKind,
    PlanItem,
    Stretch,
    brief_of,
    counts_nothing,
    in_third_person,
    kind_of_deed,
)
from .plan_openings import ADMITTED, GENERAL
from .rarity import Scorer

_LEAST_RARE = 0.52  # a deed that is less rare says what every report says
_SHORTEST_DEED = 9  # characters of one that neither counts nor names anything
_COUNTED = 0.12  # by so much a count makes a deed rarer
_LOST_NUMBER = re.compile(r"(?:信息|共|共计|文件|动态)\s*[条件篇份](?![例目款])")
# Words that every report has; a deed made of nothing else does not set a report apart.
_STOCK = re.compile(
    r"坚持|加强|强化|健全|完善|规范|落实|推进|进一步|工作|信息公开|政务公开|组织领导|制度|机制|责任|及时"
    r"|领导小组|高度重视|认真|严格|按照|要求|积极|扎实|有序|保障|提升|水平|条例|贯彻|年度报告|公开年报|信息处理费|未收取|收费"
)


# What is done in a deed or counted by a figure; a count without it is a part of another.
_ACT = re.compile(
    r"公开|发布|公布|推送|公示|印发|制[发定作]|收到|受理|办|召开|组织|开展|接受|培训|检查|整改|新增|建|修订|上线|设|张贴"
    r"|发放|播|复|解答|评|更新|清理|公告|回应|调整|举|编|修|开|关停|纠|接|访|粉丝|关注|聘|配|投|完成|报送|下载|登记|查|送|转|录|改"
)
# Praise of oneself, and what only tells what requests were about: no deed.
_NO_DEED = re.compile(
    r"^(?:加上|连同)|^对[^,;]{2,20}如何|^[^,;\d]{2,12}的\d+件$|结转的?\d+件|^(?:虽|进一步|继续|属于)|取得[^,;]{0,10}(?:成绩|成效|进展|效果|进步)|有[了]?新的(?:进展|提升|突破)|有序开展|圆满完成|得到[^,]{0,6}(?:肯定|好评)"
    r"|稳步(?:推进|提升|开展)|(?:较好|顺利)完成|(?:基本|比较|较为)满意|评价|明显(?:提升|提高|增强)|进一步(?:提升|提高|增强)$|^(?:此外,?)?申请(?:内容|人|事项|主要|的内容)|未收取|不收取|没有收费|收取[^,]{0,8}费用?|任何费用|抓手|^[^,;0-9]{2,10}类\d+[条件]|虽[说然]?[^,;]{0,6}比|(?:统筹|一并)安排|透明度|按[^,;]{2,8}分,|^(?:重复申请|不予处理|自然人|商业企业|公开栏及|涉及|凡|这|未完成|余下|其余)|不掌握|已作答复|下了[^,;]{0,4}功夫|收到[^,;]{0,8}成效|进展顺利|有一定效果|总的看"
)
_OF_REQUESTS = re.compile("重复申请|不予|属于|其他|涉及|自然人")  # some of them, not how many there were
_STOCK_DEED = re.compile(
    r"(?:认真|严格|坚决|全面|切实|深入)*(?:学习)?(?:贯彻|落实|执行)(?:落实)?[^,;]{0,26}(?:要求|条例》?|部署|规定|精神|会议)$"
)
_NO_PROBLEM = re.compile(
    r"(?:同时)?(?:明确|规定|要求)[^,;]*(?:须|应当|必须|一律)|(?:主要|基本|有益)的?(?:经验|做法)(?:是|有|包括)"
)
_DONE = re.compile(r"当日|已(?!经?成|[^,]{0,2}有)|进行了|作出了|完成了|开展了|得到")
_AHEAD = re.compile(r"将|拟|要|计划|力争|确保")
_CHANNEL = re.compile(r"网站|网|公众号|微信|微博|公[示告开]栏|公报|广播|平台|短视频|抖音")


def stock_rarity(text: str) -> float:
    """Rarity without a table: what is left of a deed beyond stock words."""
    left = _STOCK.sub("", text)
    return 1.5 * len(left) / (len(text) + 8)


def of_the_year(stretch: Stretch) -> bool:
    return stretch.label == "done" and stretch.section not in ("intro", "footer")


def kind_of(stretch: Stretch, counted: Sequence[int]) -> ItemKind | None:
    """Which kind of item a sentence may be; None where a summary says no such thing."""
    if stretch.label == "problem" or stretch.label == "commitment":
        return stretch.label
    if not of_the_year(stretch):
        return None
    return kind_of_deed(
        stretch.text, any(stretch.start <= place < stretch.end for place in counted)
    )


def rank_of(kind: ItemKind, item: PlanItem, rarity: Scorer) -> float | None:
    """Smaller is better; None where the item says nothing that a summary needs."""
    folded = fold(item.text)
    if kind in CLAIMS:
        if kind == "commitment" and _DONE.search(folded) and not _AHEAD.search(folded):
            return None  # what was done already, though a model took it for a promise
        if kind == "problem" and _NO_PROBLEM.match(folded):
            return None  # a rule or praise, though a model took it for an admission
        if kind == "commitment" and ADMITTED.search(fold(brief_of(item).text)):
            return None  # an admission, though a model took it for a promise
        if re.fullmatch("(?:继续)?(?:保持|努力)|无|(?:改进|整改|下一步)(?:措施|情况|打算|计划|方向)", folded):
            return None
        return float(bool(GENERAL.search(folded)))
    if counts_nothing(folded) or _LOST_NUMBER.search(folded) or in_third_person(item) is None:
        return None
    said = fold(brief_of(item).text)
    if kind in ("figure", "deed") and (
        not _ACT.search(said) or _NO_DEED.search(said) or _STOCK_DEED.match(said)
    ):
        return None
    if re.match(r"20\d\d年", folded):  # the report's own year is gone from there: another's
        return 2.0 if kind == "figure" else None
    if kind == "review" and re.search("费|支出|未再", folded):
        return None
    if kind == "request" and _OF_REQUESTS.match(folded):
        return None
    if kind in ("figure", "deed") and len(said) < _SHORTEST_DEED and not (
        COUNT.search(said) or re.search("[“《]", said)
    ):  # fmt: skip
        return None  # 严格公文管理
    if kind == "deed":
        rare = (rarity(item.text) + rarity(brief_of(item).text)) / 2
        rare += _COUNTED if COUNT.search(folded) else 0.0
        return -rare if rare >= _LEAST_RARE else None
    if kind == "figure":
        return _rank_of_figure(folded)
    return 0.0


# 历年累计公开631条,其中2013年187条: of all years, said with the year's own or not at all.
OF_WHICH = re.compile(
    r"(?:历年|累计|截[至止])[^,]*[,;](?:其中)?(?:20\d\d年度?|本年度?|当年|年内|全年)(?:新?增加?|主动)?(?:公开|发布)?[^,;]{0,8}\d"
)
_DISCLOSED = re.compile(r"(?:公开|发布|公布)[^,;]{0,18}$")


def _rank_of_figure(folded: str) -> float | None:
    """The year's total first, then what single channels carried, what is of all years last; None
    for what became of requests."""
    best = 0.0
    for start, end, key in roles(folded):
        before = folded[:start]
        if key.startswith("requests"):
            return None
        if OTHER_YEAR.search(before):
            own = OF_WHICH.search(folded)
            return best if best else -1.8 if own else 2.0
        if key.startswith("published") and folded[end - 1] in "条件篇则份项" and (
            _DISCLOSED.search(before)
        ):  # fmt: skip
            rank = -1.0 if key != "published" else -1.5 if _CHANNEL.search(before) else -2.0
            best = min(best, rank)
    return best
