"""The command: reports into a folder, or as JSON Lines to standard output.

``DIR/g000001.txt`` (or ``.html``) a report, ``DIR/truth.jsonl`` a line a report in the same order,
``DIR/run.json`` what made them. Written as they come: memory does not grow with the count.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from nlp.errors import BadCorpus, NianbaoError

from .bank import read_bank
from .rates import RATES, read_rates
from .reports import FORMS, NOTICE, generate


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="corpora.generate", description=__doc__)
    parser.add_argument("--count", type=int, required=True, help="reports to make")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same bytes")
    parser.add_argument("--first", type=int, default=1, help="number of the first report")
    parser.add_argument("--out", required=True, help="an empty or new folder; - for standard output")
    parser.add_argument("--format", choices=("text", "html", "mixed"), default="text")
    parser.add_argument("--form", choices=FORMS, action="append", help="only this form (again for more)")
    parser.add_argument("--bank", default="train", help="split of the passes recombined; only train")
    parser.add_argument("--without", action="append", default=[], metavar="FAULT",
                        help=f"switch a fault off, all for every one: {', '.join(RATES)}")  # fmt: skip
    parser.add_argument("--rate", action="append", default=[], metavar="FAULT=RATE", help="another rate")
    return parser.parse_args(argv)


def _folder(path: str) -> Path:
    folder = Path(path)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadCorpus(f"{folder} is there and not an empty folder; give another --out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main(argv: list[str] | None = None) -> int:
    arguments = _arguments(argv)
    began = time.perf_counter()
    try:
        if arguments.count < 0 or arguments.first < 1:
            raise BadCorpus("--count is 0 or more, --first 1 or more")
        bank = read_bank(arguments.bank)
        rates = read_rates(arguments.without, arguments.rate)
        made = generate(arguments.count, arguments.seed, arguments.format, rates=rates, bank=bank,
                        forms=arguments.form or FORMS, first=arguments.first)  # fmt: skip
        if arguments.out == "-":
            for report in made:
                print(json.dumps({**report.truth, "source": report.source}, ensure_ascii=False))
            return 0
        folder = _folder(arguments.out)
        with (folder / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as truths:
            for number, report in enumerate(made, arguments.first):
                suffix = "html" if report.truth["format"] == "html" else "txt"
                name = f"g{number:06d}.{suffix}"
                (folder / name).write_text(report.source, encoding="utf-8", newline="\n")
                truths.write(json.dumps({"file": name, **report.truth}, ensure_ascii=False) + "\n")
        run = {"notice": NOTICE, "count": arguments.count, "first": arguments.first, "seed": arguments.seed,
               "format": arguments.format, "forms": arguments.form or list(FORMS), "rates": dict(rates.rates),
               "bank": {"split": arguments.bank, "digest": bank.digest, "passes": list(bank.passes)}}  # fmt: skip
        (folder / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except BrokenPipeError:
        return 0
    except (NianbaoError, OSError) as error:
        print(f"corpora.generate: {error}", file=sys.stderr)
        return 1
    seconds = time.perf_counter() - began
    print(f"{arguments.count} reports in {seconds:.1f} s ({60 * arguments.count / max(seconds, 1e-9):.0f} a minute)", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
