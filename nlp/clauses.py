"""A clause, the unit that is labelled, and the ordinal at its head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .report import SectionKind
from .tokens import numeral


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, ``text == document.text[start:end]``, without its end mark.

    Attributes
    ----------
    section : SectionKind or None
        None for lone lines, which belong to no report.
    heading : str
        The nearest headings above, outermost first, joined by a space.
    lead_in : str
        The open lead-in that governs the list or the paragraph (主要表现在 / 下一步，我局将…).
    previous : str
        Text of the clause before, whatever its line.
    ordinal : int or None
        Of a list item: 一是, （二）, 3., ④, 首先.
    paragraph : int
        Number of the line, counted from 0.
    year_gap : int or None
        The last year that the clause or its lead-in names, minus the report's own year.
    """

    start: int
    end: int
    text: str
    section: SectionKind | None = None
    heading: str = ""
    lead_in: str = ""
    previous: str = ""
    ordinal: int | None = None
    paragraph: int = 0
    is_heading: bool = False
    year_gap: int | None = None


_CIRCLED = {chr(0x2460 + number): number + 1 for number in range(20)}
_FIRSTLY = {"首先": 1, "其次": 2, "再次": 3, "最后": 4, "一方面": 1, "另一方面": 2}
_ORDINAL = re.compile(
    r"\s*(?:(?P<item>[一二三四五六七八九十]{1,3})(?:是|要|方面)(?!否)"
    r"|第(?P<nth>[一二三四五六七八九十]{1,3})(?=[,、:是])"
    r"|(?P<word>首先|其次|再次|最后|一方面|另一方面)(?=[,:]|是|要)"
    r"|[(\[]?(?P<han>[一二三四五六七八九十]{1,3})(?:[)\]]|[、.](?!\d))"
    r"|\(?(?P<number>\d{1,2})(?:[)、]|\.(?!\d))"
    r"|(?P<circled>[\u2460-\u2473]))[、.,:]?\s*"
)


def ordinal_of(folded: str) -> tuple[int | None, int]:
    """The ordinal at the head of a folded text, and how many characters it takes.

    Numerals that make no number (十三五、, 一二是) are no ordinal.

    >>> ordinal_of("二是更新不及时"), ordinal_of("(三)加强培训"), ordinal_of("主动公开")
    ((2, 2), (3, 3), (None, 0))
    """
    match = _ORDINAL.match(folded)
    if match is None:
        return None, 0
    found = match.groupdict()
    if found["number"]:
        value: int | None = int(found["number"])
    elif found["circled"]:
        value = _CIRCLED[found["circled"]]
    elif found["word"]:
        value = _FIRSTLY[found["word"]]
    else:
        value = numeral(found["item"] or found["nth"] or found["han"])
    return (None, 0) if value is None else (value, match.end())
