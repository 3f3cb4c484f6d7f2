"""Which lines are narrative, and which belong to a flattened table."""

from __future__ import annotations

import pytest

from nlp.clauses import ordinal_of
from nlp.document import fold
from nlp.narrative import cut_line
from nlp.table_lines import is_table_line


@pytest.mark.parametrize(
    "line",
    [
        "| 规章 | 0 | 0 | 0 |", "3.补正后申请内容仍不明确", "3.补正后申请内容仍不明确 |", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.信访举报投诉类申请", "二、上年结转政府信息公开申请数量", "8.属于行政查询事项", "0", "2.重复申请\t0\t0\t0\t0\t0\t0\t0",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ],
)  # fmt: skip
def test_cells_and_row_labels_are_no_clauses(line: str) -> None:
    assert is_table_line(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "一是公开内容不够全面；", "予以公开5件，部分公开1件。", "3.政策解读形式单一", "对重复申请多次沟通，主动说明情况。",
        "上年结转2件，均已办结", "（二）依申请公开情况",
    ],
)  # fmt: skip
def test_sentences_are_kept(line: str) -> None:
    assert not is_table_line(fold(line))


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("二是更新慢", (2, 2)), ("(十二)加强培训", (12, 4)), ("第三,公开", (3, 3)), ("④拓宽渠道", (4, 1)),
        ("其次,更新慢", (2, 3)), ("主动公开", (None, 0)),
        ("三五、加强培训", (None, 0)), ("(十三五)规划", (None, 0)), ("一二是更新慢", (None, 0)), ("十十、公开", (None, 0)),
    ],
)  # fmt: skip
def test_the_ordinal_at_the_head_of_a_clause(text: str, ordinal: tuple[int | None, int]) -> None:
    assert ordinal_of(text) == ordinal


def test_numerals_that_make_no_number_stop_nothing() -> None:
    assert [clause.text for clause in cut_line("一二是内容不全面。三五、更新慢。")] == ["一二是内容不全面", "三五、更新慢"]


@pytest.mark.parametrize("year", range(2008, 2026))
def test_of_years_named_equally_often_the_first_is_the_reports(year: int) -> None:
    clauses = cut_line(f"{year}年公开信息5条。{year + 1}年将细化目录。")
    assert [clause.year_gap for clause in clauses] == [0, 1]
