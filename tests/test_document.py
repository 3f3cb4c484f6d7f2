from hypothesis import given
from hypothesis import strategies as st

from nlp.document import TextBuilder, clean, fold
from nlp.report import Source


@given(st.text())
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_clean_takes_out_what_cannot_be_seen_and_mends_radicals() -> None:
    assert clean("\ufeff⼀、总\u200b体\r\n⻓") == "一、总体\n长"


def test_fold_unifies_widths_and_brackets() -> None:
    assert fold("（一）１２，〔2021〕30号　“甲”") == '(一)12,[2021]30号 "甲"'


def test_cells_of_a_grid_point_at_their_text() -> None:
    builder = TextBuilder()
    builder.paragraph("二、主动公开")
    builder.grid([(0, 0, 1, 1, "规章"), (0, 1, 1, 1, " 12 "), (1, 0, 1, 2, "行政\n许可")])
    document = builder.build(Source("x", "txt", ""))
    shown = [document.text[cell.start : cell.end] for cell in document.blocks[1].cells]
    assert shown == ["规章", "12", "行政 许可"]
