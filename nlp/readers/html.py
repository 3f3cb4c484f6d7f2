"""Web pages: the report apart from the page around it, tables as grids.

``page`` makes a flat list of the page, this module chooses the element that is the report,
``stretch`` reads it, ``grids`` writes its tables, ``page_hints`` tells title, date and agency.
"""

from __future__ import annotations

import re

from ..document import Document, TextBuilder, clean, fold
from ..report import Notice, Source
from . import page_hints
from .attachments import attachment_notice, holds_report
from .furniture import is_furniture
from .grids import write_table
from .page import BLOCK, CELL, ROW, TABLE, Page, names, read_page
from .stretch import CLOSING, Item, lines, read

# Class or id of the element that holds a report on the sites of Chinese authorities.
_CONTAINER_NAME = re.compile(
    r"^(?:TRS_(?:Editor|UEDITOR).*|UCAPCONTENT|zoom|zoomcon|article(?:[-_]?(?:con|content|body|box"
    r"|text|main))?|content|contents|con_?text|con|text_?con|news_?(?:con|content|text|body)|pages_"
    r"content|xl_?(?:con|content|main)|detail(?:[-_]?(?:con|content))?|view|mainText|vsb_content.*"
    r"|v_news_content|wp_articlecontent|Custom_UnionStyle|bt_content"
    r"|xxgk_content)$", re.I)  # fmt: skip
# What must not stay outside of the part of the page that is taken for the report.
_ANCHOR = re.compile(
    r"^\s*(?:第?[一二三四五六七八]\s*(?:部分)?\s*[、.,:]|\([一二三四五六七八]\))\s*\S.*(?:情况"
    r"|问题|改进|事项|概述|附表)"
    r"|本年制发件数|本年新制作数量|本年处理决定数量|处理决定数量|本年收费金额|采购总金额"
    r"|本年新收政府信息公开申请|结转下年度|予以公开|尚未审结|未经复议直接起诉", re.M)  # fmt: skip
_TABLE_PARTS = ("tbody", "thead", "tfoot", "tr")
_MAY_BE_ROOT = frozenset({"tbody", "font", "span"})
_SHARE, _SHARE_OF_CONTAINER, _SHARE_OF_CELL = 0.8, 0.5, 0.9
_ENOUGH = 0.5  # of the page's weight; what holds less is no report


def parse(text: str, source: Source, warnings: tuple[Notice, ...] = ()) -> Document:
    """A document of the report that the page holds; linear in the page."""
    page = read_page(clean(text))
    items = _choose(page)
    hints = page_hints.hints_of(page)
    notices = list(warnings)
    builder = TextBuilder()
    for line in page_hints.missing_title(page, items, hints):
        builder.paragraph(line)
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
        only = attachment_notice(page_hints.links(page), page_hints.pictures(page))
    if only is not None:
        notices.append(only)
        if not builder.blocks:  # so that the notice reaches the user
            builder.paragraph(hints.get("title", "") or only.message)
    return builder.build(source, hints, notices)


def _choose(page: Page) -> list[Item]:
    """The items of the report's element; of the whole page where hiding loses the report."""
    if not page.tags:
        return []
    root = _report_element(page)
    items = read(page, page.opens[root], page.closes[root] + 1)
    if not any(map(_tells_of_a_report, items)):
        everything = read(page, 0, len(page.tokens), with_hidden=True)
        if any(map(_tells_of_a_report, everything)) or not items:
            return everything
    return items


def _tells_of_a_report(item: Item) -> bool:
    text = item if isinstance(item, str) else item.text()
    return "信息公开" in text or "信息公開" in text


def _report_element(page: Page) -> int:
    """The number of the smallest element that holds the report, whole; a table and not its row,
    whose cells would be nothing without it."""
    chosen = _smallest_whole(page)
    while page.tags[chosen] in _TABLE_PARTS and page.parents[chosen] >= 0:
        chosen = page.parents[chosen]
    return chosen


def _smallest_whole(page: Page) -> int:
    weights, flags = page.weights, page.flags
    heaviest = _heaviest_children(page)
    here, enough = 0, _ENOUGH * weights[0]
    while True:
        inner = heaviest.get(here)
        if inner is None:
            return here
        share = _SHARE
        if any(map(_CONTAINER_NAME.match, names(page.attributes[inner]))):
            share = _SHARE_OF_CONTAINER
        in_table = flags[inner] & (TABLE | ROW | CELL) or page.tags[inner] == "tbody"
        if in_table and weights[inner] < weights[here]:
            share = _SHARE_OF_CELL
        if weights[inner] == 0 or weights[inner] < max(share * weights[here], enough):
            return here
        if not flags[inner] & (BLOCK | TABLE | ROW | CELL) and page.tags[inner] not in _MAY_BE_ROOT:
            return here
        if _loses_the_report(page, here, inner):
            return here
        here = inner


def _heaviest_children(page: Page) -> dict[int, int]:
    """Each element's child of most weight, the first of several."""
    best: dict[int, int] = {}
    weights = page.weights
    for number, parent in enumerate(page.parents):
        if parent not in best or weights[number] > weights[best[parent]]:
            best[parent] = number
    return best


def _loses_the_report(page: Page, outer: int, inner: int) -> bool:
    """Whether parts of a report stand in ``outer`` before or after ``inner``."""
    before = lines(read(page, page.opens[outer] + 1, page.opens[inner]))
    if _ANCHOR.search(before):
        return True
    after = lines(read(page, page.closes[inner] + 1, page.closes[outer]))
    return bool(_ANCHOR.search(after) or CLOSING.search(after))
