"""A web page as a flat list of text, openings and closings, with what each element holds.

lxml feeds the page to a target as a stream of events, so no tree is built: a million nested
tags cost a second and no stack (selectolax needs 12 s for a tenth of that, and lxml's own tree
drops what lies deeper than 2,048 levels). Nothing is fetched and no script runs.

An element's sizes are differences of running totals, so that no second pass adds them up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from lxml import etree

from ..errors import InputTooLarge

__all__ = ["Page", "names", "read_page"]

# What an element is, as flags: one test of an integer for what would be several of a tag.
DROPPED: Final = 1  # nothing in it is text of the page
BLOCK: Final = 2  # parts paragraphs at both ends
BREAK: Final = 4  # parts them where it opens
ROW: Final = 8
CELL: Final = 16
TABLE: Final = 32
PREFORMATTED: Final = 64
ANCHOR: Final = 128
LINK: Final = 256  # an anchor that leads somewhere
HIDDEN: Final = 512
FURNITURE: Final = 1024  # by its class or id
ENDS_LINK: Final = BLOCK | CELL | TABLE | ROW
SILENT: Final = DROPPED | HIDDEN  # the text inside says nothing about where the report is
_MATTERS_AT_END: Final = SILENT | FURNITURE | ANCHOR

_DROPPED = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math",
    "canvas", "audio", "video", "map", "select", "option", "button", "input", "textarea",
    "datalist", "nav", "footer", "aside", "dialog", "head", "title",
)  # fmt: skip
_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu",
    "nav", "ol", "p", "pre", "section", "summary", "ul", "caption",
)  # fmt: skip
_MOST_ELEMENTS = 400_000  # the largest real page seen has a tenth of that
LARGEST_FURNITURE = 400  # characters; what is named like furniture and larger is none


def _kinds() -> dict[str, int]:
    kinds: dict[str, int] = {}
    for flag, tags in ((DROPPED, _DROPPED), (BLOCK, _BLOCKS), (BREAK, ("br", "hr")),
                       (ROW, ("tr",)), (CELL, ("td", "th")), (TABLE, ("table",)),
                       (PREFORMATTED, ("pre",)), (ANCHOR, ("a",))):  # fmt: skip
        for tag in tags:
            kinds[tag] = kinds.get(tag, 0) | flag
    return kinds


_KINDS = _kinds()
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Class or id of furniture on the sites of Chinese authorities.
_FURNITURE_NAME = re.compile(
    r"^(?:nav|menu|breadcrumbs?|crumbs?|position|location|dqwz|wz|share|bdsharebuttonbox|bshare"
    r"|footer|foot|bottom|copyright|header|topbar|toolbar|sidebar|left_?nav|prev_?next|pagination"
    r"|related|xgwj|xglj|ewm|qrcode)(?:[-_].*)?$", re.I)  # fmt: skip
_META: Mapping[str, str] = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "contentsource": "agency",
}
_OPENING = re.compile(r"<[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was met. What is said of element n stands at place n of each list.

    Attributes
    ----------
    tokens : list of str or int
        Text as str, an opening as the element's number n, a closing as ``~n``.
    tags, attributes, flags : list
        What the elements are; ``flags`` of this module.
    parents : list of int
        The number of the element around it, -1 for the outermost.
    opens, closes : list of int
        The places of its tokens.
    sizes, weights : list of int
        Characters inside, and those of them that may be report.
    hints : dict
        ``title``, ``published``, ``agency`` as meta elements give them, ``page`` as the title
        of the window.
    """

    tokens: list[str | int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: list[Mapping[str, str]] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    hints: dict[str, str] = field(default_factory=dict)


class _Target:
    """lxml's parser target: it fills a page. Functions over local names instead of methods, for
    there are a thousand events a report and they are half of the time that its reading takes.

    While an element is open, its size and weight are the page's totals where it opened.
    """

    def __init__(self, page: Page) -> None:
        tokens, hints = page.tokens, page.hints
        tags, attributes_, flags_, parents = page.tags, page.attributes, page.flags, page.parents
        opens, closes, sizes, weights = page.opens, page.closes, page.sizes, page.weights
        title: list[str] | None = None
        here = -1  # the innermost open element
        linked = False  # inside a link, which a block ends: some are never closed
        silent = size = weight = 0  # ``silent`` counts open elements whose text does not count

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal here, title, linked, silent
            flags = _KINDS.get(tag, 0)
            if attributes:
                flags |= _flags_of(tag, attributes)
                if tag == "meta" and (key := _META.get(attributes.get("name", "").lower())):
                    hints.setdefault(key, attributes.get("content", ""))
            number = len(tags)
            tags.append(tag)
            attributes_.append(attributes)
            flags_.append(flags)
            parents.append(here)
            opens.append(len(tokens))
            closes.append(-1)
            sizes.append(size)
            weights.append(weight)
            tokens.append(number)
            here = number
            if flags:
                if flags & SILENT:
                    silent += 1
                if flags & (LINK | ENDS_LINK):
                    linked = bool(flags & ANCHOR)
                if tag == "title" and "page" not in hints:
                    title = []

        def end(tag: str) -> None:
            nonlocal here, title, linked, silent, weight
            number = here
            if number < 0:
                return
            here = parents[number]
            closes[number] = len(tokens)
            tokens.append(~number)
            before = weights[number]
            inside = sizes[number] = size - sizes[number]
            weights[number] = weight - before
            flags = flags_[number]
            if flags & _MATTERS_AT_END:
                if flags & FURNITURE and inside < LARGEST_FURNITURE:
                    weight = before  # what is around it does not count it
                if flags & SILENT:
                    silent -= 1
                if flags & ANCHOR:
                    linked = False
                if title is not None and tags[number] == "title":
                    hints["page"], title = "".join(title), None

        def data(text: str) -> None:
            nonlocal size, weight
            tokens.append(text)
            if here >= 0:
                count = len(text) - text.count(" ")
                size += count
                if not silent:
                    if not linked:
                        weight += count
                elif title is not None:
                    title.append(text)

        def close() -> None:
            while here >= 0:
                end("")

        self.start, self.end, self.data, self.close = start, end, data, close


def _flags_of(tag: str, attributes: Mapping[str, str]) -> int:
    flags = LINK if tag == "a" and "href" in attributes else 0
    if "hidden" in attributes or (
        (style := attributes.get("style")) and _HIDDEN.search(style) is not None
    ):
        flags |= HIDDEN
    if ("class" in attributes or "id" in attributes) and any(
        map(_FURNITURE_NAME.match, names(attributes))
    ):
        flags |= FURNITURE
    return flags


def names(attributes: Mapping[str, str]) -> list[str]:
    """The classes and the id of an element."""
    if "class" not in attributes and "id" not in attributes:
        return []
    return f"{attributes.get('class', '')} {attributes.get('id', '')}".split()


def read_page(text: str) -> Page:
    """The page that a text is; linear in it, however it is broken.

    Raises
    ------
    InputTooLarge
        More elements than any page of a report has.
    """
    if text.count("<") > _MOST_ELEMENTS and len(_OPENING.findall(text)) > _MOST_ELEMENTS:
        raise InputTooLarge(
            f"has more than {_MOST_ELEMENTS:,} elements, no page of a report has: "
            "give the report's own page, or its text"
        )
    page = Page()
    target = _Target(page)
    parser = etree.HTMLParser(target=cast(Any, target), encoding="utf-8", huge_tree=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        pass  # what was read so far is kept
    target.close()
    return page
