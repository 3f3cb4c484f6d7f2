"""What befalls a report between the form and the reader's file: one edit a function.

An edit changes the sheets in place and names in ``touched`` the cells whose number is no longer
printed, or no longer where a reader could know it: for those a null with a warning is right too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from .sheets import (
    APPLICANT_WORDS,
    OUTCOME_WORDS,
    TITLES,
    Cell,
    Printed,
    Row,
    Sheet,
    copy_row,
    requests_sheet,
)
from .truth import Key, Truth

Edit = Callable[[Random, Printed, Truth], None]


# --- single values -----------------------------------------------------------------------


def _replace_zeros(mark: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for sheet in report.sheets():
            for cell in sheet.values():
                if truth.values[_key(cell)] == 0:
                    cell.text = mark
                    if mark not in _MEANS_ZERO:
                        report.touched.add(_key(cell))

    return edit


_MEANS_ZERO = ("无", "〇", "零", "0件")


def _key(cell: Cell) -> Key:
    assert cell.key is not None
    return cell.key


def _blank(count: int, mark: str = "") -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        cells = [cell for sheet in report.sheets() for cell in sheet.values()]
        for cell in rng.sample(cells, count):
            cell.text = mark
            report.touched.add(_key(cell))

    return edit


def _blank_totals(rng: Random, report: Printed, truth: Truth) -> None:
    for cell in report.sheet("requests").values():
        if _key(cell)[2] == "total":
            cell.text = ""
            report.touched.add(_key(cell))


def _blank_table(rng: Random, report: Printed, truth: Truth) -> None:
    for cell in rng.choice(report.sheets()).values():
        cell.text = ""
        report.touched.add(_key(cell))


def _blank_row(rng: Random, report: Printed, truth: Truth) -> None:
    rows = [r for sheet in report.sheets()[:2] for r in sheet.rows if r.key()]
    for cell in rng.choice(rows).cells:
        if cell.key:
            cell.text = ""
            report.touched.add(cell.key)


def _on_values(change: Callable[[Random, str, Key], str]) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for sheet in report.sheets():
            for cell in sheet.values():
                cell.text = change(rng, cell.text, _key(cell))

    return edit


def _thousands(rng: Random, text: str, key: Key) -> str:
    value = float(text)
    return f"{value:,.0f}" if value == int(value) else f"{int(value):,}" + text[text.index(".") :]


def _decimals(rng: Random, text: str, key: Key) -> str:
    return text if "." in text else text + rng.choice((".0", ".00"))


_WIDE = {ord("0") + n: ord("０") + n for n in range(10)} | {ord("."): "．", ord("-"): "－"}


def _wide(rng: Random, text: str, key: Key) -> str:
    return text.translate(_WIDE)


def _units(rng: Random, text: str, key: Key) -> str:
    if key[2] == "amount":
        return text + "万元"
    return text + {"projects": "个", "items_before": "项", "change": "项"}.get(key[2], "件")


def _spaced_units(rng: Random, text: str, key: Key) -> str:
    unit = _units(rng, "", key)
    return f"{text} {unit}"


def _padded(rng: Random, text: str, key: Key) -> str:
    return f" {text} " if rng.random() < 0.5 else f"\u3000{text}"


def _yuan(rng: Random, report: Printed, truth: Truth) -> None:
    for row in report.sheet("disclosure").rows:
        for cell in row.cells:
            cell.text = cell.text.replace("单位：万元", "单位：元")
            if cell.key and cell.key[2] == "amount":
                cell.text = f"{float(cell.text) * 10_000:.0f}"


# --- rows --------------------------------------------------------------------------------


def _value_rows(sheet: Sheet) -> list[int]:
    return [number for number, row in enumerate(sheet.rows) if row.key()]


def _without_groups(row: Row) -> Row:
    """A row without the cells of its groups, so that it may stand elsewhere."""
    first = next(n for n, cell in enumerate(row.cells) if cell.key)
    return Row(row.cells[max(0, first - 1) :], row.noise, row.head)


def _drop_row(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = rng.choice(report.sheets()[:2])
    number = rng.choice(_value_rows(sheet))
    row = sheet.rows[number]
    report.touched.update(cell.key for cell in row.cells if cell.key)
    labels = _without_groups(row).cells[0]
    groups = [cell for cell in row.cells if cell.key is None and cell is not labels]
    if groups and number + 1 < len(sheet.rows):
        sheet.rows[number + 1].cells[:0] = groups
    del sheet.rows[number]


def _leaf_rows(sheet: Sheet) -> list[int]:
    return [n for n in _value_rows(sheet) if sum(c.key is None for c in sheet.rows[n].cells) == 1]


def _swap_rows(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    one, two = rng.sample(_leaf_rows(sheet), 2)
    sheet.rows[one], sheet.rows[two] = sheet.rows[two], sheet.rows[one]


def _shuffle_rows(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    numbers = _leaf_rows(sheet)
    rows = [sheet.rows[n] for n in numbers]
    rng.shuffle(rows)
    for number, row in zip(numbers, rows, strict=True):
        sheet.rows[number] = row


def _repeat_row(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    number = rng.choice(_value_rows(sheet))
    sheet.rows.insert(number + 1, copy_row(_without_groups(sheet.rows[number])))


def _repeat_other(rng: Random, report: Printed, truth: Truth) -> None:
    """A row twice, with different numbers: nobody can say which holds."""
    sheet = report.sheet("requests")
    number = rng.choice(_value_rows(sheet))
    copy = copy_row(_without_groups(sheet.rows[number]))
    for cell in copy.cells:
        if cell.key:
            report.touched.add(cell.key)
            cell.text = str(int(cell.text) + 1)
    sheet.rows.insert(number + 1, copy)


def _subtotals(rng: Random, report: Printed, truth: Truth) -> None:
    """A row 小计 after each group of outcomes."""
    sheet = report.sheet("requests")
    for group in ("denied", "unavailable", "not_processed"):
        numbers = [n for n in _value_rows(sheet) if (sheet.rows[n].key() or "").startswith(group)]
        sums = [
            Cell(str(sum(v for k, v in truth.values.items()
                         if k[0] == "requests" and k[1].startswith(group) and k[2] == column)))
            for column in APPLICANT_WORDS
        ]  # fmt: skip
        sheet.rows.insert(numbers[-1] + 1, Row([Cell("小计"), *sums]))


def _group_totals(rng: Random, report: Printed, truth: Truth) -> None:
    """The group's own line carries its sum."""
    sheet = report.sheet("requests")
    for group in ("denied", "unavailable", "not_processed"):
        number = next(
            n for n in _value_rows(sheet) if (sheet.rows[n].key() or "").startswith(group)
        )
        row = sheet.rows[number]
        at = next(n for n, cell in enumerate(row.cells) if cell.key) - 2
        head = row.cells.pop(at)
        sums = [
            Cell(str(sum(v for k, v in truth.values.items()
                         if k[0] == "requests" and k[1].startswith(group) and k[2] == column)))
            for column in APPLICANT_WORDS
        ]  # fmt: skip
        sheet.rows.insert(number, Row([Cell(head.text, colspan=2), *sums]))


