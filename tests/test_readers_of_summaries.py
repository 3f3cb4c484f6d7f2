"""What blind readers of summaries found wrong, one table a kind, sentences of our own."""

from __future__ import annotations

import pytest

from nlp.document import fold
from nlp.drafts import Copy, Draft
from nlp.facts import roles
from nlp.paragraph import best_draft
from nlp.plan import candidates
from nlp.plan_figures import numbers_of
from nlp.plan_items import ItemKind, Plan, PlanItem, Stretch, item_of
from nlp.plan_rank import rank_of, stock_rarity
from nlp.plan_variants import variants_of
from nlp.report import Meta, Tables
from nlp.retouch import by_school_year, retouched
from nlp.scope import limiter_before
from nlp.verify import faults

META = Meta("汭原县林业局", None, 2022)


def stretch(text: str, label: str = "done", start: int = 0) -> Stretch:
    return Stretch(text, start, start + len(text), label)  # type: ignore[arg-type]


def ways(kind: ItemKind, text: str, whole: bool = False) -> set[str]:
    return {one.text for one in variants_of(PlanItem(kind, text, 0, len(text), whole=whole))}


def said(texts: list[str], year: int = 2022, before: str = "") -> dict[str, str]:
    """Requests and reviews of sentences that stand behind ``before``."""
    text, stretches = before, []
    for one in texts:
        stretches.append(stretch(one, "done", len(text)))
        text += one + "。"
    found = numbers_of(stretches, (), Tables(), text, year)
    return {item.kind: item.text for item in found.items}


# --- of whom: never the whole for some ---------------------------------------------------

LIMITED = [
    "个别林场无人值守，全年发布的信息只有八条",
    "部分苗圃站人手紧，苗木价格一年没有更新",
    "两个山区分局没有电脑员，上网的信息不足平原分局的一半",
    "有的护林点路远，告示几个月不换",
    "多数乡镇没有专栏，防火通告只贴在墙上",
    "少数科室怕麻烦，许可结果迟迟不报",
    "基层站所设备旧，图片传不上去",
    "但一些股室认识不到位，报送的信息质量不高",
]


@pytest.mark.parametrize("text", LIMITED)
def test_what_limits_a_lack_is_never_dropped(text: str) -> None:
    last = text.split("，")[-1]
    assert last not in ways("problem", text)
    report = f"一、问题\n{text}。"
    at = report.index(last)
    plan = Plan((PlanItem("agency", "汭原县林业局", 0, 0, False), PlanItem("problem", last, at, at + len(last))))
    shown = f"汭原县林业局存在的问题是{last}。"
    place = shown.index(last)
    draft = Draft(shown, (Copy(0, 6, 0, 0, 6), Copy(place, place + len(last), 1, 0, len(last))))
    assert "scope" in faults(draft, plan, report)


@pytest.mark.parametrize("text", LIMITED)
def test_with_its_subject_it_passes(text: str) -> None:
    report = f"一、问题\n{text}。"
    plan = candidates(META, report, [stretch(text, "problem", report.index(text))], Tables(), ())
    (item,) = plan.of("problem")
    shown = f"存在的问题是{item.text}。"
    draft = Draft(shown, (Copy(6, 6 + len(item.text), 0, 0, len(item.text)),))
    assert "scope" not in faults(draft, Plan((item,)), report)
    assert limiter_before(fold(report), item.start, True) is None


@pytest.mark.parametrize(
    "text",
    ["防火通告更新慢，苗木价格没有上网", "与2021年6月相比有改进，告示仍然偏少", "大多数站所按时报送，但苗木价格没有上网",
     "存在一些不足，苗木价格没有上网"],
)  # fmt: skip
def test_what_limits_nothing_does_not_hold(text: str) -> None:
    assert limiter_before(fold(text), text.rindex("，") + 1, True) is None


