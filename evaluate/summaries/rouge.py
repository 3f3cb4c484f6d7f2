"""ROUGE by characters: figures as single tokens, marks left out.

Lin, "ROUGE: a package for automatic evaluation of summaries", 2004. F1 of n-gram overlap, and of
the longest common subsequence over the whole text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_TOKEN = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|\w")


def tokens_of(text: str) -> list[str]:
    """Characters, with numbers and Latin words whole.

    >>> tokens_of("公开33件，占4.2%")
    ['公', '开', '33', '件', '占', '4.2%']
    """
    return _TOKEN.findall(text)


def _f1(shared: int, wanted: int, found: int) -> float:
    return 2 * shared / (wanted + found) if shared else 0.0


def rouge_n(reference: str, candidate: str, n: int) -> float:
    """F1 of n-gram overlap.

    >>> round(rouge_n("甲乙丙丁", "甲乙丁", 1), 3), rouge_n("甲乙丙丁", "甲乙丁", 2)
    (0.857, 0.4)
    """

    def grams(text: str) -> Counter[tuple[str, ...]]:
        tokens = tokens_of(text)
        return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

    wanted, found = grams(reference), grams(candidate)
    return _f1(sum((wanted & found).values()), sum(wanted.values()), sum(found.values()))


def rouge_l(reference: str, candidate: str) -> float:
    """F1 of the longest common subsequence.

    >>> round(rouge_l("甲乙丙丁", "乙甲丙丁"), 2)
    0.75
    """
    wanted, found = tokens_of(reference), tokens_of(candidate)
    row = [0] * (len(found) + 1)
    for one in wanted:
        before = 0
        for place, other in enumerate(found, 1):
            before, row[place] = row[place], (
                before + 1 if one == other else max(row[place], row[place - 1])
            )
    return _f1(row[-1], len(wanted), len(found))


def best(references: Sequence[str], candidate: str) -> dict[str, float]:
    """ROUGE-1, -2 and -L against whichever reference is nearest, each for itself."""
    return {
        "rouge1": max(rouge_n(r, candidate, 1) for r in references),
        "rouge2": max(rouge_n(r, candidate, 2) for r in references),
        "rougeL": max(rouge_l(r, candidate) for r in references),
    }
