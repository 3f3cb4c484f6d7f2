"""The seq2seq that turns a plan into a paragraph: span pointing on transformers' API.

One step of the decoder writes a piece of a small vocabulary, or opens a copy at a place of
the plan, or (after that) closes it. Output ids are ``pieces | start at i | end at j``.
Numbers, years and the agency are single source tokens and the vocabulary has no digits: they
can be copied whole and never spelled. Copies begin and end where words do and stay inside
one item, so each says where it comes from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import GenerationMixin, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import BaseModelOutput, Seq2SeqLMOutput

from .plan import ITEM_KINDS, Plan
from .words import Cut

PAD, BOS, EOS, UNKNOWN = 0, 1, 2, 3
SPECIALS = ("<pad>", "<s>", "</s>", "<unk>")
SLOTS = ("<agency>", "<year>", "<number>")
MOST_SOURCE = 512  # plan tokens
MOST_TARGET = 150  # decoder steps
_TOKEN = re.compile(r"(?P<year>20\d\d年)|(?P<number>\d[\d,]*(?:\.\d+)?%?)|(?P<one>.)", re.S)


# --- the plan as tokens ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanTokens:
    """A plan as the network sees it; ``places[i]`` is (item, start, end) inside the item."""

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    items: tuple[int, ...]
    opens: tuple[bool, ...]
    closes: tuple[bool, ...]
    places: tuple[tuple[int, int, int], ...]


class Vocabulary:
    """Source characters and output pieces.

    Parameters
    ----------
    source : sequence of str
        Specials, item kinds, slots, then characters.
    target : sequence of str
        Specials, then pieces (characters and words without digits).
    """

    def __init__(self, source: Sequence[str], target: Sequence[str]) -> None:
        self.source, self.target = list(source), list(target)
        self.source_ids = {piece: index for index, piece in enumerate(source)}
        self.target_ids = {piece: index for index, piece in enumerate(target)}

    @classmethod
    def from_pretrained(cls, folder: Path) -> Vocabulary:
        data = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        return cls(data["source"], data["target"])

    def save_pretrained(self, folder: Path) -> None:
        data = {"source": self.source, "target": self.target}
        text = json.dumps(data, ensure_ascii=False, indent=0)
        (folder / "vocabulary.json").write_text(text + "\n", encoding="utf-8")

    def encode_plan(self, plan: Plan, cut: Cut) -> PlanTokens:
        """Plan to tokens; what is beyond ``MOST_SOURCE`` is left out, last items first."""
        ids: list[int] = []
        kinds: list[int] = []
        items: list[int] = []
        opens: list[bool] = []
        closes: list[bool] = []
        places: list[tuple[int, int, int]] = []

        def add(piece: str, item: int, opening: bool, closing: bool, start: int, end: int) -> None:
            ids.append(self.source_ids.get(piece, UNKNOWN))
            kinds.append(ITEM_KINDS.index(plan.items[item].kind))
            items.append(item)
            opens.append(opening)
            closes.append(closing)
            places.append((item, start, end))

        for number, item in enumerate(plan.items):
            if len(ids) + len(item.text) + 1 > MOST_SOURCE:
                break
            add(f"<{item.kind}>", number, False, False, 0, 0)
            if item.kind == "agency":
                add("<agency>", number, True, True, 0, len(item.text))
                continue
            starts, ends = set(), set()
            position = 0
            for word in cut(item.text):
                starts.add(position)
                position += len(word)
                ends.add(position)
            for match in _TOKEN.finditer(item.text):
                low, high = match.span()
                slot = match.lastgroup != "one"
                piece = f"<{match.lastgroup}>" if slot else match[0]
                add(piece, number, slot or low in starts, slot or high in ends, low, high)
        return PlanTokens(
            tuple(ids), tuple(kinds), tuple(items), tuple(opens), tuple(closes), tuple(places)
        )


def collate(tokens: Sequence[PlanTokens]) -> dict[str, Tensor]:
    """A padded batch: ``input_ids``, ``attention_mask``, ``kinds``, ``items``, ``opens``,
    ``closes``, each of shape (batch, longest plan)."""
    longest = max(len(one.ids) for one in tokens)

    def padded(values: Sequence[Sequence[Any]], fill: int) -> Tensor:
        return torch.tensor([[*map(int, row), *[fill] * (longest - len(row))] for row in values])

    return {
        "input_ids": padded([one.ids for one in tokens], PAD),
        "attention_mask": padded([[1] * len(one.ids) for one in tokens], 0),
        "kinds": padded([one.kinds for one in tokens], 0),
        "items": padded([one.items for one in tokens], -1),
        "opens": padded([one.opens for one in tokens], 0),
        "closes": padded([one.closes for one in tokens], 0),
    }


# --- the network -------------------------------------------------------------------------


class SpanPointerConfig(PretrainedConfig):
    """Sizes of the network; ``vocab_size`` counts pieces and both pointers."""

    model_type = "nianbao-span-pointer"

    def __init__(
        self,
        source_size: int = 2000,
        target_size: int = 500,
        width: int = 128,
        heads: int = 4,
        encoder_layers: int = 2,
        decoder_layers: int = 2,
        feed_forward: int = 384,
        dropout: float = 0.1,
        **keywords: Any,
    ) -> None:
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


class PlanEncoder(nn.Module):
    """Character tokens with their item's kind and place in it, through a transformer."""

    def __init__(self, config: SpanPointerConfig) -> None:
        super().__init__()
        self.token = nn.Embedding(config.source_size, config.width, padding_idx=PAD)
        self.kind = nn.Embedding(len(ITEM_KINDS), config.width)
        self.place = nn.Embedding(MOST_SOURCE, config.width)
        self.edge = nn.Embedding(4, config.width)
        layer = nn.TransformerEncoderLayer(
            config.width, config.heads, config.feed_forward, 0.0,
            activation="gelu", batch_first=True, norm_first=True,
        )  # fmt: skip
        self.layers = nn.TransformerEncoder(
            layer, config.encoder_layers, enable_nested_tensor=False
        )
        self.norm = nn.LayerNorm(config.width)
        self.dropout = nn.Dropout(config.dropout)
        self.main_input_name = "input_ids"

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor | None = None,
        kinds: Tensor | None = None,
        opens: Tensor | None = None,
        closes: Tensor | None = None,
        items: Tensor | None = None,
        **_: Any,
    ) -> BaseModelOutput:
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        states = self.token(input_ids) + self.place(places)
        if kinds is not None:
            states = states + self.kind(kinds)
        if opens is not None and closes is not None:
            states = states + self.edge(opens + 2 * closes)
        padding = attention_mask == 0 if attention_mask is not None else None
        return BaseModelOutput(
            last_hidden_state=self.norm(
                self.layers(self.dropout(states), src_key_padding_mask=padding)
            )
        )