# --- no subject, no object ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "never"),
    [
        ("problem", "林权办事指南写得深，多数只有条文", "多数只有条文"),
        ("problem", "通告只在网站上发，林区老人看不到", "林区老人看不到"),
        ("problem", "检索功能弱，林农查找不便", "林农查找不便"),
        ("problem", "信息由护林员兼报，防火季一来就顾不上", "防火季一来就顾不上"),
        ("problem", "网页无人打理，挂的还是前年的防火图", "挂的还是前年的防火图"),
        ("problem", "报送不主动，需要再三催办才交", "需要再三催办才交"),
        ("problem", "答复人员兼管信访，精力难以兼顾", "精力难以兼顾"),
        ("commitment", "办好“进山说林”活动，每个林场每季度至少两场", "每个林场每季度至少两场"),
        ("commitment", "各科室设一名联络员，分担采集工作", "分担采集工作"),
        ("commitment", "每周核对告示栏，破损的及时更换", "破损的及时更换"),
        ("commitment", "会同气象部门和林场，发布火险预报", "会同气象部门和林场"),
        ("deed", "“护林通”小程序上线，收录古树613株、苗圃90处", "收录古树613株、苗圃90处"),
        ("deed", "开通“一键查林权”，输入证号可查，上线四个月查询量达9万次", "上线四个月查询量达9万次"),
    ],
)  # fmt: skip
def test_a_part_that_leans_on_the_one_before_is_not_said_alone(
    kind: ItemKind, text: str, never: str
) -> None:
    assert never not in ways(kind, text)


def test_labels_of_a_pair_are_no_part_of_it() -> None:
    pairs: tuple[tuple[ItemKind, str, str], ...] = (
        ("problem", "问题：火险预报发得晚", "火险预报发得晚"),
        ("commitment", "改进：提前两天发布火险预报", "提前两天发布火险预报"),
    )
    for kind, text, wanted in pairs:
        item = item_of(kind, stretch(text, kind), 2022)
        assert item is not None and item.text == wanted


def test_a_frame_at_the_end_is_left_out() -> None:
    item = item_of("commitment", stretch("放宽来源，使所公开的信息", "commitment"), 2022)
    assert item is not None and item.text == "放宽来源"


def test_a_rule_or_praise_is_no_problem() -> None:
    for text in ("明确“不存在”的答复须附检索记录", "主要经验是不怕麻烦"):
        assert rank_of("problem", PlanItem("problem", text, 0, len(text)), stock_rarity) is None


def test_two_of_a_list_are_two_though_a_comma_joins_them() -> None:
    text = "一是告示贴得太高，二是火险预报发得晚"
    items = candidates(META, text, [stretch(text, "problem")], Tables(), ()).of("problem")
    assert [item.text for item in items] == ["告示贴得太高", "火险预报发得晚"]


# --- reviews with their lawsuits, requests that add up ------------------------------------


def test_reviews_are_never_said_without_their_lawsuits() -> None:
    text = "被申请行政复议21件，其中维持11件，纠正4件，撤回6件；被提起行政诉讼13件，其中驳回10件，败诉3件"
    (review,) = [said(text.split("；"))["review"]]
    assert "诉讼13件" in review
    assert all("诉讼13件" in one for one in ways("review", review, whole=True))


def test_requests_add_up() -> None:
    told = said(["新收到申请7件，2021年结转的2件，已办结9件"])["request"]
    assert "结转的2件" in told
    for one in ways("request", told, whole=True):
        assert "办结" not in one or "结转的2件" in one
    # Where it cannot be said, neither is what was closed.
    assert "办结" not in said(["收到申请7件，办结9件", "这当中有上年结转2件"])["request"]


def test_a_request_is_told_though_only_the_heading_says_so() -> None:
    assert said(["收到3件，内容为林地征收"], before="（三）依申请公开。")["request"] == "收到申请3件"
    assert "request" not in said(["收到3件，内容为林地征收"], before="（三）来信来访。")


def test_not_one_case_is_none_and_no_count() -> None:
    assert said(["行政复议、行政诉讼方面，全年一件也没有"])["review"] == "无复议和诉讼"
    assert not roles("行政复议全年一件也没有") and roles("行政复议全年一件")


