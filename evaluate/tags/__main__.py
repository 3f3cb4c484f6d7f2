"""``python -m evaluate.tags``: the shipped taggers on the test passes, beside their baselines.

``python -m evaluate.tags ablation|curve|steps|baselines|distil`` are studies of the fast tagger
(:mod:`evaluate.tags.studies`).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from nlp.cascade import MODES, tagger_for
from nlp.clause_tags import Tags
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
    parts_run,
    score,
    statement_run,
    test_examples,
)
from .studies import STUDIES
from .studies import main as study_main


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


def _statements(found: dict[str, dict[str, dict[str, float]]]) -> str:
    lines = ["| statements, overlap 0.6 | problem P/R/F1 | commitment P/R/F1 |", "|---|---|---|"]
    for name, by_label in found.items():
        figures = [f"{f['precision']:.2f}/{f['recall']:.2f}/{f['f1']:.3f} of {f['spans']}"
                   for f in by_label.values()]  # fmt: skip
        lines.append(f"| {name} | " + " | ".join(figures) + " |")
    return "\n".join(lines)


def _modes(wanted: str, model: Path | None) -> dict[str, Tags]:
    """Taggers by name; the modes that cannot be had here are left out of ``all``, said so."""
    if model is not None:
        return {model.name: Tagger.load(model)}
    found: dict[str, Tags] = {}
    for mode in MODES if wanted == "all" else [wanted]:
        try:
            found[mode] = tagger_for(mode)  # type: ignore[arg-type]
        except NianbaoError as error:
            if wanted != "all":
                raise
            print(f"evaluate.tags: without {mode}: {error}", file=sys.stderr)
    return found


def main(argv: list[str] | None = None) -> int:
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0] in STUDIES:
        return study_main(argv)
    parser = argparse.ArgumentParser(prog="evaluate.tags", description=__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON, errors included")
    parser.add_argument("--tagger", choices=(*MODES, "all"), default="all")
    parser.add_argument("--model", type=Path, help="a fast tagger's folder instead")
    parser.add_argument("--clauses", type=Path, help="TSV with columns text, context, label, topic")
    parser.add_argument("--errors", type=int, default=0, help="print this many errors a pass")
    parser.add_argument("--by", action="store_true", help="also by form, kind of body, phenomenon")
    parser.add_argument("--no-baselines", action="store_true", help="leave the baselines out")
    arguments = parser.parse_args(argv)
    try:
        taggers = _modes(arguments.tagger, arguments.model)
        if arguments.clauses:
            sets = {arguments.clauses.name: external_examples(arguments.clauses)}
        else:
            sets = test_examples()
        results: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        reports = [] if arguments.clauses else load("reports", "test")
        retold = [] if arguments.clauses else load("retold")
        for mode, tagger in taggers.items():
            for name, examples in sets.items():
                tags = tagger.tag_clauses([e.clause for e in examples])
                results[f"{name} · {mode}"] = score(examples, tags)
        if arguments.by:
            extra["by"] = {
                mode: parts_run(tagger, [*reports, *retold], load("statements", "test"))
                for mode, tagger in taggers.items()
            }
        if not arguments.clauses:
            named = {"own test passes": reports, "retold": retold}
            extra["statements"] = {
                f"{name} · {mode}": statement_run(tagger, part)
                for mode, tagger in taggers.items() for name, part in named.items()
            }  # fmt: skip
        if not arguments.clauses and not arguments.no_baselines:
            results |= {f"baseline: {k}": v for k, v in baseline_runs(training_examples()).items()}
            extra |= {
                "cuts": cut_scores(reports),
                "pairs": pair_run(reports),
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
    if "statements" in extra:
        print("\n" + _statements(extra.pop("statements")))
    for mode, groups in extra.pop("by", {}).items():
        print(f"\n{mode}: accuracy, and F1 of problem and commitment\n" + groups)
    for name, result in results.items():
        if "errors" not in result:
            continue
        print(f"\n{name}\n{_confusion(result)}")
        for error in result["errors"][: arguments.errors]:
            print(
                f"  {error['gold']} tagged {error['label']} ({error['score']:.2f}) "
                f"[{error['section']}] {error['lead_in'][-20:]} → {error['text']}"
            )
    for name, figures in extra.items():
        print(f"\n{name}: {figures}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
