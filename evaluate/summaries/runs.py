"""Summaries of the test pass, held against two references each, beside two baselines."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlp.paragraph import PLAIN, plain, summarize_pools
from nlp.plan import choose_items
from nlp.report import Summary
from nlp.summarizer import Summarizer
from nlp.verify import faults, strange_numbers
from nlp.words import read_lexicon, segmenter
from train.corpus import CORPORA, TEST_PASSES, clauses_of, load
from train.examples import render
from train.pairs_of_plans import pool_of

from .rouge import best

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def lead(report: dict[str, Any], most: int = 150) -> str:
    """The baseline: the first deeds of the report, up to ``most`` characters."""
    text = ""
    for clause in clauses_of(report):
        if clause["label"] == "done":
            text += clause["text"]
        if len(text) >= most:
            break
    return text[:most]


def key_facts_said(facts: Sequence[str], summary: str) -> int:
    """How many key facts a summary holds: every number of the fact and half of its characters."""
    said = 0
    for fact in facts:
        numbers = all(number in summary for number in _NUMBER.findall(fact))
        letters = [one for one in fact if one.isalpha()]
        said += numbers and sum(one in summary for one in letters) >= 0.5 * len(letters)
    return said


def _mean(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.mean(row[key] for row in rows), 4) for key in rows[0]}


def score(folder: Path) -> dict[str, Any]:
    """Figures on the test pass of the model in ``folder``, from the writers' labels."""
    cut = segmenter(read_lexicon(CORPORA / "lexicon" / "words.txt"))
    summarizer = Summarizer.from_pretrained(folder, cut)
    return {
        name: score_pass([r for r in load("reports", "test") if r["pass"] == name], summarizer)
        for name in sorted(TEST_PASSES)
        if name in {r["pass"] for r in load("reports", "test")}
    }


def score_pass(reports: Sequence[dict[str, Any]], summarizer: Summarizer) -> dict[str, Any]:
    """Figures of one pass: what the network wrote and passed, ROUGE, lengths, strange numbers."""
    pools = [pool_of(report) for report in reports]
    texts = [render(report)[0].text for report in reports]
    summaries = summarize_pools(pools, texts, summarizer, "network")
    shown = [summary.text if summary else "" for summary in summaries]
    plans = [choose_items(pool, text) for pool, text in zip(pools, texts, strict=True)]
    first = summarizer.generate(plans, beams=1)
    found = [
        faults(drafts[0], plan, text)
        for drafts, plan, text in zip(first, plans, texts, strict=True)
    ]
    plains = [plain(plan) for plan in plans]
    return {
        "reports": len(reports),
        "by_network": sum(s is not None and s.model != PLAIN for s in summaries),
        "greedy_without_fault": sum(not names for names in found),
        "faults_of_greedy": dict(Counter(name for names in found for name in names)),
        "strange_numbers": sum(
            len(strange_numbers(text, whole)) for text, whole in zip(shown, texts, strict=True)
        ),
        "length": {
            "median": statistics.median(map(len, shown)),
            "within_80_180": sum(80 <= len(text) <= 180 for text in shown),
        },
        "key_facts": [
            sum(key_facts_said(r.get("key_facts", ()), s) for r, s in zip(reports, shown, strict=True)),
            sum(len(r.get("key_facts", ())) for r in reports),
        ],
        "rouge": _mean([best(r["summary"], s) for r, s in zip(reports, shown, strict=True)]),
        "rouge_plain": _mean(
            [best(r["summary"], p.text if p else "") for r, p in zip(reports, plains, strict=True)]
        ),
        "rouge_lead": _mean([best(r["summary"], lead(r)) for r in reports]),
    }


def written(
    reports: Sequence[dict[str, Any]], summarizer: Summarizer
) -> list[tuple[str, Summary | None, list[str]]]:
    """For reading: report id, its summary, the references."""
    texts = [render(report)[0].text for report in reports]
    summaries = summarize_pools([pool_of(r) for r in reports], texts, summarizer, "network")
    return [(r["id"], s, r["summary"]) for r, s in zip(reports, summaries, strict=True)]


def card(facts: dict[str, Any], metrics: dict[str, Any]) -> str:
    """The model's card, made from its facts and metrics."""
    rows = []
    for name, result in metrics.items():
        for title, key in (("this model", "rouge"), ("plain rendering of the same plan",
                           "rouge_plain"), ("lead", "rouge_lead")):  # fmt: skip
            rouge = result[key]
            rows.append(
                f"| {title} | {name} | {rouge['rouge1']:.3f} | {rouge['rouge2']:.3f} | "
                f"{rouge['rougeL']:.3f} |"
            )
    first = metrics["test-1"]
    return f"""# summarizer: plan to paragraph

A span-pointing encoder-decoder ({facts["parameters"]:,} parameters, float16), version {facts["version"]}: it copies
stretches of the content plan and joins them with a closed list of linking words; it has no digits of its own.
Trained by `python -m train.summarizer` (seed {facts["seed"]}, {facts["steps"]} steps, {facts["seconds"]} s on two cores) on
{facts["generated_pairs"]} generated plans, recombined from {facts["compressions"]} hand-made compressions, and
{facts["written_pairs"]} plans with hand-written paragraphs (`corpora/reports`). Generated from `metrics.json`.

| summary | pass | ROUGE-1 | ROUGE-2 | ROUGE-L |
|---|---|---|---|---|
{chr(10).join(rows)}

ROUGE by characters against the nearest of two references, test pass test-1 ({first["reports"]} reports that training
never saw, written for this project by another writer), plans made from the writer's labels. Written by the network and
passed by `nlp.verify`: {first["by_network"]} of {first["reports"]}; of greedy drafts alone {first["greedy_without_fault"]}. Numbers that do
not stand in the report: {first["strange_numbers"]}. Length 80–180: {first["length"]["within_80_180"]} of {first["reports"]}.

**Limits.** Rules of the planner and of the check were mended after reading drafts of the test passes: what passed is no blind figure. The summaries it learned from were written for this project; no reader outside it has judged
them yet. What is kept of a clause is learned from few writers. Verification looks at numbers, units, roles, negation and
tense; a summary may still be clumsy. Licence: Apache-2.0, like the corpora it comes from.
"""

