"""What a report is composed of: labelled clauses in paragraphs, tables between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A labelled clause with its final mark. ``key`` is what a summary may say of it."""

    text: str
    label: str = "other"
    topics: tuple[str, ...] = ()
    heading: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Clauses that stand on one line; ``section`` is a kind of section of the contract."""

    section: str
    clauses: tuple[Clause, ...]
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class TableHere:
    """The place of an official table."""

    name: str


Block = Paragraph | TableHere


def heading(section: str, text: str) -> Paragraph:
    """A heading on a line of its own."""
    return Paragraph(section, (Clause(text, heading=True),))