class SpanPointerModel(PreTrainedModel, GenerationMixin):
    """Encoder, decoder and the three heads: piece, start of a copy, end of a copy."""

    config_class = SpanPointerConfig
    base_model_prefix = "span_pointer"
    main_input_name = "input_ids"

    def __init__(self, config: SpanPointerConfig) -> None:
        super().__init__(config)
        width = config.width
        self.encoder = PlanEncoder(config)
        self.piece = nn.Embedding(config.target_size, width, padding_idx=PAD)
        self.step = nn.Embedding(MOST_TARGET + 8, width)
        self.action = nn.Embedding(3, width)  # piece, start, end
        self.copied = nn.Linear(width, width)
        layer = nn.TransformerDecoderLayer(
            width, config.heads, config.feed_forward, 0.0,
            activation="gelu", batch_first=True, norm_first=True,
        )  # fmt: skip
        self.decoder = nn.TransformerDecoder(layer, config.decoder_layers)
        self.norm = nn.LayerNorm(width)
        self.to_piece = nn.Linear(width, config.target_size)
        self.to_start, self.to_end = nn.Linear(width, width), nn.Linear(width, width)
        self.start_key, self.end_key = nn.Linear(width, width), nn.Linear(width, width)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Keep torch's own initial values; a new model is trained from them."""

    def get_encoder(self, *_: Any, **__: Any) -> PlanEncoder:
        return self.encoder

    def get_output_embeddings(self) -> None:
        return None

    def prepare_inputs_for_generation(  # type: ignore[override]
        self,
        decoder_input_ids: Tensor,
        encoder_outputs: BaseModelOutput | None = None,
        attention_mask: Tensor | None = None,
        kinds: Tensor | None = None,
        items: Tensor | None = None,
        opens: Tensor | None = None,
        closes: Tensor | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        """What :meth:`forward` gets at each step; there is no cache of keys and values."""
        return {
            "decoder_input_ids": decoder_input_ids, "encoder_outputs": encoder_outputs,
            "attention_mask": attention_mask, "kinds": kinds, "items": items,
            "opens": opens, "closes": closes,
        }  # fmt: skip

    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        kinds: Tensor | None = None,
        items: Tensor | None = None,
        opens: Tensor | None = None,
        closes: Tensor | None = None,
        decoder_input_ids: Tensor | None = None,
        labels: Tensor | None = None,
        encoder_outputs: BaseModelOutput | None = None,
        return_dict: bool | None = None,
        **_: Any,
    ) -> Seq2SeqLMOutput:
        """Logits of shape (batch, steps, vocab_size); ``labels`` use -100 for padding."""
        if encoder_outputs is None:
            assert input_ids is not None
            encoder_outputs = self.encoder(input_ids, attention_mask, kinds, opens, closes)
        source = encoder_outputs.last_hidden_state
        assert source is not None and items is not None
        assert opens is not None and closes is not None
        if decoder_input_ids is None:
            assert labels is not None
            decoder_input_ids = torch.cat(
                [torch.full_like(labels[:, :1], BOS), labels[:, :-1].clamp(min=0)], 1
            )
        pieces = self.config.target_size
        action = (decoder_input_ids >= pieces).long() + (
            decoder_input_ids >= pieces + MOST_SOURCE
        ).long()
        pointed = (decoder_input_ids - pieces).clamp(min=0) % MOST_SOURCE
        pointed = pointed.clamp(max=source.shape[1] - 1)
        copied = torch.gather(source, 1, pointed[..., None].expand(-1, -1, source.shape[2]))
        own = self.piece(decoder_input_ids.clamp(max=pieces - 1))
        states = torch.where(action[..., None] == 0, own, self.copied(copied))
        steps = torch.arange(decoder_input_ids.shape[1], device=states.device)
        states = states + self.action(action) + self.step(steps.clamp(max=MOST_TARGET + 7))
        causal = torch.ones(len(steps), len(steps), dtype=torch.bool, device=states.device).triu(1)
        padding = attention_mask == 0 if attention_mask is not None else None
        states = self.norm(
            self.decoder(states, source, tgt_mask=causal, memory_key_padding_mask=padding)
        )
        logits = self._logits(states, source, action, pointed, items, opens, closes)
        loss = None
        if labels is not None:
            loss = functional.cross_entropy(
                logits.flatten(0, 1), labels.flatten(), ignore_index=-100
            )
        return Seq2SeqLMOutput(loss=loss, logits=logits, encoder_last_hidden_state=source)

    def _logits(
        self, states: Tensor, source: Tensor, action: Tensor, pointed: Tensor,
        items: Tensor, opens: Tensor, closes: Tensor,
    ) -> Tensor:  # fmt: skip
        """Scores of pieces and starts; after a start, only of ends in its item at or after it."""
        never = torch.finfo(states.dtype).min
        scale = self.config.width**-0.5
        started = (action == 1)[..., None]
        piece = self.to_piece(states).masked_fill(started, never)
        start = self.to_start(states) @ self.start_key(source).transpose(1, 2) * scale
        start = start.masked_fill(started | (opens[:, None] == 0), never)
        end = self.to_end(states) @ self.end_key(source).transpose(1, 2) * scale
        order = torch.arange(source.shape[1], device=states.device)
        at = torch.gather(items, 1, pointed)[..., None]
        allowed = started & (items[:, None] == at) & (order >= pointed[..., None])
        end = end.masked_fill(~(allowed & (closes[:, None] == 1)), never)
        rest = MOST_SOURCE - source.shape[1]
        return torch.cat(
            [piece, functional.pad(start, (0, rest), value=never),
             functional.pad(end, (0, rest), value=never)], -1,
        )  # fmt: skip


