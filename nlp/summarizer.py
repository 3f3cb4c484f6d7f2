"""Plans in, drafted paragraphs out: the trained network behind transformers' habits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers.utils import logging as transformers_logging

from .beam_search import search_beams
from .plan_items import Plan
from .plan_tokens import EOS, MOST_SOURCE, SPECIALS, PlanTokens, Vocabulary
from .span_config import collate
from .span_pointer import SpanPointerModel
from .words import Cut

BEAMS = 4
BATCH = 32


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
    """A paragraph as the network wrote it, with its copies; not yet verified.

    ``foreign`` is what is neither copied nor a linking word; the shipped network cannot write
    such, a seq2seq of the user's can.
    """

    text: str
    copies: tuple[Copy, ...]
    foreign: str = ""


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
        """The model in ``folder``; nothing is downloaded and nothing printed."""
        folder = Path(folder)
        bar = transformers_logging.is_progress_bar_enabled()
        transformers_logging.disable_progress_bar()
        try:
            model = SpanPointerModel.from_pretrained(folder, local_files_only=True)
        finally:
            if bar:
                transformers_logging.enable_progress_bar()
        return cls(model.float(), Vocabulary.from_pretrained(folder), cut)

    def save_pretrained(self, folder: str | Path) -> None:
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.model.save_pretrained(folder)
        self.vocabulary.save_pretrained(folder)

    @torch.inference_mode()
    def generate(
        self, plans: Sequence[Plan], beams: int = BEAMS, batch_size: int = BATCH
    ) -> list[list[Draft]]:
        """Up to ``beams`` drafts for each plan, in the order of their scores."""
        tokens = [self.vocabulary.encode_plan(plan, self.cut) for plan in plans]
        order = sorted(range(len(plans)), key=lambda i: len(tokens[i].ids))
        drafts: list[list[Draft]] = [[] for _ in plans]
        for first in range(0, len(order), batch_size):
            part = order[first : first + batch_size]
            found = search_beams(self.model, collate([tokens[i] for i in part]), beams)
            for i, rows in zip(part, found, strict=True):
                drafts[i] = [read_output(ids, plans[i], tokens[i], self.vocabulary) for ids in rows]
        return drafts
