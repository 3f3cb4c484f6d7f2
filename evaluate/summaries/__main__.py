"""``python -m evaluate.summaries [score|adversarial|sheets|count|examples|speed]``.

``score`` (the default) gives the figures on the test passes beside the baselines; ``--read N`` prints
N summaries with their references. ``adversarial`` runs the 40 hand-written reports. ``sheets --out
DIR`` writes sheets for blind comparison by people, ``count --out DIR`` counts filled ones.
``examples`` makes EXAMPLES.md. ``speed`` measures against transformers' own ``generate``
(three minutes).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from nlp.artefacts import MANIFEST, find_model, read_manifest, write_manifest
from nlp.errors import NianbaoError
from nlp.report import Report
from train.corpus import load
from train.examples import render

EXAMPLES = "EXAMPLES.md"


def _score(arguments: argparse.Namespace, folder: Path) -> None:
    from .cards import table
    from .runs import cut_of_the_domain, rarity_of, score, written

    if not arguments.read:
        metrics = score(folder)
        print(json.dumps(metrics, ensure_ascii=False, indent=1) if arguments.json else table(metrics))
        return
    from nlp.summarizer import Summarizer

    summarizer = Summarizer.from_pretrained(folder, cut_of_the_domain())
    reports = load("reports", "test")[: arguments.read]
    for name, summary, references in written(reports, summarizer, rarity_of(folder)):
        text = f"{summary.text} [{summary.model}, {len(summary.text)}]" if summary else "–"
        print(f"\n{name} {text}\n    reference: {references[0]}")


def _sheets(arguments: argparse.Namespace, folder: Path) -> None:
    from nlp.summarizer import Summarizer

    from .runs import OURS, cut_of_the_domain, rarity_of, systems
    from .sheets import write

    reports = load("reports", "test")
    summarizer = Summarizer.from_pretrained(folder, cut_of_the_domain())
    said, _ = systems(reports, summarizer, rarity_of(folder))
    kept = {name: said[name] for name in (OURS, "lead", "textrank", "template")}
    rows = [
        (report["id"], render(report)[0].text, {name: texts[n] for name, texts in kept.items()})
        for n, report in enumerate(reports)
    ]
    pairs = write(rows, OURS, arguments.out, arguments.seed)
    print(f"{pairs} pairs in {arguments.out}; key.json is for after the reading")


def _analysed() -> list[Report]:
    """Test and adversarial reports through the whole pipeline."""
    from nlp.many import analyze_all

    from . import adversarial

    sources = [(report["id"], render(report)[0].text.encode()) for report in load("reports", "test")]
    sources += [(one["id"], adversarial.text_of(one).encode()) for one in adversarial.read()]
    return [one for _, one in analyze_all(sources) if isinstance(one, Report)]


def _examples(folder: Path) -> None:
    from .cards import examples

    (folder / EXAMPLES).write_text(examples(_analysed()), encoding="utf-8")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    files = {*manifest.pop("files"), EXAMPLES}
    write_manifest(folder, sorted(files), manifest)
    print(f"{folder / EXAMPLES} written")


def _describe(folder: Path) -> None:
    """Metrics, card and manifest of a model anew, from its manifest's facts."""
    from train.summarizer import describe

    facts = {key: value for key, value in read_manifest(folder).items() if key != "files"}
    describe(folder, facts)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluate.summaries", description=__doc__)
    parser.add_argument(
        "what", nargs="?", default="score",
        choices=["score", "adversarial", "sheets", "count", "examples", "describe", "speed"],
    )  # fmt: skip
    parser.add_argument("--model", type=Path, help="a summarizer's folder (default: the shipped one)")
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N summaries")
    parser.add_argument("--out", type=Path, default=Path("sheets"), help="folder of the sheets")
    parser.add_argument("--seed", type=int, default=1, help="of the sheets' order")
    parser.add_argument("--count", type=int, default=32, help="plans to measure speed on")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    try:
        folder = arguments.model or find_model("summarizer")
        if arguments.what == "adversarial":
            from . import adversarial

            adversarial.show(adversarial.run())
        elif arguments.what == "sheets":
            _sheets(arguments, folder)
        elif arguments.what == "count":
            from .sheets import count

            print(json.dumps(count(arguments.out / "sheet.csv", arguments.out / "key.json"), indent=1))
        elif arguments.what == "examples":
            _examples(folder)
        elif arguments.what == "describe":
            _describe(folder)
        elif arguments.what == "speed":
            from .speed import measure

            print(measure(folder, arguments.count))
        else:
            _score(arguments, folder)
    except (NianbaoError, OSError) as error:
        print(f"evaluate.summaries: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
