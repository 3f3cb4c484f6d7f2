"""What a summary must say: a content plan of short source stretches, each with its place.

Two steps. *Candidates*: everything that could be said, cut to the part that says it. *Choice*:
what fits a paragraph, by rank: the total disclosed, requests, reviews, what sets this report
apart, problems, promises. Every item is a stretch of the report (or one cell of a table, put in
words), in the order in which the paragraph will say it; the network says all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .document import fold
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
    item_of,
    kind_of_deed,
)
from .report import Fact, Meta, Statement, Tables

ROOM = 176  # characters of a paragraph
FRAMES = 26  # of these, what announces problems and promises and joins their groups
KEPT = 0.8  # what the network leaves of an item's characters
_MOST_CANDIDATES = 14  # of a kind
_LEAST_RARE = 0.35  # a deed that is less rare says what every report says
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


def _rarity(text: str) -> float:
    """How much a deed sets a report apart: what is left beyond stock words, counts weigh more."""
    left = _STOCK.sub("", text)
    return len(left) / (len(text) + 8) + (0.6 if COUNT.search(fold(text)) else 0.0)


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


# Of a table: kind of item, words for a count, words for none (empty: not said), the cell.
_CELLS: tuple[tuple[ItemKind, str, str, str, str], ...] = (
    ("request", "收到政府信息公开申请{}件", "未收到政府信息公开申请", "new", "total"),
    ("review", "行政复议{}件", "", "reconsideration", "total"),
    ("review", "未经复议直接起诉{}件", "", "litigation_direct", "total"),
    ("review", "复议后起诉{}件", "", "litigation_after_reconsideration", "total"),
)


def _from_cells(tables: Tables, have: frozenset[ItemKind]) -> Iterable[PlanItem]:
    """Requests, reviews and lawsuits from the tables where the prose has no such item.

    Only single printed numbers are put in words: a sum would stand nowhere in the report.
    """
    for kind, some, none, row, column in _CELLS:
        if kind in have:
            continue
        table = "requests" if kind == "request" else "review"
        for cell in tables.cells:
            if (cell.table, cell.row, cell.column) != (table, row, column) or cell.start is None:
                continue
            shown = some.format(cell.value) if cell.value else none if cell.value == 0 else ""
            if shown and cell.end is not None:
                yield PlanItem(kind, shown, cell.start, cell.end, False)


def _sentences(stretch: Stretch) -> Iterable[Stretch]:
    """The parts of a stretch between 。and ；, each an item of its own."""
    for match in _SENTENCES.finditer(stretch.text):
        yield replace(stretch, text=match[0], start=stretch.start + match.start(),
                      end=stretch.start + match.end())  # fmt: skip


def candidates(
    meta: Meta, text: str, stretches: Sequence[Stretch], tables: Tables, facts: Sequence[Fact]
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
    """
    counted = [f.start for f in facts if f.key.startswith(("requests", "reconsider", "lawsuits"))]
    totals = [f.start for f in facts if f.key in ("published", "published_website")]
    found: dict[ItemKind, list[tuple[float, PlanItem]]] = {kind: [] for kind in ITEM_KINDS}
    for stretch in (part for whole in stretches for part in _sentences(whole)):
        kind: ItemKind
        if stretch.label == "problem" or stretch.label == "commitment":
            kind = stretch.label
        elif stretch.label == "done" and stretch.section not in ("intro", "footer"):
            kind = kind_of_deed(
                stretch.text, any(stretch.start <= place < stretch.end for place in counted)
            )
        else:
            continue
        item = item_of(kind, stretch, meta.year)
        if item is None or (kind not in CLAIMS and counts_nothing(fold(item.text))):
            continue
        if _LOST_NUMBER.search(fold(item.text)):
            continue
        if kind in ("figure", "deed") and not _ACT.search(item.text):
            continue
        if kind == "deed":
            rank = -_rarity(item.text)
            if rank > -_LEAST_RARE:
                continue
        elif kind == "figure":
            rank = -float(any(item.start <= place < item.end for place in totals))
        else:
            rank = float(bool(GENERAL.search(fold(item.text))))
        found[kind].append((rank, item))
    have = frozenset(kind for kind, items in found.items() if items)
    for item in (*_names(meta, text), *_from_cells(tables, have)):
        found[item.kind].append((0.0, item))
    for items in found.values():
        items.sort(key=lambda pair: pair[0])  # stable: the report's order within a rank
    return Plan(tuple(i for kind in ITEM_KINDS for _, i in found[kind][:_MOST_CANDIDATES]))


# --- choice ------------------------------------------------------------------------------

# In order of worth: the first of a kind, then the second, as long as there is room.
_WORTH: tuple[tuple[ItemKind, int], ...] = (
    ("figure", 0), ("problem", 0), ("commitment", 0), ("request", 0), ("problem", 1),
    ("commitment", 1), ("problem", 2), ("deed", 0), ("review", 0), ("commitment", 2),
    ("problem", 3), ("deed", 1), ("figure", 1), ("commitment", 3), ("request", 1), ("review", 1),
    ("deed", 2), ("problem", 4), ("commitment", 4), ("deed", 3), ("figure", 2), ("deed", 4),
)  # fmt: skip
_LEAD_IN = 40  # characters before a promise in which its year may stand
_ALWAYS = 3  # of these, taken whatever their length


def shortened(item: PlanItem) -> float:
    """Characters that an item will take in the paragraph with the mark after it, roughly."""
    return 1 + min(len(item.text), 2 + KEPT * len(item.text))


def choose_items(pool: Plan, text: str, room: float = ROOM) -> Plan:
    """What the paragraph says of the candidates, in the order of saying.

    First as many as fit, each by its first assertion; then the room that is left goes to whole
    items. General admissions and promises are left out where there are specific ones, and the
    year that promises speak of is added where their lead-in in ``text``, the report, names it.
    """
    by_kind = {kind: list(pool.of(kind)) for kind in ITEM_KINDS}
    by_kind["commitment"] = _without_afterthoughts(pool)
    for kind in CLAIMS:
        special = [item for item in by_kind[kind] if not GENERAL.search(fold(item.text))]
        by_kind[kind] = special or by_kind[kind][:1]
    names = (*by_kind["agency"], *by_kind["year"])
    room -= FRAMES + sum(len(item.text) for item in names)
    chosen: dict[tuple[ItemKind, int], PlanItem] = {}
    for number, (kind, place) in enumerate(_WORTH):
        if place < len(by_kind[kind]):
            item = brief_of(by_kind[kind][place])
            if GENERAL.search(fold(item.text)):
                item = by_kind[kind][place]
            if number < _ALWAYS or shortened(item) <= room:
                chosen[kind, place] = item
                room -= shortened(item)
    for (kind, place), item in chosen.items():  # what room is left goes to whole items
        whole = by_kind[kind][place]
        if shortened(whole) - shortened(item) <= room:
            room -= shortened(whole) - shortened(item)
            chosen[kind, place] = whole
    said = {kind: [chosen[key] for key in chosen if key[0] == kind] for kind in ITEM_KINDS}
    body = said["figure"]  # the total first, wherever it stands
    body += [item for kind in ITEM_KINDS[3:-1] for item in sorted(said[kind], key=_place)]
    promises = sorted(said["commitment"], key=_place)
    years = by_kind["year"][:1]
    ahead = _year_of_promises(promises, int(years[0].text[:4]), text) if years else ()
    return Plan((*names, *body, *ahead, *promises))


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
