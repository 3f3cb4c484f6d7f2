"""Tables as figures of real ones of 2019 to 2025 show them: cut, filled in otherwise, flattened by
scrapers. Every cell is right, or null with a warning; what is not shown is never given."""

from __future__ import annotations

import pytest

from nlp import readers
from nlp.script import simplified
from nlp.tables import TablesReading, extract_tables

HEADER = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况",
          "自然人 | 法人或其他组织 | 总计", "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他"]  # fmt: skip
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
GRANTED, PARTLY = "三、本年度办理结果 | （一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
SECRET = "（三）不予公开 | 1.属于国家秘密"
OLD = "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量"


def read(*lines: str) -> TablesReading:
    return extract_tables(readers.read("\n".join(lines).encode(), "txt"), (), "2021")


def values(reading: TablesReading) -> dict[str, float | None]:
    return {cell.key: cell.value for cell in reading.cells}


def given(reading: TablesReading) -> dict[str, float]:
    return {cell.key: cell.value for cell in reading.cells if cell.value is not None}


def warned(reading: TablesReading, key: str) -> bool:
    return any(n.where and (key == n.where or key.startswith(n.where + ".")) for n in reading.warnings)


def row(label: str, numbers: str) -> str:
    return " | ".join([label, *numbers.split()])


# --- cut ---------------------------------------------------------------------------------


def test_rows_that_a_cut_table_does_not_show_are_null_though_sums_would_give_them() -> None:
    zeros = "0 0 0 0 0 0 0"
    reading = read(*HEADER, *(row(label, zeros) for label in (NEW, CARRIED, GRANTED, PARTLY, SECRET)),
                   row("2.其他法律行政法规禁止公开", zeros))  # fmt: skip
    assert len(given(reading)) == 6 * 7
    assert set(given(reading).values()) == {0}
    null = [cell.key for cell in reading.cells if cell.value is None]
    assert null
    assert all(warned(reading, key) for key in null)


@pytest.mark.parametrize("last", [PARTLY, row(PARTLY, "1"), row(PARTLY, "0 0 0")])
def test_the_row_in_which_a_table_is_cut_is_null(last: str) -> None:
    reading = read(*HEADER, row(NEW, "2 1 0 0 0 0 3"), row(CARRIED, "0 0 0 0 0 0 0"),
                   row(GRANTED, "2 0 0 0 0 0 2"), last)  # fmt: skip
    assert len(given(reading)) == 3 * 7
    assert values(reading)["requests.partly_granted.natural_person"] is None


def test_two_rows_below_the_forms_header_are_a_table() -> None:
    reading = read(*HEADER, row(NEW, "12 0 0 0 0 0 12"), row(CARRIED, "1 0 0 0 0 0 1"))
    assert given(reading)["requests.new.total"] == 12
    assert given(reading)["requests.carried_in.natural_person"] == 1


@pytest.mark.parametrize(
    ("lines", "where"),
    [([*HEADER], "requests"), ([*HEADER, NEW], "requests"),
     (["四、结转下年度继续办理 0 0 0 0 0 0 0"], "requests"), (["信息内容 | 本年制发件数 | 现行有效件数"], "disclosure")],
    ids=["header alone", "a label alone", "a row without its header", "header of table two"],
)  # fmt: skip
def test_a_piece_of_a_table_that_cannot_be_read_is_named(lines: list[str], where: str) -> None:
    reading = read("某局2021年政府信息公开工作年度报告", *lines)
    assert given(reading) == {}
    assert where in [notice.where for notice in reading.warnings if notice.code == "blank_table"]


# --- table two ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [("采购总金额", "8040", None), ("采购总金额", "52.15", None), ("采购总金额", "0", 0), ("采购总金额", "80400元", 8.04),
     ("采购总金额", "712.187895万元", 712.187895), ("采购总金额（单位：万元）", "52.15", 52.15),
     ("采购总金额（单位：元）", "15000000", 1500)],
)  # fmt: skip
def test_an_amount_of_procurement_needs_a_unit(head: str, cell: str, value: float | None) -> None:
    reading = read("信息内容 | 上一年项目数量 | 本年增/减", "行政事业性收费 | 2 | -1",
                   f"信息内容 | 采购项目数量 | {head}", f"政府集中采购 | 6 | {cell}")  # fmt: skip
    found = values(reading)
    assert (found["disclosure.procurement.projects"], found["disclosure.procurement.amount"]) == (6, value)
    assert warned(reading, "disclosure.procurement.amount") is (value is None)
    assert ("no_unit" in [notice.code for notice in reading.warnings]) is (value is None)


