"""Placed characters to lines and paragraphs: values stay apart from labels and from page numbers."""

from __future__ import annotations

import pytest

from nlp.readers.layout import UNREAD, Char, Frame, Line, continues, lines_of

_EM = 10.0


def row(label: str, gap: float, *values: str, top: float = 0.0, at: float | None = None) -> list[Char]:
    """A printed row: the label, ``gap`` ems, then values of narrow digits three ems apart."""
    chars = []
    x = 0.0
    for letter in label:
        chars.append(Char(letter, x, top, x + _EM, top + _EM))
        x += _EM
    x = x + gap * _EM if at is None else at
    for value in values:
        for letter in value:
            width = _EM if letter >= "\u3400" else _EM / 2
            chars.append(Char(letter, x, top, x + width, top + _EM))
            x += width
        x += 3 * _EM
    return chars


@pytest.mark.parametrize(
    ("label", "gap", "printed"),
    [
        ("属于行政执法", 0.45, "属于行政执法 12 0 0 3 0 0 15"),
        ("属于行政执法", 1.2, "属于行政执法 12 0 0 3 0 0 15"),
        ("新收", 0.25, "新收12 0 0 3 0 0 15"),  # what a typesetter puts between scripts
    ],
)
def test_values_stand_apart_from_a_label_that_comes_near(label: str, gap: float, printed: str) -> None:
    (line,) = lines_of(row(label, gap, "12", "0", "0", "3", "0", "0", "15"))
    assert line.text == printed


def test_a_sentence_with_few_numbers_is_left_as_it_is() -> None:
    (line,) = lines_of(row("收到申请", 0.45, "12", "3"))
    assert line.text == "收到申请12 3"


def test_a_sub_total_below_a_row_is_no_wrapped_number() -> None:
    values = ("1", "0", "0", "3", "0", "0", "4")
    above = row("8.属于行政查询事项", 1, *values, at=120)
    below = row("小计", 1, *values, top=14, at=120)
    assert [line.text for line in lines_of([*above, *below])] == [
        "8.属于行政查询事项 1 0 0 3 0 0 4", "小计 1 0 0 3 0 0 4",
    ]  # fmt: skip


def test_digits_wrapped_below_their_numbers_are_unread() -> None:
    above = row("属于行政查询事项", 1, "138", "0", "0", "3", "0", "0", "141", at=120)
    digits = [Char("9", 122, 14, 127, 24)]
    assert UNREAD in lines_of([*above, *digits])[0].text


FRAME = Frame(0, 300, _EM, 14)


def line(text: str, top: float, x1: float = 300) -> Line:
    return Line(text, 0, top, x1, top + _EM, _EM)


@pytest.mark.parametrize(
    ("above", "below", "goes_on"),
    [
        ("新收政府信息公开申请 13348 78 13816", "8", False),  # 138168 would be nobody's number
        ("行政许可 221150", "2", False),
        ("逾期未按收费 2 0 0 0 0 0 2", "通知要求缴纳费用", False),
        ("结果维持 结果纠正 总计", "无 - / 5 5", False),
        ("结果维持 结果纠正 总计", "413件 1826件 275件", False),
        ("全年主动公开政府信息128条，收到申请", "4件，予以公开3件。", True),
        ("其中规章2件，行政许可", "12件。", True),
    ],
)
def test_rows_and_page_numbers_are_no_rest_of_a_paragraph(above: str, below: str, goes_on: bool) -> None:
    assert continues(line(above, 0), line(below, 14), FRAME, True) is goes_on
