"""Pages that hold no report and only point to one: the attachment is named to the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from ..report import Notice

_ENDING = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar)$", re.I)
# Attributes that point to a file, by element; viewers carry it in a query (viewer.html?file=…).
_POINTERS: Mapping[str, tuple[str, ...]] = {
    "a": ("href",), "iframe": ("src",), "embed": ("src",), "object": ("data",),
}  # fmt: skip
_IN_QUERY = re.compile(r"[?&](?:file|url|src|path)=([^&#]+)", re.I)
# Signs that the report itself is on the page.
_REPORT = re.compile(
    r"^\s*[一二三四五六]\s*[、.].{2,40}$|本年制发|本年新制作|处理决定数量|予以公开|本年新收|结转下年", re.M
)
_SIGNS = 3
_MOST_NAMED = 5


def holds_report(text: str) -> bool:
    """Whether the folded text has headings or labels of a report, three of them or more."""
    found: set[str] = set()
    for match in _REPORT.finditer(text):
        found.add(match[0])
        if len(found) >= _SIGNS:
            return True
    return False


def attachment_notice(links: Iterable[tuple[str, str]], pictures: int) -> Notice | None:
    """A notice for a page that does not hold the report, where it says what does.

    Parameters
    ----------
    links : iterable of (target, shown text)
        Of links and frames.
    pictures : int
        How many images the report's part of the page shows.
    """
    names = list(dict.fromkeys(filter(None, (_file_name(*link) for link in links))))
    if names:
        shown = ", ".join(names[:_MOST_NAMED])
        message = f"the page holds no report, only attachments: {shown}; fetch and give that file"
        return Notice("attachment_only", message, names[0])
    if pictures:
        message = f"the page holds no report but {pictures} picture(s): the report may be in them"
        return Notice("pictures_only", message)
    return None


def _file_name(target: str, shown: str) -> str | None:
    """The name of the document that a link leads to, None where it leads to a page."""
    inner = _IN_QUERY.search(target)
    for address in (unquote(inner[1]) if inner else "", target):
        try:
            path = urlsplit(address.strip()).path
        except ValueError:
            continue
        if _ENDING.search(path):
            shown = " ".join(shown.split())
            file = unquote(path.rpartition("/")[2])
            return shown if _ENDING.search(shown) else f"{shown} ({file})" if shown else file
    shown = " ".join(shown.split())
    return shown if _ENDING.search(shown) else None


def pointers(tag: str, attributes: Mapping[str, str]) -> Iterable[str]:
    """The targets that an element points to."""
    for name in _POINTERS.get(tag, ()):
        if value := attributes.get(name):
            yield value
