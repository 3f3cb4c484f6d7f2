"""The network that ``train.encoder`` fine-tunes: an encoder, a mean over clauses, two heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from nlp.arrays import Floats
from nlp.report import LABELS

from .window_items import TOPIC_KEYS, Item, batches

_SMOOTHING = 0.05
_TOPIC_WEIGHT = 3.0  # of a mean over 16 keys, most of them absent
_DROPOUT = 0.1


class Network(torch.nn.Module):
    """Label and topic scores for each clause of windows.

    Parameters
    ----------
    encoder : transformers.PreTrainedModel
        Anything that gives ``last_hidden_state``.
    """

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.drop = torch.nn.Dropout(_DROPOUT)
        self.labels = torch.nn.Linear(2 * width, len(LABELS))
        self.topics = torch.nn.Linear(2 * width, len(TOPIC_KEYS))

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, pool: torch.Tensor, of: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores (n, 4) and (n, 16); see :func:`tensors_of` for the arguments."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        clauses = torch.bmm(pool, states)[of[:, 0], of[:, 1]]
        weight = mask[..., None].to(states.dtype)
        whole = ((states * weight).sum(1) / weight.sum(1))[of[:, 0]]
        both = self.drop(torch.cat([clauses, whole], dim=1))
        return self.labels(both), self.topics(both)


def tensors_of(batch: Sequence[Item]) -> tuple[torch.Tensor, ...]:
    """Ids and mask (b, t), averaging weights (b, most clauses, t), and of each row its (item, clause)."""
    longest, most = max(len(i.ids) for i in batch), max(len(i.spans) for i in batch)
    ids = np.ones((len(batch), longest), np.int64)
    mask = np.zeros((len(batch), longest), np.int64)
    pool = np.zeros((len(batch), most, longest), np.float32)
    of = []
    for row, item in enumerate(batch):
        ids[row, : len(item.ids)] = item.ids
        mask[row, : len(item.ids)] = 1
        for number, (start, end) in enumerate(item.spans):
            pool[row, number, start:end] = 1 / (end - start)
            of.append((row, number))
    return tuple(torch.from_numpy(array) for array in (ids, mask, pool, np.array(of)))


def loss_of(network: Network, batch: Sequence[Item]) -> torch.Tensor:
    """Cross-entropy of labels, and of topics where a clause has any."""
    labels = torch.tensor([label for item in batch for label in item.labels])
    topics = torch.tensor([named for item in batch for named in item.topics])
    scores, topic_scores = network(*tensors_of(batch))
    loss = functional.cross_entropy(scores, labels, label_smoothing=_SMOOTHING)
    named = topics.sum(1) > 0
    if named.any():
        loss = loss + _TOPIC_WEIGHT * functional.binary_cross_entropy_with_logits(
            topic_scores[named], topics[named]
        )
    return loss


def predict(network: Network, items: Sequence[Item]) -> tuple[Floats, Floats]:
    """Scores (n, 4) and topic scores (n, 16) of all clauses, in the items' order."""
    network.eval()
    found: dict[int, tuple[Any, Any]] = {}
    with torch.inference_mode():
        for batch in batches(items, None):
            scores, topics = network(*tensors_of(batch))
            position = 0
            for item in batch:
                rows = slice(position, position + len(item.labels))
                found[id(item)] = (scores[rows].numpy(), topics[rows].numpy())
                position = rows.stop
    network.train()
    return (
        np.concatenate([found[id(item)][0] for item in items]),
        np.concatenate([found[id(item)][1] for item in items]),
    )
