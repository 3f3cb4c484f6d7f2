"""Headings and sections: which stretch of a report is about what.

The official form has six sections since 2019; before, and at universities, the division is
free. Headings are found by their numbering and by their titles together, because either may
be lost: numbers vanish in conversion, titles lose words, all headings may stand in one line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .document import Document
from .readers.furniture import is_furniture
from .report import Section, SectionKind
from .script import matchable
from .tokens import numeral

# --- titles ------------------------------------------------------------------------------

# Kind by title, first match wins; titles are folded, simplified and without white space.
# A university's 评议 (judgement of its disclosure by staff and students) and 举报 (complaints)
# count as review: like 复议 and 诉讼 they say how others judged and challenged the agency.
_KINDS: tuple[tuple[SectionKind, str], ...] = (
    ("other", r"^(?:[\w、]{0,8}附[表件录]|附则|备注|名词解释)"),
    ("other", r"其[他它](?:需要?|应当?|须)?(?:报告|说明|公开)|其[他它](?:有关)?(?:事项|情况|工作)$"
     r"|需要(?:报告|说明)的|^其[他它]$"),
    ("problems", r"问题|不足|存在的?主要(?:和|及)改进|改进(?:措施|情况|意见|方向|办法|计划|工作)"
     r"|整改(?:措施|情况)|(?:下一?步|下一?年|今后|明年|来年|20\d\d年).{0,12}(?:打算|计划|安排|思路"
     r"|措施|重点"
     r"|设想|方向)|工作(?:打算|计划|设想)|努力方向|薄弱环节|困难"),
    ("requests", r"依申请公开(?:政府信息)?(?:和|及|、|与)(?!减免)"),
    ("other", r"收费|减免|收取.{0,12}费|经费|人员(?:和|及)?(?:收支|经费)|收支"),
    ("review", r"复议|诉讼|申诉|行政救济|举报|评议"),
    ("requests", r"依申请|收到和?的?处理|申请.{0,8}(?:处理|办理|受理|答复|情况)|不予公开"),
    ("disclosure", r"主动(?:向社会)?公开|主动政府信息|公开政府信息(?:的)?情况|信息主动公开"
     r"|重点领域.{0,8}公开|清单.{0,8}公开|政府信息公开情况$"),
    ("overview", r"总体(?:工作)?(?:情况|概述|概况)?|概述|概况|基本(?:工作)?情况|工作(?:开展)?情况$"
     r"|工作总体|^前言|^引言"),
    ("other", r"咨询|机构|人员|队伍|解读|回应|建议|提案|培训|考核|清单|平台|监督保障|管理"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

# Official titles that are headings even where their number is lost, or other text follows at
# once; the longest wording first. Matched in text that may hold blanks between characters.
_OFFICIAL: tuple[str, ...] = (
    r"(?:政府)?(?:信息公开)?(?:工作)?总体(?:工作)?(?:情况|概述|概况)",
    r"(?:政府信息公开)?(?:工作)?(?:基本情况)?概述",
    r"(?:行政机关)?主动公开(?:政府)?信息(?:的)?情况",
    r"(?:政府)?信息主动公开(?:的)?情况",
    r"(?:行政机关)?收到(?:和|的|及)?处理(?:的)?(?:政府信息公开)?申请(?:的)?(?:情况)?",
    r"依申请公开(?:政府)?信息(?:(?:和|及)不予公开(?:政府信息)?)?(?:的)?(?:办理)?情况",
    r"(?:政府信息)?依申请公开(?:和不予公开)?(?:政府信息)?(?:办理)?(?:的)?情况",
    r"(?:因)?(?:政府信息公开)?(?:工作|申请)?(?:被)?(?:申请|提起)?行政复议(?:、|和|及"
    r"|与)?(?:被)?(?:申请|提起)?"
    r"行政诉讼(?:的)?情况",
    r"(?:因)?(?:政府信息公开)?(?:工作|申请)?(?:被)?(?:申请|提起)?行政复议(?:、|和|及"
    r"|与)?(?:被)?(?:申请|提起)?"
    r"行政诉讼",
    r"(?:政府信息公开)?(?:工作)?(?:中)?存在的?(?:主要)?(?:问题|不足)(?:(?:和|及|与|、)(?:困难|不足"
    r"|问题))?"
    r"(?:(?:和|及|以及|与|、)(?:整改|改进)(?:情况|措施|意见|方向|计划|办法))?",
    r"存在的?主要(?:和|及)改进(?:情况|措施)",
    r"主要问题(?:和|及)改进(?:情况|措施)",
    r"(?:政府)?信息公开(?:的)?收费(?:及|和)减免(?:的)?情况",
    r"其[他它]需要?(?:报告|说明)的(?:事项|情况)",
)
_GAP = r"\\s*"
_OFFICIAL_TITLE = re.compile(
    "|".join(
        re.sub(r"(?<=[\u4e00-\u9fff、])(?=[\u4e00-\u9fff、])", _GAP, pattern)
        for pattern in _OFFICIAL
    )
)

# Rows of table 三 look like headings (一、本年新收…), so does its note, and a label of a row.
_TABLE_ROW = re.compile(
    r"本年(?:度)?新收|上(?:一)?年(?:度)?结转|本年度?办理结果|结转下|予以公开|部分公开(?:\(|$)"
    r"|^不予公开$|无法提供"
    r"|不予处理|其他处理|^总计|属于(?:国家|三类|四类|行政)|第三方合法|三安全|其他法律.{0,4}行政"
    r"|不掌握|没有现成"
    r"|补正后|信访(?:、)?举报|^重复申请|公开出版物|大量反复|重新出具|逾期|^其他\d*$|^[\d.|-]+$"
)
# The six sections in their order; used to place headings that lost their number.
_RANK: dict[str, int] = {
    "overview": 0, "disclosure": 1, "requests": 2, "review": 3, "problems": 4, "other": 5,
}  # fmt: skip

# --- numbering ---------------------------------------------------------------------------

_CN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
# Style, its depth in the usual order 一、 (一) 1. (1) ①, and the pattern of the number.
_STYLES: tuple[tuple[str, int, str], ...] = (
    ("cn", 1, rf"第?\s?(?P<cn>[{_CN}]{{1,3}})\s?(?:部分)?\s?[、.,:·](?:(?!\d)|(?=20\d\d))"
     rf"|第(?P<cn2>[{_CN}]{{1,2}})部分"),
    ("cn_paren", 2, rf"[(\[]?\s?(?P<cn_paren>[{_CN}]{{1,3}})\s?[)\]]\s?[、.,]?"),
    ("arabic", 3, r"(?P<arabic>\d{1,2})\s?(?:[、,]|\.(?!\d))(?!\d)"),
    ("arabic_paren", 4, r"[(]?\s?(?P<arabic_paren>\d{1,2})\s?[)]\s?[、.]?"),
    ("circled", 5, rf"(?P<circled>[{_CIRCLED}])\s?[、.]?"),
)  # fmt: skip
_DEPTH = {style: depth for style, depth, _ in _STYLES}
_NUMBER = re.compile(
    r"\s*#{0,6}\s*(?:\*\*)?\s*(?:" + "|".join(pattern for _, _, pattern in _STYLES) + r")\s*"
)
_STARTS = frozenset(f"{_CN}{_CIRCLED}0123456789第([# *")
# A heading inside a line: a number, after a sentence's end or a gap; an official title follows.
_INLINE = re.compile(rf"(?P<cn>[{_CN}])\s?[、.]\s*|[(](?P<paren>[{_CN}])[)]\s*")
_BEFORE_INLINE = frozenset("。;!?. |\n)")
_LISTING = re.compile(r"组成|部分|包括|分为|涵盖|内容有|内容为")
_TITLE_END = re.compile(r"[。:;!?\n|]|\s-|--|\s{2,}|(?<=情况|问题|措施|方面|事项|工作) ")
_LEADERS = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,})\s*\d*\s*$|\s\d{1,2}\s*$")
_LONGEST_TITLE = 40
_LONGEST_RUN_IN = 25  # a title that text follows in the same line is short


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``text[start:end]`` with its number, ``title`` without.

    ``level`` is 1 for the sections of the report. At level 2 and deeper a heading may be a
    statement of its own (``1.公开形式有待丰富``): it is a heading by its place alone.
    """

    start: int
    end: int
    level: int
    ordinal: int | None
    title: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may be a heading; ``kind`` None where the title says nothing."""

    start: int
    end: int
    style: str  # a style of _STYLES, or "" without a number
    ordinal: int | None
    title: str
    kind: SectionKind | None
    official: bool
    alone: bool  # nothing else in its line


def kind_of_title(title: str) -> SectionKind | None:
    """The section that a title (folded) opens, None where it names none of the form's.

    >>> kind_of_title("存在的主要和改进措施"), kind_of_title("加强领导")
    ('problems', None)
    """
    bare = "".join(title.split())
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(bare):
            return kind
    return None


class Outline(NamedTuple):
    """What may be a heading, and what of it opens a section; both in order."""

    candidates: list[_Candidate]
    opened: list[_Candidate]


def outline_of(document: Document) -> Outline:
    """What headings and sections are both made of, found once. Linear in the text."""
    candidates = _without_contents(list(_candidates(document, matchable(document))))
    return Outline(candidates, _sections(candidates))


def find_headings(document: Document, outline: Outline | None = None) -> tuple[Heading, ...]:
    """All headings of the report in order, of every level; rows of tables are none.

    Linear in the text. ``outline`` is that of the document where it is known already.
    """
    text = matchable(document)
    candidates, sections = outline or outline_of(document)
    chosen = {candidate.start: candidate for candidate in sections}
    main = next((c.style for c in sections if c.style), "cn")
    present = sorted(
        {c.style for c in candidates if c.style and c.style != main}, key=_DEPTH.__getitem__
    )
    level = {style: 2 + i for i, style in enumerate(present)}
    headings = []
    for candidate in candidates:
        if candidate.start in chosen:
            depth = 1
        elif candidate.style and candidate.style != main:
            depth = level[candidate.style]
        elif candidate.style:
            depth = 2  # the main numbering again, inside a section
        else:
            continue
        title = document.text[candidate.start : candidate.end]
        number = _NUMBER.match(text[candidate.start : candidate.end])
        headings.append(
            Heading(
                candidate.start,
                candidate.end,
                depth,
                candidate.ordinal,
                title[number.end() if number and candidate.style else 0 :].strip(" :：*"),
            )
        )
    return tuple(headings)


def find_sections(document: Document, outline: Outline | None = None) -> tuple[Section, ...]:
    """The report cut into sections that cover the text in order.

    ``intro`` is what stands before the first heading (its heading is the title, where there
    is one), ``footer`` signature, date and page furniture at the end. A text without any
    heading is one ``overview`` after its title. Two sections of one kind stay two sections.
    ``outline`` is that of the document where it is known already.

    Returns
    -------
    tuple of Section
        Empty only for an empty text; else ``sections[0].start == 0``,
        ``sections[-1].end == len(text)`` and no gaps.
    """
    text, size = matchable(document), len(document.text)
    if not size:
        return ()
    opened = (outline or outline_of(document)).opened
    title = _title(document, text, opened[0].start if opened else size)
    starts: list[tuple[int, SectionKind, str | None]] = []
    if not opened:
        body = title[1] if title else 0
        if body:
            starts.append((0, "intro", _heading_text(document, *title) if title else None))
        if body < size:
            starts.append((body, "overview", None))
    else:
        if opened[0].start > 0:
            starts.append((0, "intro", _heading_text(document, *title) if title else None))
        seen_after_overview = False
        for one in opened:
            kind = one.kind or ("other" if seen_after_overview else "overview")
            seen_after_overview |= kind != "overview"
            starts.append((one.start, kind, _heading_text(document, one.start, one.end)))
    last = opened[-1].end if opened else (title[1] if title else 0)
    footer = _footer(document, text, last)
    if footer < size:
        starts = [start for start in starts if start[0] < footer] + [(footer, "footer", None)]
    ends = [start for start, _, _ in starts[1:]] + [size]
    return tuple(
        Section(kind, heading, start, end)
        for (start, kind, heading), end in zip(starts, ends, strict=True)
    )


def _heading_text(document: Document, start: int, end: int) -> str:
    return " ".join(document.text[start:end].strip(" #*:：\n").split())


# --- candidates --------------------------------------------------------------------------


def _candidates(document: Document, text: str) -> Iterator[_Candidate]:
    """What may be a heading, in order: line starts, then headings inside of lines."""
    for block in document.blocks:
        if block.kind == "grid":
            continue
        start, end = block.start, block.end
        if end - start < 2 or text[start:end].isdecimal():
            continue  # a cell of a flattened table
        first = None
        if text[start] in _STARTS:
            first = _numbered(text, start, end)
        elif end - start <= _LONGEST_TITLE:
            first = _bare(text, start, end)
        if first is not None:
            yield first
        if end - start > 12:
            yield from _inline(text, first.end if first else start, end)


def _ordinal(match: re.Match[str]) -> tuple[str, int | None]:
    """Style and value of a matched number; None where its numerals make none (十三五)."""
    name = match.lastgroup or "cn"
    digits = match[name]
    style = {"cn2": "cn", "paren": "cn_paren"}.get(name, name)
    if digits.isdigit() and digits.isascii():
        return style, int(digits)
    if digits in _CIRCLED:
        return style, _CIRCLED.index(digits) + 1
    return style, numeral(digits)


def _numbered(text: str, start: int, end: int) -> _Candidate | None:
    """A heading at a line's start: number, then a title that ends soon."""
    number = _NUMBER.match(text, start, end)
    style, ordinal = _ordinal(number) if number else ("", None)
    if number is None or ordinal is None:
        return _bare(text, start, end)
    rest = number.end()
    found = _title_span(text, rest, end)
    if found is None:
        return None
    stop, official, alone = found
    title = text[rest:stop].strip(" :*")
    bare = "".join(title.split())
    if not bare or _TABLE_ROW.search(bare) or _LEADERS.search(text[start:end]):
        return None
    return _Candidate(start, stop, style, ordinal, title, kind_of_title(title), official, alone)


