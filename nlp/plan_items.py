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

_WE = r"(?:我|本)(?:局|镇|乡|县|市|区|院|厅|街道办事处|街道|街|委员会|委|办事处|办|校|中心|机关|单位|公司|馆|站|所|会)"
_OPENING = re.compile(
    r"^(?:[^,;。]{2,60},(?=(?:但是?|然而|不过)(?!书))"  # praise before the turn
    r"|[^,;。]{0,16}存在[^,;]{0,12}(?:不足|问题|差距|薄弱环节|短板)[^,;]{0,4}[,:](?:主要|集中|具体)?(?:是|为|表现[为在]|体现在):?"
    r"|(?:但是?|然而|不过|同时|此外|另外|其中|主要是|主要表现为|主要表现在|还)[,:]?"
    r"|(?:还有就是|有就是|再有|加之)[,:]?(?=[^,;]{4})"
    r"|(?:存在的?(?:主要)?问题|主要问题|(?:改进|整改|下一步)(?:措施|方向|情况|打算|计划)|不足)(?:[是为]:?|:|(?=\d[.、]))"
    r"|[^,;:。 ]{2,10}(?:情况|方面)(?=依托|通过|全年|全面|完成|制定|编制|组织|开展|按照|严格)"
    r"|(?:针对|围绕|结合)(?:以上|上述|这些|存[在生]的?)(?:存在的?)?(?:问题|不足)[^,;。]{0,4},"
    r"|20\d\d年(?:度|全年|以来)?,?(?=[^,;。0-9年月日]{2})"
    rf"|{_WE}的?(?=[^,;。]{{3}})|(?:街道|学校|学院|公司|医院|我们)?(?:将|拟|要)(?=\d[.、]|[一二三]是)"
    r"|(?:街道|学校|学院|公司|医院)(?=将|拟)|我们(?=将|要|拟|也|继续|进一步|[^,;]{6})|(?:改进|整改)(?:情况|措施)(?=对|针对|按|在|我)"
    r"|[^,;。 ]{2,14}(?:方面|情况)(?: |:|,(?=20))+|本年度?,?|总的来看,|从[^,;]{2,10}看,"
    r"|(?:是|也|仍)(?=[^,;。]{4})|(?:在)?今后的?工作(?:中|当中)?,?"
    r"|(?:下一步|今后|接下来|下一阶段|下一?年度|下步|新的一年|来年|明年)(?:的?工作中)?(?:,|(?=[^,;的]{4}))"
    r"|(?:将|拟|要|计划)(?:从以下[^,:;]{0,8}[,:])?(?=.{6})"
    r")"
)
# An admission or a promise in general, which says nothing where others say what.
GENERAL = re.compile(
    r"(?:存在|还有|仍有|有着?)(?:着|了)?(?:一些|一定|不少|许多|以下|较大|些许)?的?.{0,14}"
    r"(?:问题|不足|不足之处|差距|薄弱环节|地方|短板|需要?改进)(?:和(?:问题|不足|差距|短板|薄弱环节))?$"
    r"|方面需要改进$|(?:集中|主要|具体)?(?:体现|表现|反映)(?:[在为于]|在以下[^,]{0,6})?$|^(?:在实际|实际)?工作中|清醒地?(?:认识|看)到|认识到(?:工作中的?)?不足"
    r"|^(?:不断|继续|努力)?(?:努力|提升|提高|推动|做好)[^,]{0,8}(?:信息公开|政务公开)工作(?:质量|水平|再上新台阶)*$"
    r"|从[^,]{1,6}个?方面[^,]{0,4}(?:改进|努力|着手|入手)|以下(?:几个?)?(?:方面|工作|措施|问题)|(?:重点)?(?:抓好|做好)(?:以下|如下)"
)
_YEAR = re.compile(r"20\d\d")
_PUBLISHED = re.compile(r"公开|发布|公布|网站|公众号|推送")
_REQUEST = re.compile(r"申请(?!人)")
_REVIEW = re.compile(r"复议|诉讼")
COUNT = re.compile(
    r"\d[\d,.]*\s*[万亿]?\s*[余多]?\s*(?:条|件|篇|项|则|份|个|次|场|期|人|处|宗|起|家|户)"
)


