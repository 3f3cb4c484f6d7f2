"""What a page says about itself: title, date, agency, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..document import clean, fold
from .attachments import pointers
from .page import Page, names
from .stretch import Item, lines, read

__all__ = ["hints_of", "links", "missing_title", "pictures"]

_TITLE_NAME = re.compile(r"(?:^|[-_ ])(?:title|tit|bt|biaoti|arti_title|newstitle)", re.I)
_TITLE = re.compile(r"信息公[开開].{0,12}(?:报告|報告|年报|年報|总结)|年度(?:报告|報告)")
_DAY = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_PUBLISHED = re.compile(r"(?:发布|公开|发文|成文|生成|信息提供|更新|公布)(?:时间|日期)\s*:?\s*")
_OPENING_ITEMS, _OPENING = 6, 1000  # items and characters among which the title is expected
_LONGEST_TITLE = 80
_LARGEST_TITLE, _MOST_TOKENS = 120, 60  # characters and tokens of an element that is a title


def _iso(text: str) -> str | None:
    match = _DAY.search(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def hints_of(page: Page) -> dict[str, str]:
    """``title``, ``published`` and ``agency`` as far as the page gives them."""
    hints = {key: clean(value).strip() for key, value in page.hints.items()}
    window = hints.pop("page", "")
    if not hints.get("title") or not _TITLE.search(hints["title"]):
        hints["title"] = window or hints.get("title", "")
    published = _iso(fold(hints.pop("published", ""))) or _printed_day(page)
    if published is not None:
        hints["published"] = published
    return {key: value for key, value in hints.items() if value}


def _printed_day(page: Page) -> str | None:
    """The day that stands behind 发布时间 and the like, anywhere on the page."""
    text = "".join([token for token in page.tokens if isinstance(token, str)])
    if "时间" not in text and "日期" not in text:
        return None
    text = fold(text)
    for match in _PUBLISHED.finditer(text):
        if day := _DAY.match(text, match.end()):
            return _iso(day[0])
    return None


def missing_title(page: Page, items: list[Item], hints: dict[str, str]) -> list[str]:
    """The lines of the title where it stands outside of the items that were chosen."""
    opening = lines(items[:_OPENING_ITEMS])[:_OPENING].split("\n")
    if any(len(line) <= _LONGEST_TITLE and _TITLE.search(line) for line in opening):
        return []
    for number in range(len(page.tags)):
        if _is_title(page, number):
            inner = read(page, page.opens[number], page.closes[number])
            found = [item for item in inner if isinstance(item, str)]
            if _TITLE.search("".join(found)):
                return found
    title = hints.get("title", "")
    return [title] if _TITLE.search(title) and len(title) <= _LONGEST_TITLE else []


def _is_title(page: Page, number: int) -> bool:
    if page.sizes[number] > _LARGEST_TITLE:
        return False
    if page.closes[number] - page.opens[number] >= _MOST_TOKENS:
        return False
    return page.tags[number] in ("h1", "h2", "h3") or any(
        map(_TITLE_NAME.search, names(page.attributes[number]))
    )


def links(page: Page) -> Iterator[tuple[str, str]]:
    """``(target, shown text)`` of everything on the page that leads somewhere else."""
    for number, (tag, attributes) in enumerate(zip(page.tags, page.attributes, strict=True)):
        for target in pointers(tag, attributes) if attributes else ():
            first = page.opens[number]
            inside = page.tokens[first : min(page.closes[number], first + 50)]
            yield target, "".join(part for part in inside if isinstance(part, str))


def pictures(page: Page) -> int:
    """Images of the page that are not marked as small, as icons are."""
    images = (a for tag, a in zip(page.tags, page.attributes, strict=True) if tag == "img")
    return sum(not _is_small(attributes) for attributes in images)


def _is_small(attributes: Mapping[str, str]) -> bool:
    return any(re.match(r"\s*\d{1,2}(?:px)?\s*$", attributes.get(side, ""))
               for side in ("width", "height"))  # fmt: skip
