"""The stress run and the speed run."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from nlp import readers
from nlp.errors import NianbaoError
from nlp.tables import TablesReading, extract_tables

from . import formats
from .edits import EDITS, PAIRS
from .layouts import LAYOUTS
from .layouts import Layout as TextLayout
from .scores import Score, score
from .sheets import Printed, printed
from .truth import Key, Truth, random_truth

EVERY_EDIT = (*EDITS, *PAIRS)
_BATCH = 240  # documents that are typeset together


def document(
    layout: TextLayout, edit: str, rng: Random, *, consistent: bool
) -> tuple[Truth, Printed, str]:
    """A random truth, its sheets after the edit, and the text or page that shows them."""
    truth, report = edited(edit, rng, consistent=consistent)
    return truth, report, layout.render(report)


def edited(edit: str, rng: Random, *, consistent: bool) -> tuple[Truth, Printed]:
    """A random truth and its sheets after the edit."""
    truth = random_truth(rng, consistent=consistent, form="2019" if "2019:" in edit else None)
    report = printed(truth)
    for one in edit.split(" + "):
        EDITS[one](rng, report, truth)
    return truth, report


def unsure(layout: TextLayout | formats.Layout, report: Printed) -> set[Key]:
    """Cells that may be null: those an edit touched, and where a layout drops empty cells all
    that stand in a row with one (table 四 being one row); all of them where it drops numbers."""
    if layout.keeps_blanks:
        return report.touched
    if not layout.keeps_repeats:
        return {cell.key for sheet in report.sheets() for cell in sheet.values() if cell.key}
    rows = {
        cell.key[0] if cell.key[0] == "review" else cell.key[:2]
        for sheet in report.sheets()
        for cell in sheet.values()
        if cell.key and not cell.text.strip()
    }
    every = {cell.key for sheet in report.sheets() for cell in sheet.values() if cell.key}
    return report.touched | {key for key in every if key[0] in rows or key[:2] in rows}


def read(data: str | bytes, form: str) -> TablesReading:
    content = data.encode() if isinstance(data, str) else data
    return extract_tables(readers.read(content, form), (), "2021")


class Result(NamedTuple):
    """One document's reading: where it comes from, its score, and remarks in words."""

    layout: formats.Layout
    edit: str
    consistent: bool
    score: Score
    remarks: list[str]


class Case(NamedTuple):
    """A document to make: its edit, whether its sums hold, its truth and its sheets."""

    edit: str
    consistent: bool
    truth: Truth
    report: Printed


def stress(
    seed: int, layouts: Sequence[formats.Layout], each: int, edits: Sequence[str] = EVERY_EDIT
) -> Iterator[Result]:
    """A reading a document; one in three is inconsistent as printed."""
    for layout in layouts:
        cases: list[Case] = []
        for edit in edits:
            for number in range(each):
                rng = Random(f"{seed}/{layout.name}/{edit}/{number}")
                cases.append(_case(edit, rng, number % 3 != 2))
                if len(cases) == _BATCH:
                    yield from results(layout, cases)
                    cases = []
        yield from results(layout, cases)


def sample(seed: int, layouts: Sequence[formats.Layout], count: int, edits: Sequence[str]) -> Iterator[Result]:
    """``count`` documents a layout, for formats that take seconds a page: half of them clean,
    half with an edit drawn from ``edits``."""
    for layout in layouts:
        rng = Random(f"{seed}/{layout.name}")
        names = ["none" if n % 2 == 0 else rng.choice(list(edits)) for n in range(count)]
        cases = [_case(name, Random(f"{seed}/{layout.name}/{n}"), n % 6 < 4) for n, name in enumerate(names)]
        yield from results(layout, cases)


def _case(edit: str, rng: Random, consistent: bool) -> Case:
    return Case(edit, consistent, *edited(edit, rng, consistent=consistent))


def results(
    layout: formats.Layout, cases: Sequence[Case], read: Callable[[bytes, str], TablesReading] = read
) -> Iterator[Result]:
    """Each case printed in the layout, read back by ``read`` and scored."""
    documents = formats.made(layout, [case.report for case in cases])
    for case, data in zip(cases, documents, strict=True):
        if data is None:
            print(f"{layout.name} / {case.edit}: not typeset, left out", file=sys.stderr)
            continue
        try:
            reading = read(data, layout.reads)
        except NianbaoError as error:
            reading = TablesReading((), ())
            failed = [f"{error.code}: {error}"]
        else:
            failed = []
        touched = unsure(layout, case.report)
        nobody = case.truth.disturbed & touched
        found, remarks = score(case.truth.values, touched, reading, nobody)
        yield Result(layout, case.edit, case.consistent, found, failed + remarks)


def _per_second(data: Sequence[bytes], run: Callable[[bytes], object], rounds: int = 3) -> float:
    """Documents a second of processor time, the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for one in data:
            run(one)
        best = min(best, time.process_time() - begun)
    return round(len(data) / best, 1)


def speed(seed: int, documents: int = 120) -> dict[str, Any]:
    """Reports a second of processor time in one process, no model at work, by format: reading and
    tables alone over the kit's layouts (tables far longer than most reports have), and reading with
    all structure (sections, tables, clauses, facts, checks) over whole generated reports."""
    from corpora.generate.reports import generate
    from nlp.analysis import _structure

    result: dict[str, Any] = {}
    for form, style in (("txt", "text"), ("html", "html")):
        layouts: list[bytes] = []
        for number in range(documents):
            layout = LAYOUTS[number % len(LAYOUTS)]
            if layout.format == form:
                rng = Random(f"{seed}/speed/{number}")
                layouts.append(document(layout, "none", rng, consistent=True)[2].encode())
        whole = [one.source.encode() for one in generate(documents, seed, style)]
        result[form] = {
            "reports": len(layouts),
            "per_second": _per_second(layouts, lambda data, form=form: read(data, form)),
            "whole_reports": len(whole),
            "whole_per_second": _per_second(
                whole, lambda data, form=form: _structure(readers.read(data, form))
            ),
        }
    return result