@pytest.mark.parametrize(
    ("change", "value"),
    [("增98", 98), ("减4", -4), ("减少 4", -4), ("0/0", 0), ("+173", 173), ("-76宗", -76), ("增", None), ("/", None),
     ("减 4", -4)],
)  # fmt: skip
@pytest.mark.parametrize("bars", [True, False], ids=["bars", "a cell a line"])
def test_a_change_in_words(change: str, value: float | None, bars: bool) -> None:
    lines = ["信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量", "规章 | 0 | 0 | 0",
             OLD, f"行政许可 | 92 | {change} | 190", "行政处罚 | 5 | 0 | 7"]  # fmt: skip
    if not bars:
        lines = [cell for line in lines for cell in line.split(" | ")]
    found = values(read(*lines))
    got = [found[f"disclosure.licences.{column}"] for column in ("items_before", "change", "decisions")]
    assert got == [92, value, 190]


@pytest.mark.parametrize("change", ["下降4", "下降 4", "负4", "负 4", "- 4"])
def test_a_change_in_words_that_are_not_known_is_null(change: str) -> None:
    lines = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量", "规章", "0", "0", "0",
             *OLD.split(" | "), "行政许可", "92", change, "190"]  # fmt: skip
    for reading in (read(*lines), read(" | ".join(lines[:4]), "规章 | 0 | 0 | 0", OLD, f"行政许可 | 92 | {change} | 190")):
        assert values(reading)["disclosure.licences.change"] is None
        assert warned(reading, "disclosure.licences.change")


def test_a_change_in_words_is_no_count() -> None:
    reading = read(OLD, "行政许可 | 增92 | 1 | 190", "行政处罚 | 5 | 0 | 7")
    assert values(reading)["disclosure.licences.items_before"] is None
    assert warned(reading, "disclosure.licences.items_before")


@pytest.mark.parametrize("tail", ["", " |  |"], ids=["two cells", "a third, empty"])
def test_fees_of_2019_have_two_columns(tail: str) -> None:
    reading = read(OLD, "行政许可 | 9 | 1 | 23", "信息内容 | 上一年项目数量 | 本年增/减" + tail,
                   "行政事业性收费 | 4 | -1" + tail)  # fmt: skip
    found = values(reading)
    assert (found["disclosure.fees.items_before"], found["disclosure.fees.change"]) == (4, -1)
    assert found["disclosure.fees.amount"] is None
    assert warned(reading, "disclosure.fees.amount")


def test_a_header_with_a_damaged_word_is_no_shorter_header() -> None:
    reading = read(OLD, "行政许可 | 9 | 1 | 23", "信息内容 | 上一年项目数量 | 本年増減 | 处理决定数量", "行政处罚 | 4 | 7")
    assert [values(reading)[f"disclosure.penalties.{c}"] for c in ("items_before", "decisions")] == [None, None]


def test_forms_that_are_mixed_are_read_by_their_headers() -> None:
    reading = read("信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量", "规章 | 0 | 0 | 1",
                   "信息内容 | 处理决定数量", "行政许可 | 117", "信息内容 | 收费总金额（万元）", "行政事业性收费 | 2.5")  # fmt: skip
    assert given(reading) == {
        "disclosure.regulations.made": 0, "disclosure.regulations.published": 0, "disclosure.regulations.in_force": 1,
        "disclosure.licences.decisions": 117, "disclosure.fees.amount": 2.5,
    }  # fmt: skip


# --- table three -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "first", "last"),
    [(["2 1 0 0 0 0 3", "0 0 0 0 0 0 0", "2 0 0 0 0 0 2"], 2, 3), (["3 2 1 0 0 0 0", "2 2 0 0 0 0 0", "0 0 0 0 0 0 0"], 2, 3),
     (["2 1 0 0 0 0 4", "0 0 0 0 0 0 0", "2 0 0 0 0 0 2"], None, None)],
    ids=["flattened first", "printed first", "sums do not tell"],
)  # fmt: skip
def test_a_total_that_comes_first_in_the_header_is_placed_by_sums(
    rows: list[str], first: int | None, last: int | None
) -> None:
    head = [HEADER[0], "总计 | 自然人 | 法人或其他组织", HEADER[2]]
    found = values(read(*head, *(row(*one) for one in zip((NEW, CARRIED, GRANTED), rows, strict=True))))
    assert (found["requests.new.natural_person"], found["requests.new.total"]) == (first, last)


