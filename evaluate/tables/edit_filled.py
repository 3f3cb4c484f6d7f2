"""Edits after what offices did with the form in 2019 to 2025, as figures of real table sets show it:
tables that are cut, changes in words, amounts without a unit, columns that are not printed, forms
that are mixed. What is not shown leaves the truth: a reading that gives it is wrong."""

from __future__ import annotations

from random import Random

from .edit_shape import value_rows
from .sheets import Cell, Edit, Printed, Row, Sheet, key_of
from .truth import Key, Truth

_NONE_MADE = ("本单位未制发", "本年度未公开此类文件", "无此类文件公开")


def _hide(truth: Truth, *keys: Key | None) -> None:
    for key in keys:
        if key is not None:
            truth.values.pop(key, None)


def _head_above(sheet: Sheet, row: str) -> tuple[int, int]:
    """The numbers of a row and of the header above it."""
    at = next(n for n in value_rows(sheet) if sheet.rows[n].key() == row)
    return at, max(n for n in range(at) if sheet.rows[n].head)


# --- cut ---------------------------------------------------------------------------------


def cut_short(rng: Random, report: Printed, truth: Truth) -> None:
    """The report ends within table 二 or 三: behind a row, a label, or some of a row's cells."""
    sheet = report.sheet("requests" if rng.random() < 0.75 else "disclosure")
    at = rng.choice(value_rows(sheet)[:-1])
    row = sheet.rows[at]
    labels = [cell for cell in row.cells if not cell.key]
    values = [cell for cell in row.cells if cell.key]
    kept = rng.choice((len(values), 0, rng.randrange(len(values))))
    if kept < len(values):
        report.touched |= {key_of(cell) for cell in values}
    sheet.rows[at:] = [Row([*labels, *values[:kept]], head=not kept)]
    place = report.parts.index(sheet)
    closing = [part for part in report.parts[place + 1 :] if isinstance(part, str)]
    report.parts[place + 1 :] = closing[-5:] if rng.random() < 0.5 else []
    shown = {cell.key for part in report.sheets() for cell in part.values()}
    _hide(truth, *(set(truth.values) - shown))


def begun_late(rng: Random, report: Printed, truth: Truth) -> None:
    """The report begins within table 三, behind its header."""
    sheet = report.sheet("requests")
    at = rng.choice(value_rows(sheet)[1:-5])
    _hide(truth, *(cell.key for row in sheet.rows[:at] for cell in row.cells))
    _hide(truth, *(cell.key for cell in report.sheet("disclosure").values()))
    del sheet.rows[:at]
    report.parts = report.parts[:1] + report.parts[report.parts.index(sheet) :]


# --- form 2019 ---------------------------------------------------------------------------


def _changes(report: Printed) -> list[Cell]:
    return [cell for cell in report.sheet("disclosure").values() if key_of(cell)[2] == "change"]


def changes_in_words(rng: Random, report: Printed, truth: Truth) -> None:
    """增98, 减4, 0/0; the word alone tells no number."""
    for cell in _changes(report):
        value = truth.values[key_of(cell)]
        cell.text = f"{'增减'[value < 0]}{abs(value)}" if value else rng.choice(("0/0", "0", "增"))
        if cell.text == "增":
            report.touched.add(key_of(cell))


def changes_signed(rng: Random, report: Printed, truth: Truth) -> None:
    """+98 and -4, with a counter word in some cells."""
    for cell in _changes(report):
        cell.text = f"{truth.values[key_of(cell)]:+}" + rng.choice(("", "", "宗", "项"))


def changes_blank(rng: Random, report: Printed, truth: Truth) -> None:
    for cell in _changes(report):
        cell.text = ""
        report.touched.add(key_of(cell))


def two_columns_of_fees(rng: Random, report: Printed, truth: Truth) -> None:
    """The row of fees has no column for an amount, or an empty one without a head."""
    sheet = report.sheet("disclosure")
    at, head = _head_above(sheet, "fees")
    empty = [Cell("")] * rng.randrange(2)
    for number in (at, head):
        hidden = sheet.rows[number].cells[3]
        _hide(truth, hidden.key)
        sheet.rows[number].cells[3:] = empty


def procurement_without_unit(rng: Random, report: Printed, truth: Truth) -> None:
    """采购总金额 has no unit: the cell has one of its own, or nobody knows it."""
    sheet = report.sheet("disclosure")
    at, head = _head_above(sheet, "procurement")
    sheet.rows[head].cells[2].text = "采购总金额"
    cell = sheet.rows[at].cells[2]
    key = key_of(cell)
    way = rng.randrange(3)
    if way == 0:
        cell.text += "万元"
    elif way == 1:
        cell.text = f"{truth.values[key] * 10_000:.0f}元"
    elif truth.values[key]:
        _hide(truth, key)


def other_management_in_two(rng: Random, report: Printed, truth: Truth) -> None:
    """其他对外管理服务事项 is split in two rows of its own: which is its number nobody knows."""
    sheet = report.sheet("disclosure")
    at = next(n for n in value_rows(sheet) if sheet.rows[n].key() == "other_external_management")
    row = sheet.rows[at]
    for cell in row.cells[1:]:
        _hide(truth, cell.key)
    row.cells.insert(1, Cell("行政检查"))
    row.cells[0].rowspan = 2
    sheet.rows.insert(at + 1, Row([Cell("行政确认"), *(Cell(str(rng.randrange(9))) for _ in range(3))]))


