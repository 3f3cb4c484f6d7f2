"""Length and focus, what may be cut from a clause, roles of numbers, reading sheets, hard reports."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

pytest.importorskip("torch")

import nlp
from evaluate.summaries import adversarial, baselines, measures, sheets
from nlp.controls import SIZES, check
from nlp.drafts import Copy, Draft
from nlp.entail import unsafe_cuts
from nlp.facts import roles
from nlp.plan import candidates
from nlp.plan_cells import NO_REQUEST, NO_REVIEW
from nlp.plan_items import Plan, PlanItem, Stretch, in_third_person
from nlp.report import Cell, Fact, Meta, Tables
from nlp.verify_numbers import role_faults


def keep(text: str, *kept: str) -> list[tuple[int, int]]:
    found, place = [], 0
    for stretch in kept:
        start = text.index(stretch, place)
        place = start + len(stretch)
        found.append((start, place))
    return found


@pytest.mark.parametrize(
    ("text", "kept", "safe"),
    [
        ("信息公开的内容还不够均衡全面", ("内容", "不够均衡全面"), True),
        ("加大宣传力度", ("宣传力度",), False),
        ("部分科室认识不够", ("科室认识不够",), False),
        ("公开内容、公开形式有待丰富", ("公开形式有待丰富",), True),
        ("由于人员变动，更新不及时", ("更新不及时",), True),
        ("由于人员变动，更新不及时", ("由于人员变动",), False),
        ("除涉密信息外，全部公开", ("全部公开",), False),
        ("制定了审查、追究等制度", ("制定了审查", "等制度"), True),
    ],
)
def test_what_is_cut_from_a_clause_leaves_it_true(text: str, kept: tuple[str, ...], safe: bool) -> None:
    assert (unsafe_cuts(text, keep(text, *kept)) == []) == safe


def copied(report: str, before: str, stretch: str, kind: str = "deed") -> tuple[Draft, Plan]:
    start = report.index(stretch)
    item = PlanItem(kind, stretch, start, start + len(stretch))  # type: ignore[arg-type]
    text = before + stretch + "。"
    copy = Copy(len(before), len(before) + len(stretch), 0, 0, len(stretch))
    return Draft(text, (copy,)), Plan((item,))


@pytest.mark.parametrize(
    ("report", "before", "stretch", "fault"),
    [
        ("办理政协提案4件。", "收到公开申请", "4件", "role"),
        ("收到行政复议2件。", "发生行政诉讼", "2件", "role"),
        ("信息比上年减少12条。", "公开信息比上年", "12条", "direction"),
        ("上年公开信息90条。", "", "公开信息90条", "other year"),
        ("2020年公开信息90条。", "", "公开信息90条", "other year"),
        ("收到公开申请4件。", "", "收到公开申请4件", None),
        ("信息比上年减少12条。", "信息", "比上年减少12条", None),
    ],
)
def test_a_number_keeps_role_direction_and_year(
    report: str, before: str, stretch: str, fault: str | None
) -> None:
    found = role_faults(*copied(report, before, stretch), report)
    assert (fault in found) if fault else not found


def test_roles_are_told_by_the_nearest_word() -> None:
    assert [key for _, _, key in roles("收到申请4件,办理政协提案4件")] == ["requests_received", "proposals"]


META = Meta("沅渚县林业局", None, 2022)


def items(text: str, facts: list[Fact], cells: tuple[Cell, ...] = ()) -> dict[str, str]:
    whole = Stretch(text, 0, len(text), "done", "overview")
    pool = candidates(META, text, [whole], Tables(cells), facts)
    return {item.kind: item.text for item in pool.items if item.kind in ("request", "review")}


def test_requests_and_reviews_are_said_with_their_outcome_and_nothing_else() -> None:
    text = "新收申请15件，上年结转1件，办结14件，结转下年2件。行政复议9件，维持6件，纠正2件；行政诉讼4件。"
    assert items(text, []) == {
        "request": "新收申请15件，上年结转1件，办结14件，结转下年2件",
        "review": "行政复议9件，维持6件，纠正2件；行政诉讼4件",
    }


def test_the_outcome_may_stand_in_the_next_sentence_and_kinds_of_papers_are_no_requests() -> None:
    lines = ["公文中主动公开51份、依申请公开38份。", "共收到申请9件，其中自然人8件。", "办结9件，予以公开4件。",
             "对2件延期答复的作了说明。", "被申请行政复议3件，维持2件、责令重新答复1件。"]  # fmt: skip
    text, place, stretches = "".join(lines), 0, []
    for line in lines:
        stretches.append(Stretch(line, place, place + len(line), "done", "overview"))
        place += len(line)
    found = candidates(META, text, stretches, Tables(()), []).items
    assert {item.kind: item.text for item in found if item.kind in ("request", "review")} == {
        "request": "共收到申请9件，办结9件",
        "review": "被申请行政复议3件，维持2件、责令重新答复1件",
    }


def test_what_is_none_becomes_half_a_clause() -> None:
    cells = tuple(
        Cell("review", row, "total", 0, "read", 0, 1)
        for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    )
    new = Cell("requests", "new", "total", 0, "read", 1, 2)
    assert items("00", [], (new, *cells)) == {"request": f"{NO_REQUEST}，{NO_REVIEW}"}


def test_a_none_that_something_speaks_against_is_not_said() -> None:
    facts = [Fact("requests_received", 0, "件", "未出现逾期答复申请", 0, 9)]
    assert NO_REQUEST not in items("全年未出现逾期答复申请。", facts).get("request", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("无人向我乡申请公开", "无人申请公开"), ("全年我局公开信息3条", "全年公开信息3条"), ("公开信息3条", "公开信息3条")],
)
def test_the_first_person_is_taken_out_with_its_places_kept(text: str, wanted: str) -> None:
    item = in_third_person(PlanItem("deed", text, 5, 5 + len(text)))
    assert item is not None and item.text == wanted
    assert all(item.text[a:b] == text[s - 5 : e - 5] for a, b, s, e in item.sources)


@pytest.mark.parametrize(("length", "focus"), [("tiny", None), ("short", "praise")])
def test_a_length_or_focus_that_is_not_known_is_refused(length: str, focus: str | None) -> None:
    with pytest.raises(ValueError, match="it can be"):
        check(length, focus)


@pytest.mark.parametrize("length", ["short", "long"])
def test_a_length_is_kept(length: str, report_text: str) -> None:
    summary = nlp.analyze(report_text, "txt", length=length).summary  # type: ignore[arg-type]
    assert summary is not None and len(summary.text) <= SIZES[length].most  # type: ignore[index]


def test_a_focus_changes_what_is_said(report_text: str) -> None:
    figures = nlp.analyze(report_text, "txt", length="short", focus="figures").summary
    problems = nlp.analyze(report_text, "txt", length="short", focus="problems").summary
    assert figures is not None and problems is not None
    assert "4件" in figures.text and "不够" in problems.text and "不够" not in figures.text


def test_adversarial_reports_are_forty_and_their_facts_stand_in_them() -> None:
    records = adversarial.read()
    assert len(records) == 40 and len({one["trap"] for one in records}) >= 10
    for one in records:
        assert all(re.compile(rule) for rule in one["forbidden"])
        if "table" not in one:
            own = set(re.findall(r"\d[\d,.]*", "".join(one["lines"])))
            assert all(set(re.findall(r"\d[\d,.]*", fact)) <= own for fact in one["facts"]), one["id"]


def test_sheets_are_blind_and_counted(tmp_path: Path) -> None:
    rows = [(f"r{n}", "原文。", {"ours": "甲。", "lead": "乙。"}) for n in range(6)]
    assert sheets.write(rows, "ours", tmp_path / "s", 3) == 6
    page = (tmp_path / "s" / "sheet.txt").read_text("utf-8")
    assert "ours" not in page and "lead" not in page
    key = json.loads((tmp_path / "s" / "key.json").read_text("utf-8"))["pairs"]
    assert {one["A"] for one in key.values()} == {"ours", "lead"}
    path = tmp_path / "s" / "sheet.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        filled = list(csv.DictReader(file))
    for row in filled:
        row["better"] = "A" if key[row["pair"]]["A"] == "ours" else "B"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, sheets.COLUMNS)
        writer.writeheader()
        writer.writerows(filled)
    assert sheets.count(path, tmp_path / "s" / "key.json") == {"lead": {"won": 6}}
    with pytest.raises(FileExistsError):
        sheets.write(rows, "ours", tmp_path / "s", 3)


def test_measures_see_what_is_strange_turned_and_repeated() -> None:
    report = "公开信息12条。栏目更新不及时。印发《办法》。"
    assert measures.turned("栏目更新不及时", report) == []
    assert measures.turned("栏目更新不及时", "栏目更新及时。") == ["栏目更新不及时"]
    assert measures.strange_names("印发《办法》和《细则》", report) == ["《细则》"]
    assert measures.strange_claims("建成数字档案馆并对外开放", report) == ["建成数字档案馆并对外开放"]
    assert measures.repetition("更新不及时更新不及时更新不及时") >= 0.5
    estimate = measures.bootstrap([(1, 2), (2, 2), (0, 2)])
    assert estimate.mean == 0.5 and estimate.low < 0.5 < estimate.high


@pytest.mark.parametrize(
    ("fact", "summary", "said"),
    [
        ("2021年共收到政府信息公开申请9件", "新收申请9件，办结9件。", True),
        ("收到申请0件", "未收到政府信息公开申请，无行政复议和行政诉讼。", True),
        ("未收到公民、法人和其他组织的公开申请", "全年未收到公民、法人或者其他组织的申请。", True),
        ("没有引起行政复议和行政诉讼", "收到申请5件，无复议诉讼。", True),
        ("未收取任何费用", "收到申请1件，没有收费。", True),
        # The same characters with another number, or of another thing, or far from each other.
        ("未收到申请", "收到申请2件。", False),
        ("没有收到申请", "收到申请2件，无行政复议。", False),
        ("公开信息12条", "公开信息2条。收到申请12件。", False),
        ("区县工作差异较大", "区级文件上网，大厅，站所，县直单位，工作动态，乡镇，差错两处。", False),
    ],
)  # fmt: skip
def test_a_key_fact_is_said_in_one_place_and_in_other_words(fact: str, summary: str, said: bool) -> None:
    assert measures.key_facts_said([fact], summary) == said


def test_baselines_are_of_the_report() -> None:
    text = "一、总体情况\n全年公开信息12条，信息更新及时。收到公开申请3件，均已答复。公开信息内容不够全面。\n"
    assert baselines.lead(text).startswith("全年公开信息12条")
    pytest.importorskip("networkx")
    assert set(baselines.textrank(text, lambda t: tuple(t[i : i + 2] for i in range(0, len(t), 2)), 30)) <= set(text)
