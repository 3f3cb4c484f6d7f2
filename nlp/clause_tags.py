"""What a tagger says of a clause: label, probabilities, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np

from .arrays import Floats
from .clauses import Clause
from .form import TOPICS
from .report import CALLED_FOR, LABELS, Label

TOPIC_KEYS = tuple(TOPICS)
SECOND_TOPIC = 0.3  # a further topic is named from this probability on


@dataclass(frozen=True, slots=True)
class ClauseTag:
    """What the tagger says of one clause.

    ``probabilities`` are calibrated and add up to 1; ``score`` is that of ``label``;
    ``topics`` (problems and commitments only) has the primary one first.
    """

    label: Label
    score: float
    probabilities: Mapping[str, float]
    topics: tuple[str, ...] = ()


class Tags(Protocol):
    """What gives clauses their tags: the fast tagger, or a cascade."""

    def tag_clauses(self, clauses: Sequence[Clause]) -> list[ClauseTag]:
        """Label, probabilities and topics of each clause."""


def called_for(probabilities: Floats) -> list[int]:
    """Rows whose most probable label has topics."""
    best = probabilities.argmax(axis=1)
    return [row for row, number in enumerate(best.tolist()) if LABELS[number] in CALLED_FOR]


def tags_of(probabilities: Floats, topic_scores: Floats) -> list[ClauseTag]:
    """Probabilities (n, 4) and topic scores (n, 16), logits, as tags."""
    topic_chances = 1 / (1 + np.exp(-topic_scores))
    tags = []
    for row, chances in enumerate(probabilities.tolist()):
        best = max(range(len(LABELS)), key=chances.__getitem__)
        label = LABELS[best]
        tags.append(
            ClauseTag(
                label,
                round(chances[best], 4),
                {name: round(chance, 4) for name, chance in zip(LABELS, chances, strict=True)},
                _topics(topic_chances[row]) if label in CALLED_FOR else (),
            )
        )
    return tags


def _topics(chances: Floats) -> tuple[str, ...]:
    order = np.argsort(-chances)
    return tuple(
        TOPIC_KEYS[number]
        for rank, number in enumerate(order[:3])
        if rank == 0 or chances[number] >= SECOND_TOPIC
    )


def softmax(scores: Floats) -> Floats:
    """Rows of scores to rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return cast(Floats, raised / raised.sum(axis=1, keepdims=True))