def mixed_forms(rng: Random, report: Printed, truth: Truth) -> None:
    """Documents as in 2019, decisions alone as in 2021, no further rows."""
    sheet = report.sheet("disclosure")
    for name in ("other_external_management", "procurement"):
        at, head = _head_above(sheet, name)
        _hide(truth, *(cell.key for cell in sheet.rows[at].cells))
        del sheet.rows[at]
        if name == "procurement":
            del sheet.rows[head - 1 : head + 1]
    for row in sheet.rows:
        if (len(row.cells) == 4 and row.cells[-1].text in ("处理决定数量", "本年收费金额（单位：万元）")) or (
            row.key() in ("licences", "penalties", "coercive_measures", "fees")
        ):
            _hide(truth, *(cell.key for cell in row.cells[1:3]))
            del row.cells[1:3]


# --- cells -------------------------------------------------------------------------------


def zeros_mixed(rng: Random, report: Printed, truth: Truth) -> None:
    """0 and nothing in one row, as it comes."""
    for sheet in report.sheets():
        for cell in sheet.values():
            if truth.values[key_of(cell)] == 0 and rng.random() < 0.5:
                cell.text = rng.choice(("", "\u00a0"))
                report.touched.add(key_of(cell))


def sentences_in_cells(rng: Random, report: Printed, truth: Truth) -> None:
    """Rows of documents that are 0 throughout say so in words."""
    for row in report.sheet("disclosure").rows:
        cells = [cell for cell in row.cells if cell.key]
        documents = row.key() in ("regulations", "normative_documents")
        if documents and all(truth.values[key_of(cell)] == 0 for cell in cells):
            for cell, words in zip(cells, _NONE_MADE, strict=True):
                cell.text = words
                report.touched.add(key_of(cell))


def totals_slid(rng: Random, report: Printed, truth: Truth) -> None:
    """Of a row with one number only that and its total are filled in, side by side."""
    for row in report.sheet("requests").rows:
        cells = [cell for cell in row.cells if cell.key]
        shown = [truth.values[key_of(cell)] for cell in cells]
        if cells and shown[0] and shown[0] == shown[-1] and not any(shown[1:-1]):
            for cell in cells[1:]:
                cell.text = ""
            cells[1].text = cells[0].text
            report.touched |= {key_of(cell) for cell in cells}


def decimals_of_amounts(rng: Random, report: Printed, truth: Truth) -> None:
    """Amounts with six decimals, their last ones 0, and 万元 once more in some cells."""
    for cell in report.sheet("disclosure").values():
        if key_of(cell)[2] == "amount":
            cell.text = f"{truth.values[key_of(cell)]:.6f}" + rng.choice(("", "万元"))


# --- labels ------------------------------------------------------------------------------


def labels_of_a_group_lost(rng: Random, report: Printed, truth: Truth) -> None:
    """The rows of 不予公开 have lost their labels."""
    for row in report.sheet("requests").rows:
        if (row.key() or "").startswith("denied."):
            row.cells = [cell for cell in row.cells if cell.key or cell.text.startswith("（三）")]
            report.touched |= {cell.key for cell in row.cells if cell.key}


def label_of_regulations_lost(rng: Random, report: Printed, truth: Truth) -> None:
    row = next(row for row in report.sheet("disclosure").rows if row.key() == "regulations")
    row.cells[0].text = ""
    report.touched |= {cell.key for cell in row.cells if cell.key}


_REWORDED = (("一、本年新收", "一、本年（2023年）新收"), ("二、上年结转政府信息公开申请", "二、上年（2022年）结转政府信息公开"),
             ("（一）予", "1.予"), ("（二）部", "2.部"), ("（三）不", "3.不"), ("（四）无", "4.无"), ("（五）不", "5.不"))  # fmt: skip


def labels_reworded(rng: Random, report: Printed, truth: Truth) -> None:
    """Years put in, 申请 left out, groups numbered as their rows are."""
    for row in report.sheet("requests").rows:
        for cell in row.cells:
            for old, new in _REWORDED if cell.key is None else ():
                cell.text = cell.text.replace(old, new)


def reheaded(name: str, *pairs: tuple[str, str]) -> Edit:
    """Words of a table's heads replaced."""

    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for row in report.sheet(name).rows:
            for cell in row.cells:
                for old, new in pairs if cell.key is None else ():
                    cell.text = cell.text.replace(old, new)

    return edit


def total_first(rng: Random, report: Printed, truth: Truth) -> None:
    """In the header of table 三 总计, which reaches over two rows, stands before 自然人."""
    for row in report.sheet("requests").rows:
        if row.head and row.cells[0].text == "自然人":
            row.cells = [row.cells[-1], *row.cells[:-1]]


def outcomes_in_halves(rng: Random, report: Printed, truth: Truth) -> None:
    """The outcomes of table 四 in two lines, halves of the words, as a page of a flip-book has them."""
    sheet = report.sheet("review")
    words = [cell.text for row in sheet.rows if row.head for cell in row.cells if len(cell.text) == 4]
    fours = [word for word in words if word not in ("行政复议", "行政诉讼")]
    groups = [Row([Cell("行政复议"), Cell("行政诉讼")], head=True)]
    groups.append(Row([Cell("未经复议直接起诉"), Cell("复议后起诉")], head=True))
    halves = [Row([Cell(word[:2]) for word in fours], head=True), Row([Cell(word[2:]) for word in fours], head=True)]
    order = [halves[0], groups[1], halves[1]] if rng.random() < 0.5 else [groups[1], *halves]
    sheet.rows = [groups[0], *order, *(row for row in sheet.rows if row.key())]
    report.touched |= {key_of(cell) for cell in sheet.values()}
