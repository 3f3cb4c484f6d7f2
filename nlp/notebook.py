"""A report as a notebook shows it: a self-contained piece of HTML, everything escaped."""

from __future__ import annotations

from html import escape

from . import names
from .form import TOPICS
from .report import Report, Statement

_LABELS = (("problem", "问题"), ("commitment", "承诺"))


def report_html(report: Report) -> str:
    """Head, summary, problems and commitments, checks that fail; no script, no link."""
    meta = report.meta
    parts = [f"<h4>{escape(meta.agency or '?')} · {meta.year or '?'}</h4>"]
    if report.summary:
        model = escape(report.summary.model)
        parts.append(f"<p>{escape(report.summary.text)} <small>({model})</small></p>")
    for label, title in _LABELS:
        found = [s for s in report.statements if s.label == label]
        if found:
            parts.append(f"<b>{title}</b><ul>{''.join(map(_item, found))}</ul>")
    parts.append(_cells(report))
    failed = [check for check in report.checks if check.status == "fail"]
    parts += [f"<p>✗ {escape(check.rule)}: {escape(check.message)}</p>" for check in failed]
    if report.warnings:
        parts.append(f"<p><small>{len(report.warnings)} warnings: report.warnings</small></p>")
    return f"<div>{''.join(parts)}</div>"


def _item(statement: Statement) -> str:
    topics = "、".join(TOPICS[topic] for topic in statement.topics)
    text = escape(" ".join(statement.text.split()))
    return f"<li>{text} <small>[{topics} {statement.score:.2f}]</small></li>"


def _cells(report: Report) -> str:
    """The cells other than 0, unread ones as a question mark."""
    rows = [
        f"<tr><td>{names.ROWS.get(cell.row, cell.row)}</td>"
        f"<td>{names.COLUMNS.get(cell.column, cell.column)}</td>"
        f"<td>{'?' if cell.value is None else cell.value}</td></tr>"
        for cell in report.tables.cells
        if cell.value != 0
    ]
    count = len(report.tables.cells)
    if not rows:
        return f"<p><small>{count} cells, all 0</small></p>" if count else ""
    return f"<details><summary>{len(rows)} of {count} cells other than 0</summary><table>{''.join(rows)}</table></details>"
