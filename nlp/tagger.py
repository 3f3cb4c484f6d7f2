"""The fast tagger: clauses to labels with calibrated probabilities, and topics.

Two linear stages. The first reads a clause and its context (n-grams of :mod:`nlp.ngrams`,
cues, section, list). The second reads the first one's probabilities for the clause, its
neighbours, its lead-in, its list and its section, because a bare verb phrase is a deed or a
promise by the company it keeps. Probabilities are scaled by a temperature fitted on
documents that the model had not seen. scikit-learn is needed for :meth:`Tagger.fit` only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .artefacts import find_model, read_manifest, write_manifest
from .clause_tags import TOPIC_KEYS, ClauseTag, called_for, softmax, tags_of
from .clauses import Clause
from .errors import MissingModel
from .features import BLOCKS, CONTEXT_BLOCKS, PLAIN_NAMES, plain_features, texts_of
from .form import TOPICS
from .neighbours import lone_rows, neighbour_features
from .ngrams import CHARACTERS, HASH_BITS, WORDS, Grams, grams
from .report import LABELS, Label
from .topic_cues import topic_features
from .words import LEXICON, Cut, read_lexicon, segmenter

FORMAT = "nianbao-tagger/1"
_WEIGHTS = "weights.npz"
_CONFIG = "config.json"


class Tagger:
    """Labels clauses as problem, commitment, done or other, in scikit-learn's habits.

    Parameters
    ----------
    lexicon : tuple of str
        Words added to jieba's dictionary.
    strength : float
        Inverse regularisation of the first stage.
    context_scale, plain_scale : float
        Weight of the context's n-grams, and of cues, beside those of the clause.
    context, sequence : bool
        Whether the clause's context is read at all, and whether the second stage is used.
    folds : int
        Parts that the documents are divided into for held-out probabilities.
    seed : int

    Attributes
    ----------
    classes_ : tuple of str
        The labels, in the order of ``predict_proba``'s columns.
    temperatures_ : tuple of float
        By which scores are divided: of clauses among others, and of lone ones.
    """

    def __init__(
        self,
        lexicon: tuple[str, ...] = (),
        strength: float = 10.0,
        context_scale: float = 0.5,
        plain_scale: float = 0.12,
        context: bool = True,
        sequence: bool = True,
        folds: int = 8,
        seed: int = 0,
    ) -> None:
        self.lexicon = lexicon
        self.strength = strength
        self.context_scale = context_scale
        self.plain_scale = plain_scale
        self.context = context
        self.sequence = sequence
        self.folds = folds
        self.seed = seed

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's arguments by name."""
        return {name: getattr(self, name) for name in _PARAMETERS}

    # --- learning ------------------------------------------------------------------------

    def fit(
        self,
        clauses: Sequence[Clause],
        labels: Sequence[str],
        topics: Sequence[Sequence[str]],
        groups: Sequence[str],
    ) -> Tagger:
        """Learn from labelled clauses.

        Parameters
        ----------
        clauses : sequence of Clause
            Whole documents in order; lone clauses are documents of one.
        labels : sequence of str
        topics : sequence of sequence of str
            Primary first; empty for done and other.
        groups : sequence of str
            Clauses of one group are never on both sides of a division.

        Raises
        ------
        ValueError
            If lengths differ or a label or topic is unknown.
        """
        from .fitting import fit_tagger

        if not len(clauses) == len(labels) == len(topics) == len(groups):
            raise ValueError("clauses, labels, topics and groups differ in length")
        unknown = set(labels) - set(LABELS) | {t for of in topics for t in of} - set(TOPICS)
        if unknown:
            raise ValueError(f"unknown labels or topics: {sorted(unknown)}")
        self._set(fit_tagger(self, clauses, labels, topics, groups))
        return self

    def _set(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.classes_: tuple[Label, ...] = LABELS
        self._arrays = dict(arrays)
        self.temperatures_ = tuple(float(value) for value in arrays["temperatures"])
        self._lookup: dict[str, NDArray[np.int32]] = {}
        self._weights: dict[str, Floats] = {}
        for kind in (CHARACTERS, WORDS):
            keys = arrays[f"{kind}.keys"]
            lookup = np.full(1 << HASH_BITS, keys.size, np.int32)
            lookup[keys] = np.arange(keys.size, dtype=np.int32)
            self._lookup[kind] = lookup
            stacked = [arrays[f"{part}.{of}"] for part, of in BLOCKS if of == kind]
            stacked.append(arrays[f"topics.{kind}"])
            # A row of zeros at the end stands for every n-gram that training never saw.
            joined = np.concatenate(stacked, axis=1).astype(np.float32)
            self._weights[kind] = np.vstack([joined, np.zeros((1, joined.shape[1]), np.float32)])
            idf = arrays[f"{kind}.idf"].astype(np.float32)
            self._arrays[f"{kind}.idf"] = np.append(idf, np.float32(0))

    # --- answering -----------------------------------------------------------------------

    def _cut(self) -> Cut:
        return segmenter(self.lexicon)

    def _scores(self, clauses: Sequence[Clause]) -> tuple[Floats, Floats, Floats]:
        """First-stage scores (n, 4), topic scores (n, 16) and plain features of clauses."""
        texts, parts = texts_of(clauses)
        plain = plain_features(clauses, self.context)
        first = plain @ self._arrays["plain"] + self._arrays["bias"]
        topic = np.tile(self._arrays["topics.bias"], (len(clauses), 1)).astype(np.float32)
        width = len(LABELS)
        for kind in (CHARACTERS, WORDS):
            by_text = self._text_scores(grams(texts, kind, self._cut()), len(texts), kind)
            blocks = [part for part, of in BLOCKS if of == kind]
            for number, part in enumerate(blocks):
                if self.context or part not in CONTEXT_BLOCKS:
                    first += by_text[parts[part], number * width : (number + 1) * width]
            topic += by_text[parts["clause"], len(blocks) * width :]
        return first.astype(np.float32), topic, plain

    def _text_scores(self, found: Grams, count: int, kind: str) -> Floats:
        columns = self._lookup[kind][found.keys]
        values = self._arrays[f"{kind}.idf"][columns]
        squares = np.bincount(found.rows, values * values, count)
        values = values / np.sqrt(np.maximum(squares, 1e-12))[found.rows]
        weights = self._weights[kind]
        scores = np.zeros((count, weights.shape[1]), np.float32)
        if found.rows.size:
            rows, first = np.unique(found.rows, return_index=True)
            terms = weights[columns] * values[:, None].astype(np.float32)
            scores[rows] = np.add.reduceat(terms, first, axis=0)
        return scores

    def label_scores(self, clauses: Sequence[Clause]) -> tuple[Floats, Floats]:
        """Logits of the labels (n, 4), calibrated, and of the topics (n, 16), cues left out."""
        first, topic, plain = self._scores(clauses)
        lone = lone_rows(clauses)
        scores = first / np.float32(self.temperatures_[1])
        if self.sequence and not lone.all():
            near = neighbour_features(clauses, softmax(first), plain)
            last = near @ self._arrays["second"] + self._arrays["second.bias"]
            scores = np.where(lone[:, None], scores, last / np.float32(self.temperatures_[0]))
        return scores.astype(np.float32), topic

    def predict_proba(self, clauses: Sequence[Clause]) -> Floats:
        """Calibrated probabilities, shape (len(clauses), 4), columns as ``classes_``.

        Clauses are whole documents in order, as many as are wanted in one call.
        """
        if not clauses:
            return np.zeros((0, len(LABELS)), np.float32)
        return softmax(self.label_scores(clauses)[0])

    def predict(self, clauses: Sequence[Clause]) -> list[Label]:
        """The most probable label of each clause."""
        return [LABELS[number] for number in self.predict_proba(clauses).argmax(axis=1)]

    def tag_clauses(self, clauses: Sequence[Clause]) -> list[ClauseTag]:
        """Label, probabilities and topics of each clause; many reports in one call are fastest."""
        if not clauses:
            return []
        scores, topic_scores = self.label_scores(clauses)
        probabilities = softmax(scores)
        rows = called_for(probabilities)
        topic_scores[rows] += self.topic_cues([clauses[row] for row in rows])
        return tags_of(probabilities, topic_scores)

    def topic_cues(self, clauses: Sequence[Clause]) -> Floats:
        """What cue words add to topic scores, shape (len(clauses), 16)."""
        named = topic_features(clauses)
        return np.asarray(named @ self._arrays["topics.cues"], np.float32)

    # --- on disk -------------------------------------------------------------------------

    def save(self, folder: Path, facts: Mapping[str, Any], also: Sequence[str] = ()) -> None:
        """Write weights, configuration, lexicon and manifest into ``folder``.

        ``facts`` go into the manifest; ``also`` names files there that it vouches for too.
        """
        folder.mkdir(parents=True, exist_ok=True)
        small = {
            name: array.astype(np.float16) if array.dtype == np.float32 and array.ndim == 2
            else array[:-1] if name.endswith(".idf") else array
            for name, array in self._arrays.items()
        }  # fmt: skip
        np.savez_compressed(folder / _WEIGHTS, **cast(Any, small))
        parameters = {name: value for name, value in self.get_params().items() if name != "lexicon"}
        config = {"labels": LABELS, "topics": TOPIC_KEYS, "plain": PLAIN_NAMES,
                  "hash_bits": HASH_BITS, "parameters": parameters}  # fmt: skip
        text = json.dumps(config, ensure_ascii=False, indent=1)
        (folder / _CONFIG).write_text(text + "\n", encoding="utf-8")
        (folder / LEXICON).write_text("".join(f"{word}\n" for word in self.lexicon), "utf-8")
        files = (_WEIGHTS, _CONFIG, LEXICON, *also)
        write_manifest(folder, files, {"format": FORMAT, **facts})

    @classmethod
    def load(cls, path: str | Path | None = None) -> Tagger:
        """A trained tagger, from ``path`` or the one that is shipped.

        Raises
        ------
        MissingModel
            If there is none, a file is not what its hash says, or another version wrote it.
        """
        folder = Path(path) if path is not None else find_model("tagger")
        manifest = read_manifest(folder)
        config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
        expected = (FORMAT, list(LABELS), list(TOPIC_KEYS), list(PLAIN_NAMES))
        found = (manifest["format"], config["labels"], config["topics"], config["plain"])
        if found != expected or config["hash_bits"] != HASH_BITS:
            raise MissingModel(
                f"{folder} was trained by another version of this package; "
                "retrain it with `python -m train.tagger`"
            )
        tagger = cls(lexicon=read_lexicon(folder / LEXICON), **config["parameters"])
        with np.load(folder / _WEIGHTS, allow_pickle=False) as arrays:
            tagger._set({name: arrays[name] for name in arrays.files})
        for name, array in tagger._arrays.items():
            if array.dtype == np.float16:
                tagger._arrays[name] = array.astype(np.float32)
        return tagger


_PARAMETERS = (
    "lexicon", "strength", "context_scale", "plain_scale", "context", "sequence", "folds", "seed",
)  # fmt: skip


_SHIPPED: list[Tagger] = []


def shipped() -> Tagger:
    """The shipped tagger, loaded once a process."""
    if not _SHIPPED:
        _SHIPPED.append(Tagger.load())
    return _SHIPPED[0]
