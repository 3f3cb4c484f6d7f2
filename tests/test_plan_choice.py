"""Ways to say an item, what they are worth, and the choice that says most in a room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.entail import unsafe_cuts
from nlp.plan_choice import Way, best_of, choose
from nlp.plan_items import PlanItem
from nlp.plan_value import value_of
from nlp.plan_variants import variants_of


def item(kind: str, text: str, whole: bool = False, place: int = 7) -> PlanItem:
    return PlanItem(kind, text, place, place + len(text), whole=whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("problem", "便民栏目还不完善，信息更新不及时",
         {"便民栏目不完善", "信息更新不及时", "便民栏目不完善，信息更新不及时"}),
        # Of some: what comes after is said of them too.
        ("problem", "一些栏目还不完善，信息更新不及时",
         {"一些栏目不完善", "一些栏目不完善，信息更新不及时"}),
        # A ground says nothing alone; 部分 is never lost.
        ("problem", "由于人员变动，部分科室更新不及时",
         {"部分科室更新不及时", "由于人员变动，部分科室更新不及时"}),
        # A figure that admits nothing is no admission.
        ("problem", "关注用户约3.8万户，不到全部用户的一半", {"关注用户约3.8万户，不到全部用户的一半"}),
        ("commitment", "进一步加强业务培训，切实提高服务水平", {"加强业务培训", "提高服务水平", "加强业务培训，提高服务水平"}),
        # An outcome only behind what it is the outcome of.
        ("request", "全年收到政府信息公开申请9件，办结8件，结转下年1件",
         {"收到申请9件", "收到申请9件，办结8件", "收到申请9件，结转下年1件", "收到申请9件，办结8件，结转下年1件"}),
        ("review", "行政复议9件，纠正2件；行政诉讼4件，败诉1件",
         {"行政复议9件，行政诉讼4件", "行政复议9件，行政诉讼4件，败诉1件",
          "行政复议9件，纠正2件，行政诉讼4件", "行政复议9件，纠正2件；行政诉讼4件，败诉1件"}),
        ("figure", "全年公开信息12条，其中网站9条", {"公开信息12条", "公开信息12条，其中网站9条"}),
    ],
)  # fmt: skip
def test_each_way_to_say_an_item_is_true_if_the_whole_is(kind: str, text: str, wanted: set[str]) -> None:
    assert {one.text for one in variants_of(item(kind, text, kind in ("request", "review")))} == wanted


@given(st.lists(st.sampled_from(["栏目还不完善", "更新不及时", "由于人员少", "进一步加强培训", "部分股室不重视",
                                 "影响查阅", "除涉密外"]), min_size=1, max_size=5))  # fmt: skip
def test_every_piece_is_where_it_says_and_every_cut_safe(parts: list[str]) -> None:
    whole = item("problem", "，".join(parts))
    for one in variants_of(whole):
        for low, high, start, end in one.sources:
            assert one.text[low:high] == whole.text[start - 7 : end - 7]
        kept = [(start - 7, end - 7) for _, _, start, end in one.sources]
        assert not unsafe_cuts(whole.text, kept)


@given(st.lists(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=3), max_size=4),
       st.integers(0, 30))  # fmt: skip
def test_the_choice_is_the_best_that_fits(sizes: list[list[tuple[int, int]]], room: int) -> None:
    groups = [[Way(("problem", n), item("problem", "甲" * size), value) for size, value in group]
              for n, group in enumerate(sizes)]  # fmt: skip
    sums: dict[int, float] = {0: 0.0}
    for group in groups:
        step = dict(sums)
        for way in group:
            for used, value in sums.items():
                at = used + way.cost
                if at <= room:
                    step[at] = max(step.get(at, 0.0), value + way.value)
        sums = step
    chosen = best_of(groups, room)
    assert sum(way.cost for way in chosen) <= room and len({way.key for way in chosen}) == len(chosen)
    assert sum(way.value for way in chosen) == max(sums.values())


def test_nothing_is_said_twice_and_specific_counts_are_worth_more() -> None:
    twice = {"problem": [item("problem", "更新不及时，群众不满意"), item("problem", "信息更新不及时")]}
    assert len(choose(twice, 60)) == 2  # type: ignore[arg-type]
    same = {"figure": [item("figure", "公开信息12条")], "deed": [item("deed", "公开信息12条")]}
    assert len(choose(same, 60)) == 1  # type: ignore[arg-type]
    assert value_of(item("figure", "主动公开信息12条"), 0, 8) > value_of(item("deed", "举办活动"), 4, 4)
