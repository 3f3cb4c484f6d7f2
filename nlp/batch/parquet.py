"""Reports, cells and statements as Parquet, each partitioned by year.

The schema is derived from the contract's dataclasses. ``tables`` is left out, for ``cells``
says the same; values of cells and facts are doubles.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from .. import report as contract

_ROWS = {"reports": 500, "cells": 100_000, "statements": 20_000}  # held before they are written
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"  # what readers of partitions take for null


def _type_of(kind: Any) -> Any:
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    if kind in plain:
        return plain[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return pa.string()
    if origin in (Union, types.UnionType):
        known = [one for one in arguments if one is not type(None)]
        return pa.float64() if float in known else _type_of(known[0])
    if origin is tuple:
        return pa.list_(_type_of(arguments[0]))
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return pa.struct([(field.name, _type_of(hints[field.name])) for field in fields(kind)])
    raise TypeError(f"no Parquet type for {kind!r}")


def schemas() -> dict[str, Any]:
    """The three data sets' schemas; the year is the partition's and in none of them."""
    import pyarrow as pa

    def many(kind: Any) -> Any:
        return pa.list_(_type_of(kind))

    of_report = [("source", pa.string()), ("agency", pa.string())]
    reports = pa.schema([
        ("schema", pa.string()), ("source", _type_of(contract.Source)),
        ("meta", _type_of(contract.Meta)), ("text", pa.string()),
        ("sections", many(contract.Section)), ("cells", many(contract.Cell)),
        ("facts", many(contract.Fact)), ("checks", many(contract.Check)),
        ("statements", many(contract.Statement)), ("pairs", many(contract.Pair)),
        ("summary", _type_of(contract.Summary)), ("warnings", many(contract.Notice)),
    ])  # fmt: skip
    return {
        "reports": reports,
        "cells": pa.schema([*of_report, *_type_of(contract.Cell)]),
        "statements": pa.schema([*of_report, *_type_of(contract.Statement)]),
    }


def _rows(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    head = {"source": record["source"]["name"], "agency": record["meta"]["agency"]}
    yield "reports", record
    for name in ("cells", "statements"):
        for one in record[name]:
            yield name, {**head, **one}


def write_parquet(records: Iterable[dict[str, Any]], to: Path) -> None:
    """Write ``to/reports/year=2023/part.parquet`` and so on; a year's file is open while rows
    for it come, and at most a few hundred reports are held.

    Raises
    ------
    ImportError
        If pyarrow is not installed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    known = schemas()
    writers: dict[tuple[str, str], Any] = {}
    held: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def flush(key: tuple[str, str]) -> None:
        name, year = key
        schema = known[name]
        if key not in writers:
            folder = to / name / f"year={year}"
            folder.mkdir(parents=True)
            writers[key] = pq.ParquetWriter(folder / "part.parquet", schema, compression="zstd")
        writers[key].write_table(pa.Table.from_pylist(held.pop(key), schema=schema))

    try:
        for name in known:
            (to / name).mkdir(parents=True)
        for record in records:
            year = record["meta"]["year"]
            part = _NO_YEAR if year is None else str(year)
            for name, row in _rows(record):
                rows = held.setdefault((name, part), [])
                rows.append(row)
                if len(rows) >= _ROWS[name]:
                    flush((name, part))
        for key in list(held):
            flush(key)
    finally:
        for writer in writers.values():
            writer.close()
