"""What is done, on disk: which inputs, and how long the outputs were then.

A SQLite database beside the outputs. A group's inputs and the lengths of the output files
after it are one transaction, made after its bytes were written; at the next start the outputs
are cut back to the last lengths. A killed process loses nothing that it had written. For a lost
machine, outputs and journal are synced every few seconds; what came after the last sync is
believed only where the bytes' checksums hold. Memory does not grow with the number of inputs.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import TargetDiffers
from .items import Group, Result
from .outputs import FILES, Offsets, crc_of

NAME = "journal.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS items (
    key BLOB PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, code TEXT,
    checks INTEGER NOT NULL, grp INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS duplicates (
    key BLOB, name TEXT, grp INTEGER NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tally (
    status TEXT, code TEXT, count INTEGER NOT NULL, checks INTEGER NOT NULL,
    PRIMARY KEY (status, code)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS groups (
    number INTEGER PRIMARY KEY, lengths TEXT NOT NULL, crcs TEXT NOT NULL,
    tally TEXT NOT NULL, synced INTEGER NOT NULL);
"""
_CACHE = 32 * 1024  # KiB
_COUNTED = "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET " \
           "count = count + excluded.count, checks = checks + excluded.checks"  # fmt: skip


class Journal:
    """The journal of one output folder; the caller holds the folder's lock."""

    def __init__(self, path: Path, outputs: Path) -> None:
        self._outputs = outputs
        self._turn = threading.RLock()  # the thread that plans asks while another commits
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")  # no shared memory: works on NFS too
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    # --- what the results depend on ------------------------------------------------------

    def dependencies(self) -> dict[str, str] | None:
        """What an earlier run's results depend on; None where there was none."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'dependencies'").fetchone()
        return dict(json.loads(row[0])) if row else None

    def begin(self, dependencies: Mapping[str, str]) -> None:
        """Set down what the results depend on."""
        self._db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('dependencies', ?)", (json.dumps(dependencies),)
        )

    def forget(self) -> None:
        """Nothing was ever done (``--redo``)."""
        with self._transaction():
            for table in ("meta", "items", "duplicates", "tally", "groups"):
                self._db.execute(f"DELETE FROM {table}")

    def forget_failed(self) -> None:
        """What failed was never tried (``--retry``); ``errors.jsonl`` will be cut to nothing."""
        lengths = self.lengths()
        with self._transaction():
            self._db.execute("DELETE FROM items WHERE status = 'failed'")
            self._db.execute("DELETE FROM tally WHERE status = 'failed'")
            if lengths:
                number = self.last_group()
                self._db.execute("DELETE FROM groups")
                self._insert(number, {**lengths, "errors.jsonl": 0}, {}, [], synced=True)

    # --- recovery ------------------------------------------------------------------------

    def recover(self) -> Offsets:
        """Lengths that the outputs are to be cut to; groups whose bytes are not on disk are
        taken out of the journal (a machine that lost power).

        Raises
        ------
        TargetDiffers
            If the outputs lack what the journal knows to have been synced.
        """
        rows = self._db.execute("SELECT * FROM groups ORDER BY number").fetchall()
        before: Offsets = {}
        for number, lengths_json, crcs_json, _, synced in rows:
            lengths, crcs = json.loads(lengths_json), json.loads(crcs_json)
            if not synced and before and not self._holds(before, lengths, crcs):
                self._undo_from(number)
                break
            before = lengths
        for name, length in before.items():
            path = self._outputs / name
            if length and (not path.exists() or path.stat().st_size < length):
                raise TargetDiffers(
                    f"{path} is missing or shorter than the journal says: it was changed by hand; "
                    "put it back, or begin anew with --redo"
                )
        return before

    def _holds(self, before: Offsets, after: Offsets, crcs: Mapping[str, int]) -> bool:
        return all(
            crc_of(self._outputs / name, before[name], after[name]) == crcs[name] for name in FILES
        )

    def _undo_from(self, number: int) -> None:
        with self._transaction():
            undone = self._db.execute("SELECT tally FROM groups WHERE number >= ?", (number,))
            for (tally,) in undone.fetchall():
                for status, code, count, checks in json.loads(tally):
                    self._db.execute(_COUNTED, (status, code, -count, -checks))
            for table, column in (("items", "grp"), ("duplicates", "grp"), ("groups", "number")):
                self._db.execute(f"DELETE FROM {table} WHERE {column} >= ?", (number,))

    def lengths(self) -> Offsets:
        """Lengths of the outputs after the last group; empty where there is none."""
        row = self._db.execute("SELECT lengths FROM groups ORDER BY number DESC LIMIT 1").fetchone()
        return dict(json.loads(row[0])) if row else {}

    def last_group(self) -> int:
        """Number of the last group; 0 where there is none."""
        return int(self._db.execute("SELECT COALESCE(MAX(number), 0) FROM groups").fetchone()[0])

    # --- asking and writing --------------------------------------------------------------

    def known(self, key: bytes) -> str | None:
        """The name under which content is done; None where it is not."""
        with self._turn:
            row = self._db.execute("SELECT name FROM items WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def known_duplicate(self, key: bytes, name: str) -> bool:
        query = "SELECT 1 FROM duplicates WHERE key = ? AND name = ?"
        with self._turn:
            return self._db.execute(query, (key, name)).fetchone() is not None

    def commit(
        self, group: Group, results: Sequence[Result], lengths: Offsets, crcs: Mapping[str, int]
    ) -> None:
        """Set down a group whose bytes were written.

        Parameters
        ----------
        results : sequence of Result
            One for each entry that is no duplicate, in order.
        """
        tally: dict[tuple[str, str], list[int]] = {}
        items, duplicates, given = [], [], iter(results)
        for entry in group.entries:
            name = entry.input.name
            if entry.role == "duplicate":
                duplicates.append((entry.input.key, name, group.number))
                counted = tally.setdefault(("duplicate", ""), [0, 0])
            else:
                one = next(given)
                items.append((entry.input.key, name, one.status, one.code, one.checks_failed,
                              group.number))  # fmt: skip
                counted = tally.setdefault((one.status, one.code or ""), [0, 0])
                counted[1] += one.checks_failed
            counted[0] += 1
        rows = [(status, code, *counts) for (status, code), counts in sorted(tally.items())]
        with self._transaction():
            self._db.executemany("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)", items)
            self._db.executemany("INSERT INTO duplicates VALUES (?, ?, ?)", duplicates)
            self._db.executemany(_COUNTED, rows)
            self._insert(group.number, lengths, crcs, rows)

    def _insert(
        self, number: int, lengths: Offsets, crcs: Mapping[str, int], tally: Sequence[object],
        synced: bool = False,
    ) -> None:  # fmt: skip
        row = (number, json.dumps(lengths), json.dumps(crcs), json.dumps(tally), int(synced))
        self._db.execute("INSERT OR REPLACE INTO groups VALUES (?, ?, ?, ?, ?)", row)

    def opened(self, lengths: Offsets) -> None:
        """The outputs hold their openings, and no group yet."""
        self._insert(0, lengths, {}, [], synced=True)

    def synced(self) -> None:
        """All groups so far are on the disk itself: only the last is needed for recovery."""
        number = self.last_group()
        with self._transaction():
            self._db.execute("UPDATE groups SET synced = 1 WHERE number = ?", (number,))
            self._db.execute("DELETE FROM groups WHERE number < ?", (number,))
        self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def tally(self) -> list[tuple[str, str, int, int]]:
        """(status, code, inputs, checks failed) of everything done so far."""
        return self._db.execute("SELECT * FROM tally WHERE count > 0").fetchall()

    def _transaction(self) -> _Transaction:
        return _Transaction(self._db, self._turn)


class _Transaction:
    """BEGIN … COMMIT, or ROLLBACK where it fails."""

    def __init__(self, database: sqlite3.Connection, turn: Any) -> None:
        self._db, self._turn = database, turn

    def __enter__(self) -> None:
        self._turn.acquire()
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._turn.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if self._db.in_transaction:
                self._db.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.Error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        finally:
            self._turn.release()
