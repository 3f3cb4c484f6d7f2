"""The files that a run appends to, cut back to what the journal vouches for."""

from __future__ import annotations

import csv
import io
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import TargetDiffers
from ..export import LONG, _safe

STATEMENT_COLUMNS = (
    "source", "agency", "year", "id", "section", "label", "score", "topics", "start", "end", "text",
)  # fmt: skip


def csv_bytes(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV in UTF-8; what a spreadsheet would take for a formula is made harmless."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


_MARK = b"\xef\xbb\xbf"  # so that Excel opens it
# Files by name, with what each opens with.
FILES: dict[str, bytes] = {
    "reports.jsonl": b"",
    "cells.csv": _MARK + csv_bytes([LONG]),
    "statements.csv": _MARK + csv_bytes([STATEMENT_COLUMNS]),
    "errors.jsonl": b"",
    "duplicates.jsonl": b"",
}
Offsets = dict[str, int]


class Outputs:
    """The output files of a folder, opened to append; unbuffered, so that a kill loses nothing.

    Parameters
    ----------
    folder : Path
    offsets : mapping
        How long each file is by the journal; longer ones are cut back.

    Raises
    ------
    TargetDiffers
        If a file is shorter than the journal says.
    OSError
        If a file cannot be opened or written.
    """

    def __init__(self, folder: Path, offsets: Mapping[str, int]) -> None:
        self._files = {}
        self.offsets: Offsets = dict(offsets)
        for name in FILES:
            path, wanted = folder / name, self.offsets.get(name, 0)
            file = open(path, "ab", buffering=0)  # noqa: SIM115 - held for the whole run
            self._files[name] = file
            length = os.fstat(file.fileno()).st_size
            if length < wanted:
                raise TargetDiffers(
                    f"{path} is shorter than the journal says: it was changed by hand; "
                    "put it back, or begin anew with --redo"
                )
            if length > wanted:
                file.truncate(wanted)
        for name, opening in FILES.items():
            if self.offsets.get(name, 0) == 0:
                self._files[name].truncate(0)
                self._write(name, opening)
                self.offsets[name] = len(opening)

    def _write(self, name: str, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._files[name].write(view) :]

    def append(self, parts: Mapping[str, bytes]) -> tuple[Offsets, dict[str, int]]:
        """Append to files; gives the new lengths and the CRC-32 of each part.

        Raises
        ------
        OSError
            If the disk is full or gone; the files are cut back to where they were first.
        """
        try:
            for name, data in parts.items():
                self._write(name, data)
        except OSError:
            self.cut_back()
            raise
        lengths = {name: self.offsets[name] + len(parts.get(name, b"")) for name in FILES}
        return lengths, {name: zlib.crc32(parts.get(name, b"")) for name in FILES}

    def cut_back(self) -> None:
        """Back to the last lengths that were accepted."""
        for name, file in self._files.items():
            file.truncate(self.offsets[name])

    def accept(self, lengths: Offsets) -> None:
        """The journal vouches for these lengths now."""
        self.offsets = dict(lengths)

    def sync(self) -> None:
        """Have everything on the disk itself."""
        for file in self._files.values():
            os.fsync(file.fileno())

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def crc_of(path: Path, start: int, end: int) -> int | None:
    """CRC-32 of a stretch of a file; None where the file does not reach so far."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            total, left = 0, end - start
            while left:
                data = file.read(min(left, 2**20))
                if not data:
                    return None
                total, left = zlib.crc32(data, total), left - len(data)
            return total
    except OSError:
        return None
