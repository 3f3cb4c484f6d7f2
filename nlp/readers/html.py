"""Web pages: the report apart from the page around it, tables as grids.

lxml feeds the page to a target as a stream of events, so no tree is built: a million nested
tags cost a second and no stack (selectolax needs 12 s for a tenth of that, and lxml's own tree
drops what lies deeper than 2,048 levels). Nothing is fetched and no script runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ..document import Document, TextBuilder, clean, fold
from ..errors import InputTooLarge
from ..report import Notice, Source
from .attachments import attachment_notice, holds_report, pointers
from .furniture import is_furniture
from .grids import Table, write_table

_DROPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math",
    "canvas", "audio", "video", "map", "select", "option", "button", "input", "textarea",
    "datalist", "nav", "footer", "aside", "dialog", "head", "title",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "summary", "ul", "caption",
})  # fmt: skip
_BREAKS = frozenset({"br", "hr"})
_CELLS = frozenset({"td", "th"})
_ENDS_LINK = _BLOCKS | _CELLS | {"table", "tr"}
_MOST_ELEMENTS = 400_000  # the largest real page seen has a tenth of that
_LARGEST_FURNITURE = 400  # characters; what is named like furniture and larger is none
_DEEPEST_TABLE = 16  # tables nested deeper are read as paragraphs

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Class or id of furniture on the sites of Chinese authorities, and of their report containers.
_FURNITURE_NAME = re.compile(
    r"^(?:nav|menu|breadcrumbs?|crumbs?|position|location|dqwz|wz|share|bdsharebuttonbox|bshare"
    r"|footer|foot|bottom|copyright|header|topbar|toolbar|sidebar|left_?nav|prev_?next|pagination"
    r"|related|xgwj|xglj|ewm|qrcode)(?:[-_].*)?$", re.I)  # fmt: skip
_CONTAINER_NAME = re.compile(
    r"^(?:TRS_(?:Editor|UEDITOR).*|UCAPCONTENT|zoom|zoomcon|article(?:[-_]?(?:con|content|body|box"
    r"|text|main))?|content|contents|con_?text|con|text_?con|news_?(?:con|content|text|body)|pages_"
    r"content|xl_?(?:con|content|main)|detail(?:[-_]?(?:con|content))?|view|mainText|vsb_content.*"
    r"|v_news_content|wp_articlecontent|Custom_UnionStyle|bt_content"
    r"|xxgk_content)$", re.I)  # fmt: skip
_TITLE_NAME = re.compile(r"(?:^|[-_ ])(?:title|tit|bt|biaoti|arti_title|newstitle)", re.I)
_TITLE = re.compile(r"信息公[开開].{0,12}(?:报告|報告|年报|年報|总结)|年度(?:报告|報告)")

# What must not stay outside of the part of the page that is taken for the report.
_ANCHOR = re.compile(
    r"^\s*(?:第?[一二三四五六七八]\s*(?:部分)?\s*[、.,:]|\([一二三四五六七八]\))\s*\S.*(?:情况"
    r"|问题|改进|事项|概述|附表)"
    r"|本年制发件数|本年新制作数量|本年处理决定数量|处理决定数量|本年收费金额|采购总金额"
    r"|本年新收政府信息公开申请|结转下年度|予以公开|尚未审结|未经复议直接起诉", re.M)  # fmt: skip
_CLOSING = re.compile(
    r"^\s*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
    r"|[二〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{0,3}日?"
    r"|\S{2,30}(?:局|厅|政府|委员会|办公室|办事处|中心|大学|学院))\s*$", re.M)  # fmt: skip

_DAY = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_PUBLISHED = re.compile(r"(?:发布|公开|发文|成文|生成|信息提供|更新|公布)(?:时间|日期)\s*:?\s*")
_META: dict[str, str] = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "contentsource": "agency",
}


_NO_ATTRIBUTES: dict[str, str] = {}


@dataclass(slots=True)
class _Element:
    """One element: where it opens and closes in the stream, what it is, how much it holds."""

    tag: str
    attributes: dict[str, str]
    parent: int
    opens: int
    hidden: bool
    furniture: bool  # by its class or id
    closes: int = -1
    size: int = 0  # characters inside
    weight: int = 0  # those of them that may be report


class _Stream:
    """lxml's parser target: the page as a flat list.

    ``tokens`` holds text as str, an opening as the element's number n, a closing as ``~n``.
    """

    def __init__(self) -> None:
        self.tokens: list[str | int] = []
        self.elements: list[_Element] = []
        self.hints: dict[str, str] = {}
        self._open: list[int] = []
        self._silent = 0  # open elements whose text does not count
        self._linked = False  # inside a link, which a block ends: some are never closed
        self._title: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.lower()
        number = len(self.elements)
        if number >= _MOST_ELEMENTS:
            raise InputTooLarge(
                f"has more than {_MOST_ELEMENTS:,} elements, no page of a report has: "
                "give the report's own page, or its text"
            )
        parent = self._open[-1] if self._open else -1
        own = dict(attributes) if attributes else _NO_ATTRIBUTES
        hidden = bool(own) and _hidden(own)
        furniture = bool(own) and any(map(_FURNITURE_NAME.match, _names(own)))
        element = _Element(tag, own, parent, len(self.tokens), hidden, furniture)
        self.elements.append(element)
        self.tokens.append(number)
        self._open.append(number)
        if tag == "meta":
            key = _META.get(element.attributes.get("name", "").lower())
            if key:
                self.hints.setdefault(key, element.attributes.get("content", ""))
        elif tag == "title" and "page" not in self.hints:
            self._title = []
        if _weightless(element):
            self._silent += 1
        if _is_link(element) or tag in _ENDS_LINK:
            self._linked = tag == "a"

    def end(self, tag: str) -> None:
        if not self._open:
            return
        number = self._open.pop()
        element = self.elements[number]
        element.closes = len(self.tokens)
        self.tokens.append(~number)
        if element.tag == "title" and self._title is not None:
            self.hints["page"], self._title = "".join(self._title), None
        if _weightless(element):
            self._silent -= 1
        if element.tag == "a":
            self._linked = False

    def data(self, text: str) -> None:
        self.tokens.append(text)
        if self._title is not None:
            self._title.append(text)
        if self._open:
            count = len(text) - text.count(" ")
            element = self.elements[self._open[-1]]
            element.size += count
            element.weight += 0 if self._silent or self._linked else count

    def comment(self, text: str) -> None:
        """Comments say nothing."""

    def close(self) -> None:
        """lxml calls this at the end; see :meth:`finish`."""

    def finish(self) -> None:
        """Close what is still open and add up sizes and weights, inner elements first."""
        while self._open:
            self.end("")
        for element in reversed(self.elements):  # children come after their parents
            if element.parent >= 0:
                parent = self.elements[element.parent]
                parent.size += element.size
                if not (element.furniture and element.size < _LARGEST_FURNITURE):
                    parent.weight += element.weight


def parse(text: str, source: Source, warnings: tuple[Notice, ...] = ()) -> Document:
    """A document of the report that the page holds; linear in the page."""
    stream = _Stream()
    target: Any = stream  # the stubs want str | bytes throughout; lxml gives str
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    try:
        parser.feed(clean(text).encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        pass  # what was read so far is kept
    stream.finish()
    items = _choose(stream)
    hints = _hints(stream, items)
    notices = list(warnings)
    builder = TextBuilder()
    _write_title(builder, stream, items, hints)
    for item in items:
        if isinstance(item, str):
            if not is_furniture(fold(item)):
                builder.paragraph(item)
        elif not write_table(builder, item):
            notices.append(
                Notice("wide_table", "a table is too wide to be a form and is read as lines")
            )
    only = None
    if not holds_report(fold(builder.text)):
        only = attachment_notice(_links(stream), _pictures(stream))
    if only is not None:
        notices.append(only)
        if not builder.blocks:  # so that the notice reaches the user
            builder.paragraph(hints.get("title", "") or only.message)
    return builder.build(source, hints, notices)


# --- choosing the part that is the report ------------------------------------------------


_TABLE_PARTS = ("tbody", "thead", "tfoot", "tr")


def _hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _names(attributes: dict[str, str]) -> list[str]:
    return f"{attributes.get('class', '')} {attributes.get('id', '')}".split()


def _weightless(element: _Element) -> bool:
    """Whether the text inside says nothing about where the report is."""
    return element.tag in _DROPPED or element.hidden


def _is_link(element: _Element) -> bool:
    return element.tag == "a" and "href" in element.attributes


def _choose(stream: _Stream) -> list[str | Table]:
    """The items of the report's element; of the whole page where hiding loses the report."""
    if not stream.elements:
        return []
    root = stream.elements[_report_element(stream)]
    items = _read(stream, root.opens, root.closes + 1)
    if not any(map(_tells_of_a_report, items)):
        everything = _read(stream, 0, len(stream.tokens), with_hidden=True)
        if any(map(_tells_of_a_report, everything)) or not items:
            return everything
    return items


