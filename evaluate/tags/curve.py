"""Learning from less: whole reports and lone statements drawn from the training passes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from train.examples import Example
from train.tagger import new_tagger, training_examples

from .refit import FOLDS, Refit
from .study import Step

SHARES = (0.1, 0.25, 0.5, 1.0)
DRAWS = 3  # of each share but the whole


def drawn(examples: Sequence[Example], share: float, seed: int) -> list[Example]:
    """The clauses, lone repeats included, of a share of the reports, and the same of statements.

    Draws of one seed are nested: what is in a smaller share is in a larger one.
    """
    dice = random.Random(seed)
    reports = sorted({e.group for e in examples if "/" in e.group})
    lone = [row for row, e in enumerate(examples) if "/" not in e.group]
    dice.shuffle(reports)
    dice.shuffle(lone)
    groups = set(reports[: max(round(share * len(reports)), 2)])
    rows = set(lone[: round(share * len(lone))])
    return [e for row, e in enumerate(examples) if e.group in groups or row in rows]


def steps(seed: int = 0, folds: int = FOLDS) -> Iterator[Step]:
    """The whole first, then each draw of each share."""

    def learned(share: float, draw: int) -> Any:
        examples = drawn(training_examples(seed), share, 1000 * seed + draw)
        return Refit(examples, new_tagger(seed=seed), folds=folds).fit()

    yield "100%", partial(learned, 1.0, 0)
    for share in reversed(SHARES[:-1]):
        for draw in range(DRAWS):
            yield f"{share:.0%}, draw {draw + 1}", partial(learned, share, draw)


def means(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Draws of one share as one row of means; won and lost clauses as means too."""
    found: list[dict[str, Any]] = []
    for share in reversed(SHARES):
        own = [row for row in rows if row["name"].partition(",")[0] == f"{share:.0%}"]
        if not own:
            continue
        sets = {
            name: {key: sum(row["sets"][name][key] for row in own) / len(own) for key in figures}
            for name, figures in own[0]["sets"].items()
        }
        for figures in sets.values():
            figures["clauses"] = round(figures["clauses"])
        drawn_often = f", mean of {len(own)} draws" if len(own) > 1 else ""
        found.append({
            "name": f"{share:.0%}{drawn_often}", "sets": sets,
            **{key: round(sum(row[key] for row in own) / len(own)) for key in ("gained", "lost")},
        })  # fmt: skip
    return found