def test_a_total_that_slid_beside_its_number_is_nobodys() -> None:
    slid = "3 |\n3 |\n|\n|\n|\n|\n|"
    reading = read(*HEADER, *(f"{label} |\n{slid}" for label in (NEW, CARRIED, "（一）予以公开", PARTLY)))
    assert values(reading)["requests.new.business"] is None
    assert warned(reading, "requests.new.business")


def test_of_empty_cells_within_and_before_a_row_of_a_grid_none_is_taken_off() -> None:
    """A cell too many may be a sliver of a column anywhere: the rules of a PDF make such."""
    cells = [" ", "19", " ", "0", "2", "0", " ", "21"]
    rows = [row(NEW, "7 19 0 2 0 0 28").split(" | "), row(CARRIED, "0 0 0 0 0 0 0").split(" | "),
            row("（一）予以公开", "7 0 0 0 0 0 7").split(" | "), row(PARTLY, "0 0 0 0 0 0 0").split(" | "),
            ["四、结转下年度继续办理", *cells]]  # fmt: skip
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in one) + "</tr>" for one in rows)
    document = readers.read(f"<html><body><table>{page}</table></body></html>".encode(), "html")
    found = values(extract_tables(document, (), "2021"))
    assert found["requests.carried_out.natural_person"] in (0, None)
    assert found["requests.new.total"] == 28


def _blank_lines(*cells: str) -> str:
    return "\n".join(cell + "\n" if cell else "" for cell in cells)


def test_blank_lines_are_empty_cells_where_every_row_then_has_seven() -> None:
    rows = [_blank_lines(NEW, "103", "3", "", "", "1", "", "107"), _blank_lines(CARRIED, "8", "0", "", "0", "", "", "8"),
            _blank_lines("（一）予以公开", "41", "2", "", "", "1", "", "44"), _blank_lines(PARTLY, *[""] * 7),
            _blank_lines("（三）不予公开", "1.属于国家秘密", *[""] * 7)]  # fmt: skip
    head = _blank_lines("申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织",
                        "法律服务机构", "其他")  # fmt: skip
    found = values(read(head, *rows))
    assert [found[f"requests.new.{c}"] for c in ("natural_person", "business", "legal_service", "total")] == [103, 3, 1, 107]
    assert found["requests.partly_granted.total"] in (0, None)
    rows[1] = _blank_lines(CARRIED, "8", "0", "", "0", "", "8")
    assert values(read(head, *rows))["requests.new.legal_service"] is None


def test_a_row_of_bars_that_breaks_off_at_every_empty_cell_is_one_row() -> None:
    rows = [f"{label} | {n} |\n" + " |\n" * 4 + f" | {n}" for label, n in ((NEW, 25), (GRANTED, 7), (PARTLY, 1))]
    found = values(read(*HEADER, rows[0], CARRIED + " |\n" + " |\n" * 5 + " | 0", *rows[1:]))
    assert [found[f"requests.{r}.total"] for r in ("new", "carried_in", "granted", "partly_granted")] == [25, 0, 7, 1]
    assert found["requests.new.natural_person"] == 25


@pytest.mark.parametrize(("numbers", "value"), [("0 " * 15, 0), ("0 " * 14 + "1", None), ("0 " * 14, None)])
def test_fifteen_zeros_need_no_order_of_their_header(numbers: str, value: float | None) -> None:
    reading = read("行政复议 行政诉讼", "结果 结果 其他 尚未 总计 维持 纠正 结果 审结", "未经复议直接起诉 复议后起诉",
                   "结果 结果 其他 尚未 总计 结果 结果 其他 尚未 总计", "维持 纠正 结果 审结 维持 纠正 结果 审结", numbers)  # fmt: skip
    assert {values(reading).get(f"review.{r}.upheld") for r in ("reconsideration", "litigation_direct")} == {value}
    assert value == 0 or warned(reading, "review.reconsideration.upheld")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("規(规)章", "规   章"), ("規(章)", "规(章)"), ("項(一)", "项(一)"), ("规(规)章", "规(规)章")],
)
def test_the_simplified_character_behind_a_traditional_one_is_a_gloss(text: str, plain: str) -> None:
    assert simplified(text) == plain
