"""The stress run and the speed run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random
from typing import Any

from nlp import readers
from nlp.tables import TablesReading, extract_tables

from .edits import EDITS, PAIRS
from .layouts import LAYOUTS, Layout
from .scores import Score, score
from .sheets import Printed, printed
from .truth import Key, Truth, random_truth


def document(
    layout: Layout, edit: str, rng: Random, *, consistent: bool
) -> tuple[Truth, Printed, str]:
    """A random truth, its sheets after the edit, and the text or page that shows them."""
    truth = random_truth(rng, consistent=consistent)
    report = printed(truth)
    for one in edit.split(" + "):
        EDITS[one](rng, report, truth)
    return truth, report, layout.render(report)


def unsure(layout: Layout, report: Printed) -> set[Key]:
    """Cells that may be null: those an edit touched, and where a layout drops empty cells all
    that stand in a row with one (table 四 being one row)."""
    if layout.keeps_blanks:
        return report.touched
    rows = {
        cell.key[0] if cell.key[0] == "review" else cell.key[:2]
        for sheet in report.sheets()
        for cell in sheet.values()
        if cell.key and not cell.text.strip()
    }
    every = {cell.key for sheet in report.sheets() for cell in sheet.values() if cell.key}
    return report.touched | {key for key in every if key[0] in rows or key[:2] in rows}


def read(text: str, form: str) -> TablesReading:
    return extract_tables(readers.read(text.encode(), form), (), "2021")


def stress(
    seed: int, each: int, edits: tuple[str, ...] = (*EDITS, *PAIRS)
) -> Iterator[tuple[str, str, bool, Score, list[str]]]:
    """``(layout, edit, consistent, score, remarks)`` a document; one in three is inconsistent."""
    for layout in LAYOUTS:
        for edit in edits:
            for number in range(each):
                rng = Random(f"{seed}/{layout.name}/{edit}/{number}")
                consistent = number % 3 != 2
                truth, report, text = document(layout, edit, rng, consistent=consistent)
                reading = read(text, layout.format)
                touched = unsure(layout, report)
                nobody = truth.disturbed & touched
                yield (
                    layout.name,
                    edit,
                    consistent,
                    *score(truth.values, touched, reading, nobody),
                )


def speed(seed: int, documents: int = 120) -> dict[str, Any]:
    """Reports a second of processor time, reading and tables alone, one process, by format."""
    sources = []
    for number in range(documents):
        layout = LAYOUTS[number % len(LAYOUTS)]
        rng = Random(f"{seed}/speed/{number}")
        sources.append((document(layout, "none", rng, consistent=True)[2].encode(), layout.format))
    result: dict[str, Any] = {}
    for form in ("txt", "html"):
        chosen = [data for data, kind in sources if kind == form]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            for data in chosen:
                extract_tables(readers.read(data, form), (), "2021")
            best = min(best, time.process_time() - begun)
        result[form] = {"reports": len(chosen), "per_second": round(len(chosen) / best, 1)}
    return result
