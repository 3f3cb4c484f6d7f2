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
from .entail import parts_of
from .plan_beginnings import whole_beginning, without_doubled
from .plan_cells import disclosed_cells
from .plan_choice import choose
from .plan_figures import numbers_of
from .plan_items import (
    CLAIMS,
    ITEM_KINDS,
    LONGEST_ITEM,
    ItemKind,
    Plan,
    PlanItem,
    Stretch,
    brief_of,
    in_third_person,
    item_of,
)
from .plan_openings import GENERAL, PROMISED
from .plan_parts import is_task, own_name
from .plan_rank import OF_WHICH, kind_of, of_the_year, rank_of, stock_rarity
from .plan_sums import of_the_own_year
from .rarity import Scorer
from .report import Fact, Meta, Statement, Tables
from .retouch import school_year
from .scope import limiter_before

ROOM = SIZES["standard"].room  # characters of a paragraph
KEPT = 0.8  # what the network leaves of an item's characters
_MOST_CANDIDATES = 14  # of a kind
_BARE = re.compile(r"(?:共|主动|累计)*公开(?:政府)?信息[\d,]+余?条")  # beside a total: of what?
_TOLD = re.compile("申请(?!人)|复议|诉讼")
_SENTENCES = re.compile("(?:[^。；;，,]|[，,](?![二三四五六]是))+[。；;，,]?")  # 一是…，二是…: two


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
    if not promises or not promises[0].sources:
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
    rarity = rarity or stock_rarity
    counted = [f.start for f in facts if f.key.startswith(("requests", "reconsider", "lawsuits"))]
    found: dict[ItemKind, list[tuple[float, PlanItem]]] = {kind: [] for kind in ITEM_KINDS}
    folded = fold(text)
    sentences = [part for whole in stretches for part in _sentences(whole)]
    told = numbers_of([s for s in stretches if of_the_year(s)], facts, tables, text, meta.year)
    for stretch in sentences:
        kind = kind_of(stretch, counted)
        if kind in told.told:  # what else the sentence says: 公开信息23条，未收到申请
            kind, item = "figure", _figure_beside(stretch, meta.year)
        else:
            item = item_of(kind, stretch, meta.year) if kind else None
        if kind is None or item is None:
            continue
        item = _with_its_subject(item, text, folded)
        if item is None:
            continue
        item = whole_beginning(_without_the_name(item, meta.agency), text)
        item = without_doubled(item, meta.agency, meta.year)
        if kind == "figure" and told.told:
            item = _without_told(item)
        rank = rank_of(kind, item, rarity)
        if kind == "figure" and OF_WHICH.search(fold(item.text)):
            item = of_the_own_year(replace(item, whole=True), meta.year)
        if rank is not None:
            found[kind].append((rank, item))
    if not found["figure"]:
        found["figure"] = [(float(n), i) for n, i in enumerate(disclosed_cells(tables, text))]
    for item in (*_names(meta, text), *told.items):
        found[item.kind].append((0.0, item))
    for items in found.values():
        items.sort(key=lambda pair: pair[0])  # stable: the report's order within a rank
    totals = found["figure"]
    found["figure"] = totals[:1] + [one for one in totals[1:] if not _BARE.fullmatch(one[1].text)]
    return Plan(tuple(i for kind in ITEM_KINDS for _, i in found[kind][:_MOST_CANDIDATES]))


def _without_the_name(item: PlanItem, agency: str | None) -> PlanItem:
    """The item without the office's name, long or short, which the paragraph begins with."""
    if not agency or not item.literal:
        return item
    cut = len(agency) if item.text.startswith(agency) else own_name(item.text, agency)
    ahead = PROMISED.match(item.text[cut:]) if cut and item.kind == "commitment" else None
    cut += ahead.end() if ahead else 0
    return replace(item, text=item.text[cut:], start=item.start + cut) if cut else item


def _with_its_subject(item: PlanItem, text: str, folded: str) -> PlanItem | None:
    """The item with the subject that limits it, 个别乡镇, where opening words or another stretch
    held it; None where both are too long."""
    at = limiter_before(folded, item.start, item.kind == "problem")
    if at is None or item.kind in ("request", "review"):
        return item
    if not item.literal or item.end - at[0] > LONGEST_ITEM:
        return None
    return replace(item, text=text[at[0] : item.end], start=at[0])


def _without_told(item: PlanItem) -> PlanItem:
    """A figure without what it says of requests and reviews, which are items of their own."""
    told = (low for low, high in parts_of(item.text)[1:] if _TOLD.search(item.text, low, high))
    end = next(told, 0) - 1
    return replace(item, text=item.text[:end], end=item.start + end) if end > 0 else item


def _as_need(item: PlanItem) -> PlanItem:
    """A problem that is written as a task, 规范公开内容, as what is needed: 需规范公开内容."""
    if item.kind != "problem" or not is_task(item.text):
        return item
    pieces = tuple((a + 1, b + 1, start, end) for a, b, start, end in item.sources)
    return replace(item, text="需" + item.text, literal=False, pieces=pieces)


def _figure_beside(stretch: Stretch, year: int | None) -> PlanItem | None:
    """What a sentence about requests or reviews counts besides."""
    item = item_of("figure", stretch, year)
    item = brief_of(item) if item else None
    return None if item is None or re.search("申请|复议|诉讼", item.text) else item


# --- choice ------------------------------------------------------------------------------

_LEAD_IN = 56  # characters before a promise in which its year may stand


def shortened(item: PlanItem) -> float:
    """Characters that an item will take in the paragraph with the mark after it, roughly."""
    return 1 + min(len(item.text), 2 + KEPT * len(item.text))


def choose_items(
    pool: Plan, text: str, share: float = 1.0, length: Length = "standard",
    focus: Focus | None = None,
) -> Plan:  # fmt: skip
    """What the paragraph says of the candidates, in the order of saying.

    Where the length says so and there is no focus, what carries most in the room
    (:mod:`nlp.plan_choice`). Else as many as fit, each by its first assertion; then the room that
    is left goes to whole items. General admissions and promises are left out where there are specific ones, and the
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
    named = sum(len(item.text) for item in names)
    if at := school_year(text, by_kind["year"]):  # it takes the place of the year
        named += at[1] - at[0] - len(by_kind["year"][0].text)
    if size.by_value and focus is None:
        left = round((size.room - size.frames) * share) - named
        kinds = {kind: by_kind[kind] for kind in ITEM_KINDS[2:]}
        return _in_order(choose(kinds, left), by_kind, text)
    room = size.room * share - size.frames - named
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
    return _in_order(chosen, by_kind, text)


def _in_order(
    chosen: Mapping[tuple[ItemKind, int], PlanItem],
    by_kind: Mapping[ItemKind, Sequence[PlanItem]],
    text: str,
) -> Plan:
    """What is chosen in the order of saying, behind the names."""
    said = {kind: [chosen[key] for key in chosen if key[0] == kind] for kind in ITEM_KINDS}
    body = [chosen[key] for key in sorted(chosen) if key[0] == "figure"]  # the total first
    body += [item for kind in ITEM_KINDS[3:-1] for item in sorted(said[kind], key=_place)]
    promises = sorted(said["commitment"], key=_place)
    years = by_kind["year"][:1]
    ahead = _year_of_promises(promises, int(years[0].text[:4]), text) if years else ()
    body = [_as_need(item) for item in body]
    return Plan((*by_kind["agency"], *by_kind["year"], *body, *ahead, *promises))


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
