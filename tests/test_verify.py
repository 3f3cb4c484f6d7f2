"""Verification: what a draft must not do, one table of faults; and the plain rendering."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch")

from nlp.drafts import Copy, Draft
from nlp.paragraph import best_draft
from nlp.plain import in_a_row, plain
from nlp.plan_items import Plan, PlanItem
from nlp.verify import _repeats, blemishes, evidence_of, faults
from nlp.verify_numbers import role_faults

ITEMS = (
    ("agency", "沅渚县林业局"), ("year", "2022年"), ("figure", "主动公开政府信息约128条"),
    ("request", "收到信息公开申请4件"), ("problem", "部分栏目更新不及时"),
    ("commitment", "每月检查一次各栏目的更新情况并及时通报"),
)  # fmt: skip
PLAN = Plan(
    tuple(PlanItem(k, t, 100 * n, 100 * n + len(t)) for n, (k, t) in enumerate(ITEMS))  # type: ignore[arg-type]
)


def draft(*pieces: str | tuple[int, str]) -> Draft:
    """A draft of written words and ``(item, copied stretch)``."""
    text, copies = "", []
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        item, stretch = piece
        low = ITEMS[item][1].index(stretch)
        copies.append(Copy(len(text), len(text) + len(stretch), item, low, low + len(stretch)))
        text += stretch
    return Draft(text, tuple(copies))


HEAD = ((0, ITEMS[0][1]), (1, ITEMS[1][1]))
GOOD = (*HEAD, (2, ITEMS[2][1]), "，", (3, ITEMS[3][1]), "。存在的问题是", (4, ITEMS[4][1]), "，下一步将", (5, ITEMS[5][1]), "。")


def changed(place: int, *new: str | tuple[int, str]) -> Draft:
    return draft(*GOOD[:place], *new, *GOOD[place + 1 :])


def test_a_good_draft_has_no_fault() -> None:
    assert faults(draft(*GOOD), PLAN) == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (changed(2, (2, "主动公开政府信息"), "129条"), "number"),
        (changed(2, (2, "主动公开政府信息"), (2, "128条")), "about"),
        (changed(2, (2, "主动公开政府信息约128")), "unit"),
        (changed(6, (4, "部分栏目更新"), (4, "及时")), "negation"),
        (changed(6), "no problem"),
        (changed(7, "，"), "promise without future"),
        (changed(5, "。下一步将"), "problem as promise"),
        (changed(4, (3, "4件")), "role"),
        (changed(3, "，，"), "repetition"),
        (changed(9, "，"), "unfinished"),
        (changed(3), "joint"),
        (changed(5, "，针对"), "problem unannounced"),
        (changed(5, "。"), "problem unannounced"),
        (changed(5, "。该单位承认存在"), "joint"),
        (changed(5, "。问题是；"), "repetition"),
        (draft(*GOOD[:4], "。"), "length"),
    ],
)
def test_each_fault_is_named(bad: Draft, fault: str) -> None:
    assert fault in faults(bad, PLAN)


@pytest.mark.parametrize(
    ("report", "strange"),
    [("公开约128条，申请4件，2022年", False), ("公开约128,400条，申请4件，2022年", True)],
)
def test_a_number_of_the_draft_stands_whole_in_the_report(report: str, strange: bool) -> None:
    assert ("number not in the report" in faults(draft(*GOOD), PLAN, report)) == strange


def test_evidence_points_at_the_report() -> None:
    found = evidence_of(draft(*GOOD), PLAN)
    assert len(found) == 6
    text = draft(*GOOD).text
    for one in found:
        kind, item = divmod(one.source_start, 100)
        assert text[one.start : one.end] == ITEMS[kind][1][item : item + one.end - one.start]


def test_the_plain_rendering_says_the_plan_and_has_evidence() -> None:
    row = plain(PLAN)
    assert row is not None and row.text.startswith("沅渚县林业局2022年：主动公开政府信息约128条")
    assert "问题：部分栏目更新不及时" in row.text and len(evidence_of(row, PLAN)) == 6
    assert plain(Plan(PLAN.items[:2])) is None


def test_a_plan_that_no_beam_says_is_joined_by_rule_in_whole_sentences() -> None:
    row = in_a_row(PLAN)
    assert row is not None and row.text == (
        "沅渚县林业局2022年主动公开政府信息约128条；收到信息公开申请4件。存在的问题是部分栏目更新不及时。"
        "下一步将每月检查一次各栏目的更新情况并及时通报。"
    )
    assert faults(row, PLAN) == [] and in_a_row(Plan(PLAN.items[:2])) is None


@pytest.mark.parametrize(
    ("said", "report", "fault"),
    [("复议7件，纠正1件", "复议7件，维持6件；行政诉讼4件，纠正1件。", True),
     ("复议7件，维持6件", "复议7件，维持6件；行政诉讼4件，纠正1件。", False),
     ("公开信息9条", "历年累计公开信息9条。", True), ("累计公开信息9条", "累计公开信息9条。", False)],
)  # fmt: skip
def test_an_outcome_keeps_its_case_and_a_sum_of_years_its_word(said: str, report: str, fault: bool) -> None:
    pieces = said.split("，")
    items = tuple(PlanItem("review", part, report.index(part), report.index(part) + len(part)) for part in pieces)
    copies, text = [], ""
    for n, part in enumerate(pieces):
        copies.append(Copy(len(text), len(text) + len(part), n, 0, len(part)))
        text += part + "，"
    assert bool(role_faults(Draft(text, tuple(copies)), Plan(items), report)) == fault


# Where the items of PLAN stand.
REPORT = "".join(text.ljust(100, " ") for _, text in ITEMS)
_OLD_RULE = re.compile(r"(.{9,})(?=.*\1)|[，。；、：]{2}|(?!一[项件个条次户家步点])([^\d]{2,4})\2|[如为是]；")


@given(st.text("公开，1\n", max_size=40))
def test_a_repetition_is_what_the_rule_as_one_pattern_would_find(text: str) -> None:
    assert _repeats(text) == (_OLD_RULE.search(text) is not None)


def test_the_best_draft_is_the_one_that_checking_all_would_choose() -> None:
    worse = draft("此外，", *GOOD)
    drafts = [draft(*GOOD[:-1]), worse, draft(*GOOD), draft(*GOOD)]
    good = [one for one in drafts if not faults(one, PLAN, REPORT)]
    assert best_draft(drafts, PLAN, REPORT) == min(good, key=lambda one: blemishes(one, PLAN))
    assert best_draft(drafts[:1], PLAN, REPORT) is None
