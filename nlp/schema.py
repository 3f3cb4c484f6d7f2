"""The JSON Schema of the output, derived from the dataclasses so that it cannot drift."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin

from . import report as contract

_PLAIN = {str: "string", int: "integer", float: "number", type(None): "null", bool: "boolean"}


def _schema_of(kind: Any) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of(argument) for argument in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(arguments[0])}
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        return {
            "type": "object",
            "properties": {name: _schema_of(hints[name]) for name in names},
            "required": names,
        }
    raise TypeError(f"no schema for {kind!r}")


def json_schema() -> Mapping[str, Any]:
    """JSON Schema (draft 2020-12) of one line of output: a report, or an error.

    Keys may be added without a new schema number, so further keys are allowed.
    """
    table = {
        "anyOf": [
            {"type": "null"},
            {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {"type": ["number", "null"]},
                },
            },
        ]
    }
    report: dict[str, Any] = {
        "schema": {"const": contract.SCHEMA},
        "source": _schema_of(contract.Source),
        "meta": _schema_of(contract.Meta),
        "text": {"type": "string"},
        "sections": _schema_of(tuple[contract.Section, ...]),
        "tables": {
            "type": "object",
            "properties": dict.fromkeys(contract.TABLE_NAMES, table),
            "required": list(contract.TABLE_NAMES),
        },
        "cells": _schema_of(tuple[contract.Cell, ...]),
        "facts": _schema_of(tuple[contract.Fact, ...]),
        "checks": _schema_of(tuple[contract.Check, ...]),
        "statements": _schema_of(tuple[contract.Statement, ...]),
        "pairs": _schema_of(tuple[contract.Pair, ...]),
        "summary": _schema_of(contract.Summary | None),
        "warnings": _schema_of(tuple[contract.Notice, ...]),
    }
    error = {
        "source": {"type": "object"},
        "error": {
            "type": "object",
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": contract.SCHEMA,
        "title": "One analysed report, or the error in its place",
        "oneOf": [
            {"type": "object", "properties": report, "required": list(report)},
            {"type": "object", "properties": error, "required": ["source", "error"]},
        ],
    }
