"""Fast and accurate tagger as one: the encoder reads the clauses that the fast one is unsure of.

Both models' scores are mixed with two weights, fitted on passes that neither had seen, so that
the probabilities stay calibrated. With a threshold of 1 every clause is read twice, which is
the mode ``accurate``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .artefacts import find_model
from .clause_tags import ClauseTag, called_for, softmax, tags_of
from .clauses import Clause
from .encoder import Encoder, installed
from .errors import MissingModel
from .neighbours import lone_rows
from .report import CALLED_FOR, LABELS, Label
from .tagger import Tagger, shipped

MIX = "mix.json"
Mode = Literal["fast", "cascade", "accurate"]
MODES: tuple[Mode, ...] = ("fast", "cascade", "accurate")
EVERY_CLAUSE = 1.01  # a threshold above any probability
_COLUMNS = [LABELS.index(label) for label in CALLED_FOR]


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each model's scores count.

    Attributes
    ----------
    among, lone : (float, float)
        Weights of the fast model's log-probabilities and of the encoder's scores, for clauses
        in their report and for lone ones.
    topics : (float, float, float)
        The same for topic scores, and what is added.
    threshold, least : float
        The encoder reads a clause whose fast probability of being a problem, or a commitment,
        lies between ``1 - threshold`` and ``threshold``, and one whose best label is less
        probable than ``least``: whether a clause admits or promises matters, whether it tells a
        deed or nothing matters less.
    """

    among: tuple[float, float]
    lone: tuple[float, float]
    topics: tuple[float, float, float]
    threshold: float
    least: float

    @classmethod
    def read(cls, path: Path) -> Mix:
        """From a JSON file."""
        found = json.loads(path.read_text(encoding="utf-8"))
        a, b, c = found["topics"]
        return cls(tuple(found["among"]), tuple(found["lone"]), (a, b, c), found["threshold"], found["least"])


def mixed(fast: Floats, encoder: Floats, weights: tuple[float, float]) -> Floats:
    """Probabilities (n, 4) of log-probabilities and scores."""
    return softmax(weights[0] * fast + weights[1] * encoder)


def unsure(chances: Floats, threshold: float, least: float) -> NDArray[np.bool_]:
    """Which clauses the encoder reads, by their fast probabilities (n, 4); see :class:`Mix`."""
    asked = chances[:, _COLUMNS]
    rows = ((asked > 1 - threshold) & (asked < threshold)).any(axis=1)
    rows |= chances.max(axis=1) < least
    return np.asarray(rows, np.bool_)


class Cascade:
    """A tagger with the interface of :class:`nlp.tagger.Tagger` for answering.

    Parameters
    ----------
    tagger : Tagger
    encoder : Encoder
    mix : Mix
    """

    classes_: tuple[Label, ...] = LABELS

    def __init__(self, tagger: Tagger, encoder: Encoder, mix: Mix) -> None:
        self.tagger = tagger
        self.encoder = encoder
        self.mix = mix

    @classmethod
    def load(
        cls, tagger: Tagger, path: str | Path | None = None, threshold: float | None = None
    ) -> Cascade:
        """The shipped encoder, or the one in ``path``, beside a fast tagger.

        Raises
        ------
        MissingExtra, MissingModel
            As :meth:`nlp.encoder.Encoder.load`.
        """
        encoder = Encoder.load(path)
        mix = Mix.read((Path(path) if path is not None else find_model("encoder")) / MIX)
        if threshold is not None:
            mix = replace(mix, threshold=threshold)
        return cls(tagger, encoder, mix)

    def _scores(self, clauses: Sequence[Clause]) -> tuple[Floats, Floats]:
        """Probabilities, and topic scores with cues, of all clauses."""
        scores, topics = self.tagger.label_scores(clauses)
        chances = softmax(scores)
        logs = np.log(np.maximum(chances, 1e-6))
        asked = np.flatnonzero(unsure(chances, self.mix.threshold, self.mix.least)).tolist()
        read, read_topics = self.encoder.scores(clauses, asked)
        lone = lone_rows(clauses)
        for alone, weights in ((False, self.mix.among), (True, self.mix.lone)):
            chosen = [row for row in asked if bool(lone[row]) is alone]
            chances[chosen] = mixed(logs[chosen], read[chosen], weights)
        rows = called_for(chances)
        topics[rows] += self.tagger.topic_cues([clauses[row] for row in rows])
        fast, slow, bias = self.mix.topics
        seen = read_topics.any(axis=1)  # the windows that were read hold sure clauses too
        topics[seen] = fast * topics[seen] + slow * read_topics[seen] + bias
        return chances, topics

    def predict_proba(self, clauses: Sequence[Clause]) -> Floats:
        """Calibrated probabilities, shape (len(clauses), 4), columns as ``classes_``."""
        if not clauses:
            return np.zeros((0, len(LABELS)), np.float32)
        return self._scores(clauses)[0]

    def predict(self, clauses: Sequence[Clause]) -> list[Label]:
        """The most probable label of each clause."""
        return [LABELS[number] for number in self.predict_proba(clauses).argmax(axis=1)]

    def tag_clauses(self, clauses: Sequence[Clause]) -> list[ClauseTag]:
        """Label, probabilities and topics of each clause; many reports in one call are fastest."""
        return tags_of(*self._scores(clauses)) if clauses else []


@lru_cache(maxsize=3)
def tagger_for(mode: Mode | None = None) -> Tagger | Cascade:
    """The shipped tagger of a mode, loaded once a process.

    Without a mode it is the cascade where its packages and its model are there, and else the
    fast one.

    Raises
    ------
    MissingExtra, MissingModel
        If a mode is asked for by name that cannot be had.
    """
    if mode is None:
        return tagger_for("cascade" if _at_hand() else "fast")
    if mode == "fast":
        return shipped()
    return Cascade.load(shipped(), threshold=EVERY_CLAUSE if mode == "accurate" else None)


def _at_hand() -> bool:
    if not installed():
        return False
    try:
        find_model("encoder")
    except MissingModel:
        return False
    return True
