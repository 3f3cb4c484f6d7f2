"""The stress kit's documents, and what they found: Word, bars behind cells, traditional characters,
the confidence of numbers read from pictures."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from evaluate.tables import formats, runs
from evaluate.tables.scores import score
from nlp import readers
from nlp.distrust import rated
from nlp.document import fold
from nlp.readers.flow import Page, write_pages
from nlp.readers.ruled import BoxCell, RuledTable
from nlp.report import Source
from nlp.schema import json_schema
from nlp.script import simplified
from nlp.tables import extract_tables

WORD = [layout for layout in formats.ALL if layout.format == "docx"]
SEEN = ("traditional characters", "traditional, words of Taiwan", "traditional with readings",
        "radicals for characters", "full-width throughout", "invisible characters",
        "heads of 二 with notes", "heads of 二 cut", "heads of 三 in two rows", "a further row in 二",
        "spaces after numerals", "labels spaced", "traditional, simplified in brackets", "2019: changes with signs",
        "2019: two columns of fees", "2019: heads of changes cut", "2019: heads of changes with \\", "2019: mixed with 2021",
        "2019: procurement without a unit", "amounts with six decimals", "labels of 三 reworded", "heads of 二 lose characters",
        "articles without numbers", "cut short", "begun late")  # fmt: skip


@pytest.mark.parametrize("layout", WORD, ids=lambda layout: layout.name)
def test_a_clean_word_document_is_read_in_full(layout: formats.Layout) -> None:
    for result in runs.stress(5, [layout], 3, ["none"]):
        assert (result.score.right, result.remarks) == (result.score.cells, [])


@pytest.mark.parametrize("edit", SEEN)
def test_the_writing_and_the_heads_of_real_tables_cost_no_cell(edit: str) -> None:
    layouts = [one for one in formats.ALL if one.name in ("pipes", "a cell a line", "html", "docx")]
    for result in runs.stress(6, layouts, 1, [edit]):
        assert (result.layout.name, result.remarks) == (result.layout.name, [])


def _barred(rows: dict[str, str], moved: bool, bar: str) -> str:
    """Table 三 with a cell a line; ``rows`` by label, ``.`` for an empty cell."""
    lines = ["三、收到和处理政府信息公开申请情况"]
    for label, cells in rows.items():
        lines.append(label + bar)
        behind = 2
        for cell in cells.split():
            if cell != ".":
                lines.append(cell + bar)
            elif moved:
                behind += 1
            else:
                lines.append("|")
        lines.append("|" * behind)
    return "\n".join(lines) + "\n"


_ROWS = {
    "一、本年新收政府信息公开申请数量": "3 . . . . . 3", "二、上年结转政府信息公开申请数量": ". . . . . . 0",
    "（一）予以公开": "3 . . . . . 3", "（二）部分公开": ". . . . . . 0", "1.属于国家秘密": ". . . . . . 0",
    "2.重复申请": ". . . . . . 0", "（七）总计": "3 . . . . . 3", "四、结转下年度继续办理": ". . . . . . 0",
}  # fmt: skip


@pytest.mark.parametrize("bar", [" |", "\n|"], ids=["behind", "below"])
def test_a_bar_alone_is_an_empty_cell_where_bars_end_cells(bar: str) -> None:
    cells = {c.key: c.value for c in runs.read(_barred(_ROWS, False, bar), "txt").cells}
    assert (cells["requests.new.natural_person"], cells["requests.new.total"]) == (3, 3)
    assert cells["requests.granted.business"] in (0, None)
    assert cells["requests.carried_in.total"] == 0


@pytest.mark.parametrize("bar", [" |", "\n|"], ids=["behind", "below"])
def test_where_empty_cells_moved_to_the_rows_end_no_number_is_placed_by_order(bar: str) -> None:
    cells = {c.key: c.value for c in runs.read(_barred(_ROWS, True, bar), "txt").cells}
    assert cells["requests.new.business"] in (0, None)  # the second 3 is the total
    assert cells["requests.new.total"] in (3, None)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("行政復(fù)議、行政訴訟情況", "行政复    议、行政诉讼情况"), ("主动公开(abc)", "主动公开(abc)"),
     ("無正當理由大量反覆申請", "无正当理由大量反复申请")],
)  # fmt: skip
def test_traditional_characters_are_simplified_in_place(text: str, plain: str) -> None:
    assert simplified(fold(text)) == fold(plain)
    assert len(simplified(fold(text))) == len(text)


def test_a_number_keeps_the_confidence_with_which_it_was_read() -> None:
    texts = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "0", "12"],
             ["行政规范性文件", "\ufffd", "0", "3"]]  # fmt: skip
    cells = [
        BoxCell(y, x, 1, 1, 100.0 * x, 20.0 * y, 100.0 * x + 100, 20.0 * y + 20, [], text,
                0.97 if text.isdigit() else None)
        for y, row in enumerate(texts) for x, text in enumerate(row)
    ]  # fmt: skip
    table = RuledTable(cells, [0.0, 100.0, 200.0, 300.0, 400.0], 3, 0.0, 60.0)
    page = Page([], [table], 800.0, settled=True)
    document = write_pages([page], Source("x", "png", "0" * 64), [])
    document = replace(document, hints={"recognised": "ocr"})
    reading = extract_tables(document, (), "2021")
    found = {c.key: (c.value, c.confidence) for c in reading.cells}
    assert found["disclosure.regulations.in_force"] == (12, 0.97)
    assert found["disclosure.normative_documents.made"] == (None, None)
    assert found["disclosure.normative_documents.in_force"] == (3, 0.97)
    assert any(w.where == "disclosure.normative_documents.made" for w in reading.warnings)
    assert "confidence" in json_schema()["oneOf"][0]["properties"]["cells"]["items"]["properties"]


def test_text_has_no_confidence() -> None:
    document = readers.read(_barred(_ROWS, False, " |").encode(), "txt")
    cells = extract_tables(document, (), "2021").cells
    assert {c.confidence for c in rated(cells, document)} == {None}


@pytest.mark.skipif(not formats.typeset.available(), reason="no LibreOffice")
def test_a_typeset_page_is_read_in_full_or_null() -> None:
    layout = next(one for one in formats.ALL if one.name == "pdf")
    truth, report = runs.edited("none", Random(3), consistent=True)
    pdf = next(iter(formats.made(layout, [report])))
    assert pdf is not None
    total, remarks = score(truth.values, (), runs.read(pdf, "pdf"))
    assert (total.right, remarks) == (total.cells, [])
