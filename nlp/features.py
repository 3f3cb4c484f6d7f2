"""What the tagger sees of a clause: the texts whose n-grams it weighs, and plain features.

Each distinct text is read once, however many clauses have it as lead-in, heading or neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .arrays import Floats, Ints
from .clauses import Clause, ordinal_of
from .cues import CUE_NAMES, FRAME_CUES, FRAMES, cues_of
from .document import fold
from .ngrams import CHARACTERS, WORDS, normalise
from .report import SectionKind

# Blocks of the linear model: which text of the clause, which n-grams of it.
BLOCKS: tuple[tuple[str, str], ...] = (
    ("clause", CHARACTERS), ("clause", WORDS),
    ("lead_in", CHARACTERS), ("lead_in", WORDS),
    ("heading", CHARACTERS),
    ("previous", CHARACTERS), ("previous", WORDS),
)  # fmt: skip
CONTEXT_BLOCKS = frozenset({"lead_in", "heading", "previous"})
_SECTIONS: tuple[SectionKind | None, ...] = (
    None, "intro", "overview", "disclosure", "requests", "review", "problems", "other", "footer",
)  # fmt: skip
_LENGTHS = (6, 12, 20, 35, 60)
_PLACES = 8


def _plain_names() -> tuple[str, ...]:
    sections = [f"section={kind}" for kind in _SECTIONS]
    names = [*sections, *(f"cue={cue}" for cue in CUE_NAMES)]
    names += [f"lead={cue}" for cue in CUE_NAMES]
    names += [f"heading={cue}" for cue in CUE_NAMES]
    names += [f"frame={frame}" for frame in FRAMES]
    names += [f"{section}&frame={frame}" for section in sections for frame in FRAMES]
    names += [f"{section}&cue={cue}" for section in sections for cue in CUE_NAMES]
    names += [f"year_gap={gap}" for gap in ("none", "before", "same", "next", "later")]
    names += [f"length<={length}" for length in (*_LENGTHS, "more")]
    names += [f"place={place}" for place in range(_PLACES)] + ["place=unknown"]
    names += ["ordinal", "ordinal=1", "is_heading", "has_lead", "first_of_section", "opens_list"]
    names += [f"opens_list&cue={cue}" for cue in CUE_NAMES]
    return tuple(names)


PLAIN_NAMES = _plain_names()
_PLAIN_INDEX = {name: index for index, name in enumerate(PLAIN_NAMES)}


def documents_of(clauses: Sequence[Clause]) -> Ints:
    """A number for each clause's document.

    The first clause of a document has no clause before it; one taken out of its document
    (with its context) begins a new one where its start falls back.
    """
    starts = np.array([clause.start for clause in clauses], np.int64)
    ends = np.array([clause.end for clause in clauses], np.int64)
    breaks = np.zeros(len(clauses), np.int64)
    if len(clauses) > 1:
        opens = np.array([not clause.previous for clause in clauses[1:]])
        breaks[1:] = opens | (starts[1:] < ends[:-1])
    return np.cumsum(breaks)


def _gap_name(gap: int | None) -> str:
    if gap is None:
        return "none"
    return "before" if gap < 0 else ("same", "next", "later")[min(gap, 2)]


def opens_list(clauses: Sequence[Clause], documents: Ints, row: int) -> bool:
    """Whether a clause is the lead-in of the one after it."""
    after = row + 1
    return (
        after < len(clauses)
        and documents[after] == documents[row]
        and clauses[after].lead_in == clauses[row].text
    )


def plain_features(clauses: Sequence[Clause], context: bool = True) -> Floats:
    """Cues, section, list, frame and place: one row of 0 and 1 a clause.

    Parameters
    ----------
    clauses : sequence of Clause
        Whole documents in order.
    context : bool
        Without it, only what the clause itself says.

    Returns
    -------
    numpy.ndarray of shape (len(clauses), len(PLAIN_NAMES)), float32
    """
    table = np.zeros((len(clauses), len(PLAIN_NAMES)), np.float32)
    documents = documents_of(clauses)
    totals = np.bincount(documents) if len(clauses) else np.zeros(0, np.int64)
    remembered: dict[str, frozenset[str]] = {}

    def cues(text: str) -> frozenset[str]:
        if text not in remembered:
            folded = fold(text)
            remembered[text] = cues_of(folded[ordinal_of(folded)[1] :])
        return remembered[text]

    frame, section_before, seen, document = "", "", 0, -1
    for row, clause in enumerate(clauses):
        if documents[row] != document:
            document, seen, frame, section_before = int(documents[row]), 0, "", ""
        own = cues(clause.text)
        on = [f"cue={cue}" for cue in own]
        on.append(next((f"length<={n}" for n in _LENGTHS if len(clause.text) <= n), "length<=more"))
        if clause.ordinal is not None:
            on.append("ordinal")
        if context:
            section = f"section={clause.section}"
            if section != section_before or (clause.is_heading and clause.section == "problems"):
                on += ["first_of_section"] if section != section_before else []
                section_before, frame = section, ""
            on += [section, f"frame={frame}", f"{section}&frame={frame}"]
            on += [f"{section}&cue={cue}" for cue in own]
            on += [f"lead={cue}" for cue in cues(clause.lead_in)] if clause.lead_in else []
            on += [f"heading={cue}" for cue in cues(clause.heading)] if clause.heading else []
            on.append(f"year_gap={_gap_name(clause.year_gap)}")
            whole = clause.section is not None and totals[document] > 1
            place = seen * _PLACES // int(totals[document]) if whole else "unknown"
            on.append(f"place={place}")
            on += ["ordinal=1"] if clause.ordinal == 1 else []
            on += ["is_heading"] if clause.is_heading else []
            on += ["has_lead"] if clause.lead_in else []
            if opens_list(clauses, documents, row):
                on += ["opens_list", *(f"opens_list&cue={cue}" for cue in own)]
            if not clause.is_heading:
                frame = next((name for name, of in FRAME_CUES if own & set(of)), frame)
        table[row, [_PLAIN_INDEX[name] for name in on]] = 1
        seen += 1
    return table


def texts_of(clauses: Sequence[Clause]) -> tuple[list[str], dict[str, Ints]]:
    """Distinct normalised texts, and for each part of a clause the number of its text."""
    index: dict[str, int] = {}
    parts: dict[str, Any] = {}
    raw: dict[str, int] = {}

    def number(text: str) -> int:
        if text not in raw:
            raw[text] = index.setdefault(normalise(text), len(index))
        return raw[text]

    for part in ("clause", "lead_in", "heading", "previous"):
        attribute = "text" if part == "clause" else part
        values = [number(getattr(clause, attribute)) for clause in clauses]
        parts[part] = np.array(values, np.int64)
    return list(index), parts
