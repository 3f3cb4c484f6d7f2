"""What kept an official from signing a summary: one table a kind, sentences of our own."""

from __future__ import annotations

import pytest

from nlp.plan import candidates, choose_items
from nlp.plan_figures import numbers_of
from nlp.plan_items import ItemKind, PlanItem, Stretch, item_of
from nlp.plan_parts import is_task, own_name, stands_first, stands_last
from nlp.plan_rank import rank_of, stock_rarity
from nlp.plan_variants import variants_of
from nlp.report import Meta, Tables

META = Meta("沅渚县供水公司", None, 2022)


def stretch(text: str, label: str = "done", start: int = 0) -> Stretch:
    return Stretch(text, start, start + len(text), label, "problems")  # type: ignore[arg-type]


def ways(kind: ItemKind, text: str, whole: bool = False) -> set[str]:
    return {one.text for one in variants_of(PlanItem(kind, text, 0, len(text), whole=whole))}


@pytest.mark.parametrize(
    ("kind", "text", "never"),
    [
        # No subject, no object, no frame alone.
        ("problem", "水质公报术语多，缺少通俗说明", "缺少通俗说明"),
        ("problem", "公开内容不够细，质量有待提高", "质量有待提高"),
        ("commitment", "补拍水表照片，分两批上网", "分两批上网"),
        ("commitment", "凡涉及水价的事项，一律开听证会", "一律开听证会"),
        ("commitment", "凡涉及水价的事项，一律开听证会", "凡涉及水价的事项"),
        ("commitment", "编制停水日历，在不误抢修的前提下，提前三天发布", "编制停水日历，在不误抢修的前提下"),
        # 主动 belongs to what it says.
        ("problem", "部分站所主动公开意识不强", "部分站所公开意识不强"),
        ("problem", "有的站所坐等催办，主动报送的很少", "报送的很少"),
        # An outcome stays with its own case.
        ("review", "行政复议5件，其中纠正2件，复议后起诉3件，其中纠正1件", "行政复议5件，其中纠正2件，其中纠正1件"),
        ("review", "发生复议7件，维持6件；行政诉讼4件，被依法纠错1件", "发生复议7件，被依法纠错1件"),
        ("review", "没有人申请公开，没有复议和诉讼", "没有人申请公开"),
        ("deed", "修订值班制度，把“首问负责”写进值班表", "修订值班制度"),
    ],
)  # fmt: skip
def test_no_way_to_say_it_leaves_a_part_in_the_air(kind: ItemKind, text: str, never: str) -> None:
    said = ways(kind, text, whole=kind == "review" and "件" in text)
    assert never not in said and said


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("problem", "但离用户的期望还有不小差距，水表更换公告发得晚", "水表更换公告发得晚"),
        ("problem", "由于组建时间短，仍存在一些不足，如：管网图没有上网等", "管网图没有上网"),
        ("problem", "与用户的要求相比，在实际工作中，停水通知发得偏晚", "停水通知发得偏晚"),
        ("problem", "存在抄表员业务不熟练", "抄表员业务不熟练"),
        ("problem", "存在重抢修、轻告知的思想", "存在重抢修、轻告知的思想"),
        ("problem", "有些告示贴得太高", "有些告示贴得太高"),
        ("commitment", "对此，我公司将增印告示", "增印告示"),
        ("commitment", "针对告示太少的问题，拟增印告示三种", "增印告示三种"),
        ("commitment", "要求各站所每周巡查公告栏", "要求各站所每周巡查公告栏"),
        ("commitment", "改进措施今后，要多印告示", "多印告示"),
        ("figure", "主动公开情况公司网站全年发布信息12条", "公司网站全年发布信息12条"),
        ("figure", "发布停水通知30次，其中：", "发布停水通知30次"),
        ("review", "没有收到申请，没有因信息公开引起的复议和诉讼", "没有因信息公开引起的复议和诉讼"),
        ("review", "收到以我局为被申请人的行政复议案件2件", "收到以我局为被申请人的行政复议案件2件"),
    ],
)  # fmt: skip
def test_what_announces_an_item_is_no_part_of_it(kind: ItemKind, text: str, wanted: str) -> None:
    item = item_of(kind, stretch(text), 2022)
    assert item is not None and item.text == wanted
    assert text[item.start : item.end] == wanted


def test_a_task_among_the_problems_is_told_as_a_need() -> None:
    plan = choose_items(candidates(META, "", [stretch("进一步规范抄表公示", "problem")], Tables(), ()), "")
    (item,) = plan.of("problem")
    assert item.text.startswith("需") and item.sources == ((1, 7, 3, 9),)
    assert not is_task("规范程度不够") and not is_task("抄表公示不规范")


@pytest.mark.parametrize(
    ("text", "agency", "cut"),
    [("区残联在网站公开9条", "沅渚区残疾人联合会", 3), ("公司公开9条信息", "沅渚县供水公司", 2),
     ("县政府网站发布9条", "沅渚县人民政府", 0), ("市民在窗口查阅9次", "沅渚市供水公司", 0)],
)  # fmt: skip
def test_the_office_is_named_once(text: str, agency: str, cut: int) -> None:
    assert own_name(text, agency) == cut


@pytest.mark.parametrize(
    ("kind", "text"),
    [("deed", "严格公文管理"), ("deed", "按申请主体分，自然人9件"), ("deed", "把公开作为转变作风的重要抓手"),
     ("commitment", "新进人员多，业务能力有待加强"), ("commitment", "改进措施"), ("review", "没有与诉讼有关的支出"),
     ("figure", "全年召开4次"), ("request", "重复申请1件")],
)  # fmt: skip
def test_what_says_nothing_is_no_candidate(kind: ItemKind, text: str) -> None:
    assert rank_of(kind, PlanItem(kind, text, 0, len(text)), stock_rarity) is None


def test_of_what_was_published_in_all_years_the_years_own_is_said() -> None:
    text = "截至2022年12月31日，累计主动公开信息631条，其中2022年公开187条"
    (item,) = candidates(META, "", [stretch(text)], Tables(), ()).of("figure")
    assert item.whole and item.text == "主动公开信息187条"


def test_the_outcome_of_lawsuits_is_none_of_reviews() -> None:
    text = "因信息公开被申请复议58件，维持47件；被诉33件，驳回诉讼请求28件，败诉2件"
    found = numbers_of([stretch(one, "done", n * 99) for n, one in enumerate(text.split("；"))], (), Tables(), text, 2022)
    said = [item.text for item in found.items if item.kind == "review"]
    assert all("败诉" not in one or "被诉33件" in one for one in said)


def test_a_part_stands_where_it_can() -> None:
    folded = "水价调整时,先听证,水质公报难懂"
    assert not stands_last(folded, 0, 5) and stands_last(folded, 6, 9)
    assert stands_first("problem", folded, 10, len(folded))
