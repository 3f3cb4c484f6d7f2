"""A report on the terminal: counts, tables that are not all zero, checks, problems and promises
by topic, at last the summary, where the eye is. Labels in Chinese or English (the keys)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from . import names
from .form import TOPICS
from .indicators import BY_KEY, PREFIX
from .report import Cell, Report, Statement, Summary

_WORDS: Mapping[str, tuple[str, str]] = {
    "agency": ("机关", "agency"), "year": ("年度", "year"), "published": ("发布", "published"),
    "form": ("格式", "form"), "summary": ("摘要", "Summary"), "facts": ("正文数字", "Counts in the prose"),
    "indicators": ("统计表", "Appendix of indicators"), "zeros": ("项为 0", "are 0"),
    "problem": ("问题", "Problems"), "commitment": ("承诺", "Commitments"),
    "checks": ("勾稽检查", "Checks"), "warnings": ("提示", "Warnings"),
    "disclosure": ("二 主动公开", "Disclosure"), "requests": ("三 申请", "Requests"),
    "review": ("四 复议诉讼", "Reviews and lawsuits"), "all_zero": ("各格均为 0", "every cell is 0"),
    "absent": ("没有此表", "no such table"), "unread": ("未读出", "unread"),
    "passed": ("项通过", "passed"), "failed": ("项不符", "failed"), "unknown": ("项无法核对", "unknown"),
    "none": ("未见", "none found"), "answers": ("对应", "answers"),
}  # fmt: skip
_MOST_WARNINGS = 12
_CLAUSES = re.compile("[^。；]+")
_UNNAMED = frozenset({"other", "share", "published_class"})  # counts with no name of their own


class Words:
    """The words of one language."""

    def __init__(self, labels: str) -> None:
        self._place = 0 if labels == "zh" else 1
        zh = labels == "zh"
        self.topics = TOPICS if zh else {}
        self.rows, self.columns = (names.ROWS, names.COLUMNS) if zh else ({}, {})
        self.facts = names.FACTS if zh else {}

    def __getitem__(self, key: str) -> str:
        return _WORDS[key][self._place]


def show(report: Report, console: Console, labels: str = "zh") -> None:
    """Print one report as a readable page."""
    words = Words(labels)
    meta = report.meta
    title = f"{meta.agency or '?'} · {meta.year or '?'}"
    console.rule(f"[bold]{escape(title)}[/bold]")
    line = f"{escape(report.source.name)} · {words['form']} {meta.form}"
    console.print(line + (f" · {words['published']} {meta.published}" if meta.published else ""))
    prose = [fact for fact in report.facts if not fact.key.startswith(PREFIX)]
    if prose:
        found = "  ".join(
            f"{words.facts.get(fact.key, fact.key)} [cyan]{escape(fact.text)}[/cyan]"
            for fact in prose
            if fact.key not in _UNNAMED
        )
        console.print(f"[bold]{words['facts']}[/bold]  {found}")
    _appendix(report, console, words, labels)
    for name in ("disclosure", "requests", "review"):
        _table(report, name, console, words)
    _checks(report, console, words)
    for label, statements in (("problem", report.problems), ("commitment", report.commitments)):
        _statements(report, label, statements, console, words)
    if report.summary:
        body = escape(report.summary.text)
        console.print(Panel(body, title=words["summary"], subtitle=escape(report.summary.model)))
        _evidence(report.summary, report.text, console)
    for notice in report.warnings[:_MOST_WARNINGS]:
        where = f" ({notice.where})" if notice.where else ""
        console.print(f"[yellow]! {escape(notice.message + where)}[/yellow]")
    if len(report.warnings) > _MOST_WARNINGS:
        console.print(f"[yellow]! … {len(report.warnings) - _MOST_WARNINGS} more (--json)[/yellow]")


def _appendix(report: Report, console: Console, words: Words, labels: str) -> None:
    """The indicators that are not 0, and how many are."""
    rows = [fact for fact in report.facts if fact.key.startswith(PREFIX)]
    if not rows:
        return
    found = []
    for row in rows:
        key = row.key.removeprefix(PREFIX)
        if row.value:
            name = BY_KEY[key].label if labels == "zh" and key in BY_KEY else key
            found.append(f"{name} [cyan]{row.value}{row.unit}[/cyan]")
    zeros = len(rows) - len(found)
    found += [f"{zeros} {words['zeros']}"] * bool(zeros)
    console.print(f"[bold]{words['indicators']}[/bold]  " + "  ".join(found))


def _statements(
    report: Report, label: str, statements: Sequence[Statement], console: Console, words: Words
) -> None:
    colour = "red" if label == "problem" else "green"
    console.print(
        f"[bold {colour}]{words[label]}[/bold {colour}]"
        + ("" if statements else f"  {words['none']}")
    )
    answers: dict[str, list[str]] = {}
    for pair in report.pairs:
        answers.setdefault(pair.commitment, []).append(pair.problem)
    grid = Table.grid(padding=(0, 1))
    for _ in range(4):
        grid.add_column()
    by_topic = sorted(statements, key=lambda s: list(TOPICS).index(s.topics[0]) if s.topics else 99)
    for one in by_topic:
        topics = "、".join(words.topics.get(topic, topic) for topic in one.topics)
        note = f"→ {words['answers']} {', '.join(answers[one.id])}" if one.id in answers else ""
        text = escape(" ".join(one.text.split()))
        grid.add_row(
            one.id,
            f"[{colour}]{topics}[/{colour}]",
            f"{one.score:.2f}",
            f"{text} [dim]{note}[/dim]",
        )
    console.print(grid)


def _table(report: Report, name: str, console: Console, words: Words) -> None:
    cells = [cell for cell in report.tables.cells if cell.table == name]
    head = f"[bold]{words[name]}[/bold]"
    if not cells:
        console.print(f"{head}  {words['absent']}")
        return
    if all(cell.value == 0 for cell in cells):
        console.print(f"{head}  {len(cells)}: {words['all_zero']}")
        return
    columns = list(dict.fromkeys(cell.column for cell in cells))
    grid = Table(title=words[name], title_justify="left", show_edge=False, padding=(0, 1))
    grid.add_column("")
    for column in columns:
        grid.add_column(words.columns.get(column, column), justify="right", overflow="fold")
    rows: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    for row, found in rows.items():
        if any(cell.value != 0 for cell in found.values()):
            grid.add_row(words.rows.get(row, row), *(_shown(found.get(column)) for column in columns))
    console.print(grid)


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.value is None:
        return "[yellow]?[/yellow]"
    return f"[italic]{cell.value}*[/italic]" if cell.how == "derived" else str(cell.value)


def _checks(report: Report, console: Console, words: Words) -> None:
    if not report.checks:
        return
    count = {s: sum(c.status == s for c in report.checks) for s in ("pass", "fail", "unknown")}
    console.print(
        f"[bold]{words['checks']}[/bold]  {count['pass']} {words['passed']}, "
        f"{count['fail']} {words['failed']}, {count['unknown']} {words['unknown']}"
    )
    for check in report.checks:
        if check.status == "fail":
            console.print(f"  [red]✗[/red] {check.rule} {escape(check.message)}")


def show_summary(summary: Summary, text: str, console: Console) -> None:
    """A summary and, under it, clause by clause, what it comes from."""
    console.print(escape(summary.text))
    _evidence(summary, text, console)


def _evidence(summary: Summary, text: str, console: Console) -> None:
    """For each clause of a summary the places of the report that it is copied from."""
    for clause in _CLAUSES.finditer(summary.text):
        sources = [
            text[max(0, one.source_start - 6) : one.source_end + 6].replace("\n", " ")
            for one in summary.evidence
            if clause.start() <= one.start < clause.end()
        ]
        if sources:
            shown = " · ".join(f"…{escape(source)}…" for source in dict.fromkeys(sources))
            console.print(f"  [dim]{escape(clause[0])} ← {shown}[/dim]")
