"""Reports as Stata files, a row each, within Stata's bounds.

Names of variables have at most 32 characters, labels 80; long text goes into strL. Stata loads
a file whole, so one file holds at most 100,000 reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from . import wide

_NAME, _LABEL = 32, 80
_ROWS = 100_000
_SHORT = 4  # letters that are kept of each word where a name is too long
_PREFIX = {"disclosure": "d", "requests": "q", "review": "r"}
_LONG_TEXT = ("source", "summary")
_STAMP = datetime(2000, 1, 1)  # the same reports give the same file


def variable(key: str) -> str:
    """Stata's name of a column: ``requests.new.total`` is ``q_new_total``."""
    if "." not in key:
        return key
    table, rest = key.split(".", 1)
    words = rest.replace(".", "_").split("_")
    name = "_".join((_PREFIX[table], *words))
    if len(name) > _NAME:
        name = "_".join((_PREFIX[table], *(word[:_SHORT] for word in words)))
    return name


def write_stata(records: Iterable[dict[str, Any]], to: Path) -> None:
    """Write ``to/reports.dta``, and ``reports-2.dta`` and so on where there are very many.

    Raises
    ------
    ImportError
        If pandas is not installed.
    """
    import pandas

    names = [variable(column.key) for column in wide.COLUMNS]
    labels = {n: c.label[:_LABEL] for n, c in zip(names, wide.COLUMNS, strict=True)}
    to.mkdir(parents=True)
    rows, number = iter(map(wide.row, records)), 0
    while True:
        part = list(islice(rows, _ROWS))
        if not part and number:
            return
        number += 1
        columns = {}
        for place, (name, column) in enumerate(zip(names, wide.COLUMNS, strict=True)):
            values = [row[place] for row in part]
            columns[name] = (
                pandas.Series(values, dtype="float64") if column.numeric
                else pandas.Series([_text(value) for value in values], dtype="object")
            )  # fmt: skip
        path = to / ("reports.dta" if number == 1 else f"reports-{number}.dta")
        pandas.DataFrame(columns).to_stata(
            path, write_index=False, version=118, variable_labels=labels, time_stamp=_STAMP,
            data_label="nianbao", convert_strl=list(_LONG_TEXT),
        )  # fmt: skip
        if len(part) < _ROWS:
            return


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\0", "")
