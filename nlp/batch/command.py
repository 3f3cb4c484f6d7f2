"""What ``nianbao batch`` does with its options: a request, a run, an exit status."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import click

from ..cascade import Mode
from ..errors import NianbaoError
from .options import Options
from .progress import Progress
from .run import Request, run

STOPPED = 130  # the shell's status for Ctrl-C


def call(
    inputs: tuple[str, ...],
    lists: tuple[str, ...],
    out: str,
    *,
    as_: str | None = None,
    summary: bool = True,
    tagger: Mode | None = None,
    workers: int | None = None,
    timeout: float = 60.0,
    memory: int = 3072,
    exports: tuple[str, ...] = (),
    engine: str = "local",
    redo: bool = False,
    retry: bool = False,
    quiet: bool = False,
) -> int:
    """Run, and give the exit status: 0, 1 where inputs failed, 130 where it was stopped.

    Raises
    ------
    click.UsageError
        If there is nothing to read.
    NianbaoError
        If the run cannot begin or go on.
    """
    if not inputs and not lists:
        raise click.UsageError("give inputs: files, folders, globs, archives, or --from FILE")
    if redo and retry:
        raise click.UsageError("--redo does all anew, --retry what failed: give one of them")
    _require(exports)
    progress = Progress(sys.stderr, quiet)
    if summary and not all(map(find_spec, ("torch", "transformers"))):
        summary = False
        progress.say("nianbao: no summaries: they need the extra 'neural' "
                     "(pip install 'nianbao[neural]'); --no-summary asks for none")  # fmt: skip
    processes = workers or (0 if engine == "ray" else _cores())  # a cluster knows its own
    options = Options(summary, tagger, as_, processes, timeout, memory)
    facts = run(Request(inputs, out, lists, options, exports, engine, redo, retry), progress)
    if facts["state"] == "stopped":
        same = "the same command without --redo" if redo else "the same command again"
        click.echo(f"nianbao: stopped; nothing that was done is lost: {same} goes on in {out}", err=True)
        return STOPPED
    return 1 if facts["counts"]["failed"] else 0


def _cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _require(exports: tuple[str, ...]) -> None:
    """Complain before hours of work, not after them."""
    needs = {"parquet": "pyarrow", "xlsx": "openpyxl", "dta": "pandas"}
    for kind in exports:
        if find_spec(needs[kind]) is None:
            raise NianbaoError(f"--{kind} needs {needs[kind]}: pip install 'nianbao[batch]'")
