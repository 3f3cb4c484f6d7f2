"""From corpora to what the tagger learns from: clauses with context, label, topics, group.

Reports go through the same cutting as at run time (``units="cut"``): a cut clause takes the
label of the labelled one that it overlaps most. ``units="labelled"`` keeps the writers' cuts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from nlp.clauses import Clause, ordinal_of
from nlp.document import Document, TextBuilder, fold
from nlp.headings import find_headings
from nlp.narrative import clauses_at, cut_clauses
from nlp.report import Source
from nlp.section_titles import kind_of_title
from nlp.sections import find_sections

from .corpus import Record

Units = Literal["cut", "labelled"]
_ORDINAL = re.compile(r"^\s*\(?[一二三四五六七八九十]+[、.)]\s*")
_CONTEXT = re.compile(r"^\[(?P<heading>.*?)\]\s*(?P<before>.*)$")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled clause. ``group`` is the document; ``source`` the writing pass."""

    clause: Clause
    label: str
    topics: tuple[str, ...]
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a rendered report."""

    start: int
    end: int
    label: str
    topics: tuple[str, ...]
    heading: bool


def render(report: Mapping[str, Any]) -> tuple[Document, list[Span]]:
    """A labelled report as a document, a paragraph a line, with the spans of its clauses."""
    builder = TextBuilder()
    spans: list[Span] = []
    for paragraph in report["paragraphs"]:
        position = len(builder.text)
        for clause in paragraph:
            end = position + len(clause["text"])
            spans.append(
                Span(position, end, clause["label"], tuple(clause["topics"]), clause["heading"])
            )
            position = end
        builder.paragraph("".join(clause["text"] for clause in paragraph))
    return builder.build(Source(report["id"], "txt", "")), spans


def _align(clauses: Sequence[Clause], spans: Sequence[Span]) -> Iterator[tuple[Clause, Span]]:
    first = 0
    for clause in clauses:
        while first < len(spans) and spans[first].end <= clause.start:
            first += 1
        best, most = None, 0
        for span in spans[first:]:
            if span.start >= clause.end:
                break
            shared = min(span.end, clause.end) - max(span.start, clause.start)
            if shared > most:
                best, most = span, shared
        if best is not None:
            yield clause, best


def report_examples(report: Record, units: Units = "cut") -> list[Example]:
    """The labelled clauses of one report."""
    document, spans = render(report)
    sections, headings = find_sections(document), find_headings(document)
    if units == "cut":
        clauses = cut_clauses(document, sections, headings)
    else:
        bounds = [(span.start, span.end, span.heading) for span in spans]
        clauses = clauses_at(document, bounds, sections, headings)
    group = f"{report['pass']}/{report['id']}"
    return [
        Example(clause, span.label, span.topics, group, report["pass"])
        for clause, span in _align(clauses, spans)
    ]


def _lone(text: str) -> Clause:
    return Clause(0, len(text), text, ordinal=ordinal_of(fold(text))[0])


def clause_in_context(text: str, context: str) -> Clause:
    """A lone clause with a context string ``[heading] preceding clause or lead-in``."""
    found = _CONTEXT.match(context.strip())
    heading = found["heading"].strip() if found else ""
    before = (found["before"] if found else context).strip()
    section = kind_of_title(_ORDINAL.sub("", fold(heading))) if heading else None
    if not before:
        return replace(_lone(text), section=section, heading=heading)
    builder = TextBuilder()
    builder.paragraph(before + ("" if before[-1] in "：:，,；;。" else "：") + text)
    document = builder.build(Source("", "txt", ""))
    start = document.text.rindex(text)
    spans = [(0, len(before), False), (start, start + len(text), False)]
    last = clauses_at(document, spans, (), ())[-1]
    return replace(last, start=0, end=len(last.text), section=section, heading=heading)


def statement_examples(records: Sequence[Record]) -> list[Example]:
    """Isolated statements, each a document of one clause; the pass is the group."""
    return [
        Example(
            clause_in_context(record["text"], record["context"]),
            record["label"],
            tuple(record["topics"]),
            record["pass"],
            record["pass"],
        )
        for record in records
    ]


def bare_examples(examples: Sequence[Example], share: float, seed: int) -> list[Example]:
    """A share of report clauses again as lone lines, so that those are known too."""
    chosen = random.Random(seed).sample(list(examples), int(len(examples) * share))
    bare = []
    for example in chosen:
        bare.append(replace(example, clause=_lone(example.clause.text)))
    return bare
