"""What the accurate tagger reads: runs of clauses with what governs the first of them.

A window is one text: the heading above, the open lead-in and the clause before, then the
clauses themselves, one after the other. The encoder reads it once and answers for every clause
that the window was made for, so that neighbours share the work and see each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .clauses import Clause
from .document import fold

LONGEST = 280  # characters of a window's clauses; one longer clause stands alone, cut
_LONGEST_CLAUSE = 360
_HEADING, _LEAD_IN, _PREVIOUS = 24, 40, 40  # characters kept of what stands before a window
_AFTER_CONTEXT = " → "


@dataclass(frozen=True, slots=True)
class Window:
    """A text to encode, with the place of each clause in it.

    Attributes
    ----------
    text : str
    spans : tuple of (int, int)
        Start and end in ``text`` of each clause, in order.
    rows : tuple of int
        Which clauses these are, as numbers in the caller's sequence.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    rows: tuple[int, ...]


def _context(clause: Clause) -> str:
    """Heading, lead-in and clause before, each once, the nearest words kept."""
    parts = [clause.heading[-_HEADING:], clause.lead_in[-_LEAD_IN:]]
    if not clause.lead_in.endswith(clause.previous):
        parts.append(clause.previous[-_PREVIOUS:])
    return " / ".join(part for part in parts if part)


def build(clauses: Sequence[Clause], rows: Sequence[int], context: bool = True) -> Window:
    """The window of the clauses ``rows``, which follow each other in one document."""
    first = clauses[rows[0]]
    before = _context(first) if context else ""
    text = before + _AFTER_CONTEXT if before else ""
    spans = []
    for place, row in enumerate(rows):
        clause = clauses[row]
        start = len(text)
        text += fold(clause.text[:_LONGEST_CLAUSE])
        spans.append((start, len(text)))
        if place + 1 < len(rows):
            following = clauses[rows[place + 1]]
            if following.paragraph != clause.paragraph:
                text += " / "
            else:
                text += ":" if following.lead_in.endswith(clause.text) else "。"
    return Window(text.replace("\n", " "), tuple(spans), tuple(rows))


def partition(
    clauses: Sequence[Clause], documents: Sequence[int], longest: int = LONGEST
) -> Iterator[list[int]]:
    """All rows in runs of at most ``longest`` characters, never over a document's end.

    A run ends at a line end where one lies in its last third, so that lists stay together.
    """
    run: list[int] = []
    length = 0
    for row, clause in enumerate(clauses):
        size = min(len(clause.text), _LONGEST_CLAUSE) + 1
        if run:
            new_line = clause.paragraph != clauses[run[-1]].paragraph
            over = length + size > longest or (new_line and length > longest * 2 // 3)
            if over or documents[row] != documents[run[-1]]:
                yield run
                run, length = [], 0
        run.append(row)
        length += size
    if run:
        yield run


def holding(
    wanted: Iterable[int], clauses: Sequence[Clause], documents: Sequence[int]
) -> Iterator[list[int]]:
    """The runs of :func:`partition` that hold a wanted row.

    A wanted clause is read in the same company as where all are read, so it gets the same answer;
    read with only its neighbours, some commitments of lists were lost.
    """
    chosen = set(wanted)
    return (run for run in partition(clauses, documents) if not chosen.isdisjoint(run))
