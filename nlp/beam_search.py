"""Beam search over :class:`nlp.span_steps.Steps`: the beams that transformers' ``generate`` finds.

The rules are those of its beam search with a length penalty of 1 and no early stopping (of its
greedy search for one beam): of twice as many continuations as beams, those that end a paragraph
among the best ``beams`` are kept by their mean score, the best others go on; a plan is done when
no beam that goes on scores better than the worst of its paragraphs. Unlike there a plan that is
done leaves the batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from .plan_tokens import BOS, EOS, MOST_SOURCE, PAD
from .span_config import MOST_TARGET, START
from .span_network import Parts
from .span_steps import Hands, Steps

_OUT = -1e9  # score of what is no candidate
_WORTH_LEAVING = 0.75  # where no more of the batch is at work, the rest of it is left behind


@dataclass(slots=True)
class _Search:
    """Beams of the plans at work: (plans, beams) and, with their ids, (plans, beams, steps).

    ``numbers`` (plans,) are their places in the batch; ``best`` are the paragraphs that ended,
    best first, with their mean scores ``best_scores``; ``working`` (plans,) tells which may still
    find a better one.
    """

    numbers: Tensor
    scores: Tensor
    ids: Tensor
    best: Tensor
    best_scores: Tensor
    working: Tensor

    def rows(self, kept: Tensor) -> _Search:
        return _Search(self.numbers[kept], self.scores[kept], self.ids[kept], self.best[kept],
                       self.best_scores[kept], self.working[kept])  # fmt: skip


def _begun(plans: int, beams: int, device: torch.device) -> _Search:
    none = torch.full((plans, beams), _OUT, device=device)
    scores = none.clone()
    scores[:, 0] = 0.0  # all beams are alike yet: only one counts
    ids = torch.zeros(plans, beams, 0, dtype=torch.long, device=device)
    working = torch.ones(plans, dtype=torch.bool, device=device)
    return _Search(torch.arange(plans, device=device), scores, ids, ids.clone(), none, working)


def _rows_of(values: Tensor, places: Tensor) -> Tensor:
    """``values[plan, places[plan]]`` of (plans, beams, steps)."""
    return values.gather(1, places[..., None].expand(-1, -1, values.shape[2]))


def _advance(search: _Search, steps: Steps, hands: Hands, most: int) -> Hands:
    """One step of every plan; the beams that go on stand in ``search``, what they have in hand
    is returned."""
    model, beams = steps.model, steps.beams
    said = search.ids.shape[2] + 1
    scores = steps.scores(hands) + search.scores[..., None]
    choices = scores.shape[2]
    top, places = scores.flatten(1).topk(2 * beams)
    parents = places.div(choices, rounding_mode="floor")
    chosen = places % choices
    ends = (chosen == EOS) if said < most else torch.ones_like(chosen, dtype=torch.bool)
    pieces = model.config.target_size
    closing = (hands.action == START).gather(1, parents) & (chosen >= pieces)
    ids = torch.cat(
        [_rows_of(search.ids, parents), (chosen + MOST_SOURCE * closing)[..., None]], -1
    )
    search.best = torch.nn.functional.pad(search.best, (0, 1), value=PAD)
    if bool(ends[:, :beams].any()):
        counted = ends[:, :beams] & search.working[:, None]
        ended = torch.where(counted, top[:, :beams] / said, _OUT)
        search.best_scores, order = torch.cat([search.best_scores, ended], 1).topk(beams)
        search.best = _rows_of(torch.cat([search.best, ids[:, :beams]], 1), order)
    search.scores, going = (top + ends * _OUT).topk(beams)
    parents, chosen = parents.gather(1, going), chosen.gather(1, going)
    search.ids = _rows_of(ids, going)
    steps.descend(parents)
    worst = search.best_scores[:, -1]
    better = search.scores[:, 0] / said > worst
    search.working &= (worst <= _OUT) | (better & (beams > 1))
    return steps.moved(hands.of(parents), chosen)


@torch.inference_mode()
def search_beams(
    model: Parts, batch: Mapping[str, Tensor], beams: int, most: int = MOST_TARGET
) -> list[list[list[int]]]:
    """For each plan its ``beams`` paragraphs, best first, as output ids without the first mark.

    Parameters
    ----------
    model : Parts
        In evaluation mode.
    batch : mapping
        As :func:`nlp.span_config.collate` makes it.
    beams, most : int
        Beams of a plan and steps of a beam at most.

    Returns
    -------
    list
        Ids after the end mark are padding.
    """
    steps = Steps(model, batch, beams)
    hands = steps.begin(BOS)
    plans = len(batch["items"])
    search = _begun(plans, beams, hands.item.device)
    found: list[list[list[int]]] = [[] for _ in range(plans)]

    def leave(done: Tensor) -> None:
        for number, ids in zip(search.numbers[done].tolist(), search.best[done].tolist(), strict=True):
            found[number] = ids

    for _ in range(most):
        hands = _advance(search, steps, hands, most)
        working = int(search.working.sum())
        if not working:
            break
        if working <= _WORTH_LEAVING * len(search.working):
            kept = search.working.nonzero()[:, 0]
            leave(~search.working)
            search, hands = search.rows(kept), hands.rows(kept)
            steps.keep(kept)
    leave(torch.ones_like(search.working))
    return found
