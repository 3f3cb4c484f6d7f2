"""Edits of the appendix of indicators: what befalls its rows, units, labels and columns."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from corpora import official

from . import edit_script as script
from . import edit_values as values
from .sheets import Cell, Edit, Printed, Row, Sheet, copy_row
from .truth import Truth

UNITS = {key: unit for key, _, _, unit in official.APPENDIX if key}
MONEY = ("fees", "funds")
TITLE = "政府信息公开情况统计表"


def key_of_row(row: str) -> tuple[str, str, str]:
    """The key of an indicator's value among those of the tables."""
    return "indicators", row, "count"


def _sheet(report: Printed) -> Sheet:
    return report.sheet("indicators")


def _counted(report: Printed) -> list[int]:
    return [number for number, row in enumerate(_sheet(report).rows) if row.key()]


def _drop(rng: Random, report: Printed, truth: Truth) -> None:
    at = rng.choice(_counted(report))
    report.touched.update(c.key for c in _sheet(report).rows[at].cells if c.key)
    del _sheet(report).rows[at]


def _swap(rng: Random, report: Printed, truth: Truth) -> None:
    rows = _sheet(report).rows
    while True:
        one, two = rng.sample(_counted(report), 2)
        if rows[one].cells[0].text != rows[two].cells[0].text:
            break
    rows[one], rows[two] = rows[two], rows[one]
    _twins(report)


def _twins(report: Printed) -> None:
    """What is printed under 复议 and 诉讼 alike belongs to nobody where rows have moved."""
    report.touched |= {key_of_row(row) for row in UNITS if row.endswith((".corrected", ".other"))}


def _shuffle(rng: Random, report: Printed, truth: Truth) -> None:
    rows = _sheet(report).rows
    places = _counted(report)
    moved = [rows[n] for n in places]
    rng.shuffle(moved)
    for place, row in zip(places, moved, strict=True):
        rows[place] = row
    _twins(report)


def _reverse(rng: Random, report: Printed, truth: Truth) -> None:
    _sheet(report).rows[1:] = _sheet(report).rows[:0:-1]
    _twins(report)


def _repeat(change: int) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        rows = _sheet(report).rows
        at = rng.choice([n for n in _counted(report) if not rows[n].cells[0].text.endswith(("纠错数", "）其他情形数"))])
        again = copy_row(rows[at])
        for cell in again.cells:
            if cell.key:
                if change:
                    report.touched.add(cell.key)
                cell.text = str(int(float(cell.text)) + change) if change else cell.text
                cell.key = None
        rows.insert(at + 1, again)

    return edit


_LOCAL = (("其中：重点领域公开政府信息数", "条"), ("6.电视台公开政府信息数", "条"), ("本年度受理咨询数", "人次"),
          ("（三）重点领域公开情况", "条"), ("5.热线电话申请数", "件"), ("其中：其他", "件"), ("小计", "件"))  # fmt: skip


def _local(count: int) -> Edit:
    """Rows that a province added."""

    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        rows = _sheet(report).rows
        for _ in range(count):
            label, unit = rng.choice(_LOCAL)
            row = Row([Cell(label), Cell(unit), Cell(rng.choice(("0", "7", "131", "")))])
            rows.insert(rng.randrange(1, len(rows) + 1), row)

    return edit


