"""What the studies of the tagger share: sets, figures of a row, a state to go on from, tables."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from nlp.arrays import Floats
from nlp.report import CALLED_FOR, LABELS
from train.corpus import load
from train.examples import Example, report_examples, statement_examples

from .scores import calibration_error, label_scores

TESTS, HARD, RETOLD = "test-1 and test-2", "hard statements", "retold, all"
SHOWN = (TESTS, HARD, RETOLD)


class Sets:
    """The test passes as the program cuts them, read once."""

    @cached_property
    def examples(self) -> dict[str, list[Example]]:
        """Examples by set: the three that tables show, then each retold pass."""
        retold = load("retold")
        found = {
            TESTS: [e for report in load("reports", "test") for e in report_examples(report)],
            HARD: statement_examples(load("statements", "test")),
            RETOLD: [e for report in retold for e in report_examples(report)],
        }
        for example in found[RETOLD]:
            found.setdefault(example.source, []).append(example)
        return found

    def figures(self, answers: Any) -> dict[str, Any]:
        """Figures by set of anything with ``predict_proba``."""
        return {
            name: figures_of(examples, answers.predict_proba([e.clause for e in examples]))
            for name, examples in self.examples.items()
        }


def figures_of(examples: Sequence[Example], chances: Floats) -> dict[str, Any]:
    """Accuracy, F1 of the two labels that matter, ECE, and the labels for comparing."""
    gold = [example.label for example in examples]
    best = np.asarray(chances).argmax(axis=1)
    labels = [LABELS[int(number)] for number in best]
    scores = label_scores(gold, labels)
    right = [a == b for a, b in zip(gold, labels, strict=True)]
    sure = np.asarray(chances)[np.arange(len(best)), best]
    return {
        "clauses": len(gold),
        "accuracy": round(scores["accuracy"], 4),
        **{label: round(scores["labels"][label]["f1"], 4) for label in CALLED_FOR},
        "ece": round(calibration_error(sure.tolist(), right), 4),
        "right": "".join("1" if one else "0" for one in right),
    }


@dataclass(frozen=True)
class State:
    """Rows that are done, a line each, so that an interrupted study goes on.

    ``key`` says what they were made from; rows of another key are not used.
    """

    path: Path | None
    key: str

    def rows(self) -> dict[str, dict[str, Any]]:
        """Rows by name; a line that was cut off counts as not done."""
        found: dict[str, dict[str, Any]] = {}
        lines = self.path.read_text("utf-8").splitlines() if self.path and self.path.exists() else []
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if row.get("key") == self.key:
                found[row["row"]["name"]] = row["row"]
        return found

    def add(self, row: dict[str, Any]) -> None:
        """Keep a row."""
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as lines:
                lines.write("\n" if _cut_off(self.path) else "")
                lines.write(json.dumps({"key": self.key, "row": row}, ensure_ascii=False) + "\n")


def _cut_off(path: Path) -> bool:
    data = path.read_bytes()
    return bool(data) and not data.endswith(b"\n")


Step = tuple[str, Any]  # a row's name, and a function without arguments that gives a tagger


def run(
    steps: Iterable[Step], sets: Sets, state: State, topics: Callable[[Sets, Any], Any] | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a study: each step's tagger made, scored and kept, or taken from the state."""
    done = state.rows()
    for name, make in steps:
        if name not in done:
            began = time.process_time()
            answers = make()
            row = {"name": name, "sets": sets.figures(answers)}
            row |= {"topics": topics(sets, answers)} if topics else {}
            row["seconds"] = round(time.process_time() - began, 1)
            print(f"{name}: {row['seconds']} s", file=sys.stderr, flush=True)
            state.add(row)
            done[name] = row
        yield done[name]


def compared(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the clauses of all shown sets that each gets right, and wrong, against the first.

    What is right clause by clause is dropped: it is long, and only this needs it.
    """
    found = []
    for row in rows:
        gained = lost = 0
        for name in SHOWN:
            pairs = list(zip(rows[0]["sets"][name]["right"], row["sets"][name]["right"], strict=True))
            gained += pairs.count(("0", "1"))
            lost += pairs.count(("1", "0"))
        sets = {name: {k: v for k, v in figures.items() if k != "right"} for name, figures in row["sets"].items()}
        found.append({**row, "sets": sets, "gained": gained, "lost": lost})
    return found


def table(rows: Sequence[dict[str, Any]], title: str) -> str:
    """Rows of :func:`compared` as Markdown: accuracy, problem F1, commitment F1 of each set."""
    heads = [f"{name} ({rows[0]['sets'][name]['clauses']})" for name in SHOWN]
    lines = [
        f"| {title} | " + " | ".join(heads) + " | ECE | clauses won/lost |",
        "|---|" + "---|" * (len(heads) + 2),
    ]
    for row in rows:
        cells = [
            "/".join(f"{row['sets'][name][key]:.3f}" for key in ("accuracy", *CALLED_FOR)) for name in SHOWN
        ]
        against = "–" if row is rows[0] else f"+{row['gained']} −{row['lost']}"
        ece = f"{row['sets'][TESTS]['ece']:.3f}, {row['sets'][RETOLD]['ece']:.3f}"
        lines.append(f"| {row['name']} | " + " | ".join(cells) + f" | {ece} | {against} |")
    return "\n".join(lines)