# --- output ids to text ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """``text[start:end]`` of a draft is ``plan.items[item].text[low:high]``."""

    start: int
    end: int
    item: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as the network wrote it, with its copies; not yet verified."""

    text: str
    copies: tuple[Copy, ...]


def read_output(
    ids: Sequence[int], plan: Plan, tokens: PlanTokens, vocabulary: Vocabulary
) -> Draft:
    """Output ids to text; ids after the end mark are left out."""
    pieces = len(vocabulary.target)
    text, copies, opened = "", [], None
    for one in ids:
        if one == EOS:
            break
        if one < len(SPECIALS):
            continue
        if one < pieces:
            text += vocabulary.target[one]
        elif one < pieces + MOST_SOURCE:
            opened = one - pieces
        elif opened is not None and one - pieces - MOST_SOURCE < len(tokens.places):
            item, low, _ = tokens.places[opened]
            _, _, high = tokens.places[one - pieces - MOST_SOURCE]
            stretch = plan.items[item].text[low:high]
            copies.append(Copy(len(text), len(text) + len(stretch), item, low, high))
            text, opened = text + stretch, None
    return Draft(text, tuple(copies))


class Summarizer:
    """The trained network with its vocabulary: plans in, drafts out, best first.

    ``from_pretrained`` and ``save_pretrained`` follow transformers' habits; ``generate``
    takes plans and gives for each its beams.
    """

    def __init__(self, model: SpanPointerModel, vocabulary: Vocabulary, cut: Cut) -> None:
        self.model, self.vocabulary, self.cut = model.eval(), vocabulary, cut

    @classmethod
    def from_pretrained(cls, folder: str | Path, cut: Cut) -> Summarizer:
        folder = Path(folder)
        model = SpanPointerModel.from_pretrained(folder, local_files_only=True)
        return cls(model.float(), Vocabulary.from_pretrained(folder), cut)

    def save_pretrained(self, folder: str | Path) -> None:
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.model.save_pretrained(folder)
        self.vocabulary.save_pretrained(folder)

    @torch.inference_mode()
    def generate(
        self, plans: Sequence[Plan], beams: int = 4, batch_size: int = 16
    ) -> list[list[Draft]]:
        """Up to ``beams`` drafts for each plan, in the order of their scores."""
        tokens = [self.vocabulary.encode_plan(plan, self.cut) for plan in plans]
        order = sorted(range(len(plans)), key=lambda i: len(tokens[i].ids))
        drafts: list[list[Draft]] = [[] for _ in plans]
        for first in range(0, len(order), batch_size):
            part = order[first : first + batch_size]
            output = self.model.generate(
                **collate([tokens[i] for i in part]),
                num_beams=beams, num_return_sequences=beams, do_sample=False,
                max_new_tokens=MOST_TARGET, use_cache=False, length_penalty=1.0,
            ).tolist()  # fmt: skip
            for row, i in enumerate(part):
                rows = output[row * beams : (row + 1) * beams]
                drafts[i] = [read_output(ids, plans[i], tokens[i], self.vocabulary) for ids in rows]
        return drafts
