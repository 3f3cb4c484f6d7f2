"""The numeric tables as files: long (a row a cell) or wide (a row a report)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from .errors import MissingExtra
from .report import Report

LONG = ("source", "agency", "year", "table", "row", "column", "value", "how")
Rows = tuple[Sequence[str], list[list[Any]]]


def _safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def long_rows(reports: Iterable[Report]) -> Rows:
    """Header and rows, one a cell."""
    rows = [
        [r.source.name, r.meta.agency, r.meta.year, c.table, c.row, c.column, c.value, c.how]
        for r in reports
        for c in r.tables.cells
    ]
    return LONG, rows


def wide_rows(reports: Iterable[Report]) -> Rows:
    """Header and rows, one a report; a column for each cell that any report has."""
    seen: dict[str, None] = {}
    values = []
    for report in reports:
        cells = {cell.key: cell.value for cell in report.tables.cells}
        seen.update(dict.fromkeys(cells))
        values.append((report, cells))
    header = ("source", "agency", "year", *seen)
    rows = [
        [r.source.name, r.meta.agency, r.meta.year, *(cells.get(key) for key in seen)]
        for r, cells in values
    ]
    return header, rows


def to_csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """CSV text; written to a file it wants ``utf-8-sig``, so that Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_safe(value) for value in row] for row in rows])
    return out.getvalue()


def to_json(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """JSON Lines, one object a row."""
    lines = (json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in rows)
    return "".join(line + "\n" for line in lines)


def to_xlsx(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with one sheet.

    Raises
    ------
    MissingExtra
        If openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra(
            "xlsx needs openpyxl: pip install 'nianbao[all]', or use --format csv"
        ) from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("cells")
    sheet.append(list(header))
    for row in rows:
        sheet.append([_safe(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
