"""The second stage's view of a clause: the first stage's word on its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats, Ints
from .clauses import Clause
from .features import documents_of

# What :func:`neighbour_features` joins, four columns each, before the plain features.
NEIGHBOUR_BLOCKS = (
    "own", "before", "after", "second before", "second after", "lead-in", "list", "paragraph", "heading",
)  # fmt: skip


def lone_rows(clauses: Sequence[Clause]) -> NDArray[np.bool_]:
    """Which clauses are a document by themselves: no neighbour can say anything of them."""
    documents = documents_of(clauses)
    return np.asarray(np.bincount(documents)[documents] == 1)


def _mean_of_others(numbers: Ints, chances: Floats) -> Floats:
    """For each row the mean over the other rows of its number; zeros where it is alone."""
    count = np.bincount(numbers)[numbers][:, None]
    total = np.zeros((int(numbers.max()) + 1, chances.shape[1]), np.float32)
    np.add.at(total, numbers, chances)
    return np.asarray((total[numbers] - chances) / np.maximum(count - 1, 1), np.float32)


def _numbered(keys: Sequence[object]) -> Ints:
    index: dict[object, int] = {}
    return np.array([index.setdefault(key, len(index)) for key in keys], np.int64)


def neighbour_features(clauses: Sequence[Clause], chances: Floats, plain: Floats) -> Floats:
    """What the second stage reads, one row a clause.

    Parameters
    ----------
    chances : numpy.ndarray of shape (n, 4)
        The first stage's probabilities; held-out ones when learning.
    plain : numpy.ndarray of shape (n, p)
        :func:`nlp.features.plain_features`.
    """
    documents = documents_of(clauses)
    columns = [np.log(np.clip(chances, 1e-4, 1))]
    for step in (1, 2):
        same = (documents[step:] == documents[:-step])[:, None]
        before, after = np.zeros_like(chances), np.zeros_like(chances)
        before[step:] = chances[:-step] * same
        after[:-step] = chances[step:] * same
        columns += [before, after]
    lead = np.zeros_like(chances)
    place: dict[tuple[int, str], int] = {}
    for row, clause in enumerate(clauses):
        document = int(documents[row])
        source = place.get((document, clause.lead_in)) if clause.lead_in else None
        if source is not None:
            lead[row] = chances[source]
        place[document, clause.text] = row
    lists = [
        (int(document), clause.lead_in) if clause.lead_in else (row, "alone")
        for row, (document, clause) in enumerate(zip(documents, clauses, strict=True))
    ]
    pairs = list(zip(documents.tolist(), clauses, strict=True))
    columns += [
        lead,
        _mean_of_others(_numbered(lists), chances),
        _mean_of_others(_numbered([(d, c.paragraph) for d, c in pairs]), chances),
        _mean_of_others(_numbered([(d, c.heading) for d, c in pairs]), chances),
        plain,
    ]
    return np.concatenate(columns, axis=1).astype(np.float32)
