"""The network that turns a plan into a paragraph: span pointing on transformers' API, to train it.

One step of the decoder writes a piece of a small vocabulary, or opens a copy at a place of the
plan, or (after that) closes it. Output ids are ``pieces | start at i | end at j``. The plan is
said in its order: a copy starts later in the item of the last copy or in the item after it, and
the end mark may only follow a copy from the last item. So nothing is left out, nothing is said
twice, and what is left to the network is which words of an item to keep and how to join them.
Here all steps of a paragraph are computed together; :mod:`nlp.span_steps` writes one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import GenerationMixin, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutput, Seq2SeqLMOutput

from .plan_items import ITEM_KINDS, LONGEST_ITEM
from .plan_tokens import BOS, EOS, MOST_SOURCE, PAD
from .span_config import (
    EASY,
    END,
    HARD,
    MODEL_TYPE,
    MOST_LEFT,
    MOST_TARGET,
    NEVER,
    PIECE,
    START,
)
from .span_network import Parts, PlanEncoder


class SpanPointerConfig(PretrainedConfig):
    """:class:`nlp.span_config.Sizes` as transformers keeps them; ``vocab_size`` counts pieces and
    both pointers."""

    model_type = MODEL_TYPE

    def __init__(
        self,
        source_size: int = 2000,
        target_size: int = 100,
        width: int = 128,
        heads: int = 4,
        encoder_layers: int = 3,
        decoder_layers: int = 2,
        feed_forward: int = 384,
        dropout: float = 0.1,
        cut_penalty: float = 0.0,
        **keywords: Any,
    ) -> None:
        self.cut_penalty = cut_penalty
        self.source_size, self.target_size = source_size, target_size
        self.width, self.heads, self.feed_forward = width, heads, feed_forward
        self.encoder_layers, self.decoder_layers = encoder_layers, decoder_layers
        self.dropout = dropout
        self.hidden_size, self.num_attention_heads = width, heads
        self.num_hidden_layers = decoder_layers
        keywords.setdefault("is_encoder_decoder", True)
        keywords.setdefault("pad_token_id", PAD)
        keywords.setdefault("bos_token_id", BOS)
        keywords.setdefault("eos_token_id", EOS)
        keywords.setdefault("decoder_start_token_id", BOS)
        keywords.setdefault("tie_word_embeddings", False)
        keywords["vocab_size"] = target_size + 2 * MOST_SOURCE
        super().__init__(**keywords)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a paragraph has come at each decoder step; tensors of shape (batch, steps).

    ``action`` is what the last step did, ``pointed`` the source place it points at, ``last`` the
    place where the last copy ended (-1: none yet), ``item`` the item of that place or, while a
    copy is open, of its start (-1: none yet), ``left`` the tokens left in that item.
    """

    action: Tensor
    pointed: Tensor
    last: Tensor
    item: Tensor
    left: Tensor


def _at(values: Tensor, places: Tensor, where_none: int) -> Tensor:
    """``values[batch, places]``, and ``where_none`` where the place is -1."""
    return torch.gather(values, 1, places.clamp(min=0)).masked_fill(places < 0, where_none)


def progress_of(ids: Tensor, items: Tensor, pieces: int) -> Progress:
    """What the output ids so far, (batch, steps), say about copies of the plan ``items``."""
    action = (ids >= pieces).long() + (ids >= pieces + MOST_SOURCE).long()
    pointed = ((ids - pieces).clamp(min=0) % MOST_SOURCE).clamp(max=items.shape[1] - 1)
    steps = torch.arange(ids.shape[1], device=ids.device)
    ended = torch.where(action == END, steps, torch.full_like(action, -1)).cummax(1).values
    last = _at(pointed, ended, -1)
    item = torch.where(action == START, torch.gather(items, 1, pointed), _at(items, last, -1))
    order = torch.arange(items.shape[1], device=ids.device)
    same = (items[:, None] == item[..., None]) & (item[..., None] >= 0)
    same &= order >= last[..., None]
    return Progress(action, pointed, last, item, same.sum(-1).clamp(max=MOST_LEFT))


class _Encoder(PlanEncoder):
    """The encoder as ``generate`` calls it."""

    def forward(self, input_ids: Tensor, kinds: Tensor, items: Tensor, within: Tensor,
                opens: Tensor, closes: Tensor, **_: Any) -> BaseModelOutput:  # fmt: skip
        read = self.read(input_ids, kinds, items, within, opens, closes)
        return BaseModelOutput(last_hidden_state=read)


