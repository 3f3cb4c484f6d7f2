"""Layers and weights of the span pointer, without transformers: importing that takes seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safetensors.torch import load_file
from torch import Tensor, nn

from .plan_items import ITEM_KINDS, LONGEST_ITEM
from .plan_tokens import PAD
from .span_config import MOST_LEFT, MOST_TARGET, Sizes

WEIGHTS = "model.safetensors"


class PlanEncoder(nn.Module):
    """Tokens with kind and place in their item, through layers that look within the item only.

    An item is read alike whatever stands beside it, so what was learned from lone clauses holds
    in every plan.
    """

    def __init__(self, config: Any) -> None:
        super().__init__()
        self.heads = config.heads
        self.token = nn.Embedding(config.source_size, config.width, padding_idx=PAD)
        self.kind = nn.Embedding(len(ITEM_KINDS), config.width)
        self.place = nn.Embedding(LONGEST_ITEM + 2, config.width)
        self.edge = nn.Embedding(4, config.width)
        layer = nn.TransformerEncoderLayer(
            config.width, config.heads, config.feed_forward, config.dropout,
            activation="gelu", batch_first=True, norm_first=True,
        )  # fmt: skip
        self.layers = nn.TransformerEncoder(
            layer, config.encoder_layers, enable_nested_tensor=False
        )
        self.norm = nn.LayerNorm(config.width)
        self.dropout = nn.Dropout(config.dropout)
        self.main_input_name = "input_ids"

    def read(
        self, input_ids: Tensor, kinds: Tensor, items: Tensor, within: Tensor, opens: Tensor,
        closes: Tensor, **_: Any,
    ) -> Tensor:  # fmt: skip
        """States of the tokens, (batch, tokens, width); inputs as of :func:`nlp.span_config.collate`."""
        states = (
            self.token(input_ids) + self.kind(kinds) + self.edge(opens + 2 * closes)
            + self.place(within.clamp(max=LONGEST_ITEM + 1))
        )  # fmt: skip
        elsewhere = items[:, :, None] != items[:, None]
        mask = elsewhere.repeat_interleave(self.heads, 0)
        read: Tensor = self.norm(self.layers(self.dropout(states), mask=mask))
        return read


class Parts(nn.Module):
    """Encoder, decoder and the three heads: piece, start of a copy, end of a copy.

    ``config`` has the fields of :class:`nlp.span_config.Sizes`.
    """

    config: Any

    def add_parts(self, config: Any, encoder: type[PlanEncoder] = PlanEncoder) -> None:
        """The layers, with torch's own initial values; their order is the order of a seed."""
        width = config.width
        self.encoder = encoder(config)
        self.piece = nn.Embedding(config.target_size, width, padding_idx=PAD)
        self.step = nn.Embedding(MOST_TARGET + 8, width)
        self.action = nn.Embedding(3, width)
        self.copied = nn.Linear(width, width)
        self.here = nn.Embedding(len(ITEM_KINDS) + 1, width)  # kind of the item in hand, or none
        self.following = nn.Embedding(len(ITEM_KINDS) + 1, width)
        self.tokens_left = nn.Embedding(MOST_LEFT + 1, width)
        self.items_left = nn.Embedding(MOST_LEFT + 1, width)
        layer = nn.TransformerDecoderLayer(
            width, config.heads, config.feed_forward, config.dropout,
            activation="gelu", batch_first=True, norm_first=True,
        )  # fmt: skip
        self.decoder = nn.TransformerDecoder(layer, config.decoder_layers)
        self.norm = nn.LayerNorm(width)
        self.to_piece = nn.Linear(width, config.target_size)
        self.to_start, self.to_end = nn.Linear(width, width), nn.Linear(width, width)
        self.start_key, self.end_key = nn.Linear(width, width), nn.Linear(width, width)
        # Scores by distance: how much a copy skips, where it enters an item, how long it is.
        self.skip_bias = nn.Embedding(LONGEST_ITEM + 2, 1)
        self.enter_bias = nn.Embedding(LONGEST_ITEM + 2, 1)
        self.length_bias = nn.Embedding(LONGEST_ITEM + 2, 1)


class SpanNetwork(Parts):
    """The network for writing only; :class:`nlp.span_pointer.SpanPointerModel` is the same
    behind transformers' API."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.config = sizes
        self.add_parts(sizes)

    @classmethod
    def from_pretrained(cls, folder: Path) -> SpanNetwork:
        """The weights of a folder in single precision.

        Raises
        ------
        OSError, ValueError, TypeError, RuntimeError, SafetensorError
            If ``config.json`` or ``model.safetensors`` is missing or does not fit.
        """
        network = cls(Sizes.from_pretrained(folder))
        weights = {name: one.float() for name, one in load_file(folder / WEIGHTS).items()}
        network.load_state_dict(weights, assign=True)
        return network.eval()
