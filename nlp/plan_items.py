"""The items of a content plan, and how a stretch of the report is cut to what it says.

An item is without ordinal, opening words and end mark; of a long stretch only comma parts are
kept: the first of an admission or a promise, of a deed those that count something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from .clauses import ordinal_of
from .document import fold
from .entail import NO_ASSERTION, tells
from .plan_openings import (
    ANSWERED,
    FRAMED,
    GENERAL,
    GENERAL_HEAD,
    NAMED_GAP,
    OF_THE_KIND,
    OPENING,
    PROMISED,
    UNCLOSED,
    WE,
)
from .plan_parts import settled, stands_last
from .report import Label

ItemKind = Literal["agency", "year", "figure", "request", "review", "deed", "problem", "commitment"]
ITEM_KINDS: tuple[ItemKind, ...] = (
    "agency", "year", "figure", "request", "review", "deed", "problem", "commitment",
)  # fmt: skip
CLAIMS: tuple[ItemKind, ...] = ("problem", "commitment")

LONGEST_ITEM = 80  # characters; a longer stretch is cut at its commas
LONGEST_CHOSEN = 48  # of a longer stretch only some comma parts are kept
_SHORTEST_ITEM, _SHORTEST_BRIEF = 4, 7  # characters
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))  # half of a quotation says nothing
_SHORTEST_OBJECT = 4  # characters before a number that tell what is counted


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One thing to say. ``literal`` items are ``report.text[start:end]``; others are made of
    ``pieces``, or put in words from the cell whose number stands at ``start:end``.

    Attributes
    ----------
    pieces : tuple of (low, high, start, end)
        ``text[low:high]`` comes from ``report.text[start:end]``.
    whole : bool
        Said as it is or not at all.
    """

    kind: ItemKind
    text: str
    start: int
    end: int
    literal: bool = True
    pieces: tuple[tuple[int, int, int, int], ...] = ()
    whole: bool = False

    @property
    def sources(self) -> tuple[tuple[int, int, int, int], ...]:
        """``pieces``, or the one that a literal item is."""
        if self.pieces or not self.literal:
            return self.pieces
        return ((0, len(self.text), self.start, self.end),)


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

_YEAR = re.compile(r"20\d\d")
_PUBLISHED = re.compile(r"公开|发布|公布|网站|公众号|推送")
_REQUEST = re.compile(r"申请(?!人)")
_REVIEW = re.compile(r"复议|诉讼")
COUNT = re.compile(
    r"\d[\d,.]*\s*[万亿]?\s*[余多]?\s*(?:条|件|篇|项|则|份|个|次|场|期|人|处|宗|起|家|户)"
)
_WANTED: dict[ItemKind, re.Pattern[str]] = {"request": _REQUEST, "review": _REVIEW}


def _trim(text: str, start: int, year: int | None) -> tuple[str, int]:
    """A stretch without its ordinal, its opening words and its end mark.

    A year is an opening word only where it is the report's own or the one after: what is said
    of another year keeps it.
    """
    folded = fold(text)
    skip = ordinal_of(folded)[1]
    while opening := OPENING.match(folded[skip:]):
        named = _YEAR.findall(opening[0])
        if named and year is not None and int(named[-1]) not in (year, year + 1):
            break
        skip += opening.end()
        skip += ordinal_of(folded[skip:])[1]
    body = text[skip:].rstrip(" ,;。；：:，、")
    return body, start + skip


_PART_END = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[;。:]")  # but not the comma of 1,204


def _parts(text: str) -> list[tuple[int, int]]:
    """The comma parts of a text, as offsets without their marks."""
    cuts = [match.start() for match in _PART_END.finditer(fold(text))]
    return [(low, high) for low, high in zip([0, *(c + 1 for c in cuts)], [*cuts, len(text)],
            strict=True) if high > low]  # fmt: skip


