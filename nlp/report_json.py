"""A report to and from the JSON of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from .report import (
    SCHEMA,
    TABLE_NAMES,
    Cell,
    Check,
    Evidence,
    Fact,
    Meta,
    Notice,
    Pair,
    Report,
    Section,
    Source,
    Statement,
    Summary,
    Tables,
)

_FIELDS: dict[type, tuple[str, ...]] = {}  # names of each dataclass met


def _plain(value: Any) -> Any:
    """Dataclasses to dicts, five times as fast as ``dataclasses.asdict``: what it copies deeply
    is never changed here."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, tuple):
        return tuple([_plain(one) for one in value])
    kind = type(value)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(one.name for one in fields(kind))
    return {name: _plain(getattr(value, name)) for name in _FIELDS[kind]}


def to_dict(report: Report) -> dict[str, Any]:
    """See :meth:`nlp.report.Report.to_dict`."""
    plain = _plain(report)
    return {
        "schema": SCHEMA,
        "source": plain["source"],
        "meta": plain["meta"],
        "text": report.text,
        "sections": plain["sections"],
        "tables": {name: getattr(report.tables, name) for name in TABLE_NAMES},
        "cells": plain["tables"]["cells"],
        **{
            key: plain[key]
            for key in ("facts", "checks", "statements", "pairs", "summary", "warnings")
        },
    }


def from_dict(data: Mapping[str, Any]) -> Report:
    """See :meth:`nlp.report.Report.from_dict`."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"schema is {data.get('schema')!r}, this version reads {SCHEMA!r}")
    summary = data["summary"]
    return Report(
        source=Source(**data["source"]),
        meta=Meta(**data["meta"]),
        text=data["text"],
        sections=tuple(Section(**s) for s in data["sections"]),
        tables=Tables(tuple(Cell(**c) for c in data["cells"])),
        facts=tuple(Fact(**f) for f in data["facts"]),
        checks=tuple(Check(**c) for c in data["checks"]),
        statements=tuple(
            Statement(**{**s, "topics": tuple(s["topics"])}) for s in data["statements"]
        ),
        pairs=tuple(Pair(**p) for p in data["pairs"]),
        summary=summary
        and Summary(
            summary["text"],
            tuple(Evidence(**e) for e in summary["evidence"]),
            summary["model"],
        ),
        warnings=tuple(Notice(**w) for w in data["warnings"]),
    )
