"""Summaries of the test passes, held against two references each, beside four baselines."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from nlp.controls import LENGTHS, Length
from nlp.links import LINKS
from nlp.paragraph import PLAIN, summarize_pools
from nlp.plain import plain
from nlp.plan import choose_items
from nlp.plan_items import Plan
from nlp.rarity import Rarity, Scorer
from nlp.report import Meta, Summary
from nlp.summarizer import Summarizer
from nlp.verify import faults, strange_numbers
from nlp.words import Cut, read_lexicon, segmenter
from train.corpus import CORPORA, TEST_PASSES, load
from train.examples import render
from train.pairs_of_plans import pool_of

from .baselines import lead, template, textrank, words_of
from .measures import (
    bootstrap,
    key_facts_said,
    novelty,
    repetition,
    strange_claims,
    strange_names,
    turned,
)  # fmt: skip
from .rouge import best

MODELS = CORPORA.parent / "models"
OURS = "nianbao"
_ANNOUNCING = tuple(sorted((link for link in LINKS if len(link) > 2), key=len, reverse=True))


@lru_cache(maxsize=1)
def cut_of_the_domain() -> Cut:
    """jieba with the lexicon of the corpora."""
    return segmenter(read_lexicon(CORPORA / "lexicon" / "words.txt"))


def rarity_of(folder: Path) -> Scorer | None:
    """The rarity table of a model's folder, or of the shipped one."""
    table = Rarity.load(folder) or Rarity.load(MODELS / "summarizer")
    return table.scorer(cut_of_the_domain()) if table else None


def test_reports() -> dict[str, list[dict[str, Any]]]:
    """The reports of each test pass, with every reference that was written for them."""
    found: dict[str, list[dict[str, Any]]] = {}
    further: dict[str, list[str]] = {}
    for one in load("summaries", "test"):
        further.setdefault(one["report"], []).append(one["text"])
    for report in load("reports", "test"):
        report["summary"] = [*report["summary"], *further.get(report["id"], ())]
        found.setdefault(report["pass"], []).append(report)
    return {name: found[name] for name in sorted(TEST_PASSES & set(found))}


def score(folder: Path) -> dict[str, Any]:
    """Figures on the test passes of the model in ``folder``, from the writers' labels."""
    summarizer = Summarizer.from_pretrained(folder, cut_of_the_domain())
    rarity = rarity_of(folder)
    return {name: score_pass(reports, summarizer, rarity) for name, reports in test_reports().items()}


def systems(
    reports: Sequence[dict[str, Any]], summarizer: Summarizer, rarity: Scorer | None
) -> tuple[dict[str, list[str]], list[Summary | None]]:
    """Each system's summaries of the same reports, and ours with its evidence."""
    cut = cut_of_the_domain()
    pools = [pool_of(report, rarity) for report in reports]
    texts = [render(report)[0].text for report in reports]
    plans = [choose_items(pool, text) for pool, text in zip(pools, texts, strict=True)]
    ours = summarize_pools(pools, texts, summarizer, OURS)
    plains = [plain(plan) for plan in plans]
    return {
        OURS: [one.text if one else "" for one in ours],
        "unverified beam": [drafts[0].text for drafts in summarizer.generate(plans)],
        "plain rendering": [one.text if one else "" for one in plains],
        "template": [template(_meta(pool), pool) for pool in pools],
        "textrank": [textrank(text, cut) for text in texts],
        "lead": [lead(text) for text in texts],
    }, ours


def _meta(pool: Plan) -> Meta:
    agency, year = pool.of("agency"), pool.of("year")
    return Meta(agency[0].text if agency else None, None, int(year[0].text[:4]) if year else None)


def score_pass(
    reports: Sequence[dict[str, Any]], summarizer: Summarizer, rarity: Scorer | None = None
) -> dict[str, Any]:
    """Figures of one pass: each system's measures, and how ours came about."""
    said, ours = systems(reports, summarizer, rarity)
    texts = [render(report)[0].text for report in reports]
    pools = [pool_of(report, rarity) for report in reports]
    plans = [choose_items(pool, text) for pool, text in zip(pools, texts, strict=True)]
    first = summarizer.generate(plans, beams=1)
    found = [faults(d[0], plan, text) for d, plan, text in zip(first, plans, texts, strict=True)]
    return {
        "reports": len(reports),
        "by_network": sum(one is not None and one.model != PLAIN for one in ours),
        "greedy_without_fault": sum(not names for names in found),
        "faults_of_greedy": dict(Counter(name for names in found for name in names)),
        "systems": {name: measures(reports, texts, of) for name, of in said.items()},
        "lengths": {length: _lengths(pools, texts, summarizer, length) for length in LENGTHS},
    }


def _lengths(
    pools: Sequence[Plan], texts: Sequence[str], summarizer: Summarizer, length: Length
) -> dict[str, Any]:
    """Characters of the summaries of one length, and how many were a plain rendering."""
    made = [one for one in summarize_pools(pools, texts, summarizer, OURS, length) if one]
    sizes = [len(one.text) for one in made]
    return {"median": statistics.median(sizes), "least": min(sizes), "most": max(sizes),
            "plain": sum(one.model == PLAIN for one in made)}  # fmt: skip


def measures(
    reports: Sequence[Mapping[str, Any]], texts: Sequence[str], summaries: Sequence[str]
) -> dict[str, Any]:
    """Every measure of one system, means with 95% intervals over reports where they are means."""
    cut = cut_of_the_domain()
    rows = list(zip(reports, texts, summaries, strict=True))
    facts = [(key_facts_said(r["key_facts"], s), len(r["key_facts"])) for r, _, s in rows if r.get("key_facts")]
    characters = [best(r["summary"], s) for r, _, s in rows]
    words = [
        best([" ".join(words_of(one, cut)) for one in r["summary"]], " ".join(words_of(s, cut)))
        for r, _, s in rows
    ]
    result: dict[str, Any] = {
        "key_facts": _interval(facts) if facts else None,
        "strange_numbers": sum(len(strange_numbers(s, t)) for _, t, s in rows),
        "strange_names": sum(len(strange_names(s, t)) for _, t, s in rows),
        "strange_claims": sum(len(strange_claims(s, t, _ANNOUNCING)) for _, t, s in rows),
        "turned": sum(len(turned(s, t)) for _, t, s in rows),
        "compression": _interval([len(s) / len(t) for _, t, s in rows]),
        "novelty": _interval([novelty(s, t) for _, t, s in rows]),
        "repetition": _interval([repetition(s) for _, _, s in rows]),
        "within_80_180": sum(80 <= len(s) <= 180 for _, _, s in rows),
    }
    for name, values in (("characters", characters), ("words", words)):
        for key in ("rouge1", "rouge2", "rougeL"):
            result[f"{key}_{name}"] = _interval([value[key] for value in values])
    return result


def _interval(values: Sequence[Any]) -> list[float]:
    estimate = bootstrap(values)
    return [estimate.mean, estimate.low, estimate.high]


def written(
    reports: Sequence[dict[str, Any]], summarizer: Summarizer, rarity: Scorer | None = None
) -> list[tuple[str, Summary | None, list[str]]]:
    """For reading: report id, its summary, the references."""
    texts = [render(report)[0].text for report in reports]
    pools = [pool_of(report, rarity) for report in reports]
    summaries = summarize_pools(pools, texts, summarizer, OURS)
    return [(r["id"], s, r["summary"]) for r, s in zip(reports, summaries, strict=True)]
