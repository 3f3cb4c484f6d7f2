"""Cells out of flattened tables and grids: right, or null with a warning."""

import pytest

from nlp import readers
from nlp.checks import run_checks
from nlp.report import Tables
from nlp.tables import TablesReading, extract_tables

TRUE = {
    "disclosure.normative_documents.made": 2,
    "disclosure.normative_documents.repealed": 1,
    "disclosure.normative_documents.in_force": 9,
    "disclosure.licences.decisions": 1204,
    "disclosure.penalties.decisions": 37,
    "disclosure.fees.amount": 12.5,
    "requests.new.natural_person": 3,
    "requests.new.business": 1,
    "requests.new.total": 4,
    "requests.granted.natural_person": 3,
    "requests.granted.business": 1,
    "requests.granted.total": 4,
    "requests.total.natural_person": 3,
    "requests.total.business": 1,
    "requests.total.total": 4,
    "review.reconsideration.upheld": 1,
    "review.reconsideration.total": 1,
}


def read(text: str) -> TablesReading:
    return extract_tables(readers.read(text.encode(), "txt"), (), "2021")


def wrong(reading: TablesReading) -> list[str]:
    """Cells that are neither right nor null."""
    return [c.key for c in reading.cells if c.value is not None and c.value != TRUE.get(c.key, 0)]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text,
        lambda text: text.replace(" | ", "\t").replace("| ", "").replace(" |", ""),
        lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        lambda text: text.replace("本年新收政府信息公开申请数量", "本年新收政府信息\n公开申请数量"),
        lambda text: text.replace("三、收到和处理政府信息公开申请情况", "三、申请受理"),
        lambda text: text.replace("\n三、收到", "\n2022年共处理相关事项15件。\n三、收到"),
    ],
    ids=["pipes", "tabs", "full-width", "wrapped label", "title reworded", "sentence before"],
)
def test_every_cell_is_right(report_text: str, edit) -> None:
    reading = read(edit(report_text))
    assert len(reading.cells) == 200
    assert {c.key: c.value for c in reading.cells if c.value} == TRUE
    assert wrong(reading) == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace(" 0 |", " / |"),
        lambda text: text.replace(" 0 |", " |"),
        lambda text: text.replace("（二）部分公开 | 0 | 0", "（二）部分公开 | 0"),
        lambda text: text.replace("| 2.重复申请", "- 4 -\n| 2.重复申请"),
        lambda text: text.replace("| 2.重复申请 |", "| 2.重复申请\n5\n|"),
        lambda text: text.replace("结果纠正 | 其他结果", "其他结果 | 结果纠正"),
        lambda text: text.replace(" | ", " ").replace("| ", "").replace(" |", ""),
        lambda text: "\n".join(x for x in text.split("\n") if "信访举报" not in x),
        lambda text: text.replace("1,204", "1204.0"),
    ],
    ids=["slashes", "blanks", "a cell lost", "page number", "number in a row", "columns swapped",
         "spaces", "row dropped", "decimals"],
)  # fmt: skip
def test_no_edit_makes_a_cell_silently_wrong(report_text: str, edit) -> None:
    reading = read(edit(report_text))
    assert wrong(reading) == []
    unread = [cell.key for cell in reading.cells if cell.how == "unread"]
    named = [notice.where or "" for notice in reading.warnings if notice.code == "unread_cell"]
    assert all(any(key.startswith(where) for where in named) for key in unread)


def test_columns_follow_the_header(report_text: str) -> None:
    edited = report_text.replace("商业企业 | 科研机构", "科研机构 | 商业企业")
    tables = Tables(read(edited).cells)
    assert tables.value("requests", "new", "research") == 1
    assert tables.value("requests", "new", "business") == 0


