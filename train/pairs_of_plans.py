"""From corpora to what the summarizer learns from: plans with target paragraphs as output ids.

Hand-written pairs come from whole reports with a summary. Generated pairs recombine the
hand-made compressions (clause => core) in varied frames, half of them with words exchanged
for others so that copying is learned and not the words; they teach mechanics only.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.clauses import clauses_at
from nlp.facts import find_facts
from nlp.plan import ITEM_KINDS, ItemKind, Plan, PlanItem, Stretch, make_plan
from nlp.report import Label, Meta, Tables
from nlp.summarizer import EOS, MOST_SOURCE, MOST_TARGET, SLOTS, SPECIALS, PlanTokens, Vocabulary
from nlp.words import Cut

from .examples import render

_NUMBER = re.compile(r"\d[\d,.]*")
_AGENCY = re.compile(
    r"^(?:20\d\d年，?)?(?P<agency>[^0-9，。、]{2,24}?)(?:20\d\d|在20|全年|，|主动)"
)


@dataclass(frozen=True, slots=True)
class PlanPair:
    """A plan and the paragraph that says it."""

    plan: Plan
    target: str
    source: str


# --- hand-written ------------------------------------------------------------------------


def _agency(report: Mapping[str, Any], text: str) -> str | None:
    if report["agency"]:
        return str(report["agency"])
    for summary in report["summary"]:
        match = _AGENCY.match(summary)
        if match and match["agency"] in text:
            return match["agency"]
    return None


def plan_of(report: Mapping[str, Any], wanted: str = "") -> Plan:
    """The plan that a labelled report gives, with its writer's labels.

    A clause whose number ``wanted`` (the target) has, and the plan has not, is added: the
    network learns to choose from what it is given, not to invent.
    """
    document, spans = render(report)
    placed = clauses_at(document, [(s.start, s.end, s.heading) for s in spans], (), ())
    facts = find_facts(document, placed)
    stretches = [
        Stretch(document.text[s.start : s.end], s.start, s.end, _label(s.label))
        for s in spans
        if not s.heading
    ]
    meta = Meta(_agency(report, document.text), None, report["year"])
    plan = make_plan(meta, document.text, stretches, Tables(), facts)
    have = {number for item in plan.items for number in _NUMBER.findall(item.text)}
    missing = [number for number in _NUMBER.findall(wanted) if number not in have]
    if not missing:
        return plan
    items = list(plan.items)
    for stretch in stretches:
        if stretch.label == "done" and any(n in _NUMBER.findall(stretch.text) for n in missing):
            kind: ItemKind = "request" if _REQUEST.search(stretch.text) else "deed"
            text = stretch.text.strip("，。；：,;")[:90]
            items.append(PlanItem(kind, text, stretch.start, stretch.start + len(text)))
    return Plan(tuple(sorted(items, key=lambda item: ITEM_KINDS.index(item.kind))))


def _label(name: str) -> Label:
    return name  # type: ignore[return-value]


def written_pairs(reports: Iterable[Mapping[str, Any]]) -> list[PlanPair]:
    """One pair for each summary of each report."""
    pairs = []
    for report in reports:
        for text in report["summary"]:
            plan = plan_of(report, text)
            if plan.of("agency") and plan.of("year"):
                pairs.append(PlanPair(plan, text, report["id"]))
    return pairs


# --- generated ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compression:
    kind: ItemKind
    text: str
    core: str


_REQUEST = re.compile(r"申请(?!人)")
_REVIEW = re.compile(r"复议|诉讼")
_COUNT = re.compile(r"\d")


def compressions_of(reports: Iterable[Mapping[str, Any]]) -> list[Compression]:
    """The compressions of reports with the kind of plan item that their clause makes."""
    found = []
    for report in reports:
        clauses = [c for paragraph in report["paragraphs"] for c in paragraph]
        for one in report["compressions"]:
            label = next((c["label"] for c in clauses if one["text"] in c["text"]), "done")
            kind: ItemKind
            if label in ("problem", "commitment"):
                kind = label
            elif _REVIEW.search(one["text"]):
                kind = "review"
            elif _REQUEST.search(one["text"]) and len(one["text"]) < 60:
                kind = "request"
            else:
                kind = "figure" if _COUNT.search(one["text"]) else "deed"
            found.append(
                Compression(kind, one["text"].strip("，。；;,"), one["core"].strip("，。；"))
            )
    return found


_OPENINGS = ("{a}{y}{f}", "{y}，{a}{f}", "{a}在{y}{f}", "{y}{a}{f}", "{a}{y}{f}")
_JOINS = ("，", "；", "，", "。")
_PROBLEM_FRAMES = (
    "存在的问题是{p}", "不足在于{p}", "{p}", "主要问题有：{p}", "报告承认{p}", "问题主要是{p}",
    "但{p}", "不足是{p}", "存在{p}等问题", "存在的主要不足：{p}", "该单位承认{p}",
)  # fmt: skip
_PLAN_FRAMES = (
    "下一步将{c}", "今后将{c}", "将{c}", "下一步，将{c}", "计划{c}", "下一步拟{c}", "下年将{c}",
    "下一步打算{c}", "针对上述问题，将{c}",
)  # fmt: skip
_DEED_FRAMES = ("{d}", "并{d}", "此外{d}", "还{d}", "该单位{d}", "全年{d}")


def _exchange(
    text: str, core: str, words: Sequence[str], cut: Cut, dice: random.Random
) -> tuple[str, str]:
    """Both texts with some words exchanged for others of the same length."""
    own = {word for word in cut(text) if len(word) >= 2 and word in core and word.isalpha()}
    for word in sorted(own):
        if dice.random() < 0.5:
            other = dice.choice(words)
            text, core = text.replace(word, other), core.replace(word, other)
    return text, core


def _renumber(text: str, core: str, dice: random.Random) -> tuple[str, str]:
    for number in sorted(
        set(re.findall(r"(?<!\d)\d{1,5}(?![\d年.])", core)), key=len, reverse=True
    ):
        other = str(dice.randint(1, 10 ** len(number)))
        text = re.sub(rf"(?<!\d){number}(?!\d)", other, text)
        core = re.sub(rf"(?<!\d){number}(?!\d)", other, core)
    return text, core


def generated_pair(
    stock: Mapping[str, Sequence[Compression]],
    words: Sequence[str],
    cut: Cut,
    dice: random.Random,
) -> PlanPair:
    """A plan of random compressions and a paragraph that says some of them in a random frame."""
    year = dice.randint(2008, 2025)
    agency = "".join(dice.choice("青云沅栎蓼渚岭溪柏") for _ in range(2)) + dice.choice(
        "县局镇市乡院"
    )
    items = [
        PlanItem("agency", agency, 0, len(agency), False),
        PlanItem("year", f"{year}年", 0, 5, False),
    ]
    most = {"figure": 3, "request": 2, "review": 1, "deed": 3, "problem": 5, "commitment": 5}
    said: dict[str, list[str]] = {}
    for kind in ITEM_KINDS[2:]:
        count = dice.randint(0 if kind in ("request", "review", "deed") else 1, most[kind])
        chosen = dice.sample(list(stock[kind]), min(count, len(stock[kind])))
        keep = dice.randint(min(1, count), min(count, 3))
        mentioned = set(dice.sample(range(len(chosen)), min(keep, len(chosen))))
        for number, one in enumerate(chosen):
            text, core = _renumber(one.text, one.core, dice)
            if dice.random() < 0.5:
                text, core = _exchange(text, core, words, cut, dice)
            items.append(PlanItem(kind, text, 0, len(text)))
            if number in mentioned:
                said.setdefault(kind, []).append(core)
    figures = dice.choice(("，", "、")).join(said.get("figure", [])[:2])
    target = dice.choice(_OPENINGS).format(a=agency, y=f"{year}年", f=figures)
    for kind in ("request", "review"):
        for core in said.get(kind, []):
            target += dice.choice(_JOINS[:3]) + core
    deeds = said.get("deed", [])
    if deeds:
        target += "。" + dice.choice(_DEED_FRAMES).format(d="，".join(deeds))
    target += dice.choice("。；。")
    target += dice.choice(_PROBLEM_FRAMES).format(p=dice.choice("、，").join(said["problem"]))
    target += dice.choice("，。；")
    target += (
        dice.choice(_PLAN_FRAMES).format(c=dice.choice("，、").join(said["commitment"])) + "。"
    )
    return PlanPair(Plan(tuple(items)), target, "generated")


# --- targets as output ids ---------------------------------------------------------------


def _copy_at(target: str, place: int, starts: Mapping[str, Sequence[int]], plan: Plan,
             tokens: PlanTokens, last: int) -> tuple[int, int, int] | None:  # fmt: skip
    """The longest copy that ``target`` continues with: (length, first token, last token)."""
    best: tuple[int, int, int] | None = None
    for first in starts.get(target[place], ()):
        item, low, _ = tokens.places[first]
        text = plan.items[item].text
        at, length, found = first, 0, None
        while at < len(tokens.ids) and tokens.places[at][0] == item:
            _, begin, end = tokens.places[at]
            if not target.startswith(text[begin:end], place + begin - low):
                break
            length = end - low
            if tokens.closes[at]:
                found = (length, first, at)
            at += 1
        if found is not None:
            best_key = (best[0], best[1] > last) if best else (0, False)
            if (found[0], first > last) > best_key:
                best = found
    return best


def encode_target(
    pair: PlanPair, tokens: PlanTokens, vocabulary: Vocabulary | None
) -> list[int | str] | None:
    """The paragraph as output ids, copying wherever two characters or a slot can be copied.

    Without a vocabulary, pieces are given as characters, to count them. None where a digit
    is not in the plan or a character not in the vocabulary, or where it is too long.
    """
    pieces = len(vocabulary.target) if vocabulary else 0
    starts: dict[str, list[int]] = {}
    for index, (item, low, _high) in enumerate(tokens.places):
        if tokens.opens[index] and pair.plan.items[item].text:
            starts.setdefault(pair.plan.items[item].text[low], []).append(index)
    ids: list[int | str] = []
    place, last = 0, -1
    while place < len(pair.target):
        copy = _copy_at(pair.target, place, starts, pair.plan, tokens, last)
        slot = (
            copy is not None
            and copy[1] == copy[2]
            and tokens.places[copy[1]][2] - tokens.places[copy[1]][1] > 0
            and not pair.target[place : place + copy[0]].isalpha()
        )
        if copy is not None and (copy[0] >= 2 or (slot and pair.target[place].isdigit())):
            ids += [pieces + copy[1], pieces + MOST_SOURCE + copy[2]]
            place, last = place + copy[0], copy[2]
            continue
        one = pair.target[place]
        if one.isdigit():
            return None
        if vocabulary is None:
            ids.append(one)
        elif one in vocabulary.target_ids:
            ids.append(vocabulary.target_ids[one])
        else:
            return None
        place += 1
    ids.append(EOS)
    return ids if len(ids) < MOST_TARGET else None


def build_vocabulary(pairs: Sequence[PlanPair], cut: Cut) -> Vocabulary:
    """Source characters seen at least twice; every character that a target writes itself."""
    source: Counter[str] = Counter()
    target: Counter[str] = Counter()
    empty = Vocabulary(SPECIALS, SPECIALS)
    for pair in pairs:
        for item in pair.plan.items:
            source.update(item.text)
        tokens = empty.encode_plan(pair.plan, cut)
        target.update(
            one for one in encode_target(pair, tokens, None) or () if isinstance(one, str)
        )
    kinds = [f"<{kind}>" for kind in ITEM_KINDS if f"<{kind}>" not in SLOTS]
    characters = sorted(c for c, n in source.items() if n >= 2 and not c.isdigit())
    return Vocabulary(
        [*SPECIALS, *SLOTS, *kinds, *characters],
        [*SPECIALS, *sorted(c for c in target if not c.isdigit())],
    )
