"""The whole job on a small report and, where it is at hand, on a real one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import nlp
from nlp.report import Report

ROOT = Path(__file__).resolve().parents[1]


def test_import_is_light() -> None:
    code = (
        "import sys, nlp; "
        "print([m for m in ('torch', 'transformers', 'sklearn', 'jieba', 'lxml') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"


def test_tables_and_tags_load_no_network(tmp_path: Path, report_text: str) -> None:
    """A batch worker without summaries would otherwise hold 190 MB for nothing."""
    (tmp_path / "report.txt").write_text(report_text, "utf-8")
    code = (
        "import sys, nlp; nlp.analyze(sys.argv[1], summary=False, tagger='fast'); "
        "print([m for m in ('torch', 'transformers', 'ctranslate2') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "report.txt")]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]", shown.stderr


def test_a_report_from_text(report_text: str) -> None:
    report = nlp.analyze(report_text, as_="txt", summary=False)
    assert report.meta.agency == "沅渚县林业局"
    assert (report.meta.year, report.meta.published) == (2022, "2023-01-12")
    assert report.tables.requests is not None and report.tables.requests["new"]["total"] == 4
    assert [s.topics[0] for s in report.problems][-2:] == ["content", "timeliness"]
    assert any("目录" in s.text for s in report.commitments)


def test_offsets_hold_everywhere(report_text: str) -> None:
    report = nlp.analyze(report_text, as_="txt", summary=False)
    for one in (*report.statements, *report.facts):
        assert report.text[one.start : one.end] == one.text


@pytest.mark.parametrize("line", ["十三五、加强公开", "(十三五)规划", "第十三五部分", "十三五,今年完成", "一二是规划"])
def test_numerals_that_make_no_number_open_no_section(report_text: str, line: str) -> None:
    plain = nlp.analyze(report_text, as_="txt", summary=False)
    head, rest = report_text.split("\n", 1)
    report = nlp.analyze(f"{head}\n{line}\n{rest}", as_="txt", summary=False)
    assert [s.kind for s in report.sections] == [s.kind for s in plain.sections]
    assert report.tables.requests == plain.tables.requests


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二〇二三年一月十二日", "2023-01-12"), ("二〇二三年元月廿三日", "2023-01-23"),
        ("二〇二三年十月三十一日", "2023-10-31"), ("2023 年 1 月 9 日", "2023-01-09"),
        ("二〇二三年一月一五日", None), ("二〇二三年二月三十日", None),
    ],
)  # fmt: skip
def test_a_day_is_read_or_left_out(report_text: str, printed: str, day: str | None) -> None:
    text = report_text.replace("2023年1月12日", printed)
    assert printed in text
    assert nlp.analyze(text, as_="txt", summary=False).meta.published == day


def test_json_round_trip(report_text: str) -> None:
    report = nlp.analyze(report_text, as_="txt", summary=False)
    assert Report.from_dict(report.to_dict()) == report


def test_a_notebook_shows_a_report_with_everything_escaped(report_text: str) -> None:
    report = nlp.analyze(report_text.replace("沅渚县林业局", "沅渚县<b>局"), as_="txt", summary=False)
    shown = report._repr_html_()
    assert "公开内容不够全面" in shown and "<script" not in shown and "<b>局" not in shown


def test_html_with_spans_gives_the_same_cells(report_text: str) -> None:
    rows: list[str] = []
    for line in report_text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            rows.append("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in cells) + "</tr>")
        else:
            rows.append(f"</table><p>{line}</p><table border=1>")
    page = "<html><body><table>" + "".join(rows) + "</table></body></html>"
    page = page.replace("<td><p>三、本年度办理结果", '<td rowspan="21"><p>三、本年度办理结果')
    page = page.replace("<td><p>申请人情况", '<td colspan="7"><p>申请人情况')
    one = nlp.analyze(report_text, as_="txt", summary=False)
    other = nlp.analyze(page.encode(), as_="html", summary=False)
    values = [{c.key: c.value for c in report.tables.cells} for report in (one, other)]
    assert values[0] == values[1]


def test_the_real_report_as_gb18030_and_as_a_page_has_the_same_cells(real_report: Path) -> None:
    text = real_report.read_text("utf-8")
    first = nlp.analyze(real_report, summary=False)
    assert len(first.tables.cells) == 200
    assert {c.key for c in first.tables.cells if c.value} == {
        "disclosure.normative_documents.in_force", "disclosure.licences.decisions",
        "disclosure.penalties.decisions",
    }  # fmt: skip
    values = {c.key: c.value for c in first.tables.cells}
    for data, as_ in ((text.encode("gb18030"), "txt"), (official_page(text).encode(), "html")):
        other = nlp.analyze(data, as_, summary=False)
        assert {c.key: c.value for c in other.tables.cells} == values


def official_page(text: str) -> str:
    """The scraped text as a site has it: official tables with rowspan and colspan."""
    head, _, rest = text.partition("| 第二十条第(一)项")
    body = rest.partition("三、收到和处理")[2].partition("\n")[2]
    requests, _, after = body.partition("四、政府信息公开行政复议")
    review, _, tail = after.partition("五、存在的主要问题")
    rows = [
        "<tr><td colspan=4>第二十条第（一）项<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数",
        "<tr><td>规章<td>0<td>0<td>0<tr><td>行政规范性文件<td>0<td>0<td>1",
        "<tr><td colspan=4>第二十条第（五）项<tr><td>信息内容<td colspan=3>本年处理决定数量",
        "<tr><td>行政许可<td colspan=3>1<tr><td colspan=4>第二十条第（六）项",
        "<tr><td>信息内容<td colspan=3>本年处理决定数量<tr><td>行政处罚<td colspan=3>1",
        "<tr><td>行政强制<td colspan=3>0<tr><td colspan=4>第二十条第（八）项",
        "<tr><td>信息内容<td colspan=3>本年收费金额（单位：万元）<tr><td>行政事业性收费<td colspan=3>0",
    ]
    applicants = "<tr><td colspan=3 rowspan=3>（本列数据的勾稽关系为…）<td colspan=7>申请人情况"
    applicants += "<tr><td rowspan=2>自然人<td colspan=5>法人或其他组织<td rowspan=2>总计"
    applicants += "<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他"
    for line in requests.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|") if cell.strip()]
        numbers = [cell for cell in cells if cell.isdigit()]
        if len(numbers) == 7:
            labels = [cell for cell in cells if not cell.isdigit()]
            wide = f"<td colspan={3 if len(labels) == 1 else 2}>"
            applicants += "<tr>" + "".join(f"{wide}{label}" for label in labels)
            applicants += "".join(f"<td>{number}" for number in numbers)
    outcomes = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"
    reviews = "<tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr>" + outcomes.replace("<td>", "<td rowspan=2>")
    reviews += "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉<tr>" + outcomes * 2
    reviews += "<tr>" + "<td>0" * 15
    assert review.count("0") >= 15
    paragraphs = "".join(f"<p>{line}</p>" for line in head.splitlines() if line)
    closing = "".join(f"<p>{line}</p>" for line in ("五、存在的主要问题" + tail).splitlines() if line)
    return (
        f"<html><body>{paragraphs}<table>{''.join(rows)}</table><p>三、收到和处理政府信息公开申请情况</p>"
        f"<table>{applicants}</table><p>四、政府信息公开行政复议、行政诉讼情况</p>"
        f"<table>{reviews}</table>{closing}</body></html>"
    )


def test_the_real_report(real_report: Path) -> None:
    report = nlp.analyze(real_report, summary=False)
    assert report.meta.agency == "莆田市涵江区人力资源和社会保障局"
    assert (report.meta.year, report.meta.published) == (2023, "2024-01-08")
    assert len(report.problems) == 3
    assert "均衡全面" in report.problems[0].text and "时效" in report.problems[1].text
    assert "规范化" in report.problems[2].text
    assert any(s.text.startswith("2024年") for s in report.commitments)

def test_the_summary_of_the_real_report(real_report: Path) -> None:
    pytest.importorskip("torch")
    report = nlp.analyze(real_report)
    summary = report.summary
    assert summary is not None and summary.model.startswith("nianbao-summarizer")
    assert 80 <= len(summary.text) <= 180
    for said in ("2023年", "33件", "1914件", "均衡全面", "时效性", "规范化", "2024年"):
        assert said in summary.text
    numbers = set(re.findall(r"\d+", report.text))
    assert set(re.findall(r"\d+", summary.text)) <= numbers
    for one in summary.evidence:
        said, source = summary.text[one.start : one.end], report.text[one.source_start : one.source_end]
        assert said == source or (said[0] in "无未" and re.search("0|未|无|没有", source))


def test_a_report_of_the_sample_has_a_summary_by_the_network(report_text: str) -> None:
    pytest.importorskip("torch")
    report = nlp.analyze(report_text, as_="txt")
    assert report.summary is not None
    assert "128条" in report.summary.text and "4件" in report.summary.text


_TWICE_NAMED_YEARS = """某县林业局政府信息公开工作年度报告

2021年至2023年，本局主动公开政府信息31条，其中2021年4条、2022年12条、2023年15条，2022年起另设专栏。
存在的问题是公开内容不够全面，更新不够及时。2025年将完善公开目录，按月更新栏目。
"""


def test_results_do_not_depend_on_the_process(tmp_path: Path) -> None:
    """Order in a set of strings changes from process to process: nothing may hang on it."""
    (tmp_path / "twice.txt").write_text(_TWICE_NAMED_YEARS, "utf-8")
    samples = Path(__file__).resolve().parents[1] / "corpora" / "samples"
    inputs = [str(tmp_path / "twice.txt"), *map(str, sorted(samples.glob("*.txt")))]
    program = (
        "import sys, json, nlp\n"
        "for path in sys.argv[1:]: print(json.dumps(nlp.analyze(path, as_='txt').to_dict(), sort_keys=True))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program, *inputs], capture_output=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": salt}).stdout
        for salt in ("0", "1", "3", "4")
    ]  # fmt: skip
    assert len(set(runs)) == 1 and runs[0].count(b"\n") == len(inputs)