def _first_parts(text: str, most: int) -> tuple[int, int]:
    """Where the first comma parts stand that fit ``most`` characters; at least one part."""
    parts = _parts(text)
    last = 0
    folded = fold(text)
    while last + 1 < len(parts) and (
        parts[last + 1][1] <= most or not stands_last(folded, *parts[last])
    ):
        last += 1
    while last > 0 and not stands_last(folded, *parts[last]):
        last -= 1  # a frame at the very end: 放宽渠道,使所公开的信息
    return 0, min(parts[last][1], LONGEST_ITEM) if parts else len(text)


def _counting_parts(text: str, wanted: re.Pattern[str], most: int) -> tuple[int, int]:
    """Where the comma part with ``wanted`` stands, and what goes on counting after it."""
    folded, parts = fold(text), _parts(text)
    found = wanted.search(folded)
    seed = found.start() if found else 0
    first = next((n for n, (_, high) in enumerate(parts) if high > seed), 0)
    telling = (n for n, (low, high) in enumerate(parts)
               if wanted.search(folded, low, high) and tells(folded, low, high))  # fmt: skip
    first = next(telling, first)
    last = first
    while last + 1 < len(parts) and not tells(folded, *parts[last]):
        last += 1  # the means alone say nothing
    while (
        last + 1 < len(parts)
        and parts[last + 1][1] - parts[first][0] <= most
        and (len(text) <= most or COUNT.search(folded, *parts[last + 1]))
    ):
        last += 1
    low, high = parts[first][0], parts[last][1]
    return (0 if len(text) <= most else low), min(high, low + LONGEST_ITEM)


def item_of(kind: ItemKind, stretch: Stretch, year: int | None = None) -> PlanItem | None:
    """The stretch as an item: without ordinal and opening words, and not too long."""
    text, start = _trim(stretch.text, stretch.start, year)
    answered = ANSWERED.match(fold(text)) if kind == "commitment" else None
    if answered:
        text, start = text[answered.end() :], start + answered.end()
    lead = {"problem": NAMED_GAP, "commitment": PROMISED}.get(kind)
    opened = lead.match(fold(text)) if lead else None
    if opened:
        text, start = text[opened.end() :], start + opened.end()
    general = GENERAL_HEAD.match(fold(text)) if kind == "problem" else None
    if general:
        text, start = _trim(text[general.end() :], start + general.end(), year)
    framed = FRAMED.match(fold(text)) if kind == "problem" else None
    if framed and (_LACKING.search(framed["body"]) or not GENERAL.search(fold(text))):
        text, start = text[slice(*framed.span("body"))], start + framed.start("body")
        text, start = _trim(text, start, year)
    elif kind == "problem":
        text = OF_THE_KIND.sub("", text)
        unclosed = UNCLOSED.match(fold(text))
        skip = unclosed.end() if unclosed else 0
        text, start = _trim(text[skip:], start + skip, year)
    if len(text) < _SHORTEST_ITEM:  # 主要是: the opening words were all
        return None
    if kind in CLAIMS:
        low, high = _first_parts(text, LONGEST_CHOSEN)
    else:
        wanted = _WANTED.get(kind, COUNT)
        low, high = _counting_parts(text, wanted, LONGEST_CHOSEN)
        low = settled(kind, text, max(low, _first_of(text, kind)))
    item = _cut_item(PlanItem(kind, text, start, start + len(text)), low, high)
    if item is None or low == 0:
        return item
    text, start = _trim(item.text, item.start, year)  # its own opening words come to light
    return replace(item, text=text, start=start) if len(text) >= _SHORTEST_ITEM else None


def _first_of(text: str, kind: ItemKind) -> int:
    """Where the first comma part stands that speaks of reviews, for an item that shall."""
    parts = _parts(text) if kind == "review" else []
    return next((low for low, high in parts if _REVIEW.search(text, low, high)), 0)


_LACKING = re.compile("不(?!少|足|小)|没有|未|慢|缺|难|偏|单一|滞后|轻")
_LEFT_OPEN = re.compile("[,，;；](?:其中|包括|分别[是为]|按[^,，;；]{1,6}分为?|分类情况是)$")


