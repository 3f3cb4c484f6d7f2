"""Headings: which candidates head something, on which level, and which open a section.

The official form has six sections since 2019; before, and at universities, the division is
free, so the numbering that opens most kinds of sections is taken for the outermost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .document import Document
from .heading_candidates import DEPTH, LONGEST_TITLE, NUMBER, Candidate, candidates_of
from .script import matchable

# The six sections in their order; used to place headings that lost their number.
_RANK: dict[str, int] = {
    "overview": 0, "disclosure": 1, "requests": 2, "review": 3, "problems": 4, "other": 5,
}  # fmt: skip


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


class Outline(NamedTuple):
    """What may be a heading, and what of it opens a section; both in order."""

    candidates: list[Candidate]
    opened: list[Candidate]


def outline_of(document: Document) -> Outline:
    """What headings and sections are both made of, found once. Linear in the text."""
    candidates = _without_contents(list(candidates_of(document, matchable(document))))
    return Outline(candidates, _openings(candidates))


def find_headings(document: Document, outline: Outline | None = None) -> tuple[Heading, ...]:
    """All headings of the report in order, of every level; rows of tables are none.

    Linear in the text. ``outline`` is that of the document where it is known already.
    """
    text = matchable(document)
    candidates, sections = outline or outline_of(document)
    chosen = {candidate.start: candidate for candidate in sections}
    main = next((c.style for c in sections if c.style), "cn")
    present = sorted(
        {c.style for c in candidates if c.style and c.style != main}, key=DEPTH.__getitem__
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
        number = NUMBER.match(text[candidate.start : candidate.end])
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


def _openings(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that open a section, in order."""
    known = [c for c in candidates if c.kind is not None]
    if not known:
        return []
    main = _main_style(candidates)
    chosen: list[Candidate] = []
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


def _main_style(candidates: Iterable[Candidate]) -> str | None:
    """The outermost numbering that opens three kinds of sections, else the one with the most."""
    kinds: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.style and candidate.kind and candidate.ordinal:
            kinds.setdefault(candidate.style, set()).add(candidate.kind)
    return max(kinds, key=lambda style: (min(len(kinds[style]), 3), -DEPTH[style]), default=None)


def _without_contents(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out a table of contents: a run of titles that all come again further down."""
    later: dict[tuple[str, str], int] = {}
    for candidate in candidates:
        later[(candidate.style, "".join(candidate.title.split()))] = candidate.start
    run = 0
    for candidate, following in pairwise(candidates):
        again = later[(candidate.style, "".join(candidate.title.split()))] > candidate.start
        if not again or following.start - candidate.end > LONGEST_TITLE:
            if again:
                run += 1
            break
        run += 1
    return candidates[run:] if run >= 3 else candidates


def _fills_a_gap(candidate: Candidate, chosen: list[Candidate]) -> bool:
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
