"""What a plan gives to every step of the decoder, made once for a batch of plans.

Keys and values of its tokens in every layer, keys of both pointers, and for each item what may be
pointed at while it is in hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import torch
from torch import Tensor
from torch.nn import functional

from .plan_items import ITEM_KINDS, LONGEST_ITEM
from .span_config import EASY, HARD, MOST_LEFT, NEVER
from .span_network import Parts

HIDDEN = float("-inf")  # score of what is not looked at


@dataclass(slots=True)
class PlanTables:
    """What a batch of plans gives to every step; ``b`` plans, ``s`` tokens, ``i`` items.

    Rows of the tables by item are of the item in hand, counted from 1; row 0 is of none yet.

    Attributes
    ----------
    items : (b, s)
        Number of the item of each token, -1 for padding.
    first, behind : (b, i + 1)
        Where the item's tokens begin and end; both 0 in row 0.
    most : (b,)
        The last item.
    copied : (b, s, width)
        What a step that pointed at a token takes from it.
    told : (b, i + 1, width)
        Kinds of the item in hand and of the next, and how many items are left.
    here : (b, i + 1, s)
        Whether a token is of the item in hand.
    unseen : (b, i + 1, s)
        0 where a token is of the item in hand or the next, else minus infinity.
    allowed : (b, 2 * (i + 1), s)
        Score of starting at a token, then of ending with it, but for the network's own.
    pointers : (b, 2 * width, s)
        Keys of starts and ends, scaled.
    keys, values : (layers, b * heads, s, width / heads)
    """

    items: Tensor
    first: Tensor
    behind: Tensor
    most: Tensor
    copied: Tensor
    told: Tensor
    here: Tensor
    unseen: Tensor
    allowed: Tensor
    pointers: Tensor
    keys: Tensor
    values: Tensor

    def rows(self, kept: Tensor, heads: int) -> PlanTables:
        """Those of some of the plans."""
        of_heads = rows_of_heads(kept, heads)
        return PlanTables(
            *(getattr(self, one.name)[:, of_heads] if one.name in ("keys", "values")
              else getattr(self, one.name)[kept] for one in fields(self))
        )  # fmt: skip


def rows_of_heads(kept: Tensor, heads: int) -> Tensor:
    return (kept[:, None] * heads + torch.arange(heads, device=kept.device)).flatten()


def by_heads(states: Tensor, heads: int) -> Tensor:
    """(plans, steps, width) to (plans * heads, steps, width / heads)."""
    plans, steps, width = states.shape
    split = states.view(plans, steps, heads, width // heads).transpose(1, 2)
    return split.reshape(plans * heads, steps, width // heads)


def _tables_by_item(model: Parts, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The tables by item of :class:`PlanTables`."""
    items, kinds, within = batch["items"], batch["kinds"], batch["within"]
    most = items.amax(1)
    numbers = torch.arange(-1, int(most.max()) + 1, device=items.device)
    here = (items[:, None] == numbers[:, None]) & (numbers[:, None] >= 0)
    after = items[:, None] == numbers[:, None] + 1
    none = len(ITEM_KINDS)
    kind = kinds[:, None].expand(-1, len(numbers), -1)
    kind_here = torch.where(here, kind, -1).amax(-1)
    kind_next = torch.where(after, kind, -1).amax(-1)
    told = (
        model.here(kind_here.masked_fill(kind_here < 0, none))
        + model.following(kind_next.masked_fill(kind_next < 0, none))
        + model.items_left((most[:, None] - numbers).clamp(0, MOST_LEFT))
    )
    order = torch.arange(items.shape[1], device=items.device)
    behind = torch.where(here, order + 1, 0).amax(-1)
    enter = model.enter_bias(within.clamp(max=LONGEST_ITEM + 1))[..., 0]
    starts = torch.where(after, enter[:, None], torch.zeros_like(enter)[:, None])
    ends = torch.zeros_like(starts)
    penalty = model.config.cut_penalty
    if penalty:
        well, broken = batch["begins_well"][:, None], batch["breaks"] == 0
        starts = starts - penalty * HARD * (well < 1 + (~here).long())
        ends = ends - penalty * (torch.where(batch["ends_well"] == 1, EASY, HARD) * broken)[:, None]
    starts = starts.masked_fill(~((here | after) & (batch["opens"] == 1)[:, None]), NEVER)
    ends = ends.masked_fill(~(here & (batch["closes"] == 1)[:, None]), NEVER)
    return {
        "items": items, "most": most, "told": told, "here": here, "behind": behind,
        "first": behind - here.sum(-1),
        "unseen": torch.zeros_like(starts).masked_fill(~(here | after), HIDDEN),
        "allowed": torch.stack([starts, ends], 2).flatten(1, 2),
    }  # fmt: skip


def tables_of(model: Parts, batch: Mapping[str, Tensor]) -> PlanTables:
    encoded = model.encoder.read(**batch)
    width, heads = model.config.width, model.config.heads
    keys, values = [], []
    for layer in model.decoder.layers:
        weight, bias = layer.multihead_attn.in_proj_weight, layer.multihead_attn.in_proj_bias
        both = functional.linear(encoded, weight[width:], bias[width:])
        keys.append(by_heads(both[..., :width], heads))
        values.append(by_heads(both[..., width:], heads))
    pointers = torch.cat([model.start_key(encoded), model.end_key(encoded)], -1) * width**-0.5
    return PlanTables(
        **_tables_by_item(model, batch), copied=model.copied(encoded),
        pointers=pointers.transpose(1, 2).contiguous(),
        keys=torch.stack(keys), values=torch.stack(values),
    )  # fmt: skip