def test_the_years_own_figure_comes_before_that_of_all_years() -> None:
    text = "截至年底，历年累计主动公开信息931条，其中2022年新增87条"
    (item,) = candidates(META, text, [stretch(text)], Tables(), ()).of("figure")
    assert item.text == "主动公开信息新增87条" and item.whole
    assert [text[start:end] for _, _, start, end in item.sources] == ["主动公开信息", "新增", "87条"]


def test_what_was_closed_is_no_deed_beside() -> None:
    assert rank_of("deed", PlanItem("deed", "加上2021年结转的2件，办结9件", 0, 16), stock_rarity) is None


# --- the network's own words ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "link", "text", "wanted"),
    [
        ("deed", "全年", "5月20日办了林业开放日", "5月20日办了林业开放日"),
        ("deed", "全年", "林场逢集播放防火广播", "林场逢集播放防火广播"),
        ("deed", "全年", "举办防火培训9期", "全年举办防火培训9期"),
        ("deed", "还", "收录古树613株", "收录古树613株"),
        ("problem", "报告承认", "火险预报发得晚", "存在的问题是火险预报发得晚"),
    ],
)  # fmt: skip
def test_idle_words_go(kind: ItemKind, link: str, text: str, wanted: str) -> None:
    plan = Plan((PlanItem("figure", "公开信息9条", 0, 6), PlanItem(kind, text, 7, 7 + len(text))))
    start = 7 + len(link)
    draft = Draft(
        f"公开信息9条。{link}{text}。", (Copy(0, 6, 0, 0, 6), Copy(start, start + len(text), 1, 0, len(text)))
    )
    new = retouched(draft, plan, f"公开信息9条。{text}。")
    assert new.text == f"公开信息9条。{wanted}。"
    for copy in new.copies:
        assert new.text[copy.start : copy.end] == plan.items[copy.item].text[copy.low : copy.high]


def test_a_measure_keeps_its_ba() -> None:
    report = "将加强巡查，将属性审核作为签发前一环。"
    one, other = "加强巡查", "属性审核作为签发前一环"
    at = report.index(other)
    plan = Plan((PlanItem("commitment", one, 1, 5), PlanItem("commitment", other, at, at + len(other))))
    draft = Draft(f"下一步将{one}，{other}。", (Copy(4, 8, 0, 0, 4), Copy(9, 9 + len(other), 1, 0, len(other))))
    assert retouched(draft, plan, report).text == f"下一步将{one}，把{other}。"


def test_a_school_reports_on_its_school_year() -> None:
    report = "沅渚学院2014—2015学年信息公开年度报告\n主动公开信息9条。"
    at = report.index("主动公开")
    items = (PlanItem("agency", "沅渚学院", 0, 4), PlanItem("year", "2015年", 0, 5, False), PlanItem("figure", "主动公开信息9条", at, at + 8))
    text = "沅渚学院2015年主动公开信息9条。"
    draft = Draft(text, (Copy(0, 4, 0, 0, 4), Copy(4, 9, 1, 0, 5), Copy(9, 17, 2, 0, 8)))
    new, plan = by_school_year(draft, Plan(items), report)
    assert new.text == "沅渚学院2014—2015学年主动公开信息9条。"
    for copy in new.copies:
        item = plan.items[copy.item]
        assert new.text[copy.start : copy.end] == item.text[copy.low : copy.high]
    assert report[plan.items[1].start : plan.items[1].end] == "2014—2015学年"
    assert by_school_year(draft, Plan(items), report.replace("2014—2015学年", "2015年"))[0] is draft


def test_best_draft_takes_none_that_says_the_whole_for_some() -> None:
    report = "汭原县林业局\n个别林场无人值守，全年只发八条。"
    last = "全年只发八条"
    at = report.index(last)
    plan = Plan((PlanItem("problem", last, at, at + len(last)),))
    assert best_draft([Draft(f"存在的问题是{last}。", (Copy(6, 12, 0, 0, 6),))], plan, report, "short") is None


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("figure", "2021—2022学年，学院公开信息1863条", "学院公开信息1863条"),
        ("problem", "在肯定成绩的同时，我们也作了反思，有的林场把告示一贴了事", "有的林场把告示一贴了事"),
        ("figure", "做细主动公开全年通过局网站发布信息64条", "全年通过局网站发布信息64条"),
    ],
)  # fmt: skip
def test_school_years_praise_and_headings_are_openings(kind: ItemKind, text: str, wanted: str) -> None:
    item = item_of(kind, stretch(text), 2022)
    assert item is not None and item.text == wanted


