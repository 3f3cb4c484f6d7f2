"""What the tagger must beat: cue words alone, one clause at a time."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.clauses import Clause, ordinal_of
from nlp.cues import cues_of
from nlp.document import fold
from nlp.report import Label

# First match wins: the order is that of the labels' precedence in the contract.
RULES: tuple[tuple[frozenset[str], Label], ...] = (
    (frozenset({"solved", "none"}), "done"),
    (frozenset({"report", "contact", "date"}), "other"),
    (frozenset({"future", "will"}), "commitment"),
    (frozenset({"lack", "need"}), "problem"),
    (frozenset({"past", "count"}), "done"),
    (frozenset({"verb", "ensure"}), "commitment"),
)


def cue_word_labels(clauses: Sequence[Clause]) -> list[Label]:
    """Labels by cue words, without context and without learning."""
    found: list[Label] = []
    for clause in clauses:
        folded = fold(clause.text)
        cues = cues_of(folded[ordinal_of(folded)[1] :])
        found.append(next((label for names, label in RULES if cues & names), "other"))
    return found