def _title_span(text: str, start: int, end: int) -> tuple[int, bool, bool] | None:
    """Where the title that begins at ``start`` ends, whether official, whether alone."""
    match = _OFFICIAL_TITLE.match(text, start, end)
    cut = _TITLE_END.search(text, start, end)
    if match is not None and (match.end() >= end or not _continues(text, match.end(), end)):
        stop = match.end()
        return stop, True, not text[stop:end].strip(" :。*")
    if cut is None:
        if end - start > _LONGEST_TITLE:
            return None
        stop = end
    else:
        stop = cut.start()
        if text[cut.start()] == "|":
            return None  # a row of a flattened table
    title = text[start:stop]
    alone = not text[stop:end].strip(" :。*")
    longest = _LONGEST_TITLE if alone else _LONGEST_RUN_IN
    if not title.strip() or len(title) > longest or ("," in title and not alone):
        return None
    return stop, False, alone


_CONTINUATION = re.compile(r"[\u4e00-\u9fff、,;]")


def _continues(text: str, at: int, end: int) -> bool:
    """Whether the wording goes on past an official title: 主动公开政府信息情况良好."""
    return _CONTINUATION.match(text, at, end) is not None


def _bare(text: str, start: int, end: int) -> _Candidate | None:
    """A line that is an official title and nothing else, its number lost."""
    line = text[start:end].strip(" #*:.、")
    if len(line) < 2 or line[-1] in "。;,":
        return None
    match = _OFFICIAL_TITLE.fullmatch(line)
    if match is None:
        return None
    return _Candidate(start, end, "", None, line, kind_of_title(line), True, True)


