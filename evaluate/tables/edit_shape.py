"""Edits of rows, columns and cells, and table 四 in other shapes."""

from __future__ import annotations

from random import Random

from corpora import official

from .sheets import (
    TITLES,
    Cell,
    Edit,
    Printed,
    Row,
    Sheet,
    copy_row,
    key_of,
    requests_sheet,
)
from .truth import Truth

# --- rows --------------------------------------------------------------------------------


def value_rows(sheet: Sheet) -> list[int]:
    return [number for number, row in enumerate(sheet.rows) if row.key()]


def _without_groups(row: Row) -> Row:
    """A row without the cells of its groups, so that it may stand elsewhere."""
    first = next(n for n, cell in enumerate(row.cells) if cell.key)
    return Row(row.cells[max(0, first - 1) :], row.noise, row.head)


def drop_row(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = rng.choice(report.sheets()[:2])
    number = rng.choice(value_rows(sheet))
    row = sheet.rows[number]
    report.touched.update(cell.key for cell in row.cells if cell.key)
    labels = _without_groups(row).cells[0]
    groups = [cell for cell in row.cells if cell.key is None and cell is not labels]
    if groups and number + 1 < len(sheet.rows):
        sheet.rows[number + 1].cells[:0] = groups
    del sheet.rows[number]


def _leaf_rows(sheet: Sheet) -> list[int]:
    return [n for n in value_rows(sheet) if sum(c.key is None for c in sheet.rows[n].cells) == 1]


def swap_rows(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    one, two = rng.sample(_leaf_rows(sheet), 2)
    sheet.rows[one], sheet.rows[two] = sheet.rows[two], sheet.rows[one]


def shuffle_rows(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    numbers = _leaf_rows(sheet)
    rows = [sheet.rows[n] for n in numbers]
    rng.shuffle(rows)
    for number, row in zip(numbers, rows, strict=True):
        sheet.rows[number] = row


def repeat_row(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    number = rng.choice(value_rows(sheet))
    sheet.rows.insert(number + 1, copy_row(_without_groups(sheet.rows[number])))


def repeat_other(rng: Random, report: Printed, truth: Truth) -> None:
    """A row twice, with different numbers: nobody can say which holds."""
    sheet = report.sheet("requests")
    number = rng.choice(value_rows(sheet))
    copy = copy_row(_without_groups(sheet.rows[number]))
    for cell in copy.cells:
        if cell.key:
            report.touched.add(cell.key)
            cell.text = str(int(cell.text) + 1)
    sheet.rows.insert(number + 1, copy)


def subtotals(rng: Random, report: Printed, truth: Truth) -> None:
    """A row 小计 after each group of outcomes."""
    sheet = report.sheet("requests")
    for group in ("denied", "unavailable", "not_processed"):
        numbers = [n for n in value_rows(sheet) if (sheet.rows[n].key() or "").startswith(group)]
        sums = [
            Cell(str(sum(v for k, v in truth.values.items()
                         if k[0] == "requests" and k[1].startswith(group) and k[2] == column)))
            for column in official.APPLICANTS
        ]  # fmt: skip
        sheet.rows.insert(numbers[-1] + 1, Row([Cell("小计"), *sums]))


def group_totals(rng: Random, report: Printed, truth: Truth) -> None:
    """The group's own line carries its sum."""
    sheet = report.sheet("requests")
    for group in ("denied", "unavailable", "not_processed"):
        number = next(n for n in value_rows(sheet) if (sheet.rows[n].key() or "").startswith(group))
        row = sheet.rows[number]
        at = next(n for n, cell in enumerate(row.cells) if cell.key) - 2
        head = row.cells.pop(at)
        sums = [
            Cell(str(sum(v for k, v in truth.values.items()
                         if k[0] == "requests" and k[1].startswith(group) and k[2] == column)))
            for column in official.APPLICANTS
        ]  # fmt: skip
        sheet.rows.insert(number, Row([Cell(head.text, colspan=2), *sums]))


# --- cells -------------------------------------------------------------------------------


def merge_cells(rng: Random, report: Printed, truth: Truth) -> None:
    """Two neighbouring zeros share a cell."""
    rows = [r for r in report.sheet("requests").rows if r.key()]
    rng.shuffle(rows)
    for row in rows[:3]:
        values = [n for n, cell in enumerate(row.cells) if cell.key]
        pairs = [
            n for n in values[:-1]
            if truth.values[key_of(row.cells[n])] == truth.values[key_of(row.cells[n + 1])] == 0
        ]  # fmt: skip
        if pairs:
            at = rng.choice(pairs)
            report.touched |= {key_of(row.cells[at]), key_of(row.cells[at + 1])}
            # without its spans nobody can say which cell is the missing one
            report.touched |= {key_of(row.cells[n]) for n in values}
            row.cells[at].colspan = 2
            del row.cells[at + 1]


def split_cells(rng: Random, report: Printed, truth: Truth) -> None:
    """A value's cell is split: an empty cell beside it."""
    rows = [r for r in report.sheet("requests").rows if r.key()]
    for row in rng.sample(rows, 3):
        values = [n for n, cell in enumerate(row.cells) if cell.key]
        report.touched |= {key_of(row.cells[n]) for n in values}
        row.cells.insert(rng.choice(values) + 1, Cell(""))


def merge_rows(rng: Random, report: Printed, truth: Truth) -> None:
    """A cell reaches over two rows, which have the same number there."""
    sheet = report.sheet("requests")
    numbers = _leaf_rows(sheet)
    rng.shuffle(numbers)
    for number in numbers:
        if number + 1 not in numbers:
            continue
        one, two = sheet.rows[number], sheet.rows[number + 1]
        at = rng.randrange(1, 8)
        if truth.values[key_of(one.cells[at])] == truth.values[key_of(two.cells[at])]:
            report.touched |= {key_of(cell) for cell in two.cells if cell.key}
            report.touched.add(key_of(one.cells[at]))
            one.cells[at].rowspan = 2
            del two.cells[at]
            return


def reorder_applicants(rng: Random, report: Printed, truth: Truth) -> None:
    middle = list(official.APPLICANTS)[1:6]
    rng.shuffle(middle)
    new = requests_sheet(truth, ("natural_person", *middle, "total"))
    report.parts[report.parts.index(report.sheet("requests"))] = new


def reorder_documents(rng: Random, report: Printed, truth: Truth) -> None:
    order = [1, 2, 3]
    rng.shuffle(order)
    for row in report.sheet("disclosure").rows[1:4]:
        for cell in row.cells:
            cell.colspan = 1
        row.cells = [row.cells[0], *(row.cells[n] for n in order)]


def reorder_outcomes(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("review")
    order = list(range(5))
    rng.shuffle(order)
    for row in sheet.rows:
        if len(row.cells) == 7:
            row.cells = [row.cells[n] for n in order] + row.cells[5:]
        elif len(row.cells) > 7:
            row.cells = [row.cells[f + n] for f in range(0, len(row.cells), 5) for n in order]


def beside(rng: Random, report: Printed, truth: Truth) -> None:
    """Tables 二 and 三 (or 三 and 四) side by side."""
    report.parts.remove(TITLES["requests"])
    report.beside = True


# --- table 四 turned ---------------------------------------------------------------------

_GROUP_WORDS = {
    "reconsideration": "行政复议", "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}  # fmt: skip


def turn_review(shape: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        def cell(row: str, column: str) -> Cell:
            key = ("review", row, column)
            return Cell(str(truth.values[key]), key)

        sheet = report.sheet("review")
        if shape == "groups":
            rows = [Row([Cell("类别"), *(Cell(w) for w in official.OUTCOMES.values())], head=True)]
            rows += [Row([Cell(w), *(cell(g, o) for o in official.OUTCOMES)])
                     for g, w in _GROUP_WORDS.items()]  # fmt: skip
        elif shape == "outcomes":
            rows = [Row([Cell("结果"), *(Cell(w) for w in _GROUP_WORDS.values())], head=True)]
            rows += [Row([Cell(w), *(cell(g, o) for g in _GROUP_WORDS)])
                     for o, w in official.OUTCOMES.items()]  # fmt: skip
        elif shape == "fifteen":
            rows = []
            for g, w in _GROUP_WORDS.items():
                for number, (o, word) in enumerate(official.OUTCOMES.items()):
                    lead = [Cell(w, rowspan=5)] if number == 0 else []
                    rows.append(Row([*lead, Cell(word), cell(g, o)]))
        else:  # two tables, one for reconsideration, one for lawsuits
            five = list(official.OUTCOMES)
            rows = [
                Row([Cell("行政复议", colspan=5)], head=True),
                Row([Cell(official.OUTCOMES[o]) for o in five], head=True),
                Row([cell("reconsideration", o) for o in five]),
                Row([Cell("行政诉讼", colspan=10)], head=True),
                Row(
                    [Cell("未经复议直接起诉", colspan=5), Cell("复议后起诉", colspan=5)], head=True
                ),
                Row([Cell(official.OUTCOMES[o]) for o in five * 2], head=True),
                Row([cell(g, o) for g in list(_GROUP_WORDS)[1:] for o in five]),
            ]
        sheet.rows = rows

    return edit
