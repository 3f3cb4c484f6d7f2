"""The appendix of indicators of reports up to 2018: each number is read, or null with a warning."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nlp
from corpora import official
from evaluate.tables import appendix
from evaluate.tables.edit_appendix import EDITS
from evaluate.tables.formats import ALL
from evaluate.tables.layouts import LAYOUTS
from evaluate.tables.runs import unsure
from evaluate.tables.scores import score
from nlp import readers
from nlp.errors import NianbaoError
from nlp.indicator_table import IndicatorReading, read_indicators
from nlp.indicators import BY_KEY, PARTS, SUMS

GOLDENS = Path(__file__).parent / "data" / "appendix"
DOCUMENTS = sorted(path.name for path in GOLDENS.iterdir() if path.suffix != ".json")
VALUES = json.loads((GOLDENS / "values.json").read_text("utf-8"))
_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


def reading(text: str, form: str = "txt") -> IndicatorReading:
    return read_indicators(readers.read(text.encode(), form))


def values(text: str, form: str = "txt") -> dict[str, float | None]:
    return {row.key: row.value for row in reading(text, form).rows}


# --- the form ----------------------------------------------------------------------------


def test_the_rows_are_those_that_the_form_prints() -> None:
    printed = {key: (label, unit) for key, label, _, unit in official.APPENDIX if key}
    further = {key for *_, keys in SUMS for key in keys}
    assert set(printed) | further == set(BY_KEY)
    for key, (label, unit) in printed.items():
        assert label.endswith(BY_KEY[key].label) and BY_KEY[key].unit == unit


def test_sums_and_parts_name_rows() -> None:
    for _, whole, parts, further in SUMS:
        assert {whole, *parts, *further} <= set(BY_KEY)
    assert {key for pair in PARTS for key in pair} <= set(BY_KEY)


def test_only_what_counts_the_same_becomes_a_cell() -> None:
    mapped = {row.key: ".".join(row.cell) for row in BY_KEY.values() if row.cell}
    assert mapped == {
        "normative_documents_made": "disclosure.normative_documents.made",
        "requests.received": "requests.new.total",
        "answers.partly_granted": "requests.partly_granted.total",
        "denied.state_secret": "requests.denied.state_secret.total",
        "denied.three_securities": "requests.denied.three_securities.total",
        "reconsiderations": "review.reconsideration.total",
        "reconsiderations.upheld": "review.reconsideration.upheld",
        "reconsiderations.corrected": "review.reconsideration.corrected",
    }


# --- small tables ------------------------------------------------------------------------

_HEAD = "统计指标 单位 统计数\n三、依申请公开情况 —— \n"
_ROWS = "（一）收到申请数 件 12\n1.当面申请数 件 3\n2.传真申请数 件 0\n3.网络申请数 件 4\n4.信函申请数 件 5\n"
_READ = {
    "requests.received": 12, "requests.in_person": 3, "requests.fax": 0, "requests.online": 4,
    "requests.letter": 5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        ("件 12", "件 1,204", "requests.received", 1204),
        ("件 12", "件 １２", "requests.received", 12),
        ("件 12", "12件", "requests.received", 12),
        ("件 12", "12 件", "requests.received", 12),
        ("件 12", "（件） 12", "requests.received", 12),
        ("件 12", "宗 12", "requests.received", 12),
        ("件 12", "件 12.0", "requests.received", 12),
        ("件 12", "件 无", "requests.received", 0),
        ("收到申请数", "收到政府信息公开申请总数", "requests.received", 12),
        ("收到申请数", "收 到 申 请 数", "requests.received", 12),
        ("收到申请数", "收到申请数（不含咨询）", "requests.received", 12),
        ("网络申请数", "网上申请数", "requests.online", 4),
        ("网络申请数", "网络申数", "requests.online", 4),  # one character lost, one label can be it
        ("件 12", "件", "requests.received", None),
        ("件 12", "件 /", "requests.received", None),
        ("件 12", "件 12 7", "requests.received", None),
        ("件 12", "件 12.5", "requests.received", None),
        ("件 12", "万元 12", "requests.received", None),  # a row that slid shows in its unit
        ("件 12", "人 12", "requests.received", None),
        ("件 3", "3 件\n", "requests.in_person", 3),
        ("件 0\n", "件 0\n- 4 -\n", "requests.fax", 0),
        ("件 0\n", "件 0\n4\n", "requests.fax", 0),  # alone on a line: a page number
        ("1.当面", "其中：当面", "requests.in_person", 3),
    ],
)
def test_a_row(old: str, new: str, key: str, value: float | None) -> None:
    found = values(_HEAD + _ROWS.replace(old, new, 1))
    assert found == _READ | {key: value}


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("非当面申请数", "another word before it"),
        ("当面申请人数", "another word in it"),
        ("当面和电话申请数", "more in it"),
        ("电话申请数", "none of the form"),
    ],
)
def test_a_label_that_is_not_the_forms_gives_no_row_but_a_warning(label: str, why: str) -> None:
    found = reading(_HEAD + _ROWS.replace("当面申请数", label))
    assert {row.key: row.value for row in found.rows} == {k: v for k, v in _READ.items() if "person" not in k}, why
    assert any(w.code == "unknown_indicator" and label in w.message for w in found.warnings)


def test_a_number_never_slides_to_the_row_above() -> None:
    found = reading(_HEAD + "收到申请数\n件\n当面申请数\n件\n3\n传真申请数\n件\n网络申请数\n件\n4\n信函申请数\n件\n5\n")
    assert {row.key: row.value for row in found.rows} == _READ | {"requests.received": None, "requests.fax": None}
    assert {w.where for w in found.warnings if w.code == "unread_indicator"} == {
        "indicators.requests.received", "indicators.requests.fax",
    }  # fmt: skip


def test_numbers_before_their_labels_are_nobodys() -> None:
    found = values(_HEAD + "件 12 收到申请数\n件 3 当面申请数\n件 0 传真申请数\n件 4 网络申请数\n件 5 信函申请数\n")
    assert set(found.values()) == {None}


_SUITS = (
    "四、行政复议数量 件 3\n（一）维持具体行政行为数 件 1\n（二）被依法纠错数 件 2\n（三）其他情形数 件 0\n"
    "五、行政诉讼数量 件 9\n（一）维持具体行政行为或者驳回原告诉讼请求数 件 4\n（二）被依法纠错数 件 5\n（三）其他情形数 件 0\n"
)


def test_results_of_reviews_and_lawsuits_are_told_by_the_rows_before() -> None:
    found = values(_HEAD + _ROWS + _SUITS)
    assert (found["reconsiderations.corrected"], found["lawsuits.corrected"]) == (2, 5)


def test_without_the_rows_of_lawsuits_nobody_knows_whose_result_it_is() -> None:
    text = _HEAD + _ROWS + "".join(_SUITS.splitlines(keepends=True)[:2] + _SUITS.splitlines(keepends=True)[6:])
    found = values(text)
    assert found["reconsiderations.corrected"] is None and found["lawsuits.corrected"] is None


@pytest.mark.parametrize(
    ("unit", "number", "value"),
    [("万元", "0.35", 0.35), ("元", "3500", 0.35), ("", "3500", None), ("", "0", 0), ("件", "3", None)],
)
def test_money_is_in_wan_yuan_or_unread(unit: str, number: str, value: float | None) -> None:
    found = values(_HEAD + _ROWS + f"七、依申请公开信息收取的费用 {unit} {number}\n")
    assert found["fees"] == value


def test_a_row_twice_with_other_numbers_is_unread() -> None:
    assert values(_HEAD + _ROWS + "当面申请数 件 8\n")["requests.in_person"] is None


def test_a_second_column_of_numbers_leaves_all_unread_and_is_said() -> None:
    found = reading("统计指标 | 单位 | 统计数 | 历年累计\n" + "".join(
        f"{label} | 件 | {n} | {n}{n}\n" for n, label in enumerate(("收到申请数", "当面申请数", "传真申请数", "网络申请数"), 1)
    ))  # fmt: skip
    assert {row.value for row in found.rows} == {None}
    assert "more columns" in found.warnings[0].message


def test_ordinals_of_rows_are_no_values() -> None:
    rows = "".join(f"| {n} | {label} | 件 | {n * 7} |\n" for n, label in enumerate(
        ("收到申请数", "当面申请数", "传真申请数", "网络申请数"), 2))  # fmt: skip
    found = values("| 序号 | 统计指标 | 单位 | 统计数 |\n" + rows)
    assert list(found.values()) == [14, 21, 28, 35]


def test_prose_is_no_appendix() -> None:
    assert reading("全年收到申请数量增加，当面申请3件，网络申请4件。\n主动公开政府信息数量创新高。\n") == IndicatorReading()


# --- whole reports -----------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_flattening_of_a_report_gives_its_indicators(name: str) -> None:
    found = reading((GOLDENS / name).read_text("utf-8"), Path(name).suffix[1:])
    assert {row.key: row.value for row in found.rows} == VALUES
    assert found.warnings == ()


@pytest.mark.parametrize("name", ["docx", "docx without spans"])
def test_word_too(name: str) -> None:
    layout = next(one for one in ALL if one.name == name)
    truth, report = appendix.edited("none", Random(3), consistent=True)
    total, remarks = score(truth.values, (), appendix.read(layout.source(report), "docx"))
    assert (total.right, remarks) == (total.cells, [])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_report_says_indicators_as_facts_and_cells(name: str) -> None:
    report = nlp.analyze(GOLDENS / name, summary=False)
    own = {f.key: f.value for f in report.facts if f.key.startswith("indicators.")}
    assert own == {f"indicators.{key}": value for key, value in VALUES.items()}
    assert all(report.text[f.start : f.end] == f.text for f in report.facts)
    cells = {cell.key: (cell.value, cell.how) for cell in report.tables.cells}
    assert cells["requests.new.total"] == (23, "read")
    assert cells["review.reconsideration.corrected"] == (1, "read")
    assert "review.reconsideration.other" not in cells and "disclosure.fees.amount" not in cells
    assert {check.status for check in report.checks} == {"pass"}
    assert {check.rule for check in report.checks} >= {rule for rule, *_ in SUMS}
    prose = [(f.key, f.value) for f in report.facts if not f.key.startswith("indicators.")]
    assert prose == [
        ("published", 1284), ("hot_topics", 9), ("interpretations", 17), ("requests_received", 23),
        ("requests_in_person", 4), ("requests_online", 15), ("requests_letter", 4),
        ("reconsiderations", 3), ("lawsuits", 1),
    ]  # fmt: skip
    assert not any("申请数" in one.text or "依申请公开情况" in one.text for one in report.statements)
    assert nlp.Report.from_dict(report.to_dict()) == report


def test_a_sum_that_fails_and_one_that_nobody_can_check_say_so() -> None:
    text = (GOLDENS / "spaces.txt").read_text("utf-8")
    text = text.replace("按时办结数 件 21", "按时办结数 件 20").replace("兼职人员数 人 10", "兼职人员数 人 /")
    report = nlp.analyze(text, as_="txt", summary=False)
    checks = {check.rule: check for check in report.checks}
    assert checks["indicators.completed"].status == "fail" and "差 1" in checks["indicators.completed"].message
    assert checks["indicators.staff"].status == "unknown"
    assert "indicators.staff.part_time" in {notice.where for notice in report.warnings}


def test_the_page_on_a_terminal_shows_the_indicators_by_their_names() -> None:
    from rich.console import Console

    from nlp.view import show

    console = Console(record=True, width=200, file=open("/dev/null", "w"))  # noqa: SIM115
    show(nlp.analyze(GOLDENS / "pipes.txt", summary=False), console)
    page = console.export_text()
    assert "统计表" in page and "政府网站公开政府信息数 1103条" in page


# --- tables nobody has seen --------------------------------------------------------------


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.keeps_repeats], ids=lambda one: one.name)
def test_a_clean_layout_is_read_in_full(layout) -> None:
    for number in range(2):
        truth, report = appendix.edited("none", Random(f"clean {number}"), consistent=number == 0)
        found = appendix.read(layout.render(report).encode(), layout.format)
        total, remarks = score(truth.values, (), found)
        assert (total.right, remarks) == (total.cells, [])


@settings(max_examples=120, deadline=None, suppress_health_check=_QUIET)
@given(st.sampled_from(LAYOUTS), st.sampled_from(sorted(EDITS)), st.integers(0, 10**9), st.booleans())
def test_no_edit_in_no_layout_gives_a_wrong_value(layout, edit: str, seed: int, consistent: bool) -> None:
    truth, report = appendix.edited(edit, Random(seed), consistent=consistent)
    found = appendix.read(layout.render(report).encode(), layout.format)
    total, remarks = score(truth.values, unsure(layout, report), found)
    assert total.wrong == 0, remarks
    assert total.silent == 0, remarks


_PIECES = st.sampled_from([
    "收到申请数", "当面申请数", "传真申请数", "同意公开答复数", "不同意公开答复数", "被依法纠错数", "其他情形数", "行政复议数量",
    "行政诉讼数量", "主动公开政府信息数", "（不同渠道计1条）", "（", "）", "其中：", "（一）", "1.", "件", "条", "万元", "0", "3", "1,204",
    "/", "——", "|", "\t", "\n", "统计指标", "单位", "统计数", "三、依申请公开情况", "历年累计", "。", "<td>", "</tr>", "<table>",
])  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=_QUIET)
@given(st.lists(_PIECES, min_size=1, max_size=250), st.sampled_from(["txt", "html"]))
def test_no_soup_of_pieces_crashes(pieces: list[str], form: str) -> None:
    try:
        document = readers.read(" ".join(pieces).encode(), form)
    except NianbaoError:
        return
    for row in read_indicators(document).rows:
        assert 0 <= row.start < row.end <= len(document.text)
