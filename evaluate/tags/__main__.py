"""``python -m evaluate.tags``: the shipped tagger on the test passes, beside its baselines."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from nlp.errors import NianbaoError
from nlp.report import LABELS
from nlp.tagger import Tagger
from train.corpus import load
from train.tagger import corpora_digest, training_examples

from .runs import (
    baseline_runs,
    cut_scores,
    external_examples,
    pair_run,
    score,
    test_examples,
)


def _table(results: dict[str, Any]) -> str:
    heads = [f"{label} P/R/F1" for label in LABELS]
    lines = [
        "| scored on | clauses | accuracy | " + " | ".join(heads) + " | topic strict/lenient | ECE |",
        "|---|---|---|" + "---|" * (len(heads) + 2),
    ]
    for name, result in results.items():
        labels = result["labels"]["labels"]
        figures = [
            f"{labels[k]['precision']:.2f}/{labels[k]['recall']:.2f}/{labels[k]['f1']:.3f}"
            for k in LABELS
        ]
        topics = result.get("topics")
        lines.append(
            f"| {name} | {result['labels']['clauses']} | {result['labels']['accuracy']:.3f} | "
            + " | ".join(figures)
            + (f" | {topics['strict']:.2f}/{topics['lenient']:.2f}" if topics else " | –")
            + (f" | {result['ece']:.3f} |" if "ece" in result else " | – |")
        )
    return "\n".join(lines)


def _confusion(result: dict[str, Any]) -> str:
    rows = result["labels"]["confusion"]
    lines = ["| gold \\ tagged | " + " | ".join(LABELS) + " |", "|---|" + "---|" * len(LABELS)]
    lines += [f"| {g} | " + " | ".join(str(rows[g][p]) for p in LABELS) + " |" for g in LABELS]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluate.tags", description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON, errors included")
    parser.add_argument("--model", type=Path, help="a tagger's folder (default: the shipped one)")
    parser.add_argument("--clauses", type=Path, help="TSV with columns text, context, label, topic")
    parser.add_argument("--errors", type=int, default=0, help="print this many errors a pass")
    arguments = parser.parse_args(argv)
    try:
        tagger = Tagger.load(arguments.model)
        if arguments.clauses:
            sets = {arguments.clauses.name: external_examples(arguments.clauses)}
        else:
            sets = test_examples()
        results: dict[str, Any] = {
            name: score(examples, tagger.tag_clauses([e.clause for e in examples]))
            for name, examples in sets.items()
        }
        extra: dict[str, Any] = {}
        if not arguments.clauses:
            results |= {f"baseline: {k}": v for k, v in baseline_runs(training_examples()).items()}
            extra = {
                "cuts": cut_scores(load("reports", "test")),
                "pairs": pair_run(load("reports", "test")),
                "pairs_train": pair_run(load("reports", "train")),
                "corpora": corpora_digest(),
            }
    except (NianbaoError, OSError) as error:
        print(f"evaluate.tags: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps({"results": results, **extra}, ensure_ascii=False, indent=1))
        return 0
    print(_table(results))
    for name in sets:
        print(f"\n{name}\n{_confusion(results[name])}")
        for error in results[name]["errors"][: arguments.errors]:
            print(
                f"  {error['gold']} tagged {error['label']} ({error['score']:.2f}) "
                f"[{error['section']}] {error['lead_in'][-20:]} → {error['text']}"
            )
    for name, figures in extra.items():
        print(f"\n{name}: {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
