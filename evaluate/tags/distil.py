"""Whether the fast tagger learns from what the accurate one says of unlabelled text.

Generated reports (``corpora/generate``, from clauses of the training passes alone) are cut as at
run time and labelled by the accurate tagger; their probabilities are soft labels of the first
stage. A further row lets the accurate tagger soften the labels of our own training text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from corpora.generate import generate
from nlp.arrays import Floats
from nlp.cascade import tagger_for
from nlp.clauses import Clause
from train.examples import report_examples
from train.tagger import new_tagger, training_examples

from .refit import FOLDS, Refit
from .study import Step

REPORTS = 1500
_AT_ONCE = 50  # reports in one call of the accurate tagger
_SHARE = 0.5  # of the accurate tagger's word beside the gold label, on our own text
WEIGHTS = (0.3, 1.0)  # of a generated clause beside a written one


def generated_clauses(count: int, seed: int) -> Iterator[list[Clause]]:
    """Clauses of generated reports, a report at a time."""
    for report in generate(count, seed):
        yield [example.clause for example in report_examples(report.truth)]


def labelled(documents: Sequence[Sequence[Clause]]) -> Floats:
    """What the accurate tagger says of each clause, shape (n, 4)."""
    teacher = tagger_for("accurate")
    found = [
        teacher.predict_proba([c for document in documents[n : n + _AT_ONCE] for c in document])
        for n in range(0, len(documents), _AT_ONCE)
    ]
    return np.concatenate(found).astype(np.float32)


@dataclass(frozen=True)
class _Material:
    """What the rows share, made when the first one is learned."""

    seed: int
    folds: int
    reports: int

    @cached_property
    def generated(self) -> list[list[Clause]]:
        return list(generated_clauses(self.reports, self.seed))

    @cached_property
    def said(self) -> Floats:
        return labelled(self.generated)

    @cached_property
    def with_generated(self) -> Refit:
        further = [clause for document in self.generated for clause in document]
        return Refit(training_examples(self.seed), new_tagger(seed=self.seed), further, self.folds)

    @cached_property
    def own(self) -> Refit:
        return Refit(training_examples(self.seed), new_tagger(seed=self.seed), folds=self.folds)

    @cached_property
    def softened(self) -> Floats:
        """Gold labels of our own text, half of each from the accurate tagger."""
        chances = tagger_for("accurate").predict_proba(self.own.clauses)
        return (1 - _SHARE) * self.own.gold + _SHARE * chances

    def learn(self, weight: float, soft: bool) -> Any:
        refit = self.with_generated
        own = self.softened if soft else refit.gold
        chances = np.concatenate([own, self.said])
        weights = np.concatenate([np.ones(len(own)), np.full(len(self.said), weight)])
        return refit.fit(chances=chances, weights=weights.astype(np.float32))


def steps(seed: int = 0, folds: int = FOLDS, reports: int = REPORTS) -> Iterator[Step]:
    """Gold labels alone first."""
    made = _Material(seed, folds, reports)
    yield "gold labels alone", lambda: made.own.fit()
    for weight in WEIGHTS:
        name = f"+ {reports} generated reports, weight {weight:g}"
        yield name, partial(made.learn, weight, False)
    yield "our own labels softened", lambda: made.own.fit(chances=made.softened)
    name = f"both, weight {WEIGHTS[0]:g}"
    yield name, partial(made.learn, WEIGHTS[0], True)
