"""How the tagger's arrays come out of labelled clauses; needs scikit-learn and scipy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from .arrays import Floats, Ints
from .clause_tags import softmax
from .clauses import Clause
from .features import BLOCKS, CONTEXT_BLOCKS, plain_features, texts_of
from .form import TOPICS
from .neighbours import lone_rows, neighbour_features
from .ngrams import CHARACTERS, HASH_BITS, WORDS, Grams, grams
from .report import LABELS
from .topic_cues import topic_features

if TYPE_CHECKING:
    from .tagger import Tagger

Arrays = dict[str, NDArray[Any]]
_SEEN_IN = 2  # texts that must hold an n-gram before it gets a weight
_TOPIC_STRENGTH = 8.0
_TOPIC_CUE_SCALE = 0.25
SECOND_STRENGTH = 0.3


class Design:
    """The first stage's design matrix: n-gram blocks, then plain features, scaled."""

    def __init__(self, tagger: Tagger, clauses: Sequence[Clause]) -> None:
        self.texts, self.parts = texts_of(clauses)
        self.keys: dict[str, Ints] = {}
        self.idf: dict[str, Floats] = {}
        self.by_text: dict[str, Any] = {}
        cut = tagger._cut()
        for kind in (CHARACTERS, WORDS):
            self._add_kind(kind, grams(self.texts, kind, cut))
        self.plain = plain_features(clauses, tagger.context)
        self.blocks = [
            (part, kind) for part, kind in BLOCKS if tagger.context or part not in CONTEXT_BLOCKS
        ]
        scale = {part: tagger.context_scale if part in CONTEXT_BLOCKS else 1.0 for part, _ in BLOCKS}
        self.scales = [scale[part] for part, _ in self.blocks]
        self.plain_scale = tagger.plain_scale
        columns = [
            self.by_text[kind][self.parts[part]] * scale[part] for part, kind in self.blocks
        ]
        self.matrix = sparse.hstack(
            [*columns, sparse.csr_matrix(self.plain * self.plain_scale)], format="csr"
        )

    def _add_kind(self, kind: str, found: Grams) -> None:
        count = np.bincount(found.keys, minlength=1 << HASH_BITS)
        keys = np.flatnonzero(count >= _SEEN_IN)
        column = np.full(1 << HASH_BITS, -1, np.int64)
        column[keys] = np.arange(keys.size)
        kept = column[found.keys] >= 0
        rows, columns = found.rows[kept], column[found.keys[kept]]
        idf = (np.log((1 + len(self.texts)) / (1 + count[keys])) + 1).astype(np.float32)
        values = idf[columns]
        norms = np.sqrt(np.bincount(rows, values * values, len(self.texts)))
        values = (values / np.maximum(norms, 1e-6)[rows]).astype(np.float32)
        shape = (len(self.texts), keys.size)
        self.keys[kind], self.idf[kind] = keys, idf
        self.by_text[kind] = sparse.csr_matrix((values, (rows, columns)), shape=shape)

    def unstack(self, weights: Floats) -> Arrays:
        """Weights (columns, outputs) of the whole matrix as arrays by block, scales undone."""
        arrays: Arrays = {}
        position = 0
        for (part, kind), scale in zip(self.blocks, self.scales, strict=True):
            size = self.keys[kind].size
            arrays[f"{part}.{kind}"] = (weights[position : position + size] * scale).astype(
                np.float32
            )
            position += size
        arrays["plain"] = (weights[position:] * self.plain_scale).astype(np.float32)
        for part, kind in BLOCKS:
            empty = np.zeros((self.keys[kind].size, weights.shape[1]), np.float32)
            arrays.setdefault(f"{part}.{kind}", empty)
        return arrays


def regression(strength: float, seed: int) -> Any:
    """The linear model of both stages, not yet fitted."""
    return LogisticRegression(C=strength, max_iter=400, tol=1e-3, random_state=seed)


def decision(model: Any, matrix: Any) -> Floats:
    """Scores (n, 4) by the labels' places; a label that was not learned from gets -20."""
    scores = np.full((matrix.shape[0], len(LABELS)), -20.0, np.float32)
    scores[:, model.classes_] = model.decision_function(matrix)
    return scores


def folds_of(groups: Sequence[str], wanted: int) -> list[tuple[Ints, Ints]]:
    """Rows to learn from and to check, no group on both sides."""
    parts = min(wanted, len(set(groups)))
    splitter = GroupKFold(n_splits=parts)
    return list(splitter.split(np.zeros(len(groups)), groups=groups))