def _tells_of_a_report(item: str | Table) -> bool:
    text = item if isinstance(item, str) else item.text()
    return "信息公开" in text or "信息公開" in text


def _report_element(stream: _Stream) -> int:
    """The number of the smallest element that holds the report, whole; a table and not its row,
    whose cells would be nothing without it."""
    chosen = _smallest_whole(stream)
    while stream.elements[chosen].tag in _TABLE_PARTS and stream.elements[chosen].parent >= 0:
        chosen = stream.elements[chosen].parent
    return chosen


def _smallest_whole(stream: _Stream) -> int:
    heaviest: dict[int, int] = {}
    for number, element in enumerate(stream.elements):
        best = heaviest.get(element.parent)
        if best is None or element.weight > stream.elements[best].weight:
            heaviest[element.parent] = number
    here, enough = 0, 0.5 * stream.elements[0].weight
    while True:
        child = heaviest.get(here)
        if child is None:
            return here
        inner, outer = stream.elements[child], stream.elements[here]
        share = 0.5 if any(map(_CONTAINER_NAME.match, _names(inner.attributes))) else 0.8
        if inner.tag in ("table", "tbody", "tr", *_CELLS) and inner.weight < outer.weight:
            share = 0.9
        if inner.weight == 0 or inner.weight < max(share * outer.weight, enough):
            return here
        if inner.tag not in _BLOCKS | {"table", "tbody", "tr", "font", "span", *_CELLS}:
            return here
        before = _lines(_read(stream, outer.opens + 1, inner.opens))
        after = _lines(_read(stream, inner.closes + 1, outer.closes))
        if _ANCHOR.search(before) or _ANCHOR.search(after) or _CLOSING.search(after):
            return here
        here = child


