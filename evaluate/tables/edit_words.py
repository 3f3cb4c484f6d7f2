"""Edits of words: page ends, sentences, titles, labels, headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from .edit_shape import value_rows
from .sheets import TITLES, Cell, Edit, Printed, Row, Sheet, copy_row
from .truth import Truth

# --- page ends ---------------------------------------------------------------------------


def noise(*texts: str, places: int = 1, header: bool = False) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for sheet in report.sheets()[:2]:
            for number in sorted(rng.sample(value_rows(sheet), places), reverse=True):
                if texts == ("#",) and sheet.name == "disclosure":  # nothing tells it from a value
                    report.touched.update(c.key for c in sheet.rows[number].cells if c.key)
                text = rng.choice(texts).replace("#", str(rng.randrange(2, 9)))
                rows = [Row([], noise=text)]
                if header:
                    rows += [copy_row(row) for row in sheet.rows[:4] if row.head]
                sheet.rows[number + 1 : number + 1] = rows

    return edit


# --- sentences and titles ----------------------------------------------------------------


def sentence(name: str, text: str) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        report.parts.insert(report.parts.index(TITLES[name]) + rng.randrange(2), text)

    return edit


def retitle(change: Callable[[Random, str], str | None]) -> Edit:
    def edit(rng: Random, report: Printed, truth: Truth) -> None:
        for title in TITLES.values():
            at = report.parts.index(title)
            new = change(rng, title)
            report.parts[at : at + 1] = [] if new is None else [new]

    return edit


REWORDED = {
    "二": ("二、主动公开情况", "（二）主动公开信息", "二 公开政府信息的数据"),
    "三": ("三、申请办理情况", "三、依申请公开政府信息情况", "（三）收到的处理"),
    "四": ("四、复议诉讼情况", "四、因政府信息公开申请行政复议、提起行政诉讼情况", "4.复议与诉讼"),
}


def glue_titles(rng: Random, report: Printed, truth: Truth) -> None:
    """Each title runs into the first cell of its table."""
    for name, title in TITLES.items():
        report.parts.remove(title)
        first = report.sheet(name).rows[0].cells[0]
        first.text = title + first.text


# --- labels ------------------------------------------------------------------------------


def _label(row: Row) -> Cell:
    first = next(n for n, cell in enumerate(row.cells) if cell.key)
    return row.cells[first - 1]


def _labelled_rows(sheets: Iterable[Sheet]) -> list[Row]:
    return [row for sheet in sheets if sheet.name != "review" for row in sheet.rows if row.key()]


def lose_characters(rng: Random, report: Printed, truth: Truth) -> None:
    for row in rng.sample(_labelled_rows(report.sheets()[1:]), 6):
        label = _label(row)
        kept = list(label.text)
        for _ in range(2 if len(kept) > 9 else 1):
            del kept[rng.randrange(2, len(kept))]
        label.text = "".join(kept)


def wrap_labels(rng: Random, report: Printed, truth: Truth) -> None:
    """Long labels begin before their numbers and end after them."""
    for row in _labelled_rows(report.sheets()[1:]):
        label = _label(row)
        if len(label.text) > 12 and rng.random() < 0.5:
            half = rng.randrange(6, len(label.text) - 3)
            tail = label.text[half:]
            label.text = label.text[:half]
            row.cells.append(Cell(tail))


def space_labels(rng: Random, report: Printed, truth: Truth) -> None:
    for sheet in report.sheets():
        for row in sheet.rows:
            for cell in row.cells:
                if cell.key is None and rng.random() < 0.4:
                    gap = rng.choice((" ", "\u3000"))
                    cell.text = gap.join(cell.text)


def lengthen_labels(rng: Random, report: Printed, truth: Truth) -> None:
    notes = {"规章": "规章（设区的市以上人民政府提供，其他单位不填）",
             "1.属于国家秘密": "1.属于国家秘密（《条例》第十四条）",
             "4.无正当理由大量反复申请": "4.无正当理由大量反复申请（第三十五条）"}  # fmt: skip
    for row in _labelled_rows(report.sheets()):
        label = _label(row)
        label.text = notes.get(label.text, label.text)


def after_numbers(rng: Random, report: Printed, truth: Truth) -> None:
    """Every label of table 三 stands after its numbers."""
    for row in report.sheet("requests").rows:
        if row.key():
            row.cells = [c for c in row.cells if c.key] + [c for c in row.cells if not c.key]


def torn_row(rng: Random, report: Printed, truth: Truth) -> None:
    """One label stands after its numbers."""
    rows = [row for row in report.sheet("requests").rows if row.key()]
    number = rng.randrange(1, len(rows))
    for row in rows[number - 1 : number + 1]:
        report.touched |= {cell.key for cell in row.cells if cell.key}
    row = rows[number]
    row.cells = [c for c in row.cells if c.key] + [c for c in row.cells if not c.key]


def no_header(rng: Random, report: Printed, truth: Truth) -> None:
    sheet = report.sheet("requests")
    sheet.rows = [row for row in sheet.rows if not row.head]


def dotless(rng: Random, report: Printed, truth: Truth) -> None:
    for row in _labelled_rows(report.sheets()[1:]):
        label = _label(row)
        if label.text[1:2] == ".":
            label.text = label.text[0] + "、" + label.text[2:]
