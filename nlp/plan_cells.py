"""Items put in words from printed cells of the tables, where the prose is silent.

A number is said as it is printed, with its place; a sum that stands nowhere is never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .plan_items import ItemKind, PlanItem
from .report import Tables

NO_REQUEST, NO_REVIEW, NO_SUIT = "未收到公开申请", "无复议和诉讼", "无诉讼"


@dataclass
class Made:
    """An item in the making: its text and where each piece of it stands."""

    text: str = ""
    pieces: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, words: str, start: int | None = None, end: int | None = None) -> None:
        """Words; those of the report with their place."""
        if start is not None and end is not None:
            self.pieces.append((len(self.text), len(self.text) + len(words), start, end))
        self.text += words

    def item(self, kind: ItemKind) -> PlanItem:
        places = [piece[2:] for piece in self.pieces] or [(0, 0)]
        return PlanItem(
            kind, self.text, places[0][0], places[0][1], False, tuple(self.pieces), True
        )


def printed(tables: Tables, text: str) -> Mapping[tuple[str, str], tuple[str, int, int, float]]:
    """(row, column) to the number as printed, its place and value."""
    found = {}
    for cell in tables.cells:
        if cell.value is None or cell.start is None or cell.end is None:
            continue
        number = re.search(r"\d[\d,]*(?:\.\d+)?", text[cell.start : cell.end])
        shown = number[0] if number else ""
        if cell.value and shown.replace(",", "") != f"{cell.value:g}" and shown.replace(
            ",", "") != str(cell.value):  # fmt: skip
            continue
        low = cell.start + (number.start() if number else 0)
        high = low + len(shown) if number else cell.end
        found[cell.row, cell.column] = (shown, low, high, float(cell.value))
    return found


Printed = Mapping[tuple[str, str], tuple[str, int, int, float]]


def _say(made: Made, before: str, cell: tuple[str, int, int, float], after: str = "件") -> None:
    made.add(before)
    made.add(cell[0] + after, cell[1], cell[2])


def request_cells(cells: Printed) -> PlanItem | None:
    new = cells.get(("new", "total"))
    if new is None:
        return None
    made = Made()
    if not new[3]:
        made.add(NO_REQUEST, new[1], new[2])
        return made.item("request")
    _say(made, "收到政府信息公开申请", new)
    before = cells.get(("carried_in", "total"))
    if before and before[3]:
        _say(made, "，上年结转", before)
    handled, left = cells.get(("total", "total")), cells.get(("carried_out", "total"))
    if handled and handled[3]:
        _say(made, "，办结", handled)
    if left and left[3]:
        _say(made, "，结转下年度", left)
    return made.item("request")


_SUITS = (
    ("litigation_direct", "未经复议直接起诉"), ("litigation_after_reconsideration", "复议后起诉"),
)  # fmt: skip


def review_cells(cells: Printed) -> PlanItem | None:
    rows = {row: cells.get((row, "total")) for row in ("reconsideration", *(r for r, _ in _SUITS))}
    if any(cell is None for cell in rows.values()):
        return None
    made = Made()
    totals = {row: cell for row, cell in rows.items() if cell is not None}
    if not any(cell[3] for cell in totals.values()):
        for number, (_, cell) in enumerate(totals.items()):
            made.add(NO_REVIEW if not number else "", cell[1], cell[2])
        return made.item("review")
    for row, words in (("reconsideration", "行政复议"), *_SUITS):
        if totals[row][3]:
            _say(made, ("，" if made.text else "") + words, totals[row])
            corrected = cells.get((row, "corrected"))
            if corrected and corrected[3]:
                _say(made, "，其中纠正", corrected)
    if not totals["reconsideration"][3]:
        return made.item("review")
    if not any(totals[row][3] for row, _ in _SUITS):
        made.add("，" + NO_SUIT, totals[_SUITS[0][0]][1], totals[_SUITS[0][0]][2])
    return made.item("review")


def with_suits(review: PlanItem, cells: Printed) -> PlanItem:
    """Reviews that the prose counts, with the lawsuits that only the table counts."""
    made = Made(review.text, list(review.sources))
    for row, words in _SUITS:
        cell = cells.get((row, "total"))
        if cell and cell[3]:
            _say(made, "，" + words, cell)
            corrected = cells.get((row, "corrected"))
            if corrected and corrected[3]:
                _say(made, "，其中纠正", corrected)
    return made.item("review") if made.text != review.text else review


_ROWS = (
    ("normative_documents", "made", "制发行政规范性文件", "件"), ("licences", "decisions", "作出行政许可决定", "件"),
    ("penalties", "decisions", "作出行政处罚决定", "件"), ("fees", "amount", "收取行政事业性收费", "万元"),
)  # fmt: skip


def disclosed_cells(tables: Tables, text: str) -> Iterable[PlanItem]:
    """What table 二 counts, put in words, one item a row that is not 0."""
    own = Tables(tuple(cell for cell in tables.cells if cell.table == "disclosure"))
    cells = printed(own, text)
    for row, column, words, unit in _ROWS:
        cell = cells.get((row, column))
        if cell and cell[3]:
            made = Made()
            _say(made, words, cell, unit)
            yield made.item("figure")
