"""What may be a heading: numbers and titles at the start of lines and inside them.

Headings are found by their numbering and by their titles together, because either may be lost:
numbers vanish in conversion, titles lose words, all headings may stand in one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Document
from .report import SectionKind
from .section_titles import OFFICIAL_TITLE, TABLE_ROW, kind_of_title
from .tokens import numeral

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
DEPTH = {style: depth for style, depth, _ in _STYLES}
NUMBER = re.compile(
    r"\s*#{0,6}\s*(?:\*\*)?\s*(?:" + "|".join(pattern for _, _, pattern in _STYLES) + r")\s*"
)
_STARTS = frozenset(f"{_CN}{_CIRCLED}0123456789第([# *")
# A heading inside a line: a number, after a sentence's end or a gap; an official title follows.
_INLINE = re.compile(rf"(?P<cn>[{_CN}])\s?[、.]\s*|[(](?P<paren>[{_CN}])[)]\s*")
_BEFORE_INLINE = frozenset("。;!?. |\n)")
_LISTING = re.compile(r"组成|部分|包括|分为|涵盖|内容有|内容为")
_TITLE_END = re.compile(r"[。:;!?\n|]|\s-|--|\s{2,}|(?<=情况|问题|措施|方面|事项|工作) ")
_LEADERS = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,})\s*\d*\s*$|\s\d{1,2}\s*$")
LONGEST_TITLE = 40
_LONGEST_RUN_IN = 25  # a title that text follows in the same line is short


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a heading; ``kind`` None where the title says nothing."""

    start: int
    end: int
    style: str  # a style of DEPTH, or "" without a number
    ordinal: int | None
    title: str
    kind: SectionKind | None
    official: bool
    alone: bool  # nothing else in its line


def candidates_of(document: Document, text: str) -> Iterator[Candidate]:
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
        elif end - start <= LONGEST_TITLE:
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


def _numbered(text: str, start: int, end: int) -> Candidate | None:
    """A heading at a line's start: number, then a title that ends soon."""
    number = NUMBER.match(text, start, end)
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
    if not bare or TABLE_ROW.search(bare) or _LEADERS.search(text[start:end]):
        return None
    return Candidate(start, stop, style, ordinal, title, kind_of_title(title), official, alone)


def _title_span(text: str, start: int, end: int) -> tuple[int, bool, bool] | None:
    """Where the title that begins at ``start`` ends, whether official, whether alone."""
    match = OFFICIAL_TITLE.match(text, start, end)
    cut = _TITLE_END.search(text, start, end)
    if match is not None and (match.end() >= end or not _continues(text, match.end(), end)):
        stop = match.end()
        return stop, True, not text[stop:end].strip(" :。*")
    if cut is None:
        if end - start > LONGEST_TITLE:
            return None
        stop = end
    else:
        stop = cut.start()
        if text[cut.start()] == "|":
            return None  # a row of a flattened table
    title = text[start:stop]
    alone = not text[stop:end].strip(" :。*")
    longest = LONGEST_TITLE if alone else _LONGEST_RUN_IN
    if not title.strip() or len(title) > longest or ("," in title and not alone):
        return None
    return stop, False, alone


_CONTINUATION = re.compile(r"[\u4e00-\u9fff、,;]")


def _continues(text: str, at: int, end: int) -> bool:
    """Whether the wording goes on past an official title: 主动公开政府信息情况良好."""
    return _CONTINUATION.match(text, at, end) is not None


def _bare(text: str, start: int, end: int) -> Candidate | None:
    """A line that is an official title and nothing else, its number lost."""
    line = text[start:end].strip(" #*:.、")
    if len(line) < 2 or line[-1] in "。;,":
        return None
    match = OFFICIAL_TITLE.fullmatch(line)
    if match is None:
        return None
    return Candidate(start, end, "", None, line, kind_of_title(line), True, True)


def _inline(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Headings that stand inside a line, behind a sentence or another heading."""
    for match in _INLINE.finditer(text, start, end):
        at = match.start()
        if at and text[at - 1] not in _BEFORE_INLINE:
            continue
        title = OFFICIAL_TITLE.match(text, match.end(), end)
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
        yield Candidate(at, title.end(), style, numeral(ordinal), name, kind, True, False)
