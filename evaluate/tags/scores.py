"""Pure functions from (gold, predicted) to figures; nothing here knows a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from nlp.report import LABELS


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """Harmonic mean, 0 where both are 0.

    >>> f1(1.0, 0.5)
    0.6666666666666666
    """
    return _ratio(2 * precision * recall, precision + recall)


def label_scores(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, Any]:
    """Accuracy, macro F1, precision, recall and F1 a label, and the confusion.

    ``confusion[gold][predicted]`` counts clauses.
    """
    pairs = Counter(zip(gold, predicted, strict=True))
    labels: dict[str, Any] = {}
    for label in LABELS:
        right = pairs[label, label]
        precision = _ratio(right, sum(n for (_, p), n in pairs.items() if p == label))
        support = sum(n for (g, _), n in pairs.items() if g == label)
        recall = _ratio(right, support)
        labels[label] = {
            "precision": precision, "recall": recall, "f1": f1(precision, recall),
            "support": support,
        }  # fmt: skip
    return {
        "clauses": len(gold),
        "accuracy": _ratio(sum(n for (g, p), n in pairs.items() if g == p), len(gold)),
        "macro_f1": sum(labels[label]["f1"] for label in LABELS) / len(LABELS),
        "labels": labels,
        "confusion": {g: {p: pairs[g, p] for p in LABELS} for g in LABELS},
    }


def calibration_error(scores: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error of the chosen label's score, in ``bins`` bins of equal width.

    >>> calibration_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False])
    0.0
    """
    if not scores:
        return 0.0
    chances, hits = np.asarray(scores, float), np.asarray(right, float)
    number = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = np.bincount(number, hits - chances, bins)
    return float(np.abs(gaps).sum() / len(chances))


def topic_scores(
    gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]
) -> dict[str, float]:
    """Topics of clauses whose label was right.

    ``strict``: the primary topic is the gold primary one; ``lenient``: it is one of the gold
    ones; ``micro_f1``: over all topics named.
    """
    strict = sum(bool(p) and p[0] == g[0] for g, p in zip(gold, predicted, strict=True))
    lenient = sum(bool(p) and p[0] in g for g, p in zip(gold, predicted, strict=True))
    shared = sum(len(set(g) & set(p)) for g, p in zip(gold, predicted, strict=True))
    precision = _ratio(shared, sum(len(set(p)) for p in predicted))
    recall = _ratio(shared, sum(len(set(g)) for g in gold))
    return {
        "clauses": len(gold),
        "strict": _ratio(strict, len(gold)),
        "lenient": _ratio(lenient, len(gold)),
        "micro_f1": f1(precision, recall),
    }


def pair_scores(
    gold: Sequence[set[tuple[int, int]]], predicted: Sequence[set[tuple[int, int]]]
) -> dict[str, float]:
    """Precision, recall and F1 of links, documents in step."""
    right = sum(len(g & p) for g, p in zip(gold, predicted, strict=True))
    precision = _ratio(right, sum(len(p) for p in predicted))
    recall = _ratio(right, sum(len(g) for g in gold))
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall),
            "links": sum(len(g) for g in gold)}  # fmt: skip


def boundary_scores(gold: set[int], predicted: set[int]) -> dict[str, float]:
    """Precision, recall and F1 of the places where clauses begin."""
    precision = _ratio(len(gold & predicted), len(predicted))
    recall = _ratio(len(gold & predicted), len(gold))
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall)}


Spans = Sequence[tuple[int, int]]


def span_scores(gold: Sequence[Spans], predicted: Sequence[Spans], least: float = 0.6) -> dict[str, float]:
    """Precision, recall and F1 of spans, documents in step.

    A predicted span finds a gold one where they share at least ``least`` of their union, each
    of both counted once.

    >>> span_scores([[(0, 10)]], [[(0, 7), (7, 10)]])["recall"]
    1.0
    """
    found = 0
    for wanted, given in zip(gold, predicted, strict=True):
        free = set(given)
        for start, end in wanted:
            for one in sorted(free):
                shared = min(end, one[1]) - max(start, one[0])
                if shared >= least * (max(end, one[1]) - min(start, one[0])):
                    free.remove(one)
                    found += 1
                    break
    precision = _ratio(found, sum(len(given) for given in predicted))
    recall = _ratio(found, sum(len(wanted) for wanted in gold))
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall),
            "spans": sum(len(wanted) for wanted in gold)}  # fmt: skip