def _cut_item(item: PlanItem, low: int, high: int) -> PlanItem | None:
    text = _LEFT_OPEN.sub("", item.text[low:high]).rstrip(" ,;。；：:，、")
    if len(text) < _SHORTEST_ITEM or any(text.count(a) != text.count(b) for a, b in _PAIRS):
        return None
    return replace(item, text=text, start=item.start + low, end=item.start + low + len(text))


_OWN = re.compile(
    rf"以(?:{WE}|我们)为被(?:申请人|告)的|(?:(?:针对|涉及|向|对|由|与|在|以)?(?:{WE}|我们)的?|(?:针对|涉及|向|对)(?:{WE}|我们)的?有关)(?=[^,;。])"
)
# Of the office itself, in the first person; what cannot be said without it is not said.
FIRST_PERSON = re.compile(r"我(?!国|省|市(?!人民)|区域|县域)|本(?:局|镇|乡|院|厅|校|委|会|处|站|所|馆|署|单位|机关|公司|街道|办|中心)")


def in_third_person(item: PlanItem) -> PlanItem | None:
    """The item without 我局 and the like, as pieces; None where the words cannot be taken out.

    >>> in_third_person(PlanItem("request", "无人向我乡申请公开", 0, 9)).text
    '无人申请公开'
    """
    if not item.literal or not FIRST_PERSON.search(item.text):
        return item
    text, pieces, place = "", list[tuple[int, int, int, int]](), 0
    ends = [(m.start(), m.end()) for m in _OWN.finditer(item.text)] + [(len(item.text), 0)]
    for start, end in ends:
        if start > place:
            low, stretch = len(text), item.text[place:start]
            text += stretch
            pieces.append((low, len(text), item.start + place, item.start + start))
        place = end
    if FIRST_PERSON.search(text) or len(text) < _SHORTEST_ITEM:
        return None
    return replace(item, text=text, literal=False, pieces=tuple(pieces))


_HOW = re.compile("(?:全年|全[市县区省镇乡]|当年|年内|[共已并]|累计|逐[条项一件个]|及时)+")


def counts_nothing(folded: str) -> bool:
    """Whether a count does not say of what: 废止1件, 全年召开4次, whose object stood before."""
    number = COUNT.search(folded)
    if number is None:
        return False
    how = _HOW.match(folded)
    place = number.start() - (how.end() if how and number.end() == len(folded) else 0)
    return place < _SHORTEST_OBJECT


def brief_of(item: PlanItem) -> PlanItem:
    """The comma part that says it: of a count the part that counts, else the first part that
    asserts something; the item itself where it has one."""
    parts = _parts(item.text)
    folded = fold(item.text)
    if not item.literal or item.whole or len(parts) < 2:
        return item
    if item.kind not in CLAIMS and COUNT.search(folded):
        wanted = _WANTED.get(item.kind, COUNT)
        low, high = _counting_parts(item.text, wanted, 0)
        if not COUNT.search(folded, low, high):
            low, high = _counting_parts(item.text, COUNT, 0)
        alone = wanted.search(folded, low, high) and tells(folded, low, high)
        alone = alone and not counts_nothing(folded[low:high]) and settled(item.kind, item.text, low) == low
        return (_cut_item(item, low, high) or item) if alone else item
    first = 0
    while first + 1 < len(parts) and NO_ASSERTION.match(folded, parts[first][0]):
        first += 1
    last = first
    while last + 1 < len(parts) and parts[last][1] - parts[first][0] < _SHORTEST_BRIEF:
        last += 1
    low = parts[first][0]
    alone = settled(item.kind, item.text, low) == low
    return (_cut_item(item, low, parts[last][1]) if alone else None) or item


def kind_of_deed(text: str, counts: bool) -> ItemKind:
    """Which kind of item a deed makes; ``counts`` tells that it counts requests or reviews."""
    folded = fold(text)
    if _REVIEW.search(folded) and (counts or len(folded) < 40):
        return "review"
    if _REQUEST.search(folded) and counts:
        return "request"
    return "figure" if COUNT.search(folded) and _PUBLISHED.search(folded) else "deed"