def _lines(items: list[str | Table]) -> str:
    lines = (item if isinstance(item, str) else item.text() for item in items)
    return "\n".join(line for line in map(fold, lines) if not is_furniture(line))


# --- reading a stretch of the stream -----------------------------------------------------

_GAP = re.compile(r"[ \t\r\n\f]+")
_BROKEN_LINE = re.compile(r"(?<=[\u3001-\uff60])[ \t]*[\r\n]\s*(?=[\u3001-\uff60])")
_HEADING = re.compile(r"^\s*[(]?[一二三四五六七八九十]+[、.)]|情况|问题|报告")
_LONGEST_LINK_LINE = 60


@dataclass(slots=True)
class _Reading:
    """Paragraphs and tables as they come; ``sinks`` is the page and the cells that are open."""

    sinks: list[list[str | Table]] = field(default_factory=lambda: [[]])
    tables: list[tuple[Table, int]] = field(default_factory=list)  # and the depth of its sink
    parts: list[str] = field(default_factory=list)
    linked: int = 0  # characters of the open paragraph that belong to links
    preformatted: int = 0

    def flush(self) -> None:
        """End the open paragraph."""
        if not self.parts:
            return
        raw = "".join(self.parts)
        self.parts.clear()
        linked, self.linked = self.linked, 0
        lines = raw.split("\n") if self.preformatted else [raw]
        for line in lines:
            text = _GAP.sub(" ", _BROKEN_LINE.sub("", line)).strip()
            if not text:
                continue
            only_links = linked >= 0.8 * len(raw.strip()) and len(text) <= _LONGEST_LINK_LINE
            if not (only_links and not _HEADING.search(fold(text))):
                self.sinks[-1].append(text)

    def open(self, element: _Element) -> None:
        tag = element.tag
        if tag == "table" and len(self.tables) < _DEEPEST_TABLE:
            self.flush()
            table = Table()
            self.sinks[-1].append(table)
            self.tables.append((table, len(self.sinks)))
        elif self.tables and tag == "tr":
            self.flush()
            self._leave_cell()
            self.tables[-1][0].rows.append([])
        elif self.tables and tag in _CELLS:
            self.flush()
            self._leave_cell()
            self.sinks.append(self.tables[-1][0].add_cell(element.attributes))
        elif tag in _BLOCKS or tag in _BREAKS or tag in ("tr", "table"):
            self.flush()
        elif tag in _CELLS:
            self.parts.append(" ")
        self.preformatted += tag == "pre"

    def close(self, element: _Element) -> None:
        tag = element.tag
        if tag in _BLOCKS or tag in ("tr", "table", *_CELLS):
            self.flush()
        self.preformatted -= tag == "pre" and self.preformatted > 0
        if tag in _CELLS:
            self._leave_cell()
        elif tag == "table" and self.tables:
            self._leave_cell()
            self.tables.pop()

    def _leave_cell(self) -> None:
        if self.tables:
            del self.sinks[self.tables[-1][1] :]