def held_out(matrix: Any, target: Ints, folds: list[tuple[Ints, Ints]], strength: float, seed: int) -> Floats:
    """Scores (n, 4) of each row by a model that did not learn from its fold."""
    scores = np.zeros((matrix.shape[0], len(LABELS)), np.float32)
    for learn, check in folds:
        model = regression(strength, seed).fit(matrix[learn], target[learn])
        scores[check] = decision(model, matrix[check])
    return scores


def fit_temperature(scores: Floats, target: Ints) -> float:
    """The temperature that makes held-out probabilities most likely."""

    def loss(log_temperature: float) -> float:
        chances = softmax(scores / np.float32(np.exp(log_temperature)))
        picked = chances[np.arange(len(target)), target]
        return float(-np.log(np.maximum(picked, 1e-9)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))


def held_out_scores(
    tagger: Tagger, clauses: Sequence[Clause], labels: Sequence[str], groups: Sequence[str]
) -> tuple[Floats, Floats, Design]:
    """Cross-validated scores of the first and of the last stage, grouped, and the design."""
    design = Design(tagger, clauses)
    target = np.array([LABELS.index(label) for label in labels])
    folds = folds_of(groups, tagger.folds)
    first = held_out(design.matrix, target, folds, tagger.strength, tagger.seed)
    if not tagger.sequence:
        return first, first, design
    among = np.flatnonzero(~lone_rows(clauses))
    near = neighbour_features(clauses, softmax(first), design.plain)[among]
    folds = folds_of([groups[int(row)] for row in among], tagger.folds)
    last = first.copy()
    last[among] = held_out(near, target[among], folds, SECOND_STRENGTH, tagger.seed)
    return first, last, design


def fit_tagger(
    tagger: Tagger,
    clauses: Sequence[Clause],
    labels: Sequence[str],
    topics: Sequence[Sequence[str]],
    groups: Sequence[str],
) -> Arrays:
    """All arrays of a trained tagger (see :meth:`nlp.tagger.Tagger.fit`)."""
    target = np.array([LABELS.index(label) for label in labels])
    first, last, design = held_out_scores(tagger, clauses, labels, groups)
    lone = lone_rows(clauses)
    model = regression(tagger.strength, tagger.seed).fit(design.matrix, target)
    arrays = design.unstack(model.coef_.T)
    arrays["bias"] = model.intercept_.astype(np.float32)
    for kind in (CHARACTERS, WORDS):
        arrays[f"{kind}.keys"] = design.keys[kind].astype(np.int32)
        arrays[f"{kind}.idf"] = design.idf[kind]
    if tagger.sequence:
        near = neighbour_features(clauses, softmax(first), design.plain)
        second = regression(SECOND_STRENGTH, tagger.seed).fit(near[~lone], target[~lone])
        arrays["second"] = second.coef_.T.astype(np.float32)
        arrays["second.bias"] = second.intercept_.astype(np.float32)
    arrays["temperatures"] = np.array(
        [fit_temperature(last[rows], target[rows]) if rows.any() else 1.0 for rows in (~lone, lone)]
    )
    arrays |= _fit_topics(design, clauses, topics, tagger.seed)
    return arrays


def topic_matrix(design: Design, clauses: Sequence[Clause], rows: Ints) -> Any:
    """N-grams and topic cues of the clauses alone: a topic is what the clause names."""
    columns = [design.by_text[kind][design.parts["clause"][rows]] for kind in (CHARACTERS, WORDS)]
    cues = topic_features([clauses[row] for row in rows])
    columns.append(sparse.csr_matrix(cues * _TOPIC_CUE_SCALE))
    return sparse.hstack(columns, format="csr")


def _fit_topics(
    design: Design, clauses: Sequence[Clause], topics: Sequence[Sequence[str]], seed: int
) -> Arrays:
    rows = np.array([row for row, named in enumerate(topics) if named])
    matrix = topic_matrix(design, clauses, rows)
    weights = np.zeros((matrix.shape[1], len(TOPICS)), np.float32)
    bias = np.full(len(TOPICS), -5.0, np.float32)
    for number, topic in enumerate(TOPICS):
        named = np.array([topic in topics[row] for row in rows])
        if named.any() and not named.all():
            model = regression(_TOPIC_STRENGTH, seed).fit(matrix, named)
            weights[:, number] = model.coef_[0]
            bias[number] = model.intercept_[0]
    characters = design.keys[CHARACTERS].size
    words = characters + design.keys[WORDS].size
    return {
        f"topics.{CHARACTERS}": weights[:characters],
        f"topics.{WORDS}": weights[characters:words],
        "topics.cues": weights[words:] * _TOPIC_CUE_SCALE,
        "topics.bias": bias,
    }