# 公开中的薄弱环节是…: the paragraph announces it itself.
_NAMED_GAP = re.compile(
    r"^[^,;。]{0,10}(?:问题|不足(?:之处)?|薄弱环节|短板)(?:主要)?(?:是|为|在于):?(?=[^,;]{3})"
)
_PROMISED = re.compile(
    r"^(?:全[市县区省镇乡校局院]|街道|公司|学校|学院|医院|中心|我们)?"
    r"(?:将(?!其|信息|其他)|要(?!求|点|素|闻)|打算|计划(?!生育|类|任务))(?=[^,;]{4})"
)
_OF_THE_KIND = re.compile("等(?:方面的?|的)?(?:问题|不足|情况|现象)$")
# What frames a lack: 还存在…等问题. What is between says it.
_FRAMED = re.compile(r"^(?P<head>[^,;、]{0,16}?(?:(?:还|也|仍|仍然)?存在|(?:还|仍)有)(?:着|了)?)(?P<body>[^,;]{6,}?(?:、|和)?[^,;]*?)(?P<tail>(?:等|的|等方面的?)(?:问题|不足|情况|现象))$")

_WANTED: dict[ItemKind, re.Pattern[str]] = {"request": _REQUEST, "review": _REVIEW}


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
    while last + 1 < len(parts) and parts[last + 1][1] <= most:
        last += 1
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
    lead = {"problem": _NAMED_GAP, "commitment": _PROMISED}.get(kind)
    opened = lead.match(fold(text)) if lead else None
    if opened:
        text, start = text[opened.end() :], start + opened.end()
    framed = _FRAMED.match(fold(text)) if kind == "problem" else None
    if framed and not GENERAL.search(fold(text)):
        text, start = text[slice(*framed.span("body"))], start + framed.start("body")
    elif kind == "problem":
        text = _OF_THE_KIND.sub("", text)
    if len(text) < _SHORTEST_ITEM:  # 主要是: the opening words were all
        return None
    if kind in CLAIMS:
        low, high = _first_parts(text, LONGEST_CHOSEN)
    else:
        wanted = _WANTED.get(kind, COUNT)
        low, high = _counting_parts(text, wanted, LONGEST_CHOSEN)
    item = _cut_item(PlanItem(kind, text, start, start + len(text)), low, high)
    if item is None or low == 0:
        return item
    text, start = _trim(item.text, item.start, year)  # its own opening words come to light
    return replace(item, text=text, start=start) if len(text) >= _SHORTEST_ITEM else None


def _cut_item(item: PlanItem, low: int, high: int) -> PlanItem | None:
    text = item.text[low:high].rstrip(" ,;。；：:，、")
    if len(text) < _SHORTEST_ITEM or any(text.count(a) != text.count(b) for a, b in _PAIRS):
        return None
    return replace(item, text=text, start=item.start + low, end=item.start + low + len(text))


_OWN = re.compile(
    rf"(?:(?:针对|涉及|向|对|由|与|在|以)?(?:{_WE}|我们)的?|(?:针对|涉及|向|对)(?:{_WE}|我们)的?有关)(?=[^,;。])"
)
# Of the office itself, in the first person; what cannot be said without it is not said.
FIRST_PERSON = re.compile(r"我(?!国|省|市(?!人民)|区域|县域)|本(?:局|镇|乡|院|厅|校|委|单位|机关|公司|街道|办|中心)")


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


def counts_nothing(folded: str) -> bool:
    """Whether a count does not say of what: 废止1件, whose object stood in the part before."""
    number = COUNT.search(folded)
    return number is not None and number.start() < _SHORTEST_OBJECT


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
        alone = alone and not counts_nothing(folded[low:high])
        return (_cut_item(item, low, high) or item) if alone else item
    first = 0
    while first + 1 < len(parts) and NO_ASSERTION.match(folded, parts[first][0]):
        first += 1
    last = first
    while last + 1 < len(parts) and parts[last][1] - parts[first][0] < _SHORTEST_BRIEF:
        last += 1
    return _cut_item(item, parts[first][0], parts[last][1]) or item


def kind_of_deed(text: str, counts: bool) -> ItemKind:
    """Which kind of item a deed makes; ``counts`` tells that it counts requests or reviews."""
    folded = fold(text)
    if _REVIEW.search(folded) and (counts or len(folded) < 40):
        return "review"
    if _REQUEST.search(folded) and counts:
        return "request"
    return "figure" if COUNT.search(folded) and _PUBLISHED.search(folded) else "deed"