def _noise(*texts: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        rows = _sheet(report).rows
        for at in sorted(rng.sample(range(2, len(rows)), 2), reverse=True):
            rows.insert(at, Row([], noise=rng.choice(texts).replace("#", str(rng.randrange(2, 9)))))
            if texts == ("#",):  # nothing tells it from a value of the row before, or a blank one's
                near = [c.key for row in rows[max(0, at - 1) : at + 2] for c in row.cells if c.key]
                report.touched.update(near)
                if at <= 3:
                    report.touched.update(map(key_of_row, UNITS))

    return edit


def _header_again(rng: Random, report: Printed, truth: Truth) -> None:
    rows = _sheet(report).rows
    at = rng.randrange(3, len(rows))
    rows[at:at] = [Row([], noise="- 7 -"), copy_row(rows[0])]


def _labels(change: Callable[[Random, str], str]) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for at in _counted(report):
            cell = _sheet(report).rows[at].cells[0]
            cell.text = change(rng, cell.text)

    return edit


def _lose(count: int) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for at in rng.sample(_counted(report), 6):
            row = _sheet(report).rows[at]
            text = row.cells[0].text
            for _ in range(count):
                place = rng.randrange(len(text))
                text = text[:place] + text[place + 1 :]
            row.cells[0].text = text
            report.touched.update(c.key for c in row.cells if c.key)
        # a lost 不 makes 不同意公开 another row, a lost 复议 or 诉讼 leaves its results to nobody
        _twins(report)
        report.touched |= {key_of_row("answers.granted"), key_of_row("disclosed")}

    return edit


def _bare_note(rng: Random, text: str) -> str:
    return text.split("（不")[0]


def _bare_ordinal(rng: Random, text: str) -> str:
    return text.split("、")[-1] if text[1:2] == "、" else text.split("）", 1)[-1] if text[0] == "（" else (
        text.split(".")[-1].split("：")[-1])  # fmt: skip


def _other_ordinal(rng: Random, text: str) -> str:
    return text.replace(".", rng.choice(("、", "．", ". ", ") ")), 1) if text[1:2] == "." else text


def _after(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _sheet(report).rows:
        if row.key():
            row.cells.append(row.cells.pop(0))
    report.touched.update(map(key_of_row, UNITS))


def _torn(rng: Random, report: Printed, truth: Truth) -> None:
    at = rng.choice(_counted(report))
    rows = _sheet(report).rows
    rows[at].cells.append(rows[at].cells.pop(0))
    near = [c.key for row in rows[max(0, at - 2) : at + 2] for c in row.cells if c.key]
    report.touched.update(near)
    if at < 4:
        report.touched.update(map(key_of_row, UNITS))


def _column(head: str, place: int, show: Callable[[int, Cell], str], known: bool) -> Edit:
    """A further column of numbers before the cell ``place``."""

    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for number, row in enumerate(_sheet(report).rows):
            if row.head:
                row.cells.insert(place, Cell(head))
            else:
                row.cells.insert(place, Cell(show(number, row.cells[-1])))
        if not known:
            report.touched.update(map(key_of_row, UNITS))

    return edit


def _no_units(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _sheet(report).rows:
        if len(row.cells) == 3:
            del row.cells[1]
    report.touched.update(map(key_of_row, MONEY))


def _units_last(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _sheet(report).rows:
        if len(row.cells) == 3:
            row.cells[1], row.cells[2] = row.cells[2], row.cells[1]


def _units_inside(gap: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for cell in _sheet(report).values():
            assert cell.key is not None
            cell.text += gap + UNITS[cell.key[1]]

    return edit


def _in_yuan(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _sheet(report).rows:
        if row.key() in MONEY:
            row.cells[1].text = "元"
            row.cells[2].text = f"{float(row.cells[2].text) * 10_000:.0f}"


def _no_header(rng: Random, report: Printed, truth: Truth) -> None:
    del _sheet(report).rows[0]
    report.parts.remove(TITLE)


def _no_dashes(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _sheet(report).rows:
        if not row.key() and not row.head:
            del row.cells[1:]


def _sentences(rng: Random, report: Printed, truth: Truth) -> None:
    at = report.parts.index(TITLE)
    report.parts[at:at] = ["收到申请 12 件，其中当面申请 3 件。", "2016", "当面申请数 9 件，网络申请数 8 件。"]


def _both(one: Edit, two: Edit) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        one(rng, report, truth)
        two(rng, report, truth)

    return edit


EDITS: dict[str, Edit] = {
    "none": lambda rng, report, truth: None,
    **{f"zeros as {mark}": values.replace_zeros(mark) for mark in ("/", "-", "—", "无", "0件")},
    "zeros left blank": values.replace_zeros(""),
    "one blank cell": values.blank(1),
    "seven blank cells": values.blank(7),
    "seven cells /": values.blank(7, "/"),
    "thousands separators": values.on_values(values.thousands),
    "decimals (3119.0)": values.on_values(values.decimals),
    "full-width digits": values.on_values(values.wide),
    "padded cells": values.on_values(values.padded),
    "units in cells": _units_inside(""),
    "units after a space": _units_inside(" "),
    "amounts in 元": _in_yuan,
    "no unit column": _no_units,
    "units after numbers": _units_last,
    "one row dropped": _drop,
    "two rows swapped": _swap,
    "rows in another order": _shuffle,
    "rows turned over": _reverse,
    "a row repeated": _repeat(0),
    "a row twice, different": _repeat(3),
    "one local row": _local(1),
    "nine local rows": _local(9),
    "bare page number": _noise("#"),
    "footer": _noise("第 # 页 共 9 页", "第#页", "- # -", "—#—"),
    "page end, header again": _header_again,
    "labels lose a character": _lose(1),
    "labels lose three characters": _lose(3),
    "labels spaced": _labels(lambda rng, text: " ".join(text)),
    "labels without notes": _labels(_bare_note),
    "labels without ordinals": _labels(_bare_ordinal),
    "labels with other ordinals": _labels(_other_ordinal),
    "labels after their numbers": _after,
    "one label after its number": _torn,
    "a column 序号": _column("序号", 0, lambda number, cell: str(number), False),
    "a column 代码": _column("代码", 2, lambda number, cell: str(number + 10), False),
    "a column 累计": _column("历年累计", 3, lambda number, cell: cell.text + "7" if cell.text else "", False),
    "a column 备注": _column("备注", 3, lambda number, cell: "", False),
    "a column of last year's without header": _column("", 2, lambda number, cell: str(number * 3), False),
    "blanks beside a column of 2015": _both(
        values.blank(20), _column("2015年", 3, lambda number, cell: str(number * 3), False)),
    "header and title missing": _no_header,
    "headings without dashes": _no_dashes,
    "sentences before": _sentences,
    "traditional characters": script.everywhere(script.traditional),
    "radicals for characters": script.everywhere(script.radicals),
    "full-width throughout": script.everywhere(script.wide, values=True),
    "invisible characters": script.everywhere(script.hidden),
}  # fmt: skip