# --- beginnings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("虽然做了一些事，但苗木价格一年没有更新", "苗木价格一年没有更新"),
        ("林权公示仍有待进一步规范等问题", "林权公示仍有待进一步规范"),
        ("也要看到，火险预报发得晚", "火险预报发得晚"),
    ],
)  # fmt: skip
def test_a_problem_begins_where_its_clause_begins(text: str, wanted: str) -> None:
    (item,) = candidates(META, text, [stretch(text, "problem")], Tables(), ()).of("problem")
    assert item.text == wanted and text[item.start : item.end] == wanted


def test_a_problem_from_the_middle_is_a_fault() -> None:
    for text in ("待进一步规范林权公示", "一些事，但火险预报发得晚", "但火险预报发得晚", "、告示多"):
        plan = Plan((PlanItem("problem", text, 0, len(text)),))
        draft = Draft(f"存在的问题是{text}。", (Copy(6, 6 + len(text), 0, 0, len(text)),))
        assert "problem from the middle" in faults(draft, plan)


@pytest.mark.parametrize(
    ("agency", "text", "wanted"),
    [
        ("汭原市人民政府", "全市2022年度公开信息98条", "全市公开信息98条"),
        ("汭原市人民政府", "市政府及部门全年公开信息98条", "市政府及部门公开信息98条"),
        ("汭原林业学院", "本学年学校公开信息98条", "公开信息98条"),
        ("汭原市教育局", "学校公开信息98条", "学校公开信息98条"),
        ("汭原市人民政府", "全市2021年度公开信息98条", "全市2021年度公开信息98条"),
        ("汭原县林业局", "一年来，公开信息98条", "公开信息98条"),
    ],
)  # fmt: skip
def test_year_and_body_are_said_once(agency: str, text: str, wanted: str) -> None:
    (item,) = candidates(Meta(agency, None, 2022), text, [stretch(text)], Tables(), ()).of("figure")
    assert item.text == wanted
    for low, high, start, end in item.sources:
        assert text[start:end] == item.text[low:high]


@pytest.mark.parametrize(
    ("kind", "text", "never"),
    [
        ("deed", "清理林区违建，现已完成614宗", "现已完成614宗"),
        ("commitment", "针对林权流转信息，推动由被动答复转为主动公开", "推动由被动答复转为主动公开"),
        ("commitment", "抽查火险告示，发现未标注的当月通报", "发现未标注的当月通报"),
    ],
)  # fmt: skip
def test_what_was_done_keeps_its_object(kind: ItemKind, text: str, never: str) -> None:
    assert never not in ways(kind, text)


@pytest.mark.parametrize(
    ("kind", "texts", "wanted"),
    [
        ("review", ["发生行政复议1件，结果为维持"], "发生行政复议1件，结果为维持"),
        ("review", ["发生行政复议5件，2件答复在复议中被纠正", "行政诉讼1件，一审败诉"],
         "发生行政复议5件，2件答复在复议中被纠正；行政诉讼1件，一审败诉"),
        ("request", ["新收申请20件，上年结转2件，共办理22件"], "新收申请20件，上年结转2件，共办理22件"),
    ],
)  # fmt: skip
def test_what_became_of_cases_is_told_beside_them(
    kind: ItemKind, texts: list[str], wanted: str
) -> None:
    told = fold_marks(said(texts)[kind])
    assert told == fold_marks(wanted)
    for one in ways(kind, said(texts)[kind], whole=True):
        assert "败诉" not in one or "诉讼1件" in one
        assert "在复议中" not in one or "复议5件" in one


def fold_marks(text: str) -> str:
    return text.replace("；", "，")
