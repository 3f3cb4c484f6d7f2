"""The content plan: what is said, cut to the part that says it, in the order of saying."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.plan import ROOM, candidates, choose_items, shortened
from nlp.plan_items import (
    ITEM_KINDS,
    LONGEST_ITEM,
    ItemKind,
    Plan,
    PlanItem,
    Stretch,
    brief_of,
    item_of,
)
from nlp.report import Cell, Fact, Meta, Tables

META = Meta("沅渚县林业局", None, 2022)


def stretch(text: str, label: str, start: int = 0) -> Stretch:
    return Stretch(text, start, start + len(text), label, "problems")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("problem", "一是公开内容不够全面；", "公开内容不够全面"),
        ("problem", "但是，主要问题是：更新不及时。", "更新不及时"),
        ("commitment", "下一步，我局将细化公开目录。", "细化公开目录"),
        ("commitment", "2023年，我局将继续加强培训。", "继续加强培训"),
        ("problem", "公开工作有所推进，但乡镇之间进展不平衡", "乡镇之间进展不平衡"),
        ("commitment", "新的一年，全市各级机关将清理过期文件", "全市各级机关将清理过期文件"),
        ("figure", "2022年，我局共公开信息12条。", "共公开信息12条"),
        # What is said of another year keeps it.
        ("request", "2021年，我局收到申请5件。", "2021年，我局收到申请5件"),
        # Of a long deed only the parts around its count are kept.
        ("deed", "坚持以人民为中心的发展思想，充分发挥便民服务平台的作用，加强与群众的沟通联系，全年受理12345各类咨询反映1914件，均有效回复",
         "全年受理12345各类咨询反映1914件"),
    ],
)  # fmt: skip
def test_a_stretch_is_cut_to_what_it_says(kind: str, text: str, wanted: str) -> None:
    item = item_of(kind, stretch(text, "done", 7), 2022)  # type: ignore[arg-type]
    assert item is not None and item.text == wanted
    assert item.start - 7 == text.index(wanted) and item.end - item.start == len(wanted)


@pytest.mark.parametrize("kind", ITEM_KINDS[2:])
@given(text=st.lists(st.sampled_from(
    ["主要是", "一是", "2022年", "我局", "但", "将", "还", "，", "；", "。", "：", "1.", "12条", "公开", "不够", "、"]), max_size=9,
).map("".join))  # fmt: skip
def test_no_stretch_is_too_bare_to_be_cut(kind: ItemKind, text: str) -> None:
    item = item_of(kind, stretch(text, "done", 7), 2022)
    assert item is None or text[item.start - 7 : item.end - 7] == item.text
    assert item_of(kind, stretch("主要是", "done"), 2022) is None


def test_items_are_stretches_of_the_report_and_not_long() -> None:
    text = "公开信息" * 60
    item = item_of("problem", stretch(text, "problem"))
    assert item is not None and len(item.text) <= LONGEST_ITEM
    assert text[item.start : item.end] == item.text


def test_general_admissions_give_way_to_specific_ones() -> None:
    stretches = [
        stretch("我局工作还存在一些不足", "problem"),
        stretch("一是更新不及时", "problem", 20),
    ]
    plan = choose_items(candidates(META, "", stretches, Tables(), ()), "")
    assert [item.text for item in plan.of("problem")] == ["更新不及时"]
    alone = choose_items(candidates(META, "", stretches[:1], Tables(), ()), "")
    assert len(alone.of("problem")) == 1


def test_requests_come_from_the_table_where_the_prose_is_silent() -> None:
    cells = Tables((Cell("requests", "new", "total", 12, "read", 40, 42),))
    text = "本年新收政府信息公开申请数量".ljust(40) + "12"
    plan = candidates(META, text, [stretch("更新不及时", "problem")], cells, ())
    assert [(i.text, i.start, i.literal) for i in plan.of("request")] == [
        ("收到政府信息公开申请12件", 40, False)
    ]
    told = stretch("全年收到申请12件", "done", 60)
    fact = Fact("requests_received", 12, "件", "12件", 66, 69)
    assert [i.literal for i in candidates(META, text, [told], cells, [fact]).of("request")] == [False]
    assert candidates(META, text, [told], cells, [fact]).of("request")[0].sources[0][2] == 60


def test_a_cell_that_was_not_printed_is_not_put_in_words() -> None:
    cells = Tables((Cell("requests", "new", "total", 12, "derived"),))
    assert not candidates(META, "", [stretch("更新不及时", "problem")], cells, ()).of("request")


def test_the_plan_fits_a_paragraph_and_keeps_the_order_of_saying() -> None:
    stretches = [
        stretch(f"{sign}是公开内容不够全面的第{n}个方面需要改进和完善", label, place + 100 * n)
        for label, place in (("commitment", 1000), ("problem", 0))
        for n, sign in enumerate("一二三四五六七八九", 1)
    ]
    text = "2022年".ljust(1080, "。") + "2023年，我局将：".ljust(20)
    plan = choose_items(candidates(META, text, stretches, Tables(), ()), text)
    kinds = [item.kind for item in plan.items]
    assert kinds[:2] == ["agency", "year"] and kinds.index("problem") < kinds.index("commitment")
    assert plan.items[kinds.index("commitment") - 1].text == "2023年"
    said = [item for item in plan.items if item.kind not in ("agency", "year")]
    assert len(said) >= 4 and sum(map(shortened, said)) <= ROOM
    fewer = choose_items(candidates(META, "", stretches, Tables(), ()), "", 0.5)
    assert len(fewer.items) < len(plan.items)


def test_a_plan_of_nothing_is_empty() -> None:
    assert choose_items(candidates(Meta(), "", (), Tables(), ()), "") == Plan(())
    assert PlanItem("problem", "甲", 0, 1).literal


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("problem", "由于人员变动，信息更新不及时，影响群众查阅", "信息更新不及时"),
        ("problem", "县（市、区）之间发展不平衡，3个县使用率偏低", "县（市、区）之间发展不平衡"),
        ("request", "因征地补偿等事项，全年收到申请9件，上年结转1件", "全年收到申请9件"),
        ("figure", "公开信息86,542条，同比增长12.7%", "公开信息86,542条"),
        ("figure", "制发行政规范性文件2件，废止1件", "制发行政规范性文件2件"),
        ("deed", "通过在线访谈的形式，回应社会关切", "回应社会关切"),
        ("commitment", "加强培训", "加强培训"),
    ],
)
def test_in_brief_an_item_is_its_first_assertion_or_its_count(kind: str, text: str, wanted: str) -> None:
    item = PlanItem(kind, text, 5, 5 + len(text))  # type: ignore[arg-type]
    brief = brief_of(item)
    assert brief.text == wanted and brief.start - 5 == text.index(wanted)


def test_a_count_of_nothing_named_is_not_said() -> None:
    found = [stretch("废止1件", "done"), stretch("公开信息12条", "done", 20)]
    assert [i.text for i in candidates(META, "", found, Tables(), ()).items[2:]] == ["公开信息12条"]


def test_more_is_said_in_brief_before_less_is_said_whole() -> None:
    long = "质量不高，以摘抄原文代替解读，企业看不懂"
    stretches = [
        stretch(f"{sign}是{what}政策的解读{long}", "problem", 100 * n)
        for n, (sign, what) in enumerate(zip("一二三四", "农林水电", strict=True))
    ]
    plan = choose_items(candidates(META, "", stretches, Tables(), ()), "")
    assert len(plan.of("problem")) == 4


def test_the_year_of_promises_is_said_only_where_their_lead_in_names_it() -> None:
    text = "一是更新慢。2023年，我局将加强培训。另外，我局将严格规范依申请公开。"
    found = [stretch("更新慢", "problem", 2), stretch("加强培训", "commitment", text.index("加强"))]
    plan = choose_items(candidates(META, text, found, Tables(), ()), text)
    assert [i.text for i in plan.of("year")] == ["2022年", "2023年"]
    found[1] = stretch("严格规范依申请公开", "commitment", text.index("严格"))
    plan = choose_items(candidates(META, text, found, Tables(), ()), text)
    assert [i.text for i in plan.of("year")] == ["2022年"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我乡将一是强化考核，实行季度抽查", "强化考核，实行季度抽查"),
        ("主动公开方面 2022年，通过各种渠道公开信息57条", "通过各种渠道公开信息57条"),
        ("本年度我局公开信息12条", "公开信息12条"),
    ],
)
def test_what_opens_an_item_is_taken_off_layer_by_layer(text: str, wanted: str) -> None:
    item = item_of("commitment", stretch(text, "done"), 2022)
    assert item is not None and item.text == wanted


def test_half_a_quotation_is_no_item() -> None:
    assert item_of("deed", stretch("谁发布、谁负责”", "done")) is None