def test_a_sub_total_is_never_taken_for_the_row_whose_label_ends_above_it(report_text: str) -> None:
    """A label run into its first number leaves six, and the label's second half names the row again."""
    label = "5.要求行政机关确认或重新出具已获取信息"
    before, found, after = report_text.partition(label)
    assert found
    rest = after.partition("\n")[2]
    row = "5.要求行政机关确认或0 3 0 0 0 0 3\n重新出具已获取信息\n小计 1 4 0 7 1 9 22\n"
    values = Tables(read(before.rstrip("| ") + "\n" + row + rest).cells).requests
    assert values is not None
    got = values["not_processed.reconfirmation"]
    assert all(value in (None, true) for value, true in zip(got.values(), (0, 3, 0, 0, 0, 0, 3), strict=True))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("0 0 0 25 0 0 0 22 22 16 2 1 34 53\n25", None),  # 25 has slipped out of its place
        ("0 25 0 0 25 0 0 0 22 22\n16 2 1 34 53", 25),  # wrapped, and every sum holds
    ],
)
def test_table_four_over_two_lines_is_read_where_its_sums_hold(
    report_text: str, printed: str, expected: int | None
) -> None:
    head = report_text[: report_text.index("四、政府信息公开行政复议")]
    words = "结果维持 结果纠正 其他结果 尚未审结 总计 "
    table = f"四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n{words}未经复议直接起诉 复议后起诉\n{words * 2}\n{printed}\n"
    reading = read(head + table + "五、存在的主要问题及改进情况\n")
    assert Tables(reading.cells).value("review", "reconsideration", "corrected") == expected
    assert (expected is None) == any((n.where or "").startswith("review") for n in reading.warnings)


def test_a_table_four_whose_header_wraps_unevenly_is_named_in_a_warning(report_text: str) -> None:
    head = report_text[: report_text.index("四、政府信息公开行政复议")]
    table = (
        "四、政府信息公开行政复议、行政诉讼情况\n行政 行政\n复议 诉讼\n结果 结果纠 其他 尚未审 总计 未经复议 复议\n"
        "维持 正 结果 结 直接起诉 后起诉\n结果 结果 其他 尚未审 总计 结果 结果纠 其他结 尚未审 总计\n"
        "维持 纠正 结果 结 维持 正 果 结\n1 0 0 0 1 0 0 0 0 0 0 0 0 0 0\n"
    )
    reading = read(head + table)
    assert all(cell.table != "review" for cell in reading.cells)
    assert ("blank_table", "review") in {(n.code, n.where) for n in reading.warnings}


def test_a_blank_that_the_sums_settle_is_derived(report_text: str) -> None:
    edited = report_text.replace("申请数量 | 3 | 1 |", "申请数量 | / | 1 |", 1)
    cell = next(c for c in read(edited).cells if c.key == "requests.new.natural_person")
    assert (cell.value, cell.how) == (3, "derived")


def test_numbers_that_disagree_are_read_as_printed_and_the_check_fails(report_text: str) -> None:
    edited = report_text.replace(
        "（一）予以公开 | 3 | 1 | 0 | 0 | 0 | 0 | 4", "（一）予以公开 | 3 | 1 | 0 | 0 | 0 | 0 | 5"
    )
    reading = read(edited)
    assert Tables(reading.cells).value("requests", "granted", "total") == 5
    failed = {c.where for c in run_checks(reading.cells, ()) if c.status == "fail"}
    assert "requests.granted" in failed


def test_cells_point_at_their_numbers(report_text: str) -> None:
    document = readers.read(report_text.encode(), "txt")
    for cell in extract_tables(document, (), "2021").cells:
        assert cell.start is not None and cell.end is not None
        assert float(document.text[cell.start : cell.end].replace(",", "")) == cell.value


def test_the_real_report_gives_two_hundred_cells(real_report) -> None:
    reading = extract_tables(readers.read(real_report), (), "2021")
    assert {c.key: c.value for c in reading.cells if c.value != 0} == {
        "disclosure.normative_documents.in_force": 1,
        "disclosure.licences.decisions": 1,
        "disclosure.penalties.decisions": 1,
    }
    assert len(reading.cells) == 200 and reading.warnings == ()
