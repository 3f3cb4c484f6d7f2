"""The 40 hand-written reports that tempt a summary to be wrong: ``corpora/adversarial``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nlp.report import Report
from nlp.verify import strange_numbers
from train.corpus import CORPORA, clauses_of, load

from .measures import key_facts_said, strange_names

PATH = CORPORA / "adversarial" / "summaries.jsonl"


def read() -> list[dict[str, Any]]:
    """The records: ``trap``, ``lines``, ``facts`` to be said, ``forbidden`` patterns."""
    return [json.loads(line) for line in PATH.read_text("utf-8").splitlines() if line]


def _tables(values: dict[str, int]) -> list[str]:
    """A report of nothing but the official tables."""
    from evaluate.tables.sheets import REQUEST_LABELS

    def row(number: int) -> str:
        return f"{number} | 0 | 0 | 0 | 0 | 0 | {number}"

    new, granted = values["new"], values["granted"]
    other = new - granted
    lines = [
        "二、主动公开政府信息情况", "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "| 规章 | 0 | 0 | 0 |", f"| 行政规范性文件 | {values['made']} | 0 | {values['made']} |",
        "| 信息内容 | 本年处理决定数量 |", f"| 行政许可 | {values['licences']} |",
        f"| 行政处罚 | {values['penalties']} |", "| 行政强制 | 0 |",
        "| 信息内容 | 本年收费金额（单位：万元） |", "| 行政事业性收费 | 0 |",
        "三、收到和处理政府信息公开申请情况", "| 申请人情况 |", "| 自然人 | 法人或其他组织 | 总计 |",
        "| 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |",
    ]  # fmt: skip
    at = {"new": new, "granted": granted, "unavailable.not_held": other, "total": new}
    for key, (group, label) in REQUEST_LABELS.items():
        lines.append(f"| {group + ' | ' if group else ''}{label} | {row(at.get(key, 0))} |")
    recon, upheld = values["recon"], values["upheld"]
    outcome = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    zeros = " | ".join("0" * 10)
    return [*lines, "四、政府信息公开行政复议、行政诉讼情况", "| 行政复议 | 行政诉讼 |",
            f"| {outcome} | 未经复议直接起诉 | 复议后起诉 |", f"| {outcome} | {outcome} |",
            f"| {upheld} | {recon - upheld} | 0 | 0 | {recon} | {zeros} |"]  # fmt: skip


def text_of(record: dict[str, Any]) -> str:
    """The report as a file has it; ``fill_to`` lengthens it with deeds of the training cities."""
    title = f"{record['agency']}{record['year']}年政府信息公开工作年度报告"
    if "table" in record:
        return "\n".join([title, *_tables(record["table"])]) + "\n"
    lines = list(record["lines"])
    if lines[0][0] != "一":
        lines = ["一、总体情况", *lines[:1], *lines[1:-2], "五、存在的主要问题及改进情况", *lines[-2:]]
    if "fill_to" in record:
        filling = [
            clause["text"] for report in load("reports", "train") if report["kind"] == "city"
            for clause in clauses_of(report)
            if clause["label"] == "done" and not re.search(r"\d|申请|复议|诉讼|问题", clause["text"])
        ]  # fmt: skip
        size, extra = sum(map(len, lines)), []
        for clause in filling * 9:
            if size >= record["fill_to"]:
                break
            extra.append(clause.rstrip("，；。") + "。")
            size += len(extra[-1])
        at = lines.index("五、存在的主要问题及改进情况")
        lines[at:at] = ["".join(extra[n : n + 8]) for n in range(0, len(extra), 8)]
    return "\n".join([title, *lines]) + "\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """One adversarial report: its summary and what is wrong with it."""

    id: str
    trap: str
    text: str | None
    reason: str
    wrong: tuple[str, ...]
    facts: tuple[int, int]


def judge(record: dict[str, Any], report: Report) -> Judged:
    """Forbidden patterns, strange numbers and names, key facts."""
    text = report.summary.text if report.summary else None
    reason = next((w.message for w in report.warnings if w.code == "no_summary"), "")
    wrong: list[str] = []
    if text is not None:
        wrong += [match[0] for rule in record["forbidden"] if (match := re.search(rule, text))]
        wrong += strange_numbers(text, report.text) + strange_names(text, report.text)
    said = key_facts_said(record["facts"], text or "")
    return Judged(record["id"], record["trap"], text, reason, tuple(wrong), (said, len(record["facts"])))


def run() -> list[Judged]:
    """Every adversarial report through the whole pipeline."""
    from nlp.many import analyze_all

    records = read()
    sources = [(record["id"], text_of(record).encode()) for record in records]
    found = []
    for record, (_, outcome) in zip(records, analyze_all(sources), strict=True):
        if not isinstance(outcome, Report):
            found.append(Judged(record["id"], record["trap"], None, str(outcome), (), (0, len(record["facts"]))))
            continue
        found.append(judge(record, outcome))
    return found


def show(judged: Sequence[Judged]) -> None:
    """The figures, then what is wrong."""
    said, all_facts = (sum(one.facts[n] for one in judged) for n in (0, 1))
    wrong = [one for one in judged if one.wrong]
    print(f"{len(judged)} adversarial reports: {len(wrong)} with something wrong, "
          f"{sum(one.text is None for one in judged)} without a summary, "
          f"key facts {said} of {all_facts}")  # fmt: skip
    for one in wrong:
        print(f"  {one.id} {one.trap}: {'; '.join(one.wrong)}\n    {one.text}")
