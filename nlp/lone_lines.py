"""Lone lines and fragments that belong to no report, tagged."""

from __future__ import annotations

from typing import Any

from .clause_tags import Tags
from .narrative import cut_line
from .report import Statement
from .statements import merge


def tag_text(text: str, tagger: Tags) -> list[Statement]:
    """Statements of a lone line or fragment that belongs to no report (section ``other``)."""
    clauses = cut_line(text)
    tags = tagger.tag_clauses(clauses)
    return list(merge(text, clauses, tags))


def tag_line(text: str, tagger: Tags) -> dict[str, Any]:
    """One line as ``nianbao tag --json`` gives it.

    ``label`` is that of the line as a whole: problem and commitment before done before
    other; the longest span decides between the first two.
    """
    statements = tag_text(text, tagger)
    ranked = sorted(
        statements,
        key=lambda s: ({"done": 1, "other": 0}.get(s.label, 2), s.end - s.start, s.score),
    )
    chosen = ranked[-1] if ranked else None
    return {
        "text": text,
        "label": chosen.label if chosen else "other",
        "score": chosen.score if chosen else 1.0,
        "topics": list(chosen.topics) if chosen else [],
        "statements": [
            {"start": s.start, "end": s.end, "text": s.text, "label": s.label,
             "score": s.score, "topics": list(s.topics)}
            for s in statements
        ],
    }  # fmt: skip
