"""The narrative of a report as clauses, each with the context that gives it its tense.

Tables are no narrative and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .clause_context import with_context
from .clause_ends import Span, spans_of, stripped
from .clauses import Clause
from .document import Document
from .headings import Heading
from .report import Section, Source
from .table_lines import is_table_line


def _narrative_lines(document: Document) -> Iterable[Span]:
    """Lines that hold narrative, in order; grids and flattened table lines are left out."""
    grids = [(block.start, block.end) for block in document.blocks if block.kind == "grid"]
    position = 0
    for line in document.folded.splitlines(keepends=True):
        text = line.rstrip("\n")
        start, end = position, position + len(text)
        position += len(line)
        if end == start or (grids and any(start < high and end > low for low, high in grids)):
            continue
        if not is_table_line(text):
            yield start, end


def cut_clauses(
    document: Document, sections: Sequence[Section], headings: Sequence[Heading]
) -> tuple[Clause, ...]:
    """The clauses of a report's narrative in order; headings are clauses of their own.

    Parameters
    ----------
    document : Document
    sections, headings
        From :func:`nlp.sections.find_sections` and :func:`nlp.headings.find_headings`.
    """
    marks = {heading.start: heading for heading in headings}
    starts = sorted(marks)
    spans: list[tuple[int, int, int, int | None]] = []
    for paragraph, (start, end) in enumerate(_narrative_lines(document)):
        inside = [marks[place] for place in starts if start <= place < end]
        position = start
        for heading in inside:
            spans += [(*span, paragraph, None) for span in spans_of(document.folded, position, heading.start)]
            low, high = stripped(document.folded, heading.start, min(heading.end, end))
            if high > low:
                spans.append((low, high, paragraph, heading.level))
            position = min(heading.end, end)
        spans += [(*span, paragraph, None) for span in spans_of(document.folded, position, end)]
    return with_context(document, spans, sections, headings)


def clauses_at(
    document: Document,
    spans: Sequence[tuple[int, int, bool]],
    sections: Sequence[Section],
    headings: Sequence[Heading],
) -> tuple[Clause, ...]:
    """Clauses with given bounds ``(start, end, is_heading)`` and the same context.

    For labelled text, whose cuts a person made; end marks are trimmed as in
    :func:`cut_clauses`.
    """
    levels = {heading.start: heading.level for heading in headings}
    placed = []
    for start, end, is_heading in spans:
        low, high = stripped(document.folded, start, end)
        paragraph = document.folded.count("\n", 0, low)
        placed.append((low, high, paragraph, levels.get(low, 1) if is_heading else None))
    return with_context(document, placed, sections, headings)


def cut_line(text: str) -> tuple[Clause, ...]:
    """The clauses of a lone text of one or more lines that belongs to no report.

    >>> [clause.text for clause in cut_line("一是内容不全面；二是更新慢。")]
    ['一是内容不全面', '二是更新慢']
    """
    return cut_clauses(Document(Source("", "txt", ""), text, ()), (), ())
