"""What commands take in and give out: inputs, files of output, complaints, the exit status.

Data goes to standard output, messages to standard error.
"""

from __future__ import annotations

import glob
import json
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from . import readers
from .errors import NianbaoError

Inputs = list[tuple[str, "str | bytes"]]


def inputs_of(given: tuple[str, ...]) -> Inputs:
    """Files, folders (their files, in order), globs, and ``-`` for standard input."""
    found: Inputs = []
    for one in given:
        if one == "-":
            found.append(("-", sys.stdin.buffer.read(readers.MAX_BYTES + 1)))  # one more is too many
        elif os.path.isdir(one):
            files = sorted(p for p in Path(one).rglob("*") if p.is_file() and p.name[0] != ".")
            found += [(str(path), str(path)) for path in files]
        elif not os.path.exists(one) and glob.has_magic(one):
            found += [(path, path) for path in sorted(glob.glob(one, recursive=True))] or [
                (one, one)
            ]
        else:
            found.append((one, one))
    return found


def complain(name: str, error: NianbaoError) -> None:
    message = " ".join(str(error).split())
    click.echo(f"nianbao: {name}: {message}", err=True)


def error_line(name: str, error: NianbaoError) -> str:
    return json.dumps(
        {"source": {"name": name}, "error": {"code": error.code, "message": str(error)}},
        ensure_ascii=False,
    )


def open_output(path: str | None) -> TextIO:
    if path is None:
        return sys.stdout
    try:
        return open(path, "w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None


def write_bytes(path: str | None, data: bytes) -> None:
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None


def finish(out: TextIO, failed: int) -> None:
    out.flush()
    if out is not sys.stdout:
        out.close()
    if failed:
        raise SystemExit(1)
