"""The appendix of reports up to 2018 under the stress of the three tables: random true indicators,
consistent or not, printed in every layout after an edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import cast

from corpora import official
from nlp import readers
from nlp.indicator_table import read_indicators
from nlp.indicators import PARTS, SUMS
from nlp.report import Cell as Read
from nlp.report import TableName
from nlp.tables import TablesReading

from . import formats
from .edit_appendix import EDITS, MONEY, TITLE, UNITS, key_of_row
from .runs import Case, Result, results
from .sheets import Cell, Printed, Row, Sheet
from .truth import Truth, Values


def random_truth(rng: Random, *, consistent: bool = True) -> Truth:
    """Indicators as an office has them: mostly 0, sums that hold or, on demand, one that does not."""
    size = rng.choice((0.0, 0.2, 0.6, 1.0))
    top = rng.choice((3, 40, 9000))
    found: dict[str, int | float] = {
        row: rng.randrange(top) if rng.random() < size else 0 for row in UNITS
    }
    for whole, part in PARTS:
        found[whole] += found[part]
    for _, whole, parts, _ in reversed(SUMS):  # 不同意公开 before the answers that hold it
        found[whole] = sum(found[part] for part in parts)
    for row in MONEY:
        if found[row] and rng.random() < 0.6:
            found[row] = round(rng.random() * 90 + 0.1, 2)
    if not consistent:
        found[rng.choice(SUMS)[1]] += rng.randrange(1, 9)
    table: Values = {key_of_row(row): value for row, value in found.items()}
    return Truth("2019", table, False, consistent)


def printed(truth: Truth) -> Printed:
    """A report on 2016 with the appendix at its end."""
    rows = [Row([Cell("统计指标"), Cell("单位"), Cell("统计数")], head=True)]
    for row, label, note, unit in official.APPENDIX:
        if row:
            shown = f"{truth.values[key_of_row(row)]:g}" if row in MONEY else str(truth.values[key_of_row(row)])
            rows.append(Row([Cell(label + note), Cell(unit), Cell(shown, key_of_row(row))]))
        else:
            rows.append(Row([Cell(label), Cell("——"), Cell("")]))
    return Printed([
        "沅渚县林业局2016年政府信息公开工作年度报告",
        "一、概述",
        "2016年，我局主动公开政府信息128条，受理申请4件，其中当面申请1件。",
        "二、存在的主要问题和改进措施",
        "我局公开内容还不够全面。2017年，我局将细化公开目录。",
        "附件：",
        TITLE,
        Sheet("indicators", rows),
        "单位负责人：黎某某 审核人：丁某某 填报人：石某某",
    ])  # fmt: skip


# --- runs --------------------------------------------------------------------------------


def edited(edit: str, rng: Random, *, consistent: bool) -> tuple[Truth, Printed]:
    """A random truth and the report after the edit."""
    truth = random_truth(rng, consistent=consistent)
    report = printed(truth)
    EDITS[edit](rng, report, truth)
    return truth, report


def read(data: bytes, form: str) -> TablesReading:
    """The appendix as cells of a table ``indicators``, as :mod:`.scores` wants them."""
    reading = read_indicators(readers.read(data, form))
    name = cast(TableName, "indicators")
    cells = tuple(
        Read(name, row.key, "count", row.value, "unread" if row.value is None else "read", row.start, row.end)
        for row in reading.rows
    )
    return TablesReading(cells, reading.warnings)


def stress(
    seed: int, layouts: Sequence[formats.Layout], each: int, edits: Sequence[str]
) -> Iterator[Result]:
    """A reading a document; one in three has a sum that does not hold."""
    for layout in layouts:
        cases = []
        for edit in edits:
            for number in range(each):
                rng = Random(f"{seed}/appendix/{layout.name}/{edit}/{number}")
                consistent = number % 3 != 2
                cases.append(Case(edit, consistent, *edited(edit, rng, consistent=consistent)))
        yield from results(layout, cases, read)
