"""Sizes of the span-pointing network, and plans as its padded input; without transformers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .plan_tokens import MOST_SOURCE, PAD, PlanTokens

MODEL_TYPE = "nianbao-span-pointer"  # in config.json
MOST_TARGET = 160  # decoder steps
MOST_LEFT = 16  # items or tokens still to come; more counts as this many
NEVER = -1e4  # score of what may not be done
EASY, HARD = 0.6, 8.0  # shares of the penalty of a cut: one that is allowed, one that is not
PIECE, START, END = 0, 1, 2  # what a decoder step does


def collate(tokens: Sequence[PlanTokens]) -> dict[str, Tensor]:
    """A padded batch: ``input_ids``, ``attention_mask``, ``kinds``, ``items`` (-1 is padding),
    ``within``, ``opens``, ``closes``, ``breaks``, ``begins_well``, ``ends_well``, each of shape
    (batch, longest plan).

    Raises
    ------
    ValueError
        If a plan has more than ``MOST_SOURCE`` tokens; the planner's budget prevents it.
    """
    longest = max(len(one.ids) for one in tokens)
    if longest > MOST_SOURCE:
        raise ValueError(f"a plan of {longest} tokens; at most {MOST_SOURCE} are read")

    def padded(values: Sequence[Sequence[Any]], fill: int) -> Tensor:
        return torch.tensor([[*map(int, row), *[fill] * (longest - len(row))] for row in values])

    return {
        "input_ids": padded([one.ids for one in tokens], PAD),
        "attention_mask": padded([[1] * len(one.ids) for one in tokens], 0),
        "kinds": padded([one.kinds for one in tokens], 0),
        "items": padded([one.items for one in tokens], -1),
        "within": padded([one.within for one in tokens], 0),
        "opens": padded([one.opens for one in tokens], 0),
        "closes": padded([one.closes for one in tokens], 0),
        "breaks": padded([one.breaks for one in tokens], 0),
        "begins_well": padded([one.begins_well for one in tokens], 0),
        "ends_well": padded([one.ends_well for one in tokens], 0),
    }


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the network, and what cuts cost.

    ``cut_penalty`` is taken, while generating, from the score of each copy that ends inside a
    comma part: what to leave out of a clause is the least certain of all choices, and a clause
    that is a little long reads better than one that is cut in the wrong place. Of it only
    ``EASY`` is taken where :mod:`nlp.entail` allows the cut, and ``HARD`` times as much where
    it does not.
    """

    source_size: int = 2000
    target_size: int = 100
    width: int = 128
    heads: int = 4
    encoder_layers: int = 3
    decoder_layers: int = 2
    feed_forward: int = 384
    dropout: float = 0.1
    cut_penalty: float = 0.0

    @classmethod
    def from_pretrained(cls, folder: Path) -> Sizes:
        """Those of a folder's ``config.json``.

        Raises
        ------
        ValueError
            If it is of another kind of model.
        """
        data = json.loads((folder / "config.json").read_text("utf-8"))
        if data.get("model_type") != MODEL_TYPE:
            raise ValueError(f"config.json is of {data.get('model_type')}, not of {MODEL_TYPE}")
        return cls(**{one.name: data[one.name] for one in fields(cls) if one.name in data})