class SpanPointerModel(PreTrainedModel, GenerationMixin, Parts):
    """Encoder, decoder and the three heads: piece, start of a copy, end of a copy."""

    config_class = SpanPointerConfig
    base_model_prefix = "span_pointer"
    main_input_name = "input_ids"

    def __init__(self, config: SpanPointerConfig) -> None:
        super().__init__(config)
        self.add_parts(config, _Encoder)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Keep torch's own initial values; a new model is trained from them."""

    def get_encoder(self, *_: Any, **__: Any) -> PlanEncoder:
        return self.encoder

    def get_output_embeddings(self) -> None:
        return None

    def prepare_inputs_for_generation(
        self, decoder_input_ids: Tensor, encoder_outputs: BaseModelOutput | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """What :meth:`forward` gets at each step; there is no cache of keys and values."""
        keys = (
            "kinds", "items", "within", "opens", "closes", "breaks", "begins_well", "ends_well"
        )  # fmt: skip
        return {
            "decoder_input_ids": decoder_input_ids, "encoder_outputs": encoder_outputs,
            **{key: kwargs[key] for key in keys},
        }  # fmt: skip

    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        kinds: Tensor | None = None,
        items: Tensor | None = None,
        within: Tensor | None = None,
        opens: Tensor | None = None,
        closes: Tensor | None = None,
        breaks: Tensor | None = None,
        begins_well: Tensor | None = None,
        ends_well: Tensor | None = None,
        decoder_input_ids: Tensor | None = None,
        labels: Tensor | None = None,
        encoder_outputs: BaseModelOutput | None = None,
        **_: Any,
    ) -> Seq2SeqLMOutput:
        """Logits of shape (batch, steps, vocab_size); ``labels`` use -100 for padding.

        The plan's tensors are those of :func:`collate`; padding is known by ``items`` of -1.
        """
        assert kinds is not None and items is not None and within is not None
        assert opens is not None and closes is not None
        if encoder_outputs is None:
            assert input_ids is not None
            encoder_outputs = self.encoder(input_ids, kinds, items, within, opens, closes)
        source = encoder_outputs.last_hidden_state
        assert source is not None
        if decoder_input_ids is None:
            assert labels is not None
            decoder_input_ids = torch.cat(
                [torch.full_like(labels[:, :1], BOS), labels[:, :-1].clamp(min=0)], 1
            )
        progress = progress_of(decoder_input_ids, items, self.config.target_size)
        states = self._decode(decoder_input_ids, progress, source, kinds, items)
        logits = self._logits(states, source, progress, items, within, opens, closes)
        if labels is None and breaks is not None and self.config.cut_penalty:
            assert begins_well is not None and ends_well is not None
            first, length = self.config.target_size, breaks.shape[1]
            entering = items[:, None] != progress.item[..., None]
            begin = (begins_well[:, None] < 1 + entering.long()).to(logits.dtype) * HARD
            end = torch.where(ends_well == 1, EASY, HARD).to(logits.dtype) * (breaks == 0)
            logits[..., first : first + length] -= self.config.cut_penalty * begin
            first += MOST_SOURCE
            logits[..., first : first + length] -= self.config.cut_penalty * end[:, None]
        loss = None
        if labels is not None:
            loss = functional.cross_entropy(
                logits.flatten(0, 1), labels.flatten(), ignore_index=-100
            )
        return Seq2SeqLMOutput(loss=loss, logits=logits, encoder_last_hidden_state=source)

    def _decode(
        self, ids: Tensor, progress: Progress, source: Tensor, kinds: Tensor, items: Tensor
    ) -> Tensor:
        """States of the decoder; each step sees the item in hand and the one after it."""
        copied = torch.gather(
            source, 1, progress.pointed[..., None].expand(-1, -1, source.shape[2])
        )
        own = self.piece(ids.clamp(max=self.config.target_size - 1))
        states = torch.where(progress.action[..., None] == PIECE, own, self.copied(copied))
        steps = torch.arange(ids.shape[1], device=ids.device)
        item = progress.item[..., None]
        is_here, is_next = items[:, None] == item, items[:, None] == item + 1
        none = len(ITEM_KINDS)
        kind = kinds[:, None].expand(-1, ids.shape[1], -1)
        here = torch.where(is_here & (item >= 0), kind, -1).amax(-1)
        following = torch.where(is_next, kind, -1).amax(-1)
        items_left = (items.amax(1)[:, None] - progress.item).clamp(0, MOST_LEFT)
        states = (
            states + self.action(progress.action) + self.step(steps.clamp(max=MOST_TARGET + 7))
            + self.here(here.masked_fill(here < 0, none))
            + self.following(following.masked_fill(following < 0, none))
            + self.tokens_left(progress.left) + self.items_left(items_left)
        )  # fmt: skip
        causal = torch.ones(len(steps), len(steps), dtype=torch.bool, device=ids.device).triu(1)
        unseen = ~(is_here & (item >= 0) | is_next)
        unseen = unseen.repeat_interleave(self.config.heads, 0)
        decoded: Tensor = self.norm(
            self.decoder(states, source, tgt_mask=causal, memory_mask=unseen)
        )
        return decoded

    def _logits(
        self, states: Tensor, source: Tensor, progress: Progress,
        items: Tensor, within: Tensor, opens: Tensor, closes: Tensor,
    ) -> Tensor:  # fmt: skip
        """Scores of pieces and starts; after a start, only of ends in its item at or after it."""
        scale = self.config.width**-0.5
        started = (progress.action == START)[..., None]
        item, last = progress.item[..., None], progress.last[..., None]
        order = torch.arange(source.shape[1], device=states.device)
        here, after = items[:, None] == item, items[:, None] == item + 1
        piece = self.to_piece(states)
        piece[..., EOS] = piece[..., EOS].masked_fill(
            progress.item != items.amax(1)[:, None], NEVER
        )
        piece = piece.masked_fill(started, NEVER)
        start = self.to_start(states) @ self.start_key(source).transpose(1, 2) * scale
        skip = self.skip_bias((order - last).clamp(0, LONGEST_ITEM + 1))[..., 0]
        enter = self.enter_bias(within.clamp(max=LONGEST_ITEM + 1))[..., 0][:, None]
        start = start + torch.where(here, skip, enter)
        allowed = ((here & (order > last)) | after) & (opens[:, None] == 1) & ~started
        start = start.masked_fill(~allowed, NEVER)
        end = self.to_end(states) @ self.end_key(source).transpose(1, 2) * scale
        length = order - progress.pointed[..., None]
        end = end + self.length_bias(length.clamp(0, LONGEST_ITEM + 1))[..., 0]
        allowed = started & here & (length >= 0) & (closes[:, None] == 1)
        end = end.masked_fill(~allowed, NEVER)
        rest = MOST_SOURCE - source.shape[1]
        return torch.cat(
            [piece, functional.pad(start, (0, rest), value=NEVER),
             functional.pad(end, (0, rest), value=NEVER)], -1,
        )  # fmt: skip
