"""``python -m evaluate.distance``: our whole reports against the figures of ``corpora/STUDY.md``.

With ``--real FILE`` (UTF-8, a clause a line, kept outside the repository) also how well a
classifier tells our clauses from real ones, and what it goes by.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from nlp.errors import NianbaoError
from train.corpus import clauses_of, load

from .measures import TARGETS, is_short, measure
from .telling import tell_apart


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluate.distance", description=__doc__)
    parser.add_argument("--real", type=Path, help="real clauses, one a line")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    try:
        train, test = load("reports", "train"), load("reports", "test")
        groups = {
            "training, short": [r for r in train if is_short(r)],
            "training, all": train,
            "test, all": test,
        }
        figures = {name: measure(reports) for name, reports in groups.items()}
        telling = None
        if arguments.real:
            real = [x.strip() for x in arguments.real.read_text("utf-8").splitlines() if x.strip()]
            telling = tell_apart([c["text"] for r in train for c in clauses_of(r)], real)
    except (NianbaoError, OSError) as error:
        print(f"evaluate.distance: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps({"figures": figures, "telling": telling}, ensure_ascii=False, indent=1))
        return 0
    print("| measure | real short reports | rests on | " + " | ".join(
        f"{name} ({len(reports)})" for name, reports in groups.items()) + " |")  # fmt: skip
    print("|---|---|---|" + "---|" * len(groups))
    for target in TARGETS:
        ours = " | ".join(f"{figures[name][target.name]:.2f}" for name in groups)
        print(f"| {target.name} | {target.low:g}–{target.high:g} | {target.rests_on} | {ours} |")
    if telling:
        print(f"\nTold apart from real clauses: accuracy {telling['accuracy']:.3f} (0.5 is the aim), by")
        print("  ours: " + " · ".join(telling["ours"]) + "\n  real: " + " · ".join(telling["real"]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
