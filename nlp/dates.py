"""The year that a report is on, and the day on which it was published."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .document import Document
from .report import Notice, Section
from .title_lines import SCHOOL_YEAR, YEAR
from .tokens import numeral

_DIGITS = {**dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)), "O": "0", "o": "0"}
_PERIOD = re.compile(
    r"(?P<from>20\d\d)\s*年?\s*[./-]?\s*(?P<month>\d{1,2})\s*[月./-]\s*\d{1,2}\s*日?\s*起?\s*,?\s*(?:到|至|-|~)\s*"
    r"(?:(?P<to>20\d\d)\s*[年./-])?\s*(?P<until>\d{1,2})\s*[月./-]\s*\d{1,2}\s*日?"
)
_TITLE_YEAR = re.compile(rf"(?P<school>{SCHOOL_YEAR})|(?P<year>{YEAR})\s*年")
_ANY_YEAR = re.compile(r"(20\d\d)\s*年")
_DATE = re.compile(
    r"(?P<y>20\s?\d\s?\d"
    r"|19\s?\d\s?\d)\s*[年.\-/]\s*(?P<m>\d{1,2})\s*[月.\-/]\s*(?:(?P<d>\d{1,2})(?:\s*日|(?!\d)))?"
)
_CN_DATE = re.compile(
    r"(?P<y>[二一][〇零○OoO0九][〇零一二三四五六七八九O0]{2})\s*年\s*(?P<m>[一二三四五六七八九十元]{1,2})\s*月"
    r"\s*(?:(?P<d>[一二三四五六七八九十廿]{1,3})\s*日)?"
)
_PUBLISHED = re.compile(r"(?:发布|公开|发文|成文|生成|信息提供|更新|公布)(?:时间|日期)\s*:?\s*")


def _plain_year(digits: str) -> int | None:
    plain = "".join(_DIGITS.get(c, c) for c in digits if not c.isspace())
    year = int(plain) if plain.isascii() and plain.isdigit() else 0
    return year if 2000 <= year <= 2099 else None


def _year_of_title(title: str) -> tuple[int | None, bool]:
    match = _TITLE_YEAR.search(title)
    if match is None:
        return None, False
    if match["school"]:
        return max(map(int, re.findall(r"20\d\d", match["school"]))), True
    return _plain_year(match["year"]), False


def year_of(text: str, titles: list[str], notices: list[Notice]) -> tuple[int | None, bool]:
    """The year, and whether it is a school year."""
    votes: Counter[int] = Counter()
    school = False
    title_year = None
    for title in titles:
        title_year, of_school = _year_of_title(title)
        school |= of_school
        if title_year is not None:
            votes[title_year] += 3
            break
    period_year = None
    for period in _PERIOD.finditer(text[:6000]):
        first, last = int(period["from"]), int(period["to"] or period["from"])
        whole = (period["month"].lstrip("0"), period["until"]) == ("1", "12") and first == last
        over_two = last == first + 1 and period["month"].lstrip("0") in ("8", "9", "7")
        if whole or over_two:
            period_year, school = last, school or over_two
            votes[last] += 3
            break
    said = Counter(int(year) for year in _ANY_YEAR.findall(text))
    if said:
        votes[said.most_common(1)[0][0]] += 1 if votes else 2 * (said.most_common(1)[0][1] >= 2)
    if title_year is not None and period_year is not None and title_year != period_year:
        notices.append(
            Notice(
                "year_conflict",
                f"the title says {title_year}, the period of the figures {period_year}",
                "meta.year",
            )
        )
    best = max(votes, key=lambda year: (votes[year], year == title_year), default=None)
    return (best if best and votes[best] else None), school


def _counted(digits: str) -> int:
    """The value of a month or a day; ValueError for numerals that make no number (一五)."""
    if digits.isdigit():
        return int(digits)
    value = numeral(digits.replace("元", "一").replace("廿", "二十"))
    if value is None:
        raise ValueError(digits)
    return value


def _iso(match: re.Match[str]) -> str | None:
    """The day of a matched date; None where it has no day or is none of the calendar."""
    year = _plain_year(match["y"])
    if year is None or match["d"] is None:
        return None
    try:
        return datetime.date(year, _counted(match["m"]), _counted(match["d"])).isoformat()
    except ValueError:
        return None


def dates_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    found = [*_DATE.finditer(text, start, end), *_CN_DATE.finditer(text, start, end)]
    return iter(sorted(found, key=lambda match: match.start()))


def published_on(
    document: Document, text: str, sections: Sequence[Section], notices: list[Notice]
) -> str | None:
    """The date under the signature, else what the page says."""
    partial = False
    signed = _signature_dates(document, text, sections)
    for match in signed:
        day = _iso(match)
        if day is not None:
            return day
        partial = True
    hint = document.hints.get("published")
    if hint:
        return hint
    opening = sections[0].end if sections else len(text)
    for label in _PUBLISHED.finditer(text, 0, min(opening, 1500)):
        date = _DATE.match(text, label.end())
        if date is not None and (day := _iso(date)):
            return day
    message = "the date is not complete" if partial else "no date of publication was found"
    notices.append(Notice("no_published", message, "meta.published"))
    return None


def _signature_dates(
    document: Document, text: str, sections: Sequence[Section]
) -> Iterator[re.Match[str]]:
    """Dates of the footer, the one nearest to the report's end first; then of a last line."""
    if sections and sections[-1].kind == "footer":
        yield from dates_in(text, sections[-1].start, sections[-1].end)
        return
    if document.blocks:
        last = document.blocks[-1]
        line = text[last.start : last.end]
        for match in dates_in(text, last.start, last.end):
            if not line[match.end() - last.start :].strip(" )。"):
                yield match
