"""Edits after what real tables of 2019 to 2024 were seen to have; the words and numbers are ours."""

from __future__ import annotations

from random import Random

from .sheets import Cell, Printed, Row
from .truth import Truth

_NOTES = {
    "上一年项目数量": "上一年项目数量（指上年末的事项数）",
    "本年增/减": "本年增/减（比上年增加或减少的事项数，减少的用负数，如-8）",
    "处理决定数量": "处理决定数量（指2020年办件量）",
    "采购项目数量": "采购项目数量（指2020年项目）",
    "本年制发件数": "本年制发件数（截至2023年12月31日）",
    "现行有效件数": "现行有效件数（含以前年度）",
}


def heads_with_notes(rng: Random, report: Printed, truth: Truth) -> None:
    """The heads of table 二 carry notes on how to fill them in, numbers among them."""
    for row in report.sheet("disclosure").rows:
        for cell in row.cells:
            cell.text = _NOTES.get(cell.text, cell.text)


def heads_cut(rng: Random, report: Printed, truth: Truth) -> None:
    """Heads of table 二 that wrapped have lost their second line."""
    for row in report.sheet("disclosure").rows:
        for cell in row.cells:
            if row.head and cell.text in ("本年新制作数量", "本年新公开数量"):
                cell.text = "本年新"


def heads_in_two_rows(rng: Random, report: Printed, truth: Truth) -> None:
    """商业 and 企业 stand below one another, in rows of their own."""
    rows = report.sheet("requests").rows
    at = next((n for n, row in enumerate(rows) if row.head and row.cells[0].text == "商业企业"), None)
    if at is None:
        return
    words = [cell.text for cell in rows[at].cells]
    rows[at].cells = [Cell(word[:2] if len(word) == 4 else word) for word in words]
    rows.insert(at + 1, Row([Cell(word[2:]) for word in words if len(word) == 4], head=True))


def further_row(rng: Random, report: Printed, truth: Truth) -> None:
    """A province asks for a row more in table 二: other documents made public."""
    rows = report.sheet("disclosure").rows
    at = next(n for n, row in enumerate(rows) if row.key() == "normative_documents")
    more = [Cell(str(rng.randrange(300))) for cell in rows[at].cells[1:]]
    rows.insert(at + 1, Row([Cell("其他主动公开文件"), *more]))


def empty_rows(rng: Random, report: Printed, truth: Truth) -> None:
    """An empty row ends tables 二 and 三."""
    for sheet in report.sheets()[:2]:
        sheet.rows.append(Row([Cell("") for _ in range(4)]))


def totals_alone(rng: Random, report: Printed, truth: Truth) -> None:
    """Of the rows that are 0 throughout only the total is printed."""
    for row in report.sheet("requests").rows:
        cells = [cell for cell in row.cells if cell.key]
        if cells and all(truth.values[cell.key] == 0 for cell in cells if cell.key):
            for cell in cells[:-1]:
                cell.text = ""
                if cell.key:
                    report.touched.add(cell.key)


def gaps_in_numerals(rng: Random, report: Printed, truth: Truth) -> None:
    """A space before and behind 第（一）项 and （三）."""
    for sheet in report.sheets():
        for row in sheet.rows:
            for cell in row.cells:
                if cell.key is None:
                    cell.text = cell.text.replace("条第（", "条 第（").replace("）不予", "） 不予")
                    cell.text = cell.text.replace("）无法", "）　无法").replace("、本年", "、 本年")


def labels_on_lines(rng: Random, report: Printed, truth: Truth) -> None:
    """Labels and heads are broken over two lines inside of their cells."""
    for sheet in report.sheets():
        for row in sheet.rows:
            for cell in row.cells:
                if cell.key is None and len(cell.text) >= 4 and rng.random() < 0.4:
                    at = cell.text.find("）") + 1 or len(cell.text) // 2
                    if 0 < at < len(cell.text):
                        cell.text = cell.text[:at] + "\n" + cell.text[at:]
