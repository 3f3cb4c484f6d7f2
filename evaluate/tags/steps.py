"""What each kind of training text brought: statements, whole reports, retold reports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from train.corpus import RETOLD_PASSES
from train.tagger import new_tagger, training_examples

from .refit import FOLDS, Refit
from .study import Step


def steps(seed: int = 0, folds: int = FOLDS) -> Iterator[Step]:
    """All that the tagger learns from first, then from the least on. Generated text is no step:
    the shipped tagger does not learn from it (``distil`` measures what it would bring)."""

    def learned(statements: bool, reports: bool, retold: bool) -> Any:
        examples = [
            e for e in training_examples(seed)
            if (retold if e.source in RETOLD_PASSES else reports if "/" in e.group else statements)
        ]  # fmt: skip
        return Refit(examples, new_tagger(seed=seed), folds=folds).fit()

    yield "statements + reports + retold training passes", partial(learned, True, True, True)
    yield "statements only", partial(learned, True, False, False)
    yield "statements + reports", partial(learned, True, True, False)
    yield "reports + retold, no statements", partial(learned, False, True, True)
    yield "retold training passes only", partial(learned, False, False, True)
