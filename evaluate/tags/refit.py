"""The fast tagger learned again without a part of what it reads or learns from.

The design matrix is made once and a refit leaves columns out, so that a study of many refits
costs little more than their regressions. Topics are not learned here, and the held-out
probabilities that the second stage learns from come of fewer folds than those of the shipped
tagger (:data:`FOLDS`): the figures are compared with each other, not with the shipped model's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.arrays import Floats
from nlp.clause_tags import softmax
from nlp.clauses import Clause
from nlp.features import PLAIN_NAMES
from nlp.fitting import (
    SECOND_STRENGTH,
    Design,
    fit_temperature,
    folds_of,
    held_out,
    regression,
)
from nlp.form import TOPICS
from nlp.neighbours import NEIGHBOUR_BLOCKS, lone_rows, neighbour_features
from nlp.ngrams import CHARACTERS, WORDS
from nlp.report import LABELS
from nlp.tagger import Tagger
from train.examples import Example
from train.tagger import columns_of

FOLDS = 2  # the shipped tagger has 8; of four times the cost
_LEAST_CHANCE = 0.02  # a soft label's share below this is left out
Mask = NDArray[np.bool_]
Pick = Callable[[str], bool]


def one_hot(labels: Sequence[str]) -> Floats:
    """Labels as rows of 0 and 1, shape (n, 4)."""
    return np.eye(len(LABELS), dtype=np.float32)[[LABELS.index(label) for label in labels]]


def without_bare(examples: Sequence[Example]) -> list[Example]:
    """Training clauses but for those of reports that stand there a second time as lone ones."""
    return [e for e in examples if "/" not in e.group or e.clause.section is not None]


class Refit:
    """Training clauses as a design that is learned from in parts.

    Parameters
    ----------
    examples : sequence of Example
        Labelled clauses: whole documents in order, lone ones.
    tagger : Tagger
        Untrained; its parameters are used, its folds replaced.
    further : sequence of Clause, optional
        Clauses that no one has labelled, whole documents in order, for the first stage only.
    """

    def __init__(
        self, examples: Sequence[Example], tagger: Tagger, further: Sequence[Clause] = (), folds: int = FOLDS
    ) -> None:
        self.tagger, self.folds = tagger, folds
        self.clauses, labels, _, self.groups = columns_of(examples)
        self.gold = one_hot(labels)
        self.target = self.gold.argmax(axis=1)
        self.design = Design(tagger, [*self.clauses, *further])
        self.lone = lone_rows(self.clauses)

    def first_columns(self, block: Callable[[str, str], bool], plain: Pick) -> Mask:
        """Columns of the first stage: n-gram blocks by (part, kind), plain features by name."""
        parts = [
            np.full(self.design.keys[kind].size, block(part, kind)) for part, kind in self.design.blocks
        ]
        return np.concatenate([*parts, [plain(name) for name in PLAIN_NAMES]])

    def second_columns(self, block: Pick, plain: Pick) -> Mask:
        """Columns of the second stage: the neighbours' probabilities, plain features."""
        parts = [np.full(len(LABELS), block(name)) for name in NEIGHBOUR_BLOCKS]
        return np.concatenate([*parts, [plain(name) for name in PLAIN_NAMES]])

    def fit(
        self, first: Mask | None = None, second: Mask | None = None, sequence: bool = True,
        calibrated: bool = True, chances: Floats | None = None, weights: Floats | None = None,
    ) -> Tagger:  # fmt: skip
        """A tagger without topics.

        Parameters
        ----------
        first, second : array of bool, optional
            Columns that are kept; all where left out.
        sequence, calibrated : bool
            Whether there is a second stage, and a temperature.
        chances : array of shape (examples + further, 4), optional
            Soft labels for the last fit of the first stage; the gold ones where left out.
        weights : array of shape (examples + further,), optional
            How much each clause counts there.

        Notes
        -----
        The folds are learned from gold labels alone: generated clauses repeat clauses of the
        corpora, and held-out probabilities would be too good with them.
        """
        tagger, count = self.tagger, len(self.clauses)
        matrix = self.design.matrix if first is None else self.design.matrix[:, first]
        folds = folds_of(self.groups, self.folds)
        held = held_out(matrix[:count], self.target, folds, tagger.strength, tagger.seed)
        soft = self.gold if chances is None else chances
        rows, labels = np.nonzero(soft > _LEAST_CHANCE)
        counts = soft[rows, labels] * (1 if weights is None else weights[rows])
        model = regression(tagger.strength, tagger.seed).fit(matrix[rows], labels, counts)
        arrays = self.design.unstack(_widened(model.coef_, first).T)
        arrays["bias"] = model.intercept_.astype(np.float32)
        for kind in (CHARACTERS, WORDS):
            arrays[f"{kind}.keys"] = self.design.keys[kind].astype(np.int32)
            arrays[f"{kind}.idf"] = self.design.idf[kind]
        last, among = held, np.flatnonzero(~self.lone)
        sequence = sequence and bool(among.size)
        if sequence:
            near = neighbour_features(self.clauses, softmax(held), self.design.plain[:count])[among]
            near = near if second is None else near[:, second]
            parts = folds_of([self.groups[int(row)] for row in among], self.folds)
            last = held.copy()
            last[among] = held_out(near, self.target[among], parts, SECOND_STRENGTH, tagger.seed)
            top = regression(SECOND_STRENGTH, tagger.seed).fit(near, self.target[among])
            arrays["second"] = _widened(top.coef_, second).T.astype(np.float32)
            arrays["second.bias"] = top.intercept_.astype(np.float32)
        arrays["temperatures"] = np.array([
            fit_temperature(last[rows], self.target[rows]) if calibrated and rows.any() else 1.0
            for rows in (~self.lone, self.lone)
        ])  # fmt: skip
        learned = Tagger(**{**tagger.get_params(), "sequence": sequence})
        learned._set(arrays | _no_topics(arrays))
        return learned


def _widened(weights: Floats, columns: Mask | None) -> Floats:
    """Weights (labels, kept) as weights of all columns, 0 where a column was left out."""
    if columns is None:
        return weights
    whole = np.zeros((weights.shape[0], columns.size), weights.dtype)
    whole[:, columns] = weights
    return whole


def _no_topics(arrays: Mapping[str, Any]) -> dict[str, Any]:
    empty = {f"topics.{kind}": np.zeros((arrays[f"{kind}.keys"].size, len(TOPICS)), np.float32)
             for kind in (CHARACTERS, WORDS)}  # fmt: skip
    return {**empty, "topics.cues": np.zeros((2 * len(TOPICS), len(TOPICS)), np.float32),
            "topics.bias": np.zeros(len(TOPICS), np.float32)}  # fmt: skip
