"""A report as one row: what it is, what it counts, and every cell of every form, always the
same columns in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..form import DISCLOSURE_ROWS, REQUEST_ROWS, REVIEW_COLUMNS, REVIEW_ROWS
from ..names import COLUMNS as COLUMN_NAMES
from ..names import ROWS as ROW_NAMES

_TABLES = {"disclosure": "二", "requests": "三", "review": "四"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, what it means in Chinese, and whether it holds numbers."""

    key: str
    label: str
    numeric: bool = True


_HEAD = (
    Column("source", "文件", False), Column("sha256", "内容摘要值", False),
    Column("agency", "机关", False), Column("region", "地区", False), Column("year", "年度"),
    Column("published", "发布日期", False), Column("form", "格式", False),
    Column("problems", "问题条数"), Column("commitments", "承诺条数"), Column("done", "措施条数"),
    Column("checks_failed", "勾稽不符项数"), Column("warnings", "告警条数"),
    Column("summary", "摘要", False),
)  # fmt: skip


def _cells() -> tuple[Column, ...]:
    keys: dict[tuple[str, str, str], None] = {}
    for form in ("2021", "2019"):
        for row in DISCLOSURE_ROWS[form]:
            keys.update(dict.fromkeys(("disclosure", row.key, column) for column in row.columns))
    for row in REQUEST_ROWS:
        keys.update(dict.fromkeys(("requests", row.key, column) for column in row.columns))
    for key in REVIEW_ROWS:
        keys.update(dict.fromkeys(("review", key, column) for column in REVIEW_COLUMNS))
    return tuple(
        Column(f"{table}.{row}.{column}",
               f"表{_TABLES[table]} {ROW_NAMES.get(row, row)} · {COLUMN_NAMES.get(column, column)}")
        for table, row, column in keys
    )  # fmt: skip


CELLS = _cells()
COLUMNS = (*_HEAD, *CELLS)


def row(record: dict[str, Any]) -> list[Any]:
    """The values of ``COLUMNS`` for one line of ``reports.jsonl``; None where there is none."""
    meta, source = record["meta"], record["source"]
    labels = [one["label"] for one in record["statements"]]
    values = {
        "source": source["name"], "sha256": source["sha256"], "agency": meta["agency"],
        "region": meta["region"], "year": meta["year"], "published": meta["published"],
        "form": meta["form"], "problems": labels.count("problem"),
        "commitments": labels.count("commitment"), "done": labels.count("done"),
        "checks_failed": sum(check["status"] == "fail" for check in record["checks"]),
        "warnings": len(record["warnings"]),
        "summary": record["summary"] and record["summary"]["text"],
    }  # fmt: skip
    for cell in record["cells"]:
        values[f"{cell['table']}.{cell['row']}.{cell['column']}"] = cell["value"]
    return [values.get(column.key) for column in COLUMNS]
