"""``python -m evaluate.summaries``: the shipped summarizer on the test passes.

``--read N`` prints N summaries with their references, to be read by a person.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from nlp.artefacts import find_model
from nlp.errors import NianbaoError
from nlp.summarizer import Summarizer
from nlp.words import read_lexicon, segmenter
from train.corpus import CORPORA, load

from .runs import score, written


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluate.summaries", description=__doc__)
    parser.add_argument("--model", type=Path, help="a summarizer's folder (default: the shipped one)")
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N summaries")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    try:
        folder = arguments.model or find_model("summarizer")
        metrics = score(folder)
    except (NianbaoError, OSError) as error:
        print(f"evaluate.summaries: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(metrics, ensure_ascii=False, indent=1))
    else:
        _print(metrics)
    if arguments.read:
        cut = segmenter(read_lexicon(CORPORA / "lexicon" / "words.txt"))
        summarizer = Summarizer.from_pretrained(folder, cut)
        for name, summary, references in written(load("reports", "test")[: arguments.read], summarizer):
            text = f"{summary.text} [{summary.model}, {len(summary.text)}]" if summary else "–"
            print(f"\n{name} {text}\n    reference: {references[0]}")
    return 0


def _print(metrics: dict[str, dict[str, object]]) -> None:
    print("| pass | reports | by the network | key facts | 80–180 characters | strange numbers | "
          "ROUGE-1/2/L | plain | lead |\n|---|---|---|---|---|---|---|---|---|")  # fmt: skip
    for name, result in metrics.items():
        rouges = []
        for key in ("rouge", "rouge_plain", "rouge_lead"):
            values = result[key]
            assert isinstance(values, dict)
            rouges.append("/".join(f"{values[k]:.3f}" for k in ("rouge1", "rouge2", "rougeL")))
        facts, length = result["key_facts"], result["length"]
        assert isinstance(facts, list) and isinstance(length, dict)
        print(f"| {name} | {result['reports']} | {result['by_network']} | {facts[0]} of {facts[1]} | "
              f"{length['within_80_180']} | {result['strange_numbers']} | {' | '.join(rouges)} |")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
