"""Clauses with their cores: what the writers of the corpora left of a clause in a summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.align import Foreign, Span, align
from nlp.plan_items import (
    GENERAL,
    ItemKind,
    Plan,
    PlanItem,
    Stretch,
    brief_of,
    item_of,
    kind_of_deed,
)
from nlp.plan_tokens import SPECIALS, Vocabulary
from nlp.report import Label
from nlp.words import Cut

_END = "，。；：,;、 "
_LEAD = re.compile(
    r"^(?:但是?|存在的?问题[是:：]|改进措施[:：]|(?:下一步|今后|接下来)[,，]?|(?:我|本)?[局镇县市区院厅]?将"
    r"(?:继续|进一步)?|20\d\d年[,，]?)+"
)
_SHORTEST_CORE = 4
_MOST_COPIES = 3  # a core in more pieces is a rewording; such are rare and teach odd cuts


@dataclass(frozen=True, slots=True)
class Compression:
    """A plan item's text and what a summary says of it; ``report`` is where it comes from."""

    kind: ItemKind
    text: str
    core: str
    report: str


def compressions_of(reports: Iterable[Mapping[str, Any]], cut: Cut) -> list[Compression]:
    """The compressions whose core is made of the item's own words in order, with their kinds.

    A plan mostly holds items in brief; those are learned too, with the core where it is made of
    them and as they are where it is not.
    """
    found = []
    for report in reports:
        labels = {
            clause["text"]: clause["label"]
            for paragraph in report["paragraphs"]
            for clause in paragraph
        }
        for one in report["compressions"]:
            label: Label = next(
                (label for text, label in labels.items() if one["text"] in text), "done"
            )
            if label == "other":  # a lead-in says nothing of its own
                continue
            stretch = Stretch(one["text"], 0, len(one["text"]), label)
            kind: ItemKind
            if label == "problem" or label == "commitment":
                kind = label
            else:
                kind = kind_of_deed(one["text"], _says_count(one["text"]))
            item = item_of(kind, stretch, report["year"])
            core = _LEAD.sub("", one["core"].strip(_END)).strip(_END)
            if item is None or len(core) < _SHORTEST_CORE or GENERAL.search(core):
                continue
            brief = brief_of(item)
            if is_own(item, core, cut):
                found.append(Compression(kind, item.text, core, report["id"]))
            if brief.text != item.text:
                own = core if is_own(brief, core, cut) else brief.text
                found.append(Compression(kind, brief.text, own, report["id"]))
    return found


def _says_count(text: str) -> bool:
    return bool(re.search(r"\d|未收到|没有|未发生|未接到", text)) and len(text) < 60


def is_own(item: PlanItem, core: str, cut: Cut) -> bool:
    """Whether a core is made of a few stretches of its item, in order, and links."""
    plan = Plan((item,))
    tokens = Vocabulary(SPECIALS, SPECIALS).encode_plan(plan, cut)
    steps = align(core, plan, tokens, in_order=True)
    if steps is None or any(isinstance(step, Foreign) for step in steps):
        return False
    return sum(isinstance(step, Span) for step in steps) <= _MOST_COPIES
