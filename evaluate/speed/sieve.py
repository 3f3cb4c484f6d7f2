"""Recall and precision of the first test of a crawl's pages, and its speed."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import Any

from corpora.generate.reports import generate
from nlp.batch import sieve

from .negatives import negatives


def measure(reports: int, others: int, seed: int) -> dict[str, Any]:
    """Generated reports as pages and texts against pages near in words (in equal shares of
    encodings), and bytes without 信息公开 for speed."""
    dice = random.Random(seed)
    missed = 0
    size, seconds = 0, 0.0
    for report in generate(reports, seed, "mixed"):
        data = report.source.encode(dice.choice(("utf-8", "gb18030")), "replace")
        began = time.process_time()
        missed += not sieve.passes(data)
        seconds += time.process_time() - began
        size += len(data)
    wrong: Counter[str] = Counter()
    for kind, data in negatives(others, seed):
        wrong[kind] += sieve.passes(data)
    passed = reports - missed
    filler = ("<p>" + "城市公园游览须知与交通指引。" * 40 + "</p>\n").encode() * 200
    began = time.process_time()
    times = 40
    for _ in range(times):
        sieve.passes(filler)
    return {
        "reports": reports, "missed": missed, "recall": round(passed / reports, 4),
        "others": others, "let_through": sum(wrong.values()),
        "let_through_by_kind": {k: n for k, n in wrong.items() if n},
        "precision_at_equal_numbers": round(passed / (passed + sum(wrong.values()) * reports / others), 4),
        "MB_a_second_on_reports": round(size / 1e6 / seconds, 1),
        "MB_a_second_on_other_pages": round(times * len(filler) / 1e6 / (time.process_time() - began), 1),
    }  # fmt: skip
