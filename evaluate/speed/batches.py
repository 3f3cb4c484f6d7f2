"""Whole runs, measured: seconds, CPU seconds of parent and workers, memory; with hostile files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .kills import children, command, digests
from .material import hostile

_LOOK = 0.2  # seconds between looks at memory


def _resident(pid: int) -> float:
    """MiB that a process holds; 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def run(inputs: Sequence[Path], out: Path, *more: str) -> dict[str, Any]:
    """One run; gives what ``run.json`` says and what it cost."""
    shutil.rmtree(out, ignore_errors=True)
    call = command(inputs[0], out, *map(str, inputs[1:]), "--quiet", *more)
    before, began = os.times(), time.monotonic()
    process = subprocess.Popen(call)
    peaks: dict[str, float] = {"parent": 0.0, "worker": 0.0}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_LOOK):
            peaks["parent"] = max(peaks["parent"], _resident(process.pid))
            for child in children(process.pid):
                peaks["worker"] = max(peaks["worker"], _resident(child))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    status = process.wait()
    seconds = time.monotonic() - began
    ended.set()
    watcher.join()
    after = os.times()
    facts = json.loads((out / "run.json").read_text("utf-8"))
    settled = facts["this_run"]["settled"]
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return {
        "status": status, "counts": facts["counts"], "errors": facts["errors"],
        "seconds": round(seconds, 1), "reports_a_second": round(settled / seconds, 1),
        "cpu_seconds": round(cpu, 1), "reports_a_cpu_second": round(settled / cpu, 1) if cpu else None,
        "peak_MiB": {name: round(value) for name, value in peaks.items()},
        "workers_replaced": facts["this_run"]["workers_replaced"],
        "slowest": facts["this_run"]["slowest"][:2],
    }  # fmt: skip


def runs(
    inputs: Sequence[Path], workers: int, options: Sequence[str], scratch: str | None
) -> dict[str, Any]:
    """Each folder with ``workers``; the first also with one, whose output must be the same."""
    found: dict[str, Any] = {"cores": os.cpu_count(), "load": os.getloadavg()[0], "runs": {}}
    with tempfile.TemporaryDirectory(prefix="nianbao-batch-", dir=scratch) as folder:
        one, many = Path(folder, "one"), Path(folder, "many")
        found["one_worker"] = run(inputs[:1], one, "--workers", "1", *options)
        for place in inputs:
            found["runs"][str(place)] = run([place], many, "--workers", str(workers), *options)
            if place == inputs[0]:
                found["same_output"] = digests(one) == digests(many)
        first = found["runs"][str(inputs[0])]
        found["workers"] = workers
        found["times_one_worker"] = round(found["one_worker"]["seconds"] / first["seconds"], 2)
    return found


def among_hostile(
    good: Path, count: int, seed: int, workers: int, timeout: float, scratch: str | None
) -> dict[str, Any]:
    """Good files alone, then with hostile ones among them."""
    options = ("--no-summary", "--workers", str(workers), "--timeout", str(timeout))
    with tempfile.TemporaryDirectory(prefix="nianbao-hostile-", dir=scratch) as folder:
        alone, both, bad = Path(folder, "alone"), Path(folder, "both"), Path(folder, "bad")
        written = hostile(count, seed, bad)
        first = run([good], alone, *options)
        second = run([good, bad], both, *options)
        lines = (both / "errors.jsonl").read_text("utf-8").splitlines()
        named = {json.loads(line)["source"]["name"] for line in lines}
        named |= {json.loads(line)["source"]["name"]
                  for line in (both / "duplicates.jsonl").read_text("utf-8").splitlines()}  # fmt: skip
        return {
            "hostile": written, "alone": first, "with_hostile": second,
            "times": round(second["seconds"] / first["seconds"], 2),
            "cpu_times": round(second["cpu_seconds"] / first["cpu_seconds"], 2),
            "every_good_one_done": second["counts"]["reports"] >= first["counts"]["reports"],
            "hostile_not_named": sorted(str(path) for path in bad.iterdir() if str(path) not in named),
        }  # fmt: skip
