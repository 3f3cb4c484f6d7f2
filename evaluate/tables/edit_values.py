"""Edits of single values: how a number is printed, or that it is not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .sheets import Edit, Printed, key_of
from .truth import Key, Truth


def replace_zeros(mark: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for sheet in report.sheets():
            for cell in sheet.values():
                if truth.values[key_of(cell)] == 0:
                    cell.text = mark
                    if mark not in _MEANS_ZERO:
                        report.touched.add(key_of(cell))

    return edit


_MEANS_ZERO = ("无", "〇", "零", "0件")


def blank(count: int, mark: str = "") -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        cells = [cell for sheet in report.sheets() for cell in sheet.values()]
        for cell in rng.sample(cells, count):
            cell.text = mark
            report.touched.add(key_of(cell))

    return edit


def blank_totals(rng: Random, report: Printed, truth: Truth) -> None:
    for cell in report.sheet("requests").values():
        if key_of(cell)[2] == "total":
            cell.text = ""
            report.touched.add(key_of(cell))


def blank_table(rng: Random, report: Printed, truth: Truth) -> None:
    for cell in rng.choice(report.sheets()).values():
        cell.text = ""
        report.touched.add(key_of(cell))


def blank_row(rng: Random, report: Printed, truth: Truth) -> None:
    rows = [r for sheet in report.sheets()[:2] for r in sheet.rows if r.key()]
    for cell in rng.choice(rows).cells:
        if cell.key:
            cell.text = ""
            report.touched.add(cell.key)


def on_values(change: Callable[[Random, str, Key], str]) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for sheet in report.sheets():
            for cell in sheet.values():
                cell.text = change(rng, cell.text, key_of(cell))

    return edit


def thousands(rng: Random, text: str, key: Key) -> str:
    value = float(text)
    return f"{value:,.0f}" if value == int(value) else f"{int(value):,}" + text[text.index(".") :]


def decimals(rng: Random, text: str, key: Key) -> str:
    return text if "." in text else text + rng.choice((".0", ".00"))


_WIDE = {ord("0") + n: ord("０") + n for n in range(10)} | {ord("."): "．", ord("-"): "－"}


def wide(rng: Random, text: str, key: Key) -> str:
    return text.translate(_WIDE)


def units(rng: Random, text: str, key: Key) -> str:
    if key[2] == "amount":
        return text + "万元"
    return text + {"projects": "个", "items_before": "项", "change": "项"}.get(key[2], "件")


def spaced_units(rng: Random, text: str, key: Key) -> str:
    unit = units(rng, "", key)
    return f"{text} {unit}"


def padded(rng: Random, text: str, key: Key) -> str:
    return f" {text} " if rng.random() < 0.5 else f"\u3000{text}"


def yuan(rng: Random, report: Printed, truth: Truth) -> None:
    for row in report.sheet("disclosure").rows:
        for cell in row.cells:
            cell.text = cell.text.replace("单位：万元", "单位：元")
            if cell.key and cell.key[2] == "amount":
                cell.text = f"{float(cell.text) * 10_000:.0f}"
