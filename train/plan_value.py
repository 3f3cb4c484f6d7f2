"""``python -m train.plan_value``: what an item of the plan is worth, from training reports.

A row is a way to say a candidate item. Two targets: how many of the report's key facts it says, by
the measure of ``evaluate.summaries``, where the pass has key facts; and how much of the
hand-written summaries it says, in pairs of characters. Ridge regression for each; the value is
their weighed sum. Writes ``nlp/plan_weights.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy
from sklearn.linear_model import Ridge

from evaluate.summaries.measures import key_facts_said
from evaluate.summaries.runs import rarity_of
from nlp.plan_items import ITEM_KINDS
from nlp.plan_value import features, names
from nlp.plan_variants import variants_of

from .corpus import CORPORA, load
from .pairs_of_plans import pool_of

OUT = CORPORA.parent / "nlp" / "plan_weights.py"
PENALTY = 8.0
OF_SUMMARIES = 1.0  # weight of what the summaries say beside the key facts
_PAIRS_A_FACT = 8.0  # pairs of characters of a summary that weigh as much as a key fact
Row = tuple[dict[str, float], float | None, float]


def _pairs(text: str) -> set[str]:
    letters = [one for one in text if one.isalnum()]
    return {one + other for one, other in pairwise(letters)}


def rows_of(reports: Sequence[dict[str, Any]]) -> list[Row]:
    """(features, key facts said, what the summaries have of it) of every way to say a candidate."""
    rarity = rarity_of(CORPORA.parent / "models" / "summarizer")
    rows: list[Row] = []
    for report in reports:
        pool = pool_of(report, rarity)
        summaries, facts = [_pairs(one) for one in report["summary"]], report.get("key_facts")
        for kind in ITEM_KINDS[2:]:
            for rank, item in enumerate(pool.of(kind)):
                for one in variants_of(item):
                    said = float(key_facts_said(facts, one.text)) if facts else None
                    own = _pairs(one.text)
                    shared = sum(len(own & pairs) for pairs in summaries) / len(summaries)
                    row = features(one, rank, len(item.text))
                    rows.append((row, said, shared / _PAIRS_A_FACT))
    return rows


def _ridge(found: Sequence[dict[str, float]], wanted: Sequence[float]) -> dict[str, float]:
    columns = {name: n for n, name in enumerate(names(found))}
    matrix = numpy.zeros((len(found), len(columns)))
    for line, row in enumerate(found):
        for name, value in row.items():
            if name in columns:
                matrix[line, columns[name]] = value
    model = Ridge(alpha=PENALTY, fit_intercept=False).fit(matrix, wanted)
    return {name: float(model.coef_[n]) for name, n in columns.items()}


def fit(rows: Sequence[Row], of_summaries: float = OF_SUMMARIES) -> dict[str, float]:
    """Weights of features; no intercept, each kind has its own."""
    facts = [(found, said) for found, said, _ in rows if said is not None]
    first = _ridge([found for found, _ in facts], [said for _, said in facts])
    second = _ridge([found for found, _, _ in rows], [shared for _, _, shared in rows])
    return {
        name: round(first.get(name, 0.0) + of_summaries * second.get(name, 0.0), 3)
        for name in sorted({*first, *second})
    }


def write(weights: dict[str, float], path: Path = OUT) -> None:
    """The table as a module that a person can read."""
    lines = [f'    "{name}": {weight},' for name, weight in weights.items() if weight]
    path.write_text(
        '"""Made by ``python -m train.plan_value``, never by hand: see :mod:`nlp.plan_value`."""\n\n'
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n\n"
        "WEIGHTS: Mapping[str, float] = {\n" + "\n".join(lines) + "\n}\n",
        encoding="utf-8",
    )


def main() -> None:
    reports = [one for one in load("reports", "train") if one["summary"]]
    rows = rows_of(reports)
    weights = fit(rows)
    write(weights)
    print(f"{len(reports)} reports, {len(rows)} ways to say an item, {len(weights)} weights: {OUT}")


if __name__ == "__main__":
    main()
