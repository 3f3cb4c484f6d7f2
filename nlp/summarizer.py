"""Plans in, drafted paragraphs out: the trained network with transformers' habits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

import torch
from safetensors import SafetensorError

from .beam_search import search_beams
from .drafts import Copy, Draft
from .errors import MissingModel
from .plan_items import Plan
from .plan_tokens import EOS, MOST_SOURCE, SPECIALS, PlanTokens, Vocabulary
from .span_config import collate
from .span_network import Parts, SpanNetwork
from .words import Cut

if TYPE_CHECKING:
    from .span_pointer import SpanPointerModel

BEAMS = 4
BATCH = 32


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


@contextmanager
def _one_thread() -> Iterator[None]:
    """One thread of torch: on matrices as small as these more only wait for each other, and on a
    busy machine a draft takes seconds where it takes a tenth of one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class Summarizer:
    """The trained network with its vocabulary: plans in, drafts out, best first.

    ``from_pretrained`` and ``save_pretrained`` follow transformers' habits; ``generate``
    takes plans and gives for each its beams.
    """

    def __init__(self, model: Parts, vocabulary: Vocabulary, cut: Cut) -> None:
        self.model, self.vocabulary, self.cut = model.eval(), vocabulary, cut

    @classmethod
    def from_pretrained(cls, folder: str | Path, cut: Cut) -> Summarizer:
        """The model in ``folder``; nothing is downloaded and nothing printed.

        Raises
        ------
        MissingModel
            If it holds no such model, or a damaged one.
        """
        folder = Path(folder)
        try:
            return cls(SpanNetwork.from_pretrained(folder), Vocabulary.from_pretrained(folder), cut)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
            reason = " ".join(str(error).split())[:160]
            raise MissingModel(f"{folder} holds no summarizer that can be read ({reason})") from None

    def as_transformers(self) -> SpanPointerModel:
        """The network as a ``PreTrainedModel``, with ``generate`` and ``save_pretrained``."""
        from .span_pointer import SpanPointerConfig, SpanPointerModel

        model = self.model
        if not isinstance(model, SpanPointerModel):
            model = SpanPointerModel(SpanPointerConfig(**asdict(self.model.config))).eval()
            model.load_state_dict(self.model.state_dict())
        return cast("SpanPointerModel", model)

    def save_pretrained(self, folder: str | Path) -> None:
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.as_transformers().save_pretrained(folder)
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
            with _one_thread():
                found = search_beams(self.model, collate([tokens[i] for i in part]), beams)
            for i, rows in zip(part, found, strict=True):
                drafts[i] = [read_output(ids, plans[i], tokens[i], self.vocabulary) for ids in rows]
        return drafts