def _read(
    stream: _Stream, first: int, last: int, *, with_hidden: bool = False
) -> list[str | Table]:
    """Paragraphs and tables of the tokens from ``first`` up to ``last``."""
    reading = _Reading()
    table_elements: list[int] = []  # tables that were opened here, so that closings match
    linked = False
    at = first
    while at < last:
        token = stream.tokens[at]
        at += 1
        if isinstance(token, str):
            reading.parts.append(token)
            if linked:
                reading.linked += len(token.strip())
            continue
        element = stream.elements[token if token >= 0 else ~token]
        if token >= 0:
            if element.tag in _DROPPED or (not with_hidden and _is_left_out(stream, element)):
                reading.flush()
                at = max(at, min(last, element.closes + 1))
                continue
            if _is_link(element) or element.tag in _ENDS_LINK:
                linked = element.tag == "a"
            if element.tag == "table" and len(reading.tables) < _DEEPEST_TABLE:
                table_elements.append(token)
            reading.open(element)
        else:
            linked = linked and element.tag != "a"
            if element.tag == "table":
                if not table_elements or table_elements[-1] != ~token:
                    reading.flush()
                    continue
                table_elements.pop()
            reading.close(element)
    reading.flush()
    return reading.sinks[0]


def _is_left_out(stream: _Stream, element: _Element) -> bool:
    """Whether an element is hidden, or small and named as furniture; never date and signature."""
    if element.hidden:
        return True
    if not element.furniture or element.size >= _LARGEST_FURNITURE:
        return False
    strings = stream.tokens[element.opens : element.closes]
    return not _CLOSING.search(fold("\n".join(s for s in strings if isinstance(s, str))))


# --- what the page says about itself -----------------------------------------------------


def _iso(text: str) -> str | None:
    match = _DAY.search(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def _strings(stream: _Stream) -> Iterator[str]:
    for token in stream.tokens:
        if isinstance(token, str):
            yield token


def _links(stream: _Stream) -> Iterator[tuple[str, str]]:
    """``(target, shown text)`` of everything on the page that leads somewhere else."""
    for element in stream.elements:
        for target in pointers(element.tag, element.attributes):
            inside = stream.tokens[element.opens : min(element.closes, element.opens + 50)]
            yield target, "".join(part for part in inside if isinstance(part, str))


def _pictures(stream: _Stream) -> int:
    """Images of the page that are not marked as small, as icons are."""
    return sum(element.tag == "img" and not _is_small(element) for element in stream.elements)


def _is_small(element: _Element) -> bool:
    return any(re.match(r"\s*\d{1,2}(?:px)?\s*$", element.attributes.get(side, ""))
               for side in ("width", "height"))  # fmt: skip


def _hints(stream: _Stream, items: list[str | Table]) -> dict[str, str]:
    """``title``, ``published`` and ``agency`` as far as the page gives them."""
    hints = {key: clean(value).strip() for key, value in stream.hints.items()}
    page = hints.pop("page", "")
    if not hints.get("title") or not _TITLE.search(hints["title"]):
        hints["title"] = page or hints.get("title", "")
    published = _iso(fold(hints.pop("published", "")))
    if published is None:
        text = fold("".join(_strings(stream)))
        for match in _PUBLISHED.finditer(text):
            if day := _DAY.match(text, match.end()):
                published = _iso(day[0])
                break
    if published is not None:
        hints["published"] = published
    return {key: value for key, value in hints.items() if value}


def _write_title(
    builder: TextBuilder, stream: _Stream, items: list[str | Table], hints: dict[str, str]
) -> None:
    """Put the title first where it stands outside of the element that was chosen."""
    opening = _lines(items[:6])[:1000].split("\n")
    if any(_TITLE.search(line) and len(line) <= 80 for line in opening):
        return
    for element in stream.elements:
        is_title = element.tag in ("h1", "h2", "h3") or any(
            map(_TITLE_NAME.search, _names(element.attributes))
        )
        if is_title and element.size <= 120 and element.closes - element.opens < 60:
            lines = [i for i in _read(stream, element.opens, element.closes) if isinstance(i, str)]
            if _TITLE.search("".join(lines)):
                for line in lines:
                    builder.paragraph(line)
                return
    title = hints.get("title", "")
    if _TITLE.search(title) and len(title) <= 80:
        builder.paragraph(title)
