"""What a summary must say: a content plan of short source stretches, each with its place.

Two steps. *Candidates*: everything that could be said, cut to the part that says it. *Choice*:
what fits a paragraph, by rank: the total disclosed, requests, reviews, what sets this report
apart, problems, promises. Every item is a stretch of the report (or one cell of a table, put in
words), in the order in which the paragraph will say it; the network says all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .controls import SIZES, Focus, Length, worth
from .document import fold
from .facts import roles
from .plan_figures import OTHER_YEAR, disclosed_cells, numbers_of
from .plan_items import (
    CLAIMS,
    COUNT,
    GENERAL,
    ITEM_KINDS,
    ItemKind,
    Plan,
    PlanItem,
    Stretch,
    brief_of,
    counts_nothing,
    in_third_person,
    item_of,
    kind_of_deed,
)
from .rarity import Scorer
from .report import Fact, Meta, Statement, Tables

ROOM = SIZES["standard"].room  # characters of a paragraph
KEPT = 0.8  # what the network leaves of an item's characters
_MOST_CANDIDATES = 14  # of a kind
_LEAST_RARE = 0.52  # a deed that is less rare says what every report says
_COUNTED = 0.12  # by so much a count makes a deed rarer
_LOST_NUMBER = re.compile(r"(?:信息|共|共计|文件|动态)\s*[条件篇份](?![例目款])")
_SENTENCES = re.compile("[^。；;]+[。；;]?")
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
    r"取得[^,;]{0,10}(?:成绩|成效|进展|效果|进步)|有[了]?新的(?:进展|提升|突破)|有序开展|圆满完成|得到[^,]{0,6}(?:肯定|好评)"
    r"|稳步(?:推进|提升|开展)|(?:较好|顺利)完成|满意|评价|明显(?:提升|提高|增强)|进一步(?:提升|提高|增强)$|^(?:此外,?)?申请(?:内容|人|事项|主要|的内容)|未收取|不收取|没有收费|收取[^,]{0,8}费用?"
)
_STOCK_DEED = re.compile(
    r"(?:认真|严格|坚决|全面|切实|深入)*(?:学习)?(?:贯彻|落实|执行)(?:落实)?[^,;]{0,26}(?:要求|条例》?|部署|规定|精神|会议)$"
)
_DONE = re.compile(r"当日|已(?!经?成|[^,]{0,2}有)|进行了|作出了|完成了|开展了|得到")
_AHEAD = re.compile(r"将|拟|要|计划|力争|确保")
_CHANNEL = re.compile(r"网站|网|公众号|微信|微博|公[示告开]栏|公报|广播|平台|短视频|抖音")


def _stock_rarity(text: str) -> float:
    """Rarity without a table: what is left of a deed beyond stock words."""
    left = _STOCK.sub("", text)
    return 1.5 * len(left) / (len(text) + 8)


# --- candidates --------------------------------------------------------------------------


def _names(meta: Meta, text: str) -> Iterable[PlanItem]:
    """The agency and its year."""
    if meta.agency:
        place = text.find(meta.agency)
        start = max(place, 0)
        end = start + len(meta.agency) if place >= 0 else start
        yield PlanItem("agency", meta.agency, start, end, place >= 0)
    if meta.year:
        shown = f"{meta.year}年"
        place = text.find(shown)
        yield PlanItem("year", shown, max(place, 0), max(place, 0) + len(shown), place >= 0)


def _year_of_promises(
    promises: Sequence[PlanItem], year: int, text: str
) -> Iterable[PlanItem]:
    """The year after, where it is named in the lead-in of the first promise; only then do the
    promises speak of it."""
    if not promises or not promises[0].literal:
        return
    start, shown = promises[0].start, f"{year + 1}年"
    place = text.rfind(shown, max(0, start - _LEAD_IN), start)
    if place >= 0 and not re.search("[。；;\n]", text[place:start]):
        yield PlanItem("year", shown, place, place + len(shown))


def _sentences(stretch: Stretch) -> Iterable[Stretch]:
    """The parts of a stretch between 。and ；, each an item of its own."""
    for match in _SENTENCES.finditer(stretch.text):
        yield replace(stretch, text=match[0], start=stretch.start + match.start(),
                      end=stretch.start + match.end())  # fmt: skip


def candidates(
    meta: Meta,
    text: str,
    stretches: Sequence[Stretch],
    tables: Tables,
    facts: Sequence[Fact],
    rarity: Scorer | None = None,
) -> Plan:
    """Everything that a summary could say: names first, then kind by kind in the report's
    order, deeds with the rarest first.

    Parameters
    ----------
    meta : Meta
    text : str
        The report's text, for the places of agency and year.
    stretches : sequence of Stretch
        Labelled clauses or statements in order.
    tables : Tables
        For requests and reviews that the prose does not give.
    facts : sequence of Fact
        Counts in the prose; they tell which clauses speak of requests and reviews.
    rarity : function from a deed to its rarity, optional
        Of :class:`nlp.rarity.Rarity`; else what stock words leave.
    """
    rarity = rarity or _stock_rarity
    counted = [f.start for f in facts if f.key.startswith(("requests", "reconsider", "lawsuits"))]
    found: dict[ItemKind, list[tuple[float, PlanItem]]] = {kind: [] for kind in ITEM_KINDS}
    sentences = [part for whole in stretches for part in _sentences(whole)]
    told = numbers_of([s for s in stretches if _of_the_year(s)], facts, tables, text, meta.year)
    for stretch in sentences:
        kind = _kind_of(stretch, counted)
        item = item_of(kind, stretch, meta.year) if kind and kind not in told.told else None
        if kind is None or item is None:
            continue
        rank = _rank(kind, item, rarity)
        if kind == "figure" and _OF_WHICH.search(fold(item.text)):
            item = replace(item, whole=True)
        if rank is not None:
            found[kind].append((rank, item))
    if not found["figure"]:
        found["figure"] = [(float(n), i) for n, i in enumerate(disclosed_cells(tables, text))]
    for item in (*_names(meta, text), *told.items):
        found[item.kind].append((0.0, item))
    for items in found.values():
        items.sort(key=lambda pair: pair[0])  # stable: the report's order within a rank
    return Plan(tuple(i for kind in ITEM_KINDS for _, i in found[kind][:_MOST_CANDIDATES]))


def _of_the_year(stretch: Stretch) -> bool:
    return stretch.label == "done" and stretch.section not in ("intro", "footer")


def _kind_of(stretch: Stretch, counted: Sequence[int]) -> ItemKind | None:
    """Which kind of item a sentence may be; None where a summary says no such thing."""
    if stretch.label == "problem" or stretch.label == "commitment":
        return stretch.label
    if not _of_the_year(stretch):
        return None
    return kind_of_deed(
        stretch.text, any(stretch.start <= place < stretch.end for place in counted)
    )


def _rank(kind: ItemKind, item: PlanItem, rarity: Scorer) -> float | None:
    """Smaller is better; None where the item says nothing that a summary needs."""
    folded = fold(item.text)
    if kind in CLAIMS:
        if kind == "commitment" and _DONE.search(folded) and not _AHEAD.search(folded):
            return None  # what was done already, though a model took it for a promise
        return float(bool(GENERAL.search(folded)))
    if counts_nothing(folded) or _LOST_NUMBER.search(folded) or in_third_person(item) is None:
        return None
    if kind in ("figure", "deed") and (not _ACT.search(item.text) or _NO_DEED.search(folded) or _STOCK_DEED.match(folded)):
        return None
    if kind == "deed":
        rare = (rarity(item.text) + rarity(brief_of(item).text)) / 2
        rare += _COUNTED if COUNT.search(folded) else 0.0
        return -rare if rare >= _LEAST_RARE else None
    if kind == "figure":
        return _rank_of_figure(folded)
    return 0.0


_OF_WHICH = re.compile(r"历年[^,]*,其中(?:20\d\d年度?|本年度?|当年|全年)新?增?")
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
            own = _OF_WHICH.search(folded)
            return best if best else -1.8 if own else 2.0
        if key.startswith("published") and folded[end - 1] in "条件篇则份项" and (
            _DISCLOSED.search(before)
        ):  # fmt: skip
            rank = -1.0 if key != "published" else -1.5 if _CHANNEL.search(before) else -2.0
            best = min(best, rank)
    return best


# --- choice ------------------------------------------------------------------------------

_LEAD_IN = 40  # characters before a promise in which its year may stand


def shortened(item: PlanItem) -> float:
    """Characters that an item will take in the paragraph with the mark after it, roughly."""
    return 1 + min(len(item.text), 2 + KEPT * len(item.text))


def choose_items(
    pool: Plan, text: str, share: float = 1.0, length: Length = "standard",
    focus: Focus | None = None,
) -> Plan:  # fmt: skip
    """What the paragraph says of the candidates, in the order of saying.

    First as many as fit, each by its first assertion; then the room that is left goes to whole
    items. General admissions and promises are left out where there are specific ones, and the
    year that promises speak of is added where their lead-in in ``text``, the report, names it.

    Parameters
    ----------
    pool : Plan
    text : str
    share : float
        Of the room; less makes a shorter plan.
    length, focus : str
        Rows of :mod:`nlp.controls`.
    """
    size = SIZES[length]
    by_kind = {kind: list(pool.of(kind)) for kind in ITEM_KINDS}
    by_kind["commitment"] = _without_afterthoughts(pool)
    for kind in CLAIMS:
        special = [item for item in by_kind[kind] if not GENERAL.search(fold(item.text))]
        by_kind[kind] = special or by_kind[kind][:1]
    for kind, items in by_kind.items():
        if kind not in ("agency", "year"):
            by_kind[kind] = [one for one in map(in_third_person, items) if one is not None]
    names = (*by_kind["agency"], *by_kind["year"])
    room = size.room * share - size.frames - sum(len(item.text) for item in names)
    chosen: dict[tuple[ItemKind, int], PlanItem] = {}
    for number, (kind, place) in enumerate(worth(length, focus)):
        if place < len(by_kind[kind]):
            item = _told(by_kind[kind][place], chosen)
            if item and (number < size.always or shortened(item) <= room):
                chosen[kind, place] = item
                room -= shortened(item)
    for (kind, place), item in chosen.items():  # what room is left goes to whole items
        whole = by_kind[kind][place]
        if size.whole and shortened(whole) - shortened(item) <= room:
            room -= shortened(whole) - shortened(item)
            chosen[kind, place] = whole
    said = {kind: [chosen[key] for key in chosen if key[0] == kind] for kind in ITEM_KINDS}
    body = [chosen[key] for key in sorted(chosen) if key[0] == "figure"]  # the total first
    body += [item for kind in ITEM_KINDS[3:-1] for item in sorted(said[kind], key=_place)]
    promises = sorted(said["commitment"], key=_place)
    years = by_kind["year"][:1]
    ahead = _year_of_promises(promises, int(years[0].text[:4]), text) if years else ()
    return Plan((*names, *body, *ahead, *promises))


def _told(item: PlanItem, chosen: Mapping[tuple[ItemKind, int], PlanItem]) -> PlanItem | None:
    """The item in brief; None where one that is chosen says it already."""
    brief = brief_of(item)
    if GENERAL.search(fold(brief.text)):
        brief = item
    for (kind, _), other in chosen.items():
        alike = kind == item.kind or not {kind, item.kind} & set(CLAIMS)
        if alike and (brief.text in other.text or other.text in brief.text):
            return None
    return brief


def _without_afterthoughts(pool: Plan) -> list[PlanItem]:
    """The promises behind the first problem; those of other sections only where there is none."""
    first = min((item.start for item in pool.of("problem")), default=0)
    promises = list(pool.of("commitment"))
    return [item for item in promises if item.start > first] or promises


def _place(item: PlanItem) -> int:
    return item.start


def stretches_of(statements: Sequence[Statement]) -> list[Stretch]:
    """Statements as the plan takes them."""
    return [Stretch(s.text, s.start, s.end, s.label, s.section) for s in statements]
