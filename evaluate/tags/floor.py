"""The study ``baselines``: the shipped fast tagger beside what it must beat."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from nlp.arrays import Floats
from nlp.clauses import Clause
from nlp.report import CALLED_FOR
from nlp.tagger import Tagger
from train.examples import Example
from train.tagger import new_tagger, training_examples
from train.window_items import TOPIC_KEYS

from .ablation import ABLATIONS
from .baselines import cue_word_labels
from .refit import FOLDS, Refit, one_hot, without_bare
from .study import RETOLD, TESTS, Sets, Step

LEARNED = 6000  # clauses that the regression on the frozen encoder learns from


class CueWords:
    """Cue words with the interface of a tagger; always sure."""

    def predict_proba(self, clauses: Sequence[Clause]) -> Floats:
        """Rows of 0 and 1, shape (n, 4)."""
        return one_hot(cue_word_labels(clauses))


class Shipped:
    """The shipped fast tagger, with its first topic of any clause."""

    def __init__(self) -> None:
        self.tagger = Tagger.load()

    def predict_proba(self, clauses: Sequence[Clause]) -> Floats:
        """Probabilities (n, 4)."""
        return self.tagger.predict_proba(clauses)

    def first_topics(self, clauses: Sequence[Clause]) -> list[str]:
        """The most probable topic of each clause."""
        scores = self.tagger.label_scores(clauses)[1] + self.tagger.topic_cues(clauses)
        return [TOPIC_KEYS[int(number)] for number in scores.argmax(axis=1)]


class _Encoder:
    """The frozen encoder's vectors, made when first asked for."""

    @cached_property
    def source(self) -> Any:
        from .frozen import Frozen, Remembered

        return Remembered(Frozen())


def learned_from(seed: int, most: int = LEARNED) -> list[Example]:
    """Some training clauses, lone repeats left out: the frozen encoder is slow."""
    examples = without_bare(training_examples(seed))
    return random.Random(seed).sample(examples, min(most, len(examples)))


def steps(seed: int = 0, folds: int = FOLDS) -> Iterator[Step]:
    """The shipped tagger first."""
    encoder = _Encoder()

    def frozen() -> Any:
        from .frozen import Linear

        return Linear(encoder.source, learned_from(seed), seed)

    def nearest() -> Any:
        from .frozen import Nearest

        return Nearest(encoder.source)

    def blind() -> Any:
        refit = Refit(training_examples(seed), new_tagger(seed=seed), folds=folds)
        alone = next(one for one in ABLATIONS if "one stage" in one.name)
        return refit.fit(~refit.first_columns(alone.block, alone.plain), sequence=False)

    yield "fast tagger, as shipped", Shipped
    yield "cue words", CueWords
    yield "the same model without context", blind
    yield "nearest description, frozen encoder", nearest
    yield f"logistic regression on the frozen encoder, {LEARNED:,} clauses", frozen


def topic_figures(sets: Sets, answers: Any) -> dict[str, dict[str, float]]:
    """Of clauses that are problems or commitments by the writers: how often the first topic is
    the primary one (strict), or any (lenient); empty where topics are not told."""
    if not hasattr(answers, "first_topics"):
        return {}
    found = {}
    for name in (TESTS, RETOLD):
        named = [e for e in sets.examples[name] if e.topics and e.label in CALLED_FOR]
        first = answers.first_topics([e.clause for e in named])
        found[name] = {
            "clauses": len(named),
            "strict": round(float(np.mean([e.topics[0] == t for e, t in zip(named, first, strict=True)])), 4),
            "lenient": round(float(np.mean([t in e.topics for e, t in zip(named, first, strict=True)])), 4),
        }
    return found


def topic_table(rows: Sequence[dict[str, Any]]) -> str:
    """Topics of the rows that tell them, as Markdown."""
    told = [row for row in rows if row.get("topics")]
    lines = [f"| topic, strict/lenient | {TESTS} | {RETOLD} |", "|---|---|---|"]
    for row in told:
        cells = [f"{row['topics'][n]['strict']:.3f}/{row['topics'][n]['lenient']:.3f}" for n in (TESTS, RETOLD)]
        lines.append(f"| {row['name']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
