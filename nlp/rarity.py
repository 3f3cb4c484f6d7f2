"""How much a deed sets a report apart: how few reports of the corpus say such a thing.

``rarity.json`` in the summarizer's folder counts, for words and for pairs of words that follow each
other, the reports of the training passes in which they stand (made by ``python -m train.rarity``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .document import fold
from .words import Cut

FILE = "rarity.json"
_JOINT = " "
_FEW = 3.0  # words; a deed of fewer says little whatever they are
_PAIRS = 0.5  # of the weight goes to pairs

Scorer = Callable[[str], float]


def terms_of(text: str, cut: Cut) -> tuple[list[str], list[str]]:
    """Content words of a text and the pairs of them that follow each other; no numbers."""
    words = [w for w in cut(fold(text)) if len(w) >= 2 and not any(c.isdigit() for c in w)]
    words = [word for word in words if word.isalpha()]
    return words, [one + _JOINT + other for one, other in pairwise(words)]


@dataclass(frozen=True, slots=True)
class Rarity:
    """Document frequencies: of ``documents`` reports, how many hold each term."""

    documents: int
    counts: Mapping[str, int]

    @classmethod
    def load(cls, folder: Path) -> Rarity | None:
        """The table of a model's folder; None where it has none."""
        path = folder / FILE
        if not path.is_file():
            return None
        data = json.loads(path.read_text("utf-8"))
        return cls(int(data["documents"]), dict(data["counts"]))

    def _mean(self, terms: Iterable[str]) -> float:
        distinct = dict.fromkeys(terms)  # in the text's order, for a sum of floats depends on it
        scores = [math.log((self.documents + 1) / (self.counts.get(term, 0) + 1)) for term in distinct]
        return sum(scores) / len(scores) / math.log(self.documents + 1) if scores else 0.0

    def scorer(self, cut: Cut) -> Scorer:
        """A function from a deed to its rarity, 0 (every report has it) to 1 (none has)."""

        def score(text: str) -> float:
            words, pairs = terms_of(text, cut)
            if not words:
                return 0.0
            mean = (1 - _PAIRS) * self._mean(words) + _PAIRS * self._mean(pairs or words)
            return mean * (1 - math.exp(-len(set(words)) / _FEW))

        return score
