"""Clauses with one label become statements with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .clauses import Clause
from .report import Statement

if TYPE_CHECKING:
    from .clause_tags import ClauseTag

_SENTENCE_END = re.compile(r"[。！？!?：:\n]")
_MOST_TOPICS = 3


def merge(
    text: str, clauses: Sequence[Clause], tags: Sequence[ClauseTag]
) -> tuple[Statement, ...]:
    """Statements of a document: runs of clauses of one label within a sentence.

    An enumerated item (一是, 2., （三）) begins a statement of its own; its further clauses
    join it up to the end of the sentence. Headings and clauses labelled ``other`` do not join
    anything else. ``score`` is the mean of the clauses' probabilities weighted by length;
    ``topics`` are those of the clauses, the longest clause's first.

    Parameters
    ----------
    text : str
        The document's text, into which the clauses point.
    """
    return tuple(
        _statement(number, text, run) for number, run in enumerate(_runs(text, clauses, tags), 1)
    )


Run = list[tuple[Clause, "ClauseTag"]]


def _runs(text: str, clauses: Sequence[Clause], tags: Sequence[ClauseTag]) -> Iterator[Run]:
    run: Run = []
    for clause, tag in zip(clauses, tags, strict=True):
        if run and not _continues(text, run, clause, tag):
            yield run
            run = []
        run.append((clause, tag))
    if run:
        yield run


def _continues(text: str, run: Run, clause: Clause, tag: ClauseTag) -> bool:
    before, label = run[-1][0], run[-1][1].label
    return (
        tag.label == label
        and clause.ordinal is None
        and clause.section == before.section
        and not (clause.is_heading or before.is_heading)
        and _SENTENCE_END.search(text, before.end, clause.start) is None
    )


def _statement(number: int, text: str, run: Run) -> Statement:
    start, end = run[0][0].start, run[-1][0].end
    weight = sum(clause.end - clause.start for clause, _ in run)
    score = sum(tag.score * (clause.end - clause.start) for clause, tag in run) / weight
    longest_first = sorted(run, key=lambda pair: pair[0].start - pair[0].end)
    topics = dict.fromkeys(topic for _, tag in longest_first for topic in tag.topics)
    return Statement(
        id=f"s{number}",
        section=run[0][0].section or "other",
        start=start,
        end=end,
        text=text[start:end],
        label=run[0][1].label,
        score=round(score, 4),
        topics=tuple(topics)[:_MOST_TOPICS],
    )
