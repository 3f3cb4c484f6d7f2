"""One command a question; results as JSON, progress to standard error.

``python -m evaluate.speed COMMAND --help`` says what each takes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _make(a: argparse.Namespace) -> dict[str, Any]:
    from .material import good, hostile

    if a.hostile:
        return {"written": hostile(a.count, a.seed, Path(a.out))}
    good(a.count, a.seed, Path(a.out), not a.no_pdf)
    return {"written": a.count}


def _kills(a: argparse.Namespace) -> dict[str, Any]:
    from .kills import corpus, kill_rounds

    with tempfile.TemporaryDirectory(prefix="nianbao-kills-", dir=a.scratch) as scratch:
        inputs = Path(scratch, "in")
        corpus(inputs, a.count, a.seed)
        more = ("--workers", str(a.workers), *(() if a.summary else ("--no-summary",)))
        return kill_rounds(inputs, Path(scratch), a.rounds, a.seed, more)


def _hostile(a: argparse.Namespace) -> dict[str, Any]:
    from .batches import among_hostile

    return among_hostile(Path(a.good), a.hostile, a.seed, a.workers, a.timeout, a.scratch)


def _batch(a: argparse.Namespace) -> dict[str, Any]:
    from .batches import runs

    return runs([Path(one) for one in a.inputs], a.workers, a.option, a.scratch)


def _full(a: argparse.Namespace) -> dict[str, Any]:
    from .full import on_a_full_disk

    return on_a_full_disk(Path(a.inputs), a.mib, a.scratch)


def _sieve(a: argparse.Namespace) -> dict[str, Any]:
    from .sieve import measure

    return measure(a.reports, a.others, a.seed)


def _simulate(a: argparse.Namespace) -> dict[str, Any]:
    from .simulate import simulate

    return simulate(a.count, a.workers, a.seed, a.scratch)


def _stages(a: argparse.Namespace) -> dict[str, Any]:
    from .stages import measure

    return measure(Path(a.inputs), a.count, not a.no_summary, a.picture)


def _plan(a: argparse.Namespace) -> dict[str, Any]:
    from .plan import plan

    return plan(a.rate, a.workers, a.cores, a.price)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluate.speed", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], dict[str, Any]], about: str) -> Any:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(run=run)
        one.add_argument("--seed", type=int, default=0)
        one.add_argument("--workers", type=int, default=2)
        one.add_argument("--scratch", metavar="DIR", help="where temporary files go")
        return one

    one = command("make", _make, "write files to run on: pages, texts and PDF, or hostile ones")
    one.add_argument("--count", type=int, required=True)
    one.add_argument("--out", required=True)
    one.add_argument("--hostile", action="store_true")
    one.add_argument("--no-pdf", action="store_true")
    one = command("kills", _kills, "kill -9 at random moments, go on, compare byte for byte")
    one.add_argument("--rounds", type=int, default=50)
    one.add_argument("--count", type=int, default=100, help="files of the corpus")
    one.add_argument("--summary", action="store_true")
    one = command("hostile", _hostile, "hostile files among good ones: all good done, time")
    one.add_argument("good", help="a folder that `make` wrote")
    one.add_argument("--hostile", type=int, default=500)
    one.add_argument("--timeout", type=float, default=60)
    one = command("batch", _batch, "whole runs: rate, CPU seconds, memory; 1 worker and --workers")
    one.add_argument("inputs", nargs="+", help="folders that `make` wrote, small to large")
    one.add_argument("--option", action="append", default=[], help="of the run, e.g. --no-summary")
    one = command("full", _full, "a disk that is full, then is not (root only)")
    one.add_argument("inputs")
    one.add_argument("--mib", type=int, default=6)
    one = command("sieve", _sieve, "recall and precision of the first test of a crawl's pages")
    one.add_argument("--reports", type=int, default=2000)
    one.add_argument("--others", type=int, default=2600)
    one = command("simulate", _simulate, "synthetic inputs through planner, queue and journal")
    one.add_argument("--count", type=int, default=1_000_000)
    one = command("stages", _stages, "where the time goes in one process: stages, peers, a picture")
    one.add_argument("inputs")
    one.add_argument("--count", type=int, default=300)
    one.add_argument("--no-summary", action="store_true")
    one.add_argument("--picture", metavar="SVG")
    one = command("plan", _plan, "time and cost of large jobs from a measured rate")
    one.add_argument("--rate", type=float, required=True, help="reports a second of one core")
    one.add_argument("--cores", type=int, default=2)
    one.add_argument("--price", type=float, default=0.05, help="of a core for an hour")
    return parser


def main(argv: list[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    print(json.dumps(arguments.run(arguments), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
