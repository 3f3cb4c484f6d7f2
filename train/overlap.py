"""Near-duplicates between the training and the test passes: text that was seen is no test.

Reports share a stock of official formulas (headings, legal basis, 未收到…申请). Those are listed
in ``corpora/stock.txt``; any other test clause too like a training clause fails the tests.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from nlp.document import fold

from .corpus import CORPORA, clauses_of, load

LEAST = 15  # characters: shorter clauses are formulas by nature
LIKE = 0.7  # Jaccard of character 5-grams from which two clauses are one
_SPAN = 5


def plain(text: str) -> str:
    """Text for comparing: folded, figures as 0, marks and spaces out."""
    return re.sub(r"[\W_]+", "", re.sub(r"\d[\d,.]*", "0", fold(text)))


def shingles(text: str) -> frozenset[str]:
    """Character 5-grams of the plain text."""
    bare = plain(text)
    return frozenset(bare[i : i + _SPAN] for i in range(len(bare) - _SPAN + 1))


def stock(root: Path = CORPORA) -> re.Pattern[str]:
    """The formulas that both sides may have, as one pattern over plain text."""
    lines = (root / "stock.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{x})" for x in lines if x and not x.startswith("#")))


def _texts(split: str, root: Path) -> list[str]:
    reports = load("reports", split, root)  # type: ignore[arg-type]
    found = [clause["text"] for report in reports for clause in clauses_of(report)]
    found += [r["text"] for r in load("statements", split, root)]  # type: ignore[arg-type]
    if split == "test":
        found += [clause["text"] for one in load("retold", root=root) for clause in clauses_of(one)]
    return sorted({text for text in found if len(plain(text)) >= LEAST})


def near_duplicates(root: Path = CORPORA) -> Iterator[tuple[str, str, float]]:
    """``(test clause, training clause, likeness)`` for each test clause with a near-duplicate
    that is no formula of the stock."""
    formula = stock(root)
    training = _texts("train", root)
    sets = [shingles(text) for text in training]
    index: dict[str, list[int]] = defaultdict(list)
    for number, grams in enumerate(sets):
        for gram in grams:
            index[gram].append(number)
    for text in _texts("test", root):
        if formula.fullmatch(plain(text)):
            continue
        own = shingles(text)
        shared: dict[int, int] = defaultdict(int)
        for gram in own:
            for number in index.get(gram, ()):
                shared[number] += 1
        best, likeness = -1, 0.0
        for number, count in shared.items():
            value = count / (len(own) + len(sets[number]) - count)
            if value > likeness:
                best, likeness = number, value
        if likeness >= LIKE:
            yield text, training[best], likeness
