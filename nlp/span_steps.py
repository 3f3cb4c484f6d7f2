"""The decoder of the span pointer one step at a time, for many plans with a few beams each.

What does not change from step to step comes from :mod:`nlp.span_tables`. Keys and values of
earlier steps stay where they were written; which of them a beam descends from is a mask, so that
nothing is moved when beams are exchanged. The numbers are those of
:meth:`nlp.span_pointer.SpanPointerModel.forward`, up to rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn
from torch.nn import functional

from .plan_items import LONGEST_ITEM
from .plan_tokens import EOS
from .span_config import END, MOST_LEFT, MOST_TARGET, NEVER, PIECE, START
from .span_network import Parts
from .span_tables import HIDDEN, by_heads, rows_of_heads, tables_of


@dataclass(slots=True)
class Hands:
    """What each beam has in hand before a step; tensors of shape (plans, beams).

    ``action`` and ``token`` (the piece, where it wrote one) are of the last step, ``pointed`` is
    the place that it pointed at; ``last`` and ``item`` as in :class:`nlp.span_pointer.Progress`.
    """

    action: Tensor
    token: Tensor
    pointed: Tensor
    last: Tensor
    item: Tensor

    def of(self, parents: Tensor) -> Hands:
        """Those of other beams of the same plans: ``parents`` (plans, beams)."""
        return Hands(*(getattr(self, one.name).gather(1, parents) for one in fields(self)))

    def rows(self, kept: Tensor) -> Hands:
        """Those of some of the plans."""
        return Hands(*(getattr(self, one.name)[kept] for one in fields(self)))


def _attended(query: Tensor, keys: Tensor, values: Tensor, bias: Tensor, heads: int) -> Tensor:
    """Attention of (plans, beams, width) over (plans * heads, places, width / heads); ``bias``
    (plans, beams, places) is added to the scores."""
    plans, beams, width = query.shape
    scores = torch.bmm(by_heads(query, heads) * (width // heads) ** -0.5, keys.transpose(1, 2))
    scores = scores.view(plans, heads, beams, -1) + bias[:, None]
    found = torch.bmm(scores.softmax(-1).view(plans * heads, beams, -1), values)
    return found.view(plans, heads, beams, -1).transpose(1, 2).reshape(plans, beams, width)


class Steps:
    """The decoder over a batch of plans, step after step.

    Parameters
    ----------
    model : Parts
        In evaluation mode.
    batch : mapping
        As :func:`nlp.span_config.collate` makes it.
    beams : int
        Hypotheses of each plan.
    """

    def __init__(self, model: Parts, batch: Mapping[str, Tensor], beams: int) -> None:
        self.model, self.beams = model, beams
        self.heads = model.config.heads
        self.plans = tables_of(model, batch)
        self.step = 0
        count, tokens = self.plans.items.shape
        places = (MOST_TARGET + 1) * beams
        size = model.config.width // self.heads
        self.cache = self.plans.keys.new_empty(
            len(model.decoder.layers), 2, count * self.heads, places, size
        )
        self.unseen = self.plans.keys.new_full((count, beams, places), HIDDEN)
        device = self.unseen.device
        self.own = torch.full((beams, beams), HIDDEN, device=device).fill_diagonal_(0.0)
        self.order = torch.arange(tokens, device=device)
        # Scores by the distance from the last copy's end (row 0) or this copy's start (row 1).
        far = torch.arange(-tokens, tokens + 1, device=device)
        skip = model.skip_bias(far.clamp(0, LONGEST_ITEM + 1))[:, 0].masked_fill(far <= 0, NEVER)
        length = model.length_bias(far.clamp(0, LONGEST_ITEM + 1))[:, 0].masked_fill(far < 0, NEVER)
        self.by_distance = torch.stack([skip, length]).flatten()

    def begin(self, token: int) -> Hands:
        """Nothing in hand; ``token`` begins the paragraph."""
        none = torch.full((len(self.plans.items), self.beams), -1, device=self.unseen.device)
        return Hands(torch.full_like(none, PIECE), torch.full_like(none, token),
                     torch.zeros_like(none), none, none)  # fmt: skip

    def keep(self, kept: Tensor) -> None:
        """Go on with some of the plans only."""
        of_heads = rows_of_heads(kept, self.heads)
        self.plans = self.plans.rows(kept, self.heads)
        written = self.step * self.beams
        cache = self.cache.new_empty(*self.cache.shape[:2], len(of_heads), *self.cache.shape[3:])
        cache[..., :written, :] = self.cache[:, :, of_heads, :written]
        self.cache, self.unseen = cache, self.unseen[kept]

    def descend(self, parents: Tensor) -> None:
        """Beams go on from others of their plan: ``parents`` (plans, beams)."""
        self.unseen = self.unseen.gather(1, parents[..., None].expand_as(self.unseen))

    def moved(self, hands: Hands, ids: Tensor) -> Hands:
        """The hands after a step that chose ``ids`` (plans, beams) of what :meth:`scores` scored:
        pieces, then places of the plan."""
        pieces = self.model.config.target_size
        wrote = ids < pieces
        started = hands.action == START
        place = (ids - pieces).clamp(min=0)
        action = torch.where(wrote, PIECE, torch.where(started, END, START))
        last = torch.where(action == END, place, hands.last)
        at = torch.where(action == START, place, last)
        item = self.plans.items.gather(1, at.clamp(min=0)).masked_fill(at < 0, -1)
        return Hands(action, torch.where(wrote, ids, 0), place, last, item)

    def scores(self, hands: Hands) -> Tensor:
        """Logarithms of probability of pieces and places, (plans, beams, pieces + tokens).

        A place is where a copy starts or, after a start, where it ends.
        """
        model, plans = self.model, self.plans
        count, tokens = plans.items.shape
        begin = torch.arange(count, device=hands.item.device)[:, None]
        row = begin * plans.first.shape[1] + hands.item + 1
        states = self._decoded(self._entered(hands, row, begin * tokens), row)
        started = hands.action == START
        allowed = plans.allowed.view(-1, tokens)[2 * row + started]
        since = torch.where(started, hands.pointed, hands.last)
        distance = self.order - since[..., None] + tokens + started[..., None] * (2 * tokens + 1)
        near = self.by_distance[distance]
        near = near.masked_fill(~plans.here.view(-1, tokens)[row], 0.0)
        queries = torch.cat([model.to_start(states) * ~started[..., None],
                             model.to_end(states) * started[..., None]], -1)  # fmt: skip
        places = torch.baddbmm(allowed + near, queries, plans.pointers)
        pieces = model.to_piece(states).masked_fill(started[..., None], NEVER)
        pieces[..., EOS].masked_fill_(hands.item != plans.most[:, None], NEVER)
        found: Tensor = torch.cat([pieces, places], -1).log_softmax(-1)
        return found

    def _entered(self, hands: Hands, row: Tensor, begin: Tensor) -> Tensor:
        """What goes into the first layer, (plans, beams, width); ``row`` of the tables by item."""
        model, plans = self.model, self.plans
        width = plans.copied.shape[2]
        wrote = (hands.action == PIECE)[..., None]
        copied = plans.copied.view(-1, width)[begin + hands.pointed]
        first, behind = plans.first.view(-1)[row], plans.behind.view(-1)[row]
        left = (behind - torch.maximum(first, hands.last)).clamp(0, MOST_LEFT)
        step = model.step.weight[min(self.step, MOST_TARGET + 7)]
        entered: Tensor = (
            torch.where(wrote, model.piece(hands.token), copied) + model.action(hands.action)
            + step + plans.told.view(-1, width)[row] + model.tokens_left(left)
        )  # fmt: skip
        return entered

    def _decoded(self, states: Tensor, row: Tensor) -> Tensor:
        """Through the layers, which remember this step."""
        low = self.step * self.beams
        high = low + self.beams
        self.step += 1
        self.unseen[..., low:high] = self.own
        unseen = self.unseen[..., :high]
        elsewhere = self.plans.unseen.view(-1, self.plans.items.shape[1])[row]
        for number, layer in enumerate(self.model.decoder.layers):
            keys, values = self.cache[number]
            own = layer.self_attn
            inner = layer.norm1(states)
            query, key, value = functional.linear(
                inner, own.in_proj_weight, own.in_proj_bias
            ).chunk(3, -1)
            keys[:, low:high] = by_heads(key, self.heads)
            values[:, low:high] = by_heads(value, self.heads)
            found = _attended(query, keys[:, :high], values[:, :high], unseen, self.heads)
            states = states + own.out_proj(found)
            states = states + self._looked(layer.multihead_attn, layer.norm2(states), number, elsewhere)
            inner = functional.gelu(layer.linear1(layer.norm3(states)))
            states = states + layer.linear2(inner)
        decoded: Tensor = self.model.norm(states)
        return decoded

    def _looked(
        self, attention: nn.MultiheadAttention, states: Tensor, number: int, elsewhere: Tensor
    ) -> Tensor:
        """Attention over the plan."""
        width = states.shape[2]
        weight, bias = attention.in_proj_weight, attention.in_proj_bias
        query = functional.linear(states, weight[:width], bias[:width])
        keys, values = self.plans.keys[number], self.plans.values[number]
        found: Tensor = attention.out_proj(_attended(query, keys, values, elsewhere, self.heads))
        return found
