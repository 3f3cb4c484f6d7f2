"""Further outputs, made from ``reports.jsonl`` once all is done: Parquet, XLSX, Stata.

They are read as a stream and written beside their name first, so that a file that stands is
whole; a run that is called again makes them again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import MissingExtra, NianbaoError, TargetUnwritable
from ..export import _safe
from . import wide
from .outputs import STATEMENT_COLUMNS
from .parquet import write_parquet
from .stata import write_stata

KINDS = ("parquet", "xlsx", "dta")
_SHEET_ROWS = 1_000_000  # Excel's own bound is 1,048,576
_CELL_CHARACTERS = 32_767

Record = dict[str, Any]


def records(folder: Path) -> Iterator[Record]:
    """The reports of a run, one after another."""
    with (folder / "reports.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def statement_rows(record: Record) -> Iterator[list[Any]]:
    """Rows of ``statements.csv`` of one report."""
    head = [record["source"]["name"], record["meta"]["agency"], record["meta"]["year"]]
    for one in record["statements"]:
        values = {**one, "topics": ";".join(one["topics"])}
        yield head + [values[name] for name in STATEMENT_COLUMNS[3:]]


def write_exports(folder: Path, kinds: Sequence[str], say: Callable[[str], None]) -> None:
    """Write each kind wanted into the folder.

    Raises
    ------
    MissingExtra
        If what writes it is not installed.
    TargetUnwritable
        If the disk is full or gone; the run's own outputs are not touched.
    """
    makers: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
        "parquet": ("parquet", lambda f, to: write_parquet(records(f), to)),
        "xlsx": ("reports.xlsx", _write_xlsx),
        "dta": ("stata", lambda f, to: write_stata(records(f), to)),
    }
    for kind in kinds:
        name, make = makers[kind]
        partial = folder / f".{name}.partial"
        _remove(partial)
        try:
            make(folder, partial)
            _remove(folder / name)
            partial.rename(folder / name)
        except NianbaoError:
            _remove(partial)
            raise
        except ImportError as error:
            raise MissingExtra(
                f"{kind} needs {error.name}: pip install 'nianbao[batch]', and call again"
            ) from None
        except OSError as error:
            _remove(partial)
            raise TargetUnwritable(
                f"{folder / name} cannot be written ({error.strerror or error}): make room and "
                "call the same command again; the reports themselves are done"
            ) from None
        say(f"nianbao: wrote {folder / name}")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# --- XLSX --------------------------------------------------------------------------------


class _Sheets:
    """Rows into sheets of one name, a new one where a sheet is full."""

    def __init__(self, book: Any, title: str, header: Sequence[str]) -> None:
        self._book, self._title, self._header = book, title, header
        self._sheet: Any = None
        self._rows = self._number = 0
        self._open()

    def _open(self) -> None:
        self._number += 1
        title = self._title if self._number == 1 else f"{self._title} {self._number}"
        self._sheet, self._rows = self._book.create_sheet(title), 0
        self._sheet.append(list(self._header))

    def add(self, row: Sequence[Any]) -> None:
        if self._rows >= _SHEET_ROWS:
            self._open()
        self._sheet.append([_cell(value) for value in row])
        self._rows += 1


def _cell(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    return _safe(ILLEGAL_CHARACTERS_RE.sub("", value))[:_CELL_CHARACTERS]


def _write_xlsx(folder: Path, to: Path) -> None:
    """A workbook: ``reports``, a row each with every cell of the form, and ``statements``.

    Written in two passes, for only one sheet at a time streams to disk.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    reports = _Sheets(book, "reports", [column.key for column in wide.COLUMNS])
    for record in records(folder):
        reports.add(wide.row(record))
    statements = _Sheets(book, "statements", STATEMENT_COLUMNS)
    for record in records(folder):
        for row in statement_rows(record):
            statements.add(row)
    book.save(to)
