"""Labelled documents as what the encoder learns from: windows of token ids with their answers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp import windows
from nlp.clauses import Clause
from nlp.encoder import CLOSING, LONGEST_TOKENS, OPENING, token_spans
from nlp.features import documents_of
from nlp.form import TOPICS
from nlp.report import LABELS

from .examples import Example

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_LENGTHS = (1, 60, 120, 200, 280, 280)  # characters of a window, drawn for each one
_WITHOUT_CONTEXT = 0.12  # of the windows lack what stands before them
BATCH_TOKENS = 1800
TOPIC_KEYS = tuple(TOPICS)


@dataclass(frozen=True, slots=True)
class Item:
    """A window as token ids; for each clause its tokens, label and topics (0 or 1 a key)."""

    ids: list[int]
    spans: list[tuple[int, int]]
    labels: list[int]
    topics: list[list[float]]


def items_of(
    tokenizer: Tokenizer, documents: Sequence[Sequence[Example]], seed: int | None,
    marks: tuple[int, int] = (OPENING, CLOSING),
) -> list[Item]:  # fmt: skip
    """Windows of documents: divided at random with a seed, as at run time without one.

    ``marks`` are the ids that open and close a text.
    """
    dice = random.Random(seed)
    built: list[windows.Window] = []
    owners: list[Sequence[Example]] = []
    for document in documents:
        clauses = [example.clause for example in document]
        for rows in _divided(clauses, dice if seed is not None else None):
            with_context = seed is None or dice.random() >= _WITHOUT_CONTEXT
            built.append(windows.build(clauses, rows, with_context))
            owners.append(document)
    encoded = tokenizer.encode_batch([one.text for one in built], add_special_tokens=False)
    items = []
    for window, document, encoding in zip(built, owners, encoded, strict=True):
        ids = encoding.ids[:LONGEST_TOKENS]
        most = len(ids)
        spans = token_spans(encoding.offsets, window.spans)
        items.append(
            Item(
                [marks[0], *ids, marks[1]],
                [(min(start, most - 1) + 1, min(end, most) + 1) for start, end in spans],
                [LABELS.index(document[row].label) for row in window.rows],
                [[float(t in document[row].topics) for t in TOPIC_KEYS] for row in window.rows],
            )
        )
    return items


def _divided(clauses: Sequence[Clause], dice: random.Random | None) -> Iterator[list[int]]:
    if dice is None:
        yield from windows.partition(clauses, documents_of(clauses).tolist())
        return
    run: list[int] = []
    length, longest = 0, dice.choice(_LENGTHS)
    for row, clause in enumerate(clauses):
        if run and length + len(clause.text) > longest:
            yield run
            run, length, longest = [], 0, dice.choice(_LENGTHS)
        run.append(row)
        length += len(clause.text) + 1
    yield run


def batches(items: Sequence[Item], seed: int | None) -> list[list[Item]]:
    """Items of like length together, at most ``BATCH_TOKENS`` with padding; shuffled by seed."""
    dice = random.Random(seed)
    order = list(items)
    if seed is not None:
        dice.shuffle(order)
    order.sort(key=lambda item: len(item.ids) // 8)
    found: list[list[Item]] = [[]]
    for item in order:
        if found[-1] and len(item.ids) * (len(found[-1]) + 1) > BATCH_TOKENS:
            found.append([])
        found[-1].append(item)
    if seed is not None:
        dice.shuffle(found)
    return found
