"""Kill a run at random moments, take it up again, and compare with an undisturbed one.

Each round starts ``nianbao batch``, waits a random while, and ends with SIGKILL either the
parent or one of its workers, then calls the same command until it ends by itself. What must
hold: the outputs are those of a run that nobody disturbed, byte for byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

OUTPUTS = ("reports.jsonl", "cells.csv", "statements.csv", "errors.jsonl", "duplicates.jsonl")


def command(inputs: Path, out: Path, *more: str) -> list[str]:
    """The command line of a run."""
    return [sys.executable, "-c", "from nlp.cli import main; main()", "batch", str(inputs),
            "--out", str(out), *more]  # fmt: skip


def digests(out: Path) -> dict[str, str]:
    """SHA-256 of each output."""
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in OUTPUTS}


def children(pid: int) -> list[int]:
    """Processes that a process started and that are alive."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(one) for one in task.read_text().split()]
    return found


def _begin(inputs: Path, out: Path, more: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(inputs, out, *more), stderr=subprocess.DEVNULL)


def kill_rounds(
    inputs: Path, scratch: Path, rounds: int, seed: int, more: tuple[str, ...]
) -> dict[str, Any]:
    """Rounds of kills; gives what was killed when, and how many rounds ended differently.

    Parameters
    ----------
    more : tuple of str
        Options of the runs.
    """
    dice = random.Random(seed)
    calm = scratch / "calm"
    shutil.rmtree(calm, ignore_errors=True)
    began = time.monotonic()
    status = _begin(inputs, calm, more).wait()
    whole = time.monotonic() - began
    wanted = digests(calm)
    killed = {"parent": 0, "worker": 0, "too late": 0}
    wrong: list[dict[str, Any]] = []
    number = 0
    while number < rounds:
        out = scratch / "killed"
        shutil.rmtree(out, ignore_errors=True)
        moments: list[tuple[float, str]] = []
        wanted_kills = 1 + number % 3
        while True:
            process = _begin(inputs, out, more)
            victim = _disturb(process, dice, 0.9 * whole) if len(moments) < wanted_kills else None
            ended = process.wait()
            if victim is not None:
                moments.append(victim)
                killed[victim[1]] += 1
            if ended in (0, 1):
                break
        if not moments:  # it was done before: this was no kill
            killed["too late"] += 1
            continue
        number += 1
        got = digests(out)
        if got != wanted or ended != status:
            wrong.append({"round": number, "kills": moments, "status": ended,
                          "differs": [name for name in OUTPUTS if got[name] != wanted[name]]})  # fmt: skip
        print(f"round {number} of {rounds}: {moments} {'wrong' if got != wanted else 'equal'}",
              file=sys.stderr, flush=True)  # fmt: skip
    return {"rounds": rounds, "seed": seed, "undisturbed_seconds": round(whole, 1), "killed": killed,
            "different": len(wrong), "wrong": wrong}  # fmt: skip


def _disturb(
    process: subprocess.Popen[bytes], dice: random.Random, longest: float
) -> tuple[float, str] | None:
    """Kill the process or one of its workers at some moment; None where it was done before."""
    moment, victim = dice.uniform(0.1, longest), dice.choice(("parent", "worker"))
    try:
        process.wait(moment)
        return None
    except subprocess.TimeoutExpired:
        pass
    workers = children(process.pid)
    if victim == "worker" and workers:
        _kill(dice.choice(workers))
        return round(moment, 2), "worker"
    _kill(process.pid)
    return round(moment, 2), "parent"


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def corpus(folder: Path, count: int, seed: int) -> None:
    """Files of every fate: good ones, a fifth that fail, some that are there twice."""
    from .material import good, hostile

    good(count - count // 5, seed, folder / "good")
    hostile(count // 5, seed, folder / "hostile")
    for path in sorted((folder / "good").rglob("*.html"))[:5]:
        shutil.copy(path, folder / f"again-{path.name}")