# --- page ends ---------------------------------------------------------------------------


def _noise(*texts: str, places: int = 1, header: bool = False) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for sheet in report.sheets()[:2]:
            for number in sorted(rng.sample(_value_rows(sheet), places), reverse=True):
                if texts == ("#",) and sheet.name == "disclosure":  # nothing tells it from a value
                    report.touched.update(c.key for c in sheet.rows[number].cells if c.key)
                text = rng.choice(texts).replace("#", str(rng.randrange(2, 9)))
                rows = [Row([], noise=text)]
                if header:
                    rows += [copy_row(row) for row in sheet.rows[:4] if row.head]
                sheet.rows[number + 1 : number + 1] = rows

    return edit


# --- sentences and titles ----------------------------------------------------------------


def _sentence(name: str, text: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        report.parts.insert(report.parts.index(TITLES[name]) + rng.randrange(2), text)

    return edit


def _retitle(change: Callable[[Random, str], str | None]) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for title in TITLES.values():
            at = report.parts.index(title)
            new = change(rng, title)
            report.parts[at : at + 1] = [] if new is None else [new]

    return edit


_REWORDED = {
    "二": ("二、主动公开情况", "（二）主动公开信息", "二 公开政府信息的数据"),
    "三": ("三、申请办理情况", "三、依申请公开政府信息情况", "（三）收到的处理"),
    "四": ("四、复议诉讼情况", "四、因政府信息公开申请行政复议、提起行政诉讼情况", "4.复议与诉讼"),
}


def _glue_titles(rng: Random, report: Printed, truth: Truth) -> None:
    """Each title runs into the first cell of its table."""
    for name, title in TITLES.items():
        report.parts.remove(title)
        first = report.sheet(name).rows[0].cells[0]
        first.text = title + first.text


# --- cells -------------------------------------------------------------------------------


def _merge_cells(rng: Random, report: Printed, truth: Truth) -> None:
    """Two neighbouring zeros share a cell."""
    rows = [r for r in report.sheet("requests").rows if r.key()]
    rng.shuffle(rows)
    for row in rows[:3]:
        values = [n for n, cell in enumerate(row.cells) if cell.key]
        pairs = [
            n for n in values[:-1]
            if truth.values[_key(row.cells[n])] == truth.values[_key(row.cells[n + 1])] == 0
        ]  # fmt: skip
        if pairs:
            at = rng.choice(pairs)
            report.touched |= {_key(row.cells[at]), _key(row.cells[at + 1])}
            # without its spans nobody can say which cell is the missing one
            report.touched |= {_key(row.cells[n]) for n in values}
            row.cells[at].colspan = 2
            del row.cells[at + 1]


def _split_cells(rng: Random, report: Printed, truth: Truth) -> None:
    """A value's cell is split: an empty cell beside it."""
    rows = [r for r in report.sheet("requests").rows if r.key()]
    for row in rng.sample(rows, 3):
        values = [n for n, cell in enumerate(row.cells) if cell.key]
        report.touched |= {_key(row.cells[n]) for n in values}
        row.cells.insert(rng.choice(values) + 1, Cell(""))


def _merge_rows(rng: Random, report: Printed, truth: Truth) -> None:
    """A cell reaches over two rows, which have the same number there."""
    sheet = report.sheet("requests")
    numbers = _leaf_rows(sheet)
    rng.shuffle(numbers)
    for number in numbers:
        if number + 1 not in numbers:
            continue
        one, two = sheet.rows[number], sheet.rows[number + 1]
        at = rng.randrange(1, 8)
        if truth.values[_key(one.cells[at])] == truth.values[_key(two.cells[at])]:
            report.touched |= {_key(cell) for cell in two.cells if cell.key}
            report.touched.add(_key(one.cells[at]))
            one.cells[at].rowspan = 2
            del two.cells[at]
            return


def _reorder_applicants(rng: Random, report: Printed, truth: Truth) -> None:
    middle = list(APPLICANT_WORDS)[1:6]
    rng.shuffle(middle)
    new = requests_sheet(truth, ("natural_person", *middle, "total"))
    report.parts[report.parts.index(report.sheet("requests"))] = new


def _reorder_documents(rng: Random, report: Printed, truth: Truth) -> None:
    order = [1, 2, 3]
    rng.shuffle(order)
    for row in report.sheet("disclosure").rows[1:4]:
        for cell in row.cells:
            cell.colspan = 1
        row.cells = [row.cells[0], *(row.cells[n] for n in order)]


def _reorder_outcomes(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("review")
    order = list(range(5))
    rng.shuffle(order)
    for row in sheet.rows:
        if len(row.cells) == 7:
            row.cells = [row.cells[n] for n in order] + row.cells[5:]
        elif len(row.cells) > 7:
            row.cells = [row.cells[f + n] for f in range(0, len(row.cells), 5) for n in order]


def _beside(rng: Random, report: Printed, truth: Truth) -> None:
    """Tables 二 and 三 (or 三 and 四) side by side."""
    report.parts.remove(TITLES["requests"])
    report.beside = True


# --- table 四 turned ---------------------------------------------------------------------

_GROUP_WORDS = {
    "reconsideration": "行政复议", "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}  # fmt: skip


def _turn_review(shape: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        def cell(row: str, column: str) -> Cell:
            key = ("review", row, column)
            return Cell(str(truth.values[key]), key)

        sheet = report.sheet("review")
        if shape == "groups":
            rows = [Row([Cell("类别"), *(Cell(w) for w in OUTCOME_WORDS.values())], head=True)]
            rows += [Row([Cell(w), *(cell(g, o) for o in OUTCOME_WORDS)])
                     for g, w in _GROUP_WORDS.items()]  # fmt: skip
        elif shape == "outcomes":
            rows = [Row([Cell("结果"), *(Cell(w) for w in _GROUP_WORDS.values())], head=True)]
            rows += [Row([Cell(w), *(cell(g, o) for g in _GROUP_WORDS)])
                     for o, w in OUTCOME_WORDS.items()]  # fmt: skip
        elif shape == "fifteen":
            rows = []
            for g, w in _GROUP_WORDS.items():
                for number, (o, word) in enumerate(OUTCOME_WORDS.items()):
                    lead = [Cell(w, rowspan=5)] if number == 0 else []
                    rows.append(Row([*lead, Cell(word), cell(g, o)]))
        else:  # two tables, one for reconsideration, one for lawsuits
            five = list(OUTCOME_WORDS)
            rows = [
                Row([Cell("行政复议", colspan=5)], head=True),
                Row([Cell(OUTCOME_WORDS[o]) for o in five], head=True),
                Row([cell("reconsideration", o) for o in five]),
                Row([Cell("行政诉讼", colspan=10)], head=True),
                Row(
                    [Cell("未经复议直接起诉", colspan=5), Cell("复议后起诉", colspan=5)], head=True
                ),
                Row([Cell(OUTCOME_WORDS[o]) for o in five * 2], head=True),
                Row([cell(g, o) for g in list(_GROUP_WORDS)[1:] for o in five]),
            ]
        sheet.rows = rows

    return edit


# --- labels ------------------------------------------------------------------------------


def _label(row: Row) -> Cell:
    first = next(n for n, cell in enumerate(row.cells) if cell.key)
    return row.cells[first - 1]


def _labelled_rows(sheets: Iterable[Sheet]) -> list[Row]:
    return [row for sheet in sheets if sheet.name != "review" for row in sheet.rows if row.key()]


def _lose_characters(rng: Random, report: Printed, truth: Truth) -> None:
    for row in rng.sample(_labelled_rows(report.sheets()[1:]), 6):
        label = _label(row)
        kept = list(label.text)
        for _ in range(2 if len(kept) > 9 else 1):
            del kept[rng.randrange(2, len(kept))]
        label.text = "".join(kept)


def _wrap_labels(rng: Random, report: Printed, truth: Truth) -> None:
    """Long labels begin before their numbers and end after them."""
    for row in _labelled_rows(report.sheets()[1:]):
        label = _label(row)
        if len(label.text) > 12 and rng.random() < 0.5:
            half = rng.randrange(6, len(label.text) - 3)
            tail = label.text[half:]
            label.text = label.text[:half]
            row.cells.append(Cell(tail))


def _space_labels(rng: Random, report: Printed, truth: Truth) -> None:
    for sheet in report.sheets():
        for row in sheet.rows:
            for cell in row.cells:
                if cell.key is None and rng.random() < 0.4:
                    gap = rng.choice((" ", "\u3000"))
                    cell.text = gap.join(cell.text)


def _lengthen_labels(rng: Random, report: Printed, truth: Truth) -> None:
    notes = {"规章": "规章（设区的市以上人民政府提供，其他单位不填）",
             "1.属于国家秘密": "1.属于国家秘密（《条例》第十四条）",
             "4.无正当理由大量反复申请": "4.无正当理由大量反复申请（第三十五条）"}  # fmt: skip
    for row in _labelled_rows(report.sheets()):
        label = _label(row)
        label.text = notes.get(label.text, label.text)


def _after_numbers(rng: Random, report: Printed, truth: Truth) -> None:
    """Every label of table 三 stands after its numbers."""
    for row in report.sheet("requests").rows:
        if row.key():
            row.cells = [c for c in row.cells if c.key] + [c for c in row.cells if not c.key]


def _torn_row(rng: Random, report: Printed, truth: Truth) -> None:
    """One label stands after its numbers."""
    rows = [row for row in report.sheet("requests").rows if row.key()]
    number = rng.randrange(1, len(rows))
    for row in rows[number - 1 : number + 1]:
        report.touched |= {cell.key for cell in row.cells if cell.key}
    row = rows[number]
    row.cells = [c for c in row.cells if c.key] + [c for c in row.cells if not c.key]


def _no_header(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    sheet.rows = [row for row in sheet.rows if not row.head]


def _dotless(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _labelled_rows(report.sheets()[1:]):
        label = _label(row)
        if label.text[1:2] == ".":
            label.text = label.text[0] + "、" + label.text[2:]


def _nothing(rng: Random, report: Printed, truth: Truth) -> None:
    """As the form has it."""


EDITS: dict[str, Edit] = {
    "none": _nothing,
    "zeros as /": _replace_zeros("/"),
    "zeros as -": _replace_zeros("-"),
    "zeros as —": _replace_zeros("—"),
    "zeros left blank": _replace_zeros(""),
    "zeros as 无": _replace_zeros("无"),
    "zeros as 0件": _replace_zeros("0件"),
    "one blank cell": _blank(1),
    "seven blank cells": _blank(7),
    "seven cells /": _blank(7, "/"),
    "a blank row": _blank_row,
    "totals left blank": _blank_totals,
    "a table left blank": _blank_table,
    "thousands separators": _on_values(_thousands),
    "decimals (3119.0)": _on_values(_decimals),
    "full-width digits": _on_values(_wide),
    "units in cells": _on_values(_units),
    "units after a space": _on_values(_spaced_units),
    "padded cells": _on_values(_padded),
    "amounts in 元": _yuan,
    "one row dropped": _drop_row,
    "two rows swapped": _swap_rows,
    "rows in another order": _shuffle_rows,
    "a row repeated": _repeat_row,
    "a row twice, different": _repeat_other,
    "sub-total rows": _subtotals,
    "sums in group rows": _group_totals,
    "bare page number": _noise("#"),
    "footer 第 4 页 共 6 页": _noise("第 # 页 共 9 页", "第#页", "第#页/共9页", places=2),
    "footer - 4 -": _noise("- # -", "—#—", "－ # －", "· # ·", "-#-", places=2),
    "page end, header again": _noise("- # -", "第#页", "", header=True),
    "sentence with a year before 三": _sentence("requests", "2022年，共办理政府信息公开申请15件。"),
    "sentence with numbers before 三": _sentence(
        "requests", "本年新收政府信息公开申请 12 件，上年结转 3 件，其中 7 件予以公开。"),
    "sentence before 四": _sentence("review", "2022年，发生行政复议 2 件、行政诉讼 1 件，结果维持 1 件。"),
    "titles reworded": _retitle(lambda rng, t: rng.choice(_REWORDED[t[0]])),
    "titles spaced": _retitle(lambda rng, t: " ".join(t)),
    "titles missing": _retitle(lambda rng, t: None),
    "titles glued to tables": _glue_titles,
    "merged cells": _merge_cells,
    "cells merged over rows": _merge_rows,
    "split cells": _split_cells,
    "applicants in another order": _reorder_applicants,
    "columns of 二 in another order": _reorder_documents,
    "outcomes in another order": _reorder_outcomes,
    "two tables side by side": _beside,
    "四 turned: groups as rows": _turn_review("groups"),
    "四 turned: outcomes as rows": _turn_review("outcomes"),
    "四 turned: fifteen rows": _turn_review("fifteen"),
    "四 in two tables": _turn_review("two"),
    "labels lose characters": _lose_characters,
    "labels around their numbers": _wrap_labels,
    "labels spaced": _space_labels,
    "labels with notes": _lengthen_labels,
    "labels numbered 1、": _dotless,
    "labels after their numbers": _after_numbers,
    "one label after its numbers": _torn_row,
    "header of 三 missing": _no_header,
}  # fmt: skip
