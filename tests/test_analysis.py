"""The whole job on a small report and, where it is at hand, on a real one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_json_round_trip(report_text: str) -> None:
    report = nlp.analyze(report_text, as_="txt", summary=False)
    assert Report.from_dict(report.to_dict()) == report


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


def test_the_real_report(real_report: Path) -> None:
    report = nlp.analyze(real_report, summary=False)
    assert report.meta.agency == "莆田市涵江区人力资源和社会保障局"
    assert (report.meta.year, report.meta.published) == (2023, "2024-01-08")
    assert len(report.problems) == 3
    assert "均衡全面" in report.problems[0].text and "时效" in report.problems[1].text
    assert "规范化" in report.problems[2].text
    assert any(s.text.startswith("2024年") for s in report.commitments)
