"""What a summary must say: a content plan of short source stretches, each with its place.

The plan names agency and year, what was disclosed, requests, reviews and lawsuits, one to
three deeds that set this report apart, the problems and the promises. Every item is a
stretch of the report (or one cell of a table, put in words), so that whatever the summary
copies from the plan can be shown in the source.
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

MOST = {"year": 2, "figure": 3, "request": 2, "review": 1, "deed": 3, "problem": 5, "commitment": 5}
LONGEST_ITEM = 70  # characters; a longer stretch is cut at its commas


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


_OPENING = re.compile(
    r"^(?:但是?|然而|不过|同时|此外|另外|其中|主要是|主要表现为|主要表现在|还)[,:]?"
)
_PUBLISHED = re.compile(r"公开|发布|公布|网站|公众号|推送")
_REQUEST = re.compile(r"申请(?!人)")
_REVIEW = re.compile(r"复议|诉讼")
_COUNT = re.compile(
    r"\d[\d,.]*\s*[万亿]?\s*[余多]?\s*(?:条|件|篇|项|则|份|个|次|场|期|人|处|宗|起|家|户)"
)
_CUT = re.compile(r"[,;。:]")
# Words that every report has; a deed made of nothing else does not set a report apart.
_STOCK = re.compile(
    r"坚持|加强|强化|健全|完善|规范|落实|推进|进一步|工作|信息公开|政务公开|组织领导|制度|机制|责任|及时"
    r"|领导小组|高度重视|认真|严格|按照|要求|积极|扎实|有序|保障|提升|水平|条例|贯彻"
)


def _trim(text: str, start: int) -> tuple[str, int]:
    """A stretch without its ordinal, its opening conjunction and its end mark."""
    folded = fold(text)
    skip = ordinal_of(folded)[1]
    opening = _OPENING.match(folded[skip:])
    skip += opening.end() if opening else 0
    body = text[skip:].rstrip(" ,;。；：:，")
    return body, start + skip


def _shorten(text: str, start: int) -> tuple[str, int]:
    """At most ``LONGEST_ITEM`` characters, cut at a comma where one is near."""
    if len(text) <= LONGEST_ITEM:
        return text, start
    cuts = [match.start() for match in _CUT.finditer(fold(text)[: LONGEST_ITEM + 1])]
    return text[: cuts[-1]] if cuts and cuts[-1] >= 8 else text[:LONGEST_ITEM], start


def _item(kind: ItemKind, stretch: Stretch) -> PlanItem | None:
    text, start = _shorten(*_trim(stretch.text, stretch.start))
    return PlanItem(kind, text, start, start + len(text)) if len(text) >= 2 else None


def _rarity(text: str) -> float:
    """How much a deed sets a report apart: what is left beyond stock words, counts weigh more."""
    left = _STOCK.sub("", text)
    return len(left) / (len(text) + 8) + (0.6 if _COUNT.search(fold(text)) else 0.0)


def _name_and_year(meta: Meta, text: str) -> Iterable[PlanItem]:
    if meta.agency:
        place = text.find(meta.agency)
        start = max(place, 0)
        end = start + len(meta.agency) if place >= 0 else start
        yield PlanItem("agency", meta.agency, start, end, place >= 0)
    if meta.year:
        shown = f"{meta.year}年"
        place = text.find(shown)
        yield PlanItem("year", shown, max(place, 0), max(place, 0) + len(shown), place >= 0)
        following = f"{meta.year + 1}年"  # the year that promises speak of, if they name it
        place = text.find(following)
        if place >= 0:
            yield PlanItem("year", following, place, place + len(following))


_CELLS: tuple[tuple[ItemKind, str, tuple[tuple[str, str], ...]], ...] = (
    ("request", "收到政府信息公开申请{}件", (("new", "total"),)),
    ("review", "行政复议{}件", (("reconsideration", "total"),)),
    ("review", "行政诉讼{}件", (("litigation_direct", "total"),
                             ("litigation_after_reconsideration", "total"))),
)  # fmt: skip


def _from_cells(tables: Tables, have: frozenset[str]) -> Iterable[PlanItem]:
    """Requests, reviews and lawsuits from the tables where the prose has no such item.

    Only single printed numbers are put in words: a sum would stand nowhere in the report.
    """
    for kind, form, places in _CELLS:
        if kind in have:
            continue
        table = "requests" if kind == "request" else "review"
        found = [
            cell
            for cell in tables.cells
            if cell.table == table and (cell.row, cell.column) in places and cell.value
        ]
        if len(found) == 1 and found[0].start is not None and found[0].end is not None:
            cell = found[0]
            shown = form.format(cell.value)
            yield PlanItem(kind, shown, cell.start or 0, cell.end or 0, False)


def make_plan(
    meta: Meta, text: str, stretches: Sequence[Stretch], tables: Tables, facts: Sequence[Fact]
) -> Plan:
    """Choose what a summary must say.

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
    chosen: dict[str, list[PlanItem]] = {kind: [] for kind in ITEM_KINDS}
    deeds: list[tuple[float, Stretch]] = []
    told = {
        "request": ("requests_received", "requests_answered"),
        "review": ("reconsiderations", "lawsuits"),
    }
    places = {
        kind: [fact.start for fact in facts if fact.key in keys] for kind, keys in told.items()
    }

    def holds(kind: str, stretch: Stretch) -> bool:
        return any(stretch.start <= place < stretch.end for place in places[kind])

    for stretch in stretches:
        if stretch.label in ("problem", "commitment"):
            item = _item(stretch.label, stretch)
            if item:
                chosen[stretch.label].append(item)
            continue
        if stretch.label != "done" or stretch.section in ("intro", "footer"):
            continue
        folded = fold(stretch.text)
        kind: ItemKind
        if _REVIEW.search(folded) and (holds("review", stretch) or len(folded) < 40):
            kind = "review"
        elif _REQUEST.search(folded) and holds("request", stretch):
            kind = "request"
        elif _COUNT.search(folded) and _PUBLISHED.search(folded):
            kind = "figure"
        else:
            deeds.append((_rarity(stretch.text), stretch))
            continue
        if len(chosen[kind]) < MOST[kind]:
            item = _item(kind, stretch)
            if item:
                chosen[kind].append(item)
        else:
            deeds.append((_rarity(stretch.text), stretch))
    best = sorted(deeds, key=lambda pair: (-pair[0], pair[1].start))[: MOST["deed"]]
    for _, stretch in sorted(best, key=lambda pair: pair[1].start):
        item = _item("deed", stretch)
        if item:
            chosen["deed"].append(item)
    have = frozenset(kind for kind, items in chosen.items() if items)
    for item in (*_name_and_year(meta, text), *_from_cells(tables, have)):
        chosen[item.kind].append(item)
    return Plan(tuple(item for kind in ITEM_KINDS for item in chosen[kind][: MOST.get(kind, 1)]))


def stretches_of(statements: Sequence[Statement]) -> list[Stretch]:
    """Statements as the plan takes them."""
    return [Stretch(s.text, s.start, s.end, s.label, s.section) for s in statements]
