"""Which lines are narrative, and which belong to a flattened table."""

from __future__ import annotations

import pytest

from nlp.clauses import is_table_line
from nlp.document import fold


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
