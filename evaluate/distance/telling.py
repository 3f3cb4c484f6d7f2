"""A classifier told to tell our clauses from real ones: near 0.5 it cannot."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from nlp.errors import BadCorpus
from train.overlap import plain

_LEAST = 40  # clauses of each side


def tell_apart(ours: Sequence[str], real: Sequence[str], seed: int = 0) -> dict[str, Any]:
    """Cross-validated accuracy on equal numbers of both, and the weightiest n-grams of each.

    Parameters
    ----------
    ours, real : sequence of str
        Clauses; figures and marks are taken out first, so that style decides and not form.

    Raises
    ------
    BadCorpus
        If a side has fewer than 40 clauses.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline

    dice = random.Random(seed)
    sides = [sorted({plain(text) for text in side if len(plain(text)) >= 6}) for side in (ours, real)]
    count = min(map(len, sides))
    if count < _LEAST:
        raise BadCorpus(f"{count} different clauses on one side; {_LEAST} are needed")
    texts = [text for side in sides for text in dice.sample(side, count)]
    labels = np.array([0] * count + [1] * count)
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10, max_iter=1000),
    )
    predicted = cross_val_predict(model, texts, labels, cv=5)
    model.fit(texts, labels)
    names = model[0].get_feature_names_out()
    order = np.argsort(model[1].coef_[0])
    return {
        "clauses": count,
        "accuracy": float((predicted == labels).mean()),
        "ours": [str(names[i]) for i in order[:25]],
        "real": [str(names[i]) for i in order[::-1][:25]],
    }
