"""``python -m evaluate.tags ablation|curve|steps|baselines|distil``: studies of the fast tagger.

Each refits it (labels only, two folds: :mod:`refit`) and scores every refit on the test passes.
Nothing that is shipped is changed. With ``--state FILE`` an interrupted study goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nlp.errors import NianbaoError
from train.corpus import CORPORA
from train.tagger import corpora_digest

from . import ablation, curve, distil, floor, steps
from .refit import FOLDS
from .study import Sets, State, Step, compared, run, table

STUDIES: dict[str, Callable[[int, int], Iterator[Step]]] = {
    "ablation": ablation.steps,
    "curve": curve.steps,
    "steps": steps.steps,
    "baselines": floor.steps,
    "distil": distil.steps,
}
_TITLES = {
    "ablation": "learned", "curve": "share of the training text", "steps": "learned from",
    "baselines": "answers", "distil": "first stage learned from",
}  # fmt: skip


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="evaluate.tags", description=__doc__)
    parser.add_argument("study", choices=tuple(STUDIES))
    parser.add_argument("--json", action="store_true", help="figures as JSON, each retold pass too")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folds", type=int, default=FOLDS, help="of the held-out probabilities (shipped: 8)")
    parser.add_argument("--state", type=Path, help="file to go on from when interrupted")
    arguments = parser.parse_args(argv)
    if arguments.folds < 2:
        parser.error("--folds is 2 or more")
    try:
        found = study(arguments.study, arguments.seed, arguments.folds, arguments.state)
    except (NianbaoError, OSError) as error:
        print(f"evaluate.tags: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    print("Accuracy/problem F1/commitment F1 (clauses); ECE on the test passes and on retold ones.\n")
    print(table(found["rows"], _TITLES[arguments.study]))
    if arguments.study == "baselines":
        print("\n" + floor.topic_table(found["rows"]))
    return 0


def study(name: str, seed: int = 0, folds: int = FOLDS, state: Path | None = None) -> dict[str, Any]:
    """All rows of a study with what they were made from."""
    digest, sets = corpora_digest(CORPORA), Sets()
    kept = State(state, f"{name}/{seed}/{folds}/{digest}")
    extra = floor.topic_figures if name == "baselines" else None
    rows = compared(list(run(STUDIES[name](seed, folds), sets, kept, extra)))
    rows = curve.means(rows) if name == "curve" else rows
    return {"study": name, "seed": seed, "folds": folds, "corpora": digest, "rows": rows}
