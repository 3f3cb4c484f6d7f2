"""Where a copy may begin and end: never inside a number, a negation or a quantity."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.plan_items import ITEM_KINDS, Plan, PlanItem
from nlp.plan_tokens import SPECIALS, Vocabulary, copy_bounds
from nlp.words import cut


def words(text: str) -> tuple[str, ...]:
    return tuple(cut(text))


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("公开信息约1,914余件", "约1,914余件"),
        ("占全部申请的42.9%", "42.9%"),
        ("公开内容不够全面", "不够全面"),
        ("尚未形成合力", "尚未形成合力"),
        ("访问量达175万余人次", "175万余人次"),
        ("业务水平有待提高", "有待提高"),
        ("收费96171.6万元", "96171.6万元"),
    ],
)
def test_what_is_glued_goes_whole(text: str, glued: str) -> None:
    starts, ends = copy_bounds(text, words)
    low = text.index(glued)
    inside = set(range(low + 1, low + len(glued)))
    assert not inside & starts and not inside & ends


@example("不00.")
@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="公开信息不未约近余件条0123456789.,%万的内容全面，及时有待", max_size=40))
def test_no_copy_divides_a_number_and_the_whole_can_be_copied(text: str) -> None:
    starts, ends = copy_bounds(text, words)
    for match in re.finditer(r"\d[\d,.]*", text):
        inside = set(range(match.start() + 1, match.end()))
        assert not inside & starts and not inside & ends
    if text:
        assert 0 in starts and len(text) in ends


def test_tokens_point_into_their_items() -> None:
    items = [PlanItem("agency", "沅渚县林业局", 0, 6), PlanItem("figure", "公开33件", 9, 14)]
    tokens = Vocabulary(SPECIALS, SPECIALS).encode_plan(Plan(tuple(items)), words)
    assert tokens.items == (0, 1, 1, 1, 1)
    assert [items[i].text[low:high] for i, low, high in tokens.places] == [
        "沅渚县林业局", "公", "开", "33", "件",
    ]  # fmt: skip
    assert tokens.within == (0, 0, 1, 2, 3)
    assert tokens.kinds == (ITEM_KINDS.index("agency"), *[ITEM_KINDS.index("figure")] * 4)
    assert tokens.breaks == (True, False, False, False, True)
    assert not tokens.closes[3], "a count is not parted from its unit"