def _inline(text: str, start: int, end: int) -> Iterator[_Candidate]:
    """Headings that stand inside a line, behind a sentence or another heading."""
    for match in _INLINE.finditer(text, start, end):
        at = match.start()
        if at and text[at - 1] not in _BEFORE_INLINE:
            continue
        title = _OFFICIAL_TITLE.match(text, match.end(), end)
        # 二、主动公开政府信息情况我局… is a heading where a subject follows at once
        if title is None or text[title.end() : title.end() + 1] in ("、", ",", ";"):
            continue
        sentence = text.rfind("。", start, at) + 1
        stop = text.find("。", title.end(), end)
        tail = text[title.end() : stop if stop >= 0 else end]
        if _LISTING.search(text, max(sentence, start), at) or re.search(
            r"^.{0,200}(?:部分|内容)?(?:组成|构成)|等.{1,2}(?:个)?部分", tail
        ):
            continue
        style, ordinal = ("cn", match["cn"]) if match["cn"] else ("cn_paren", match["paren"])
        name = title[0]
        kind = kind_of_title(name)
        yield _Candidate(at, title.end(), style, numeral(ordinal), name, kind, True, False)


# --- the sections among them -------------------------------------------------------------


def _sections(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates that open a section, in order."""
    known = [c for c in candidates if c.kind is not None]
    if not known:
        return []
    main = _main_style(candidates)
    chosen: list[_Candidate] = []
    last = 0
    for candidate in candidates:
        if candidate.style != main or candidate.ordinal is None:
            continue
        if candidate.kind is None and not (candidate.alone and candidate.ordinal == last + 1):
            continue
        if candidate.ordinal <= last and not (
            candidate.official and candidate.kind not in {c.kind for c in chosen}
        ):
            continue  # the numbering starts again inside a section
        if candidate.ordinal > last + 4:
            continue
        if not candidate.official and not candidate.alone and candidate.ordinal != last + 1:
            continue
        chosen.append(candidate)
        last = candidate.ordinal
    for candidate in candidates:
        if candidate.style != main and candidate.official and _fills_a_gap(candidate, chosen):
            chosen.append(candidate)
            chosen.sort(key=lambda one: one.start)
    return chosen


def _main_style(candidates: Iterable[_Candidate]) -> str | None:
    """The outermost numbering that opens three kinds of sections, else the one with the most."""
    kinds: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.style and candidate.kind and candidate.ordinal:
            kinds.setdefault(candidate.style, set()).add(candidate.kind)
    return max(kinds, key=lambda style: (min(len(kinds[style]), 3), -_DEPTH[style]), default=None)


def _without_contents(candidates: list[_Candidate]) -> list[_Candidate]:
    """Leave out a table of contents: a run of titles that all come again further down."""
    later: dict[tuple[str, str], int] = {}
    for candidate in candidates:
        later[(candidate.style, "".join(candidate.title.split()))] = candidate.start
    run = 0
    for candidate, following in pairwise(candidates):
        again = later[(candidate.style, "".join(candidate.title.split()))] > candidate.start
        if not again or following.start - candidate.end > _LONGEST_TITLE:
            if again:
                run += 1
            break
        run += 1
    return candidates[run:] if run >= 3 else candidates


def _fills_a_gap(candidate: _Candidate, chosen: list[_Candidate]) -> bool:
    """Whether an official title without the main number opens a section that is missing."""
    if candidate.kind is None or any(one.kind == candidate.kind for one in chosen):
        return False
    if not chosen:
        return True
    rank = _RANK[candidate.kind]
    at = bisect_right([one.start for one in chosen], candidate.start)
    before = [_RANK[one.kind] for one in chosen[:at] if one.kind]
    after = [_RANK[one.kind] for one in chosen[at:] if one.kind]
    return all(one < rank for one in before) and all(one > rank for one in after)


# --- title and footer --------------------------------------------------------------------

_REPORT = re.compile(r"信息公\s*开.{0,14}(?:报\s*告|年报|总结|汇报)|(?:工作)?年度?(?:工作)?报\s*告"
    r"|年报$")
_SENTENCE = re.compile(r"[。;,]|根据|按照|现将|组成")
_TITLE_LINES = 12


def _title(document: Document, text: str, end: int) -> tuple[int, int] | None:
    """Span of the title among the first lines; two lines where it is broken."""
    before: tuple[int, int] | None = None
    for block in document.blocks[:_TITLE_LINES]:
        if block.start >= end or block.kind == "grid":
            break
        line = text[block.start : block.end]
        if len(line) <= 80 and not _SENTENCE.search(line) and not is_furniture(line):
            if _REPORT.search(line):
                begins = re.match(r"\s*(?:20|二|\(|信息|政府信息|年度)", line)
                start = before[0] if begins and before else block.start
                return start, block.end
            before = (block.start, block.end)
        else:
            before = None
    return None


_DATE_LINE = re.compile(
    r"[\s(]*(?:(?!截[至止]|自20)[^。;,:!?|\d]){0,40}?(?:(?:19"
    r"|20)\s?\d\s?\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*(?:\d{1,2}\s*日?)?"
    r"|[二〇零OoO0一三四五六七八九]{4}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十廿]{0,4}日?)[\s)]*"
)
_SIGNATURE = re.compile(
    r"[^。;,:!?|]{2,40}(?:局|厅|政府|委|委员会|办公室|办公厅|办事处|街道|中心|大学|学院|医院|公司"
    r"|镇|乡|会|院|部|站"
    r"|所|队|处|馆|社|行|校|库|市|县|区|省|署|办|园|台|室|组)[)\s]*"
)
_ATTACHMENT = re.compile(r"(?:附件?\d*|附表\d*|相关附件|附件下载)\s*:.{0,80}|.{1,80}\.(?:docx?|pdf"
    r"|xlsx?|wps|zip|ofd)")
_FOOTER_LINES = 60
_FOOTER_CHARACTERS = 600


def _footer(document: Document, text: str, after: int) -> int:
    """Where signature, date and page furniture at the end begin; the text's end for none."""
    size = len(text)
    blocks = [block for block in document.blocks[-_FOOTER_LINES:] if block.start >= after]
    first = len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        line = text[blocks[i].start : blocks[i].end].strip()
        if blocks[i].kind == "grid" or size - blocks[i].start > _FOOTER_CHARACTERS + len(line):
            break
        if len(line) <= 80 and _DATE_LINE.fullmatch(line):
            first = i
            break
    while first > 0:
        block = blocks[first - 1]
        line = text[block.start : block.end].strip()
        if block.kind == "grid" or not _closes(line):
            break
        first -= 1
    return blocks[first].start if first < len(blocks) else size


def _closes(line: str) -> bool:
    """Whether a line at the end belongs to the footer."""
    if len(line) > 200:
        return False
    return (
        is_furniture(line)
        or _DATE_LINE.fullmatch(line) is not None
        or _ATTACHMENT.fullmatch(line) is not None
        or (_SIGNATURE.fullmatch(line) is not None and not _NUMBER.match(line))
    )
