"""A million inputs' metadata through discovery's sort, planner, queue, writer and journal.

Everything of a run but reading files and analysing them: so what is left is what a run costs
besides, and whether memory stays flat. Lines are short stand-ins of fixed size.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.batch import discover
from nlp.batch.feed import Feed
from nlp.batch.items import Input, Reference, Result
from nlp.batch.planner import Planner
from nlp.batch.target import Target

_STEPS = 10
_DUPLICATES = 0.02
_FAILED = 0.01


def _inputs(count: int, seed: int) -> Iterator[tuple[Input, bytes]]:
    dice = random.Random(seed)
    names = (f"/archive/{number % 3_600:04}/report-{number * 7_919 % count:09}.html" for number in range(count))
    for number, name in enumerate(discover.in_order(names)):
        if dice.random() < _DUPLICATES and number:
            number = dice.randrange(number)
        digest = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()
        item = Input(name, Reference(name), digest, 30_000)
        if dice.random() < _FAILED:
            item = Input(name, item.reference).failed("unreadable_input", "there is no such file: check the path")
        yield item, b""


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def simulate(count: int, workers: int, seed: int, scratch: str | None) -> dict[str, Any]:
    """Rates and memory at each tenth of the way, then of a second call that finds all done."""
    result = Result("done", b'{"stands": "for a report"}\n' * 4, b"a,cell\n" * 4, b"a,statement\n" * 4)
    with tempfile.TemporaryDirectory(prefix="nianbao-simulate-", dir=scratch) as folder:
        out = Path(folder)
        steps: list[dict[str, float]] = []
        began = time.process_time()
        target = Target(out, {"simulation": str(seed)})
        planner = Planner(target.journal.known, target.journal.known_duplicate, 1)
        seen = 0
        feed = Feed(planner.groups(_inputs(count, seed)))
        while not feed.ended:
            one = feed.take()
            if one is None:
                time.sleep(0.0005)
                continue
            group = one[0]
            target.commit(group, [result] * len(group.inputs))
            planner.committed(group)
            before, seen = seen, seen + len(group.entries)
            if before * _STEPS // count != seen * _STEPS // count:
                step = {"inputs": seen, "cpu_seconds": round(time.process_time() - began, 1),
                        "peak_MiB": round(_megabytes())}  # fmt: skip
                steps.append(step)
                print(step, file=sys.stderr, flush=True)
        target.close()
        cost = time.process_time() - began
        journal = sum(path.stat().st_size for path in (out / ".nianbao").iterdir()) / 2**20
        began = time.process_time()
        target = Target(out, {"simulation": str(seed)})
        opened = time.process_time() - began
        planner = Planner(target.journal.known, target.journal.known_duplicate, target.journal.last_group() + 1)
        left = sum(len(group.entries) for group, _ in planner.groups(_inputs(count, seed)))
        again = time.process_time() - began
        tally = {status: n for status, _, n, _ in target.journal.tally()}
        target.close()
    return {
        "inputs": count, "tally": tally, "steps": steps, "cpu_seconds": round(cost, 1),
        "inputs_a_cpu_second": round(count / cost), "journal_MiB": round(journal),
        "journal_bytes_an_input": round(journal * 2**20 / count), "peak_MiB": round(_megabytes()),
        "again": {"left_to_do": left, "seconds_to_open": round(opened, 2),
                  "inputs_a_cpu_second": round(count / again)},
    }  # fmt: skip
