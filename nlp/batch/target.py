"""The output folder: locked, checked, recovered; groups are committed here and nowhere else."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ..errors import TargetDiffers, TargetInUse, TargetUnwritable
from . import journal as journals
from .items import Group, Input, Result
from .journal import Journal
from .options import differences
from .outputs import FILES, Outputs
from .stage import failed

STATE = ".nianbao"  # folder of lock and journal, inside the output folder
_SYNC_SECONDS = 5.0
RUN = "run.json"


class Target:
    """One output folder for one run.

    Parameters
    ----------
    folder : Path
    dependencies : dict of str to str
        What results depend on.
    redo : bool
        Forget and overwrite what is there.
    retry : bool
        Try what failed again.

    Raises
    ------
    TargetInUse
        Another run holds the folder.
    TargetUnwritable
        It cannot be made, opened or written.
    TargetDiffers
        It holds results of other models or options, files of another origin, or was changed.
    """

    def __init__(
        self, folder: Path, dependencies: dict[str, str], redo: bool = False, retry: bool = False
    ) -> None:
        self.folder = folder
        state = folder / STATE
        try:
            state.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(state / "lock")
            self._acquire(state)
        except OSError as error:
            raise _unwritable(folder, error) from None
        try:
            self.journal = self._open(state, dependencies, redo, retry)
        except (OSError, sqlite3.Error) as error:
            self._lock.release()
            raise _unwritable(folder, error) from None
        except BaseException:
            self._lock.release()
            raise
        self._synced = time.monotonic()

    def _acquire(self, state: Path) -> None:
        holder = state / "holder"
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            who = ""
            with contextlib.suppress(OSError):
                who = f" ({holder.read_text('utf-8').strip()})"
            raise TargetInUse(
                f"{self.folder}: another run is writing there{who}; wait for it or end it, "
                "or give another --out"
            ) from None
        host = os.uname().nodename if hasattr(os, "uname") else "this machine"
        holder.write_text(f"process {os.getpid()} on {host}\n", "utf-8")

    def _open(
        self, state: Path, dependencies: dict[str, str], redo: bool, retry: bool
    ) -> Journal:
        path = state / journals.NAME
        if not path.exists() and not redo:
            foreign = [name for name in FILES if (self.folder / name).exists()]
            if foreign:
                raise TargetDiffers(
                    f"{self.folder} holds {foreign[0]}, which no run of batch wrote there: "
                    "give another --out, or overwrite it with --redo"
                )
        found = Journal(path, self.folder)
        try:
            if redo:
                found.forget()
            before = found.dependencies()
            if before is not None and before != dependencies:
                changed = "; ".join(differences(before, dependencies))
                raise TargetDiffers(
                    f"{self.folder} holds results of other models or options ({changed}): "
                    "make them all anew with --redo, or give another --out"
                )
            found.recover()
            if retry:
                found.forget_failed()
            lengths = found.lengths()
            self._outputs = Outputs(self.folder, lengths)
            if not lengths:
                found.opened(self._outputs.offsets)
            found.begin(dependencies)
        except BaseException:
            found.close()
            raise
        return found

    def commit(self, group: Group, results: Sequence[Result]) -> list[tuple[Input, Result]]:
        """Append a group's results and set it down; gives every input that is no duplicate
        with its result.

        Raises
        ------
        TargetUnwritable
            The disk is full or gone. The outputs end with the last group that was set down.
        """
        parts: dict[str, list[bytes]] = {name: [] for name in FILES}
        settled: list[tuple[Input, Result]] = []
        given = iter(results)
        for entry in group.entries:
            if entry.role == "duplicate":
                line = {"source": {"name": entry.input.name, "sha256": entry.input.sha256},
                        "duplicate_of": entry.of}  # fmt: skip
                parts["duplicates.jsonl"].append(
                    (json.dumps(line, ensure_ascii=False) + "\n").encode()
                )
                continue
            result = next(given) if entry.role == "analyse" else _error_of(entry.input)
            settled.append((entry.input, result))
            if result.status == "done":
                parts["reports.jsonl"].append(result.line)
                parts["cells.csv"].append(result.cells)
                parts["statements.csv"].append(result.statements)
            elif result.status == "failed":
                parts["errors.jsonl"].append(result.line)
        joined = {name: b"".join(lines) for name, lines in parts.items() if lines}
        try:
            lengths, crcs = self._outputs.append(joined)
            try:
                self.journal.commit(group, [result for _, result in settled], lengths, crcs)
            except sqlite3.Error:
                self._outputs.cut_back()
                raise
            self._outputs.accept(lengths)
            if time.monotonic() - self._synced > _SYNC_SECONDS:
                self.sync()
        except (OSError, sqlite3.Error) as error:
            raise _unwritable(self.folder, error) from None
        return settled

    def sync(self) -> None:
        """Have everything so far on the disk itself."""
        self._outputs.sync()
        self.journal.synced()
        self._synced = time.monotonic()

    def write_run(self, facts: dict[str, Any]) -> None:
        """Write ``run.json``, whole or not at all."""
        path = self.folder / RUN
        partial = path.with_suffix(".partial")
        try:
            partial.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
            partial.replace(path)
        except OSError as error:
            raise _unwritable(self.folder, error) from None

    def close(self) -> None:
        """Sync where that is still possible, and let the folder go."""
        with contextlib.suppress(OSError, sqlite3.Error):
            self.sync()
        with contextlib.suppress(OSError, sqlite3.Error):
            self._outputs.close()
            self.journal.close()
        self._lock.release()


def _error_of(item: Input) -> Result:
    code, message = item.error or ("unreadable_input", "cannot be read")
    return failed(item, code, message)


def _unwritable(folder: Path, error: Exception) -> TargetUnwritable:
    reason = getattr(error, "strerror", None) or str(error)
    free = ""
    with contextlib.suppress(OSError):
        free = f", {shutil.disk_usage(folder).free // 2**20} MiB are free"
    return TargetUnwritable(
        f"{folder} cannot be written ({reason}{free}): make room or mend it and call the same "
        "command again, it goes on where it was; or give another --out"
    )
