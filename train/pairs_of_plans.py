"""From corpora to what the summarizer learns from: plans with paragraphs as output ids.

Hand-written pairs come from whole reports with a summary. The plan is what the writer chose to
say, in the order in which it was said; what was said from elsewhere than the report's candidate
items is left out of the paragraph: the network learns to shorten and to join, not to invent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from nlp.align import Foreign, Span, align
from nlp.facts import find_facts
from nlp.narrative import clauses_at
from nlp.plan import candidates
from nlp.plan_items import ITEM_KINDS, Plan, Stretch
from nlp.plan_tokens import EOS, MOST_SOURCE, SLOTS, SPECIALS, PlanTokens, Vocabulary
from nlp.rarity import Scorer
from nlp.report import Label, Meta, Tables
from nlp.span_config import MOST_TARGET
from nlp.words import Cut

from .examples import render
from .frames import LINKS

_AGENCY = re.compile(
    r"^(?:20\d\d年，?)?(?P<agency>[^0-9，。、]{2,24}?)(?:20\d\d|在20|全年|，|主动)"
)
_SENTENCE_END = re.compile(r"[。！？!?：:\n]")
_PART = re.compile("[^，；。]+[，；。]?")
_LEAST = 40  # characters that must be left of a summary
_LEAST_COPY = 3  # characters; less of an item does not say it
_bare = Vocabulary(SPECIALS, SPECIALS)  # to find tokens, not to number them


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph; ``items`` are those it may copy from, None for any."""

    text: str
    items: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class PlanPair:
    """A plan and the paragraph that says it, item by item."""

    plan: Plan
    parts: tuple[Part, ...]
    source: str

    @property
    def target(self) -> str:
        return "".join(part.text for part in self.parts)


# --- hand-written ------------------------------------------------------------------------


def _agency(report: Mapping[str, Any], text: str) -> str | None:
    if report["agency"]:
        return str(report["agency"])
    for summary in report["summary"]:
        match = _AGENCY.match(summary)
        if match and match["agency"] in text:
            return match["agency"]
    return None


def pool_of(report: Mapping[str, Any], rarity: Scorer | None = None) -> Plan:
    """The candidate items that a labelled report gives, with its writer's labels.

    Clauses of one label within a sentence are one stretch, as statements are.
    """
    document, spans = render(report)
    placed = clauses_at(document, [(s.start, s.end, s.heading) for s in spans], (), ())
    facts = find_facts(document, placed)
    stretches: list[Stretch] = []
    for span, clause in zip(spans, placed, strict=True):
        if span.heading:
            continue
        label: Label = span.label  # type: ignore[assignment]
        before = stretches[-1] if stretches else None
        if (
            before is not None and before.label == label and clause.ordinal is None
            and not _SENTENCE_END.search(document.text, before.end - 1, span.start)
        ):  # fmt: skip
            text = document.text[before.start : span.end]
            stretches[-1] = Stretch(text, before.start, span.end, label)
        else:
            text = document.text[span.start : span.end]
            stretches.append(Stretch(text, span.start, span.end, label))
    meta = Meta(_agency(report, document.text), None, report["year"])
    return candidates(meta, document.text, stretches, Tables(), facts, rarity)


def written_pairs(
    reports: Iterable[Mapping[str, Any]], cut: Cut, further: Iterable[Mapping[str, Any]] = ()
) -> list[PlanPair]:
    """One pair for each summary of each report, as far as its items say it.

    Parameters
    ----------
    reports : iterable of mapping
        With their own summaries, long and short.
    cut : Cut
    further : iterable of mapping
        Further summaries: ``report`` is the id of one of ``reports``.
    """
    pairs = []
    more: dict[str, list[str]] = {}
    for one in further:
        more.setdefault(one["report"], []).append(one["text"])
    for report in reports:
        pool = pool_of(report)
        if not (pool.of("agency") and pool.of("year")):
            continue
        for text in (*report["summary"], *report["short"], *more.get(report["id"], ())):
            pair = _written_pair(text, pool, cut, report["id"])
            if pair is not None:
                pairs.append(pair)
    return pairs


def _written_pair(text: str, pool: Plan, cut: Cut, source: str) -> PlanPair | None:
    """The summary as its items say it in order. A comma part that they do not say is left out,
    and up to two more where the rest then can be said in order; None where too little is left.
    """
    tokens = _bare.encode_plan(pool, cut)
    parts = [part for part in _PART.findall(text) if _said_by(part, pool, tokens) is not None]
    for left_out in (n for most in range(3) for n in combinations(range(len(parts)), most)):
        kept = [part for number, part in enumerate(parts) if number not in left_out]
        order = dict.fromkeys(item for part in kept for item in _said_by(part, pool, tokens) or ())
        target = re.sub("[，；。、]+$", "", "".join(kept)) + "。"
        if len(target) < _LEAST or not order:
            continue
        plan = Plan(tuple(pool.items[number] for number in order))
        steps = align(target, plan, _bare.encode_plan(plan, cut), in_order=True)
        if steps is not None and not any(isinstance(step, Foreign) for step in steps):
            return PlanPair(plan, (Part(target),), source)
    return None


def _said_by(part: str, pool: Plan, tokens: PlanTokens) -> list[int] | None:
    """The items that a comma part copies from; None where it says more than they do."""
    steps = align(part, pool, tokens)
    if steps is None or any(isinstance(step, Foreign) for step in steps):
        return None
    copied: Counter[int] = Counter()
    for step in steps:
        if isinstance(step, Span):
            item, low, _ = tokens.places[step.first]
            copied[item] += tokens.places[step.last][2] - low
    return [item for item, count in copied.items() if count >= _LEAST_COPY]


# --- targets as output ids ---------------------------------------------------------------


def encode_target(
    pair: PlanPair, tokens: PlanTokens, vocabulary: Vocabulary
) -> list[int] | None:
    """The paragraph as output ids; None where it is not the plan said in its order, or where
    it is too long."""
    pieces = len(vocabulary.target)
    ids: list[int] = []
    last = -1
    for part in pair.parts:
        steps = align(part.text, pair.plan, tokens, part.items, in_order=True, after=last)
        for step in steps or (Foreign(""),):
            if isinstance(step, Span):
                ids += [pieces + step.first, pieces + MOST_SOURCE + step.last]
                last = step.last
            elif isinstance(step, Foreign):
                return None
            else:
                ids.append(vocabulary.target_ids[step])
    if last < 0 or tokens.places[last][0] != len(pair.plan.items) - 1:
        return None
    ids.append(EOS)
    return ids if len(ids) < MOST_TARGET else None


def build_vocabulary(pairs: Sequence[PlanPair]) -> Vocabulary:
    """Source characters seen at least twice; of the target only the links."""
    source: Counter[str] = Counter()
    for pair in pairs:
        for item in pair.plan.items:
            source.update(item.text)
    kinds = [f"<{kind}>" for kind in ITEM_KINDS if f"<{kind}>" not in SLOTS]
    characters = sorted(c for c, n in source.items() if n >= 2 and not c.isdigit())
    return Vocabulary([*SPECIALS, *SLOTS, *kinds, *characters], [*SPECIALS, *LINKS])
