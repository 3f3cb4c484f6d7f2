"""The pretrained encoder as it came: what fine-tuning must beat (needs the extra ``train``).

All twelve layers of multilingual-e5-small (:mod:`train.e5`), never fine-tuned, in int8 by
CTranslate2 as the accurate tagger is. A clause is read in
its window (:mod:`nlp.windows`, heading, lead-in and clause before); its vector is the mean over its
own tokens beside the mean over the window, as the accurate tagger's heads have it. e5's prefix
``query:`` is left out: most Latin pieces of its vocabulary are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlp import windows
from nlp.arrays import Floats
from nlp.clauses import Clause
from nlp.encoder import Encoder
from nlp.report import LABELS
from train.e5 import encoder_of, kept_pieces, read_pretrained, tokenizer_of
from train.encoder import export
from train.encoder_network import Network
from train.window_items import TOPIC_KEYS

from . import prototypes

_STRENGTH = 1.0
_TEMPERATURE = 20.0  # of cosines, so that they are probabilities of a kind; no label depends on it


class Frozen:
    """Vectors of clauses and of texts by the pretrained encoder.

    Parameters
    ----------
    layers : int
    """

    def __init__(self, layers: int = 12) -> None:
        pretrained = read_pretrained()
        kept = kept_pieces(pretrained)
        with tempfile.TemporaryDirectory() as folder:
            network = Network(encoder_of(pretrained, kept, layers))
            export(network, tokenizer_of(pretrained, kept), Path(folder))
            self.encoder = Encoder(Path(folder))

    def vectors(self, clauses: Sequence[Clause]) -> Floats:
        """Mean over the clause's tokens, then mean over its window; shape (n, 2 * width)."""
        return self._pooled([windows.build(clauses, [row]) for row in range(len(clauses))])

    def texts(self, texts: Sequence[str]) -> Floats:
        """The same of texts that stand alone: both means are one."""
        return self._pooled([windows.Window(text, ((0, len(text)),), (0,)) for text in texts])

    def _pooled(self, built: Sequence[windows.Window]) -> Floats:
        found = dict(self.encoder.pooled(built))
        return np.stack([found[number][0] for number in range(len(built))])


class Remembered:
    """Vectors of clauses by what is read of them, so that each is encoded once a study."""

    def __init__(self, frozen: Frozen) -> None:
        self.frozen = frozen
        self.known: dict[str, Floats] = {}

    def vectors(self, clauses: Sequence[Clause]) -> Floats:
        """As :meth:`Frozen.vectors`."""
        keys = [f"{c.heading}|{c.lead_in}|{c.previous}|{c.text}" for c in clauses]
        new = {key: clause for key, clause in zip(keys, clauses, strict=True) if key not in self.known}
        if new:
            self.known |= dict(zip(new, self.frozen.vectors(list(new.values())), strict=True))
        return np.stack([self.known[key] for key in keys])


class Linear:
    """Logistic regression on frozen vectors, labels and topics."""

    def __init__(self, source: Remembered, examples: Sequence[Any], seed: int = 0) -> None:
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        def learn(rows: Any, target: Any) -> Any:
            regression = LogisticRegression(C=_STRENGTH / 100, max_iter=300, random_state=seed)
            return make_pipeline(StandardScaler(), regression).fit(rows, target)

        self.source = source
        vectors = source.vectors([e.clause for e in examples])
        self.labels = learn(vectors, [LABELS.index(e.label) for e in examples])
        named = [row for row, e in enumerate(examples) if e.topics]
        self.topics = learn(vectors[named], [TOPIC_KEYS.index(examples[n].topics[0]) for n in named])

    def predict_proba(self, clauses: Sequence[Clause]) -> Floats:
        """Probabilities (n, 4)."""
        return np.asarray(self.labels.predict_proba(self.source.vectors(clauses)), np.float32)

    def first_topics(self, clauses: Sequence[Clause]) -> list[str]:
        """The most probable topic of each clause."""
        return [TOPIC_KEYS[int(n)] for n in self.topics.predict(self.source.vectors(clauses))]


class Nearest:
    """The nearest of the descriptions of :mod:`prototypes`, by cosine, learned from nothing."""

    def __init__(self, source: Remembered) -> None:
        self.source = source
        frozen = source.frozen
        self.labels = _unit(frozen.texts([prototypes.LABELS[label] for label in LABELS]))
        self.topics = _unit(frozen.texts([prototypes.TOPICS[topic] for topic in TOPIC_KEYS]))

    def predict_proba(self, clauses: Sequence[Clause]) -> Floats:
        """Cosines as probabilities (n, 4); only their order means anything."""
        raised = np.exp(_TEMPERATURE * _unit(self.source.vectors(clauses)) @ self.labels.T)
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)

    def first_topics(self, clauses: Sequence[Clause]) -> list[str]:
        """The topic whose description is nearest."""
        near = _unit(self.source.vectors(clauses)) @ self.topics.T
        return [TOPIC_KEYS[int(n)] for n in near.argmax(axis=1)]


def _unit(vectors: Floats) -> Floats:
    """The clause's own half, of length 1."""
    own = vectors[:, : vectors.shape[1] // 2]
    return np.asarray(own / np.linalg.norm(own, axis=1, keepdims=True), np.float32)
