"""A seq2seq of the user's (mT5, BART, Pegasus, T5-PEGASUS, …) behind the same plan and check.

The plan is written out as a line of text, kind by kind, with numbers, years and the agency as slots
(N1, N2, …) that the answer repeats and that are filled in again. What comes back is aligned with
the plan: what neither the plan says nor a linking word is, is foreign, and the check refuses it.
Nothing is downloaded; only safetensors are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from .align import Foreign, Span, align
from .drafts import Copy, Draft
from .errors import MissingModel
from .plan_items import ItemKind, Plan
from .plan_tokens import SPECIALS, Vocabulary
from .span_config import MODEL_TYPE
from .summarizer import BATCH, BEAMS, Summarizer
from .words import Cut

MOST_SOURCE, MOST_TARGET = 512, 256  # tokens of the user's tokenizer
_NAMES: dict[ItemKind, str] = {
    "agency": "机关", "year": "年度", "figure": "公开", "request": "申请", "review": "复议",
    "deed": "做法", "problem": "问题", "commitment": "承诺",
}  # fmt: skip
_SLOTTED = re.compile(r"20\d\d年|\d[\d,]*(?:\.\d+)?%?")
_SLOT = re.compile(r"N\s*(\d+)", re.I)
_bare = Vocabulary(SPECIALS, SPECIALS)  # to find tokens, not to number them


def written_out(plan: Plan) -> tuple[str, list[str]]:
    """The plan as a line of text, and what its slots hold, counted from 1."""
    slots: list[str] = []

    def slot(text: str) -> str:
        if text not in slots:
            slots.append(text)
        return f"N{slots.index(text) + 1}"

    parts = []
    for item in plan.items:
        body = slot(item.text) if item.kind == "agency" else _SLOTTED.sub(
            lambda match: slot(match[0]), item.text)  # fmt: skip
        parts.append(f"{_NAMES[item.kind]}：{body}")
    return "；".join(parts), slots


def with_slots(text: str, slots: Sequence[str]) -> str:
    """A paragraph with its slots in the place of what they hold; the longest first.

    >>> with_slots("甲局2022年公开12条", ["甲局", "2022年", "12"])
    'N1N2公开N3条'
    """
    numbered = sorted(enumerate(slots, 1), key=lambda pair: -len(pair[1]))
    for number, held in numbered:
        # A mark that is no letter keeps later, shorter slots from reading into it.
        text = re.sub(rf"(?<![\d.,N]){re.escape(held)}(?![\d])", f"N{number}", text)
    return text


def filled_in(text: str, slots: Sequence[str]) -> str:
    """The paragraph with what its slots hold; a slot that the plan lacks stays as it is.

    >>> filled_in("N1 N2 公开 N3 条", ["甲局", "2022年", "12"])
    '甲局2022年公开12条'
    """

    def fill(match: re.Match[str]) -> str:
        number = int(match[1])
        return slots[number - 1] if 1 <= number <= len(slots) else match[0]

    return _SLOT.sub(fill, re.sub(r"\s+", "", text))


def draft_of(text: str, plan: Plan, cut: Cut) -> Draft:
    """A paragraph aligned with its plan."""
    tokens = _bare.encode_plan(plan, cut)
    steps = align(text, plan, tokens)
    copies: list[Copy] = []
    foreign, place = "", 0
    for step in steps or (Foreign(one) for one in text):
        if isinstance(step, Span):
            item, low, _ = tokens.places[step.first]
            high = tokens.places[step.last][2]
            copies.append(Copy(place, place + high - low, item, low, high))
            place += high - low
        elif isinstance(step, Foreign):
            foreign += step.text
            place += len(step.text)
        else:
            place += len(step)
    return Draft(text, tuple(copies), foreign)


class Seq2SeqWriter:
    """Plans in, drafts out, by a transformers encoder-decoder and its tokenizer."""

    def __init__(self, model: Any, tokenizer: Any, cut: Cut) -> None:
        self.model, self.tokenizer, self.cut = model.eval(), tokenizer, cut

    @torch.inference_mode()
    def generate(
        self, plans: Sequence[Plan], beams: int = BEAMS, batch_size: int = BATCH
    ) -> list[list[Draft]]:
        """Up to ``beams`` drafts for each plan, in the order of their scores."""
        written = [written_out(plan) for plan in plans]
        order = sorted(range(len(plans)), key=lambda i: len(written[i][0]))
        drafts: list[list[Draft]] = [[] for _ in plans]
        for first in range(0, len(order), batch_size):
            part = order[first : first + batch_size]
            batch = self.tokenizer(
                [written[i][0] for i in part], return_tensors="pt", padding=True,
                truncation=True, max_length=MOST_SOURCE,
            )  # fmt: skip
            output = self.model.generate(
                input_ids=batch["input_ids"], attention_mask=batch["attention_mask"],
                num_beams=beams, num_return_sequences=beams, do_sample=False,
                max_new_tokens=MOST_TARGET,
            )  # fmt: skip
            texts = self.tokenizer.batch_decode(output, skip_special_tokens=True)
            for row, i in enumerate(part):
                for text in dict.fromkeys(texts[row * beams : (row + 1) * beams]):
                    full = filled_in(text, written[i][1])
                    drafts[i].append(draft_of(full, plans[i], self.cut))
        return drafts


def load_seq2seq(folder: Path) -> tuple[Any, Any]:
    """Model and tokenizer of a folder on this disk.

    Raises
    ------
    MissingModel
        If it holds no encoder-decoder with a tokenizer and weights as safetensors.
    """
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModelForSeq2SeqLM.from_pretrained(
            folder, local_files_only=True, use_safetensors=True
        )
    except (OSError, ValueError, KeyError, ImportError) as error:
        reason = " ".join(str(error).split())[:160]
        raise MissingModel(
            f"{folder} holds no encoder-decoder that can be read ({reason}); it needs config.json, "
            "a tokenizer and model.safetensors (save_pretrained writes all three)"
        ) from None
    return model, tokenizer


def load_writer(folder: Path, cut: Cut) -> Summarizer | Seq2SeqWriter:
    """Whatever writes from plans in a folder: one of ours, or a seq2seq of the user's.

    Raises
    ------
    MissingModel
        As :func:`load_seq2seq`.
    """
    try:
        kind = json.loads((folder / "config.json").read_text("utf-8")).get("model_type")
    except (OSError, ValueError, AttributeError):
        raise MissingModel(f"{folder} has no config.json that can be read; name a model's folder") from None
    if kind == MODEL_TYPE:
        return Summarizer.from_pretrained(folder, cut)
    return Seq2SeqWriter(*load_seq2seq(folder), cut)
