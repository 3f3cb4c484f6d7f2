"""What a summary must say: a content plan of short source stretches, each with its place.

Two steps. *Candidates*: everything that could be said, cut to the part that says it. *Choice*:
what fits a paragraph, by rank: the total disclosed, requests, reviews, what sets this report
apart, problems, promises. Every item is a stretch of the report (or one cell of a table, put in
words), in the order in which the paragraph will say it; the network says all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .clauses import ordinal_of
from .document import fold
from .report import Fact, Label, Meta, Statement, Tables

ItemKind = Literal["agency", "year", "figure", "request", "review", "deed", "problem", "commitment"]
ITEM_KINDS: tuple[ItemKind, ...] = (
    "agency", "year", "figure", "request", "review", "deed", "problem", "commitment",
)  # fmt: skip

LONGEST_ITEM = 80  # characters; a longer stretch is cut at its commas
LONGEST_DEED = 48  # of a figure or a deed only the part with the count is kept
ROOM = 128  # characters that the items of a paragraph may take when shortened
KEPT = 0.66  # what shortening leaves of an item (corpora: median of core / clause)
_MOST_CANDIDATES = 14  # of a kind


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One thing to say. ``literal`` items are ``report.text[start:end]``; others are put in
    words from the cell whose number stands at ``start:end``."""

    kind: ItemKind
    text: str
    start: int
    end: int
    literal: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """Items in the order of saying."""

    items: tuple[PlanItem, ...]

    def of(self, kind: ItemKind) -> tuple[PlanItem, ...]:
        return tuple(item for item in self.items if item.kind == kind)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A labelled stretch of the report, the least the plan needs to know of a clause."""

    text: str
    start: int
    end: int
    label: Label
    section: str | None = None


# --- from a stretch to what it says ------------------------------------------------------

_WE = r"(?:我|本)(?:局|镇|乡|县|市|区|院|厅|街道办事处|街道|街|委员会|委|办事处|办|校|中心|机关|单位|公司|馆|站|所|会)"
_OPENING = re.compile(
    r"^(?:(?:但是?|然而|不过|同时|此外|另外|其中|主要是|主要表现为|主要表现在|还)[,:]?"
    r"|(?:存在的?(?:主要)?问题|主要问题|改进(?:措施|方向|情况)|不足)(?:[是为]:?|:)"
    r"|(?:针对|围绕)(?:以上|上述|这些)(?:存在的?)?(?:问题|不足)[^,;。]{0,4},"
    rf"|20\d\d年(?:度|全年|以来)?,?(?={_WE}|通过|共|全年|将|主动)"
    rf"|{_WE}(?=将|共|通过|主动|全年|严格|累计|要|未|没有|没|公开|发布|收到|受理)"
    rf"|(?:下一步|今后|接下来|下一阶段|下步|新的一年|来年|明年|20\d\d年),?(?:工作中,?)?(?={_WE}|将|要|拟|计划|继续|进一步)"
    r"|(?:将|拟|要|计划)(?:从以下[^,:;]{0,8}[,:])?(?=.{6})"
    r")"
)
# An admission or a promise in general, which says nothing where others say what.
GENERAL = re.compile(
    r"(?:存在|还有|仍有|有着?)(?:着|了)?(?:一些|一定|不少|许多|以下|较大|些许)?的?.{0,14}"
    r"(?:问题|不足|不足之处|差距|薄弱环节|需要?改进)(?:和(?:问题|不足|差距))?$"
    r"|方面需要改进$|主要表现[为在]$|清醒地?(?:认识|看)到|认识到(?:工作中的?)?不足"
    r"|^(?:不断|继续|努力)?(?:努力|提升|提高|推动|做好)[^,]{0,8}(?:信息公开|政务公开)工作(?:质量|水平|再上新台阶)*$"
    r"|以下(?:几个?)?(?:方面|工作|措施|问题)|(?:重点)?(?:抓好|做好)(?:以下|如下)"
)
_YEAR = re.compile(r"20\d\d")
_PUBLISHED = re.compile(r"公开|发布|公布|网站|公众号|推送")
_REQUEST = re.compile(r"申请(?!人)")
_REVIEW = re.compile(r"复议|诉讼")
_COUNT = re.compile(
    r"\d[\d,.]*\s*[万亿]?\s*[余多]?\s*(?:条|件|篇|项|则|份|个|次|场|期|人|处|宗|起|家|户)"
)
# Words that every report has; a deed made of nothing else does not set a report apart.
_STOCK = re.compile(
    r"坚持|加强|强化|健全|完善|规范|落实|推进|进一步|工作|信息公开|政务公开|组织领导|制度|机制|责任|及时"
    r"|领导小组|高度重视|认真|严格|按照|要求|积极|扎实|有序|保障|提升|水平|条例|贯彻|年度报告|公开年报"
)


def _trim(text: str, start: int, year: int | None) -> tuple[str, int]:
    """A stretch without its ordinal, its opening words and its end mark.

    A year is an opening word only where it is the report's own or the one after: what is said
    of another year keeps it.
    """
    folded = fold(text)
    skip = ordinal_of(folded)[1]
    while opening := _OPENING.match(folded[skip:]):
        named = _YEAR.search(opening[0])
        if named and year is not None and int(named[0]) not in (year, year + 1):
            break
        skip += opening.end()
    body = text[skip:].rstrip(" ,;。；：:，、")
    return body, start + skip


def _parts(text: str) -> list[tuple[int, int]]:
    """The comma parts of a text, as offsets without their marks."""
    cuts = [match.start() for match in re.finditer("[,;。:]", fold(text))]
    return [(low, high) for low, high in zip([0, *(c + 1 for c in cuts)], [*cuts, len(text)],
            strict=True) if high > low]  # fmt: skip


def _shorten(text: str, start: int, most: int, seed: int) -> tuple[str, int]:
    """The comma parts around offset ``seed`` that fit ``most`` characters; whole where it fits."""
    if len(text) <= most:
        return text, start
    parts = _parts(text)
    first = next((n for n, (_, high) in enumerate(parts) if high > seed), len(parts) - 1)
    last = first
    while last + 1 < len(parts) and parts[last + 1][1] - parts[first][0] <= most:
        last += 1
    low, high = parts[first][0], parts[last][1]
    return text[low : min(high, low + LONGEST_ITEM)], start + low


def item_of(kind: ItemKind, stretch: Stretch, year: int | None = None) -> PlanItem | None:
    """The stretch as an item: without ordinal and opening words, and not too long."""
    text, start = _trim(stretch.text, stretch.start, year)
    seed, most = 0, LONGEST_ITEM
    if kind not in ("problem", "commitment"):
        wanted = {"request": _REQUEST, "review": _REVIEW}.get(kind, _COUNT)
        found = wanted.search(fold(text))
        seed, most = (found.start() if found else 0), LONGEST_DEED
    text, start = _shorten(text, start, most, seed)
    return PlanItem(kind, text, start, start + len(text)) if len(text) >= 4 else None


def kind_of_deed(text: str, counts: bool) -> ItemKind:
    """Which kind of item a deed makes; ``counts`` tells that it counts requests or reviews."""
    folded = fold(text)
    if _REVIEW.search(folded) and (counts or len(folded) < 40):
        return "review"
    if _REQUEST.search(folded) and counts:
        return "request"
    return "figure" if _COUNT.search(folded) and _PUBLISHED.search(folded) else "deed"


def _rarity(text: str) -> float:
    """How much a deed sets a report apart: what is left beyond stock words, counts weigh more."""
    left = _STOCK.sub("", text)
    return len(left) / (len(text) + 8) + (0.6 if _COUNT.search(fold(text)) else 0.0)


# --- candidates --------------------------------------------------------------------------


def _names(meta: Meta, text: str) -> Iterable[PlanItem]:
    """The agency, its year, and the year after where the report names it."""
    if meta.agency:
        place = text.find(meta.agency)
        start = max(place, 0)
        end = start + len(meta.agency) if place >= 0 else start
        yield PlanItem("agency", meta.agency, start, end, place >= 0)
    for year in (meta.year, meta.year + 1) if meta.year else ():
        shown = f"{year}年"
        place = text.find(shown)
        if place >= 0 or year == meta.year:
            yield PlanItem("year", shown, max(place, 0), max(place, 0) + len(shown), place >= 0)


_CELLS: tuple[tuple[ItemKind, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("request", "收到政府信息公开申请{}件", "未收到政府信息公开申请", (("new", "total"),)),
    ("review", "行政复议{}件", "未发生行政复议", (("reconsideration", "total"),)),
    ("review", "行政诉讼{}件", "", (("litigation_direct", "total"),
                                ("litigation_after_reconsideration", "total"))),
)  # fmt: skip


def _from_cells(tables: Tables, have: frozenset[ItemKind]) -> Iterable[PlanItem]:
    """Requests, reviews and lawsuits from the tables where the prose has no such item.

    Only single printed numbers are put in words: a sum would stand nowhere in the report.
    """
    for kind, some, none, places in _CELLS:
        if kind in have:
            continue
        table = "requests" if kind == "request" else "review"
        cells = [c for c in tables.cells if c.table == table and (c.row, c.column) in places]
        counted = [c for c in cells if c.value]
        zero = bool(none) and len(cells) == 1 and cells[0].value == 0
        found = cells[0] if zero else counted[0] if len(counted) == 1 else None
        if found is not None and found.start is not None and found.end is not None:
            shown = none if zero else some.format(found.value)
            yield PlanItem(kind, shown, found.start, found.end, False)


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
    for stretch in stretches:
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
        if item is None:
            continue
        if kind == "deed":
            rank = -_rarity(item.text)
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
    ("commitment", 1), ("deed", 0), ("problem", 2), ("review", 0), ("commitment", 2),
    ("problem", 3), ("deed", 1), ("figure", 1), ("commitment", 3), ("request", 1), ("review", 1),
    ("deed", 2), ("problem", 4), ("commitment", 4), ("deed", 3), ("figure", 2), ("deed", 4),
)  # fmt: skip
_CLAIMS: tuple[ItemKind, ...] = ("problem", "commitment")
_ALWAYS = 3  # of these, taken whatever their length


def shortened(item: PlanItem) -> float:
    """Characters that an item will take in the paragraph, roughly."""
    return min(len(item.text), 2 + KEPT * len(item.text))


def choose_items(pool: Plan, room: float = ROOM) -> Plan:
    """What the paragraph says of the candidates, in the order of saying.

    General admissions and promises are left out where there are specific ones.
    """
    by_kind = {kind: list(pool.of(kind)) for kind in ITEM_KINDS}
    for kind in _CLAIMS:
        special = [item for item in by_kind[kind] if not GENERAL.search(fold(item.text))]
        by_kind[kind] = special or by_kind[kind][:1]
    chosen: dict[ItemKind, list[PlanItem]] = {kind: [] for kind in ITEM_KINDS}
    for number, (kind, place) in enumerate(_WORTH):
        if place >= len(by_kind[kind]):
            continue
        item = by_kind[kind][place]
        if number >= _ALWAYS and shortened(item) > room:
            continue
        chosen[kind].append(item)
        room -= shortened(item)
    years = by_kind["year"]
    ahead = [year for year in years[1:] if chosen["commitment"]]
    body = [item for kind in ITEM_KINDS[2:-1] for item in sorted(chosen[kind], key=_place)]
    promises = sorted(chosen["commitment"], key=_place)
    return Plan((*by_kind["agency"], *years[:1], *body, *ahead, *promises))


def _place(item: PlanItem) -> int:
    return item.start


def stretches_of(statements: Sequence[Statement]) -> list[Stretch]:
    """Statements as the plan takes them."""
    return [Stretch(s.text, s.start, s.end, s.label, s.section) for s in statements]
