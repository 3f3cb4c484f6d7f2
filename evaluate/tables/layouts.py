"""Ways a report is printed: text flattened as scrapers do, HTML as government sites have it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import layouts_scraped as scraped
from .sheets import Cell, Printed, Row, Sheet


@dataclass(frozen=True)
class Layout:
    """``keeps_blanks`` tells whether an empty cell leaves a trace, ``keeps_repeats`` whether a
    number that was printed before does."""

    name: str
    format: str
    render: Callable[[Printed], str]
    keeps_blanks: bool
    keeps_repeats: bool = True


# --- text --------------------------------------------------------------------------------


def _pipes(row: Row) -> str:
    return "| " + " | ".join(cell.text for cell in row.cells) + " |"


def _scraped(row: Row) -> str:
    """Pipes with the empty cells that spans leave behind, as one scraper prints them."""
    missing = sum(cell.colspan - 1 for cell in row.cells)
    return _pipes(row) + (" " + "|" * missing if missing else "")


def _spread(row: Row) -> str:
    """Pipes with a bar for each column that a cell spans."""
    return "| " + " | ".join(cell.text + " |" * (cell.colspan - 1) for cell in row.cells) + " |"


def _split_scraped(row: Row) -> str:
    """Pipes where some values stand on lines of their own."""
    if row.key() and len(row.cells) == 2:
        return f"| {row.cells[0].text} |\n{row.cells[1].text} |\n||"
    return _pipes(row)


def _joined(separator: str) -> Callable[[Row], str]:
    return lambda row: separator.join(cell.text for cell in row.cells)


def _spaces(row: Row) -> str:
    return " ".join(cell.text for cell in row.cells if cell.text.strip())


def _lines(row: Row) -> str:
    return "\n".join(cell.text for cell in row.cells if cell.text.strip())


def _text(line: Callable[[Row], str], between: str = "\n") -> Callable[[Printed], str]:
    def render(report: Printed) -> str:
        parts = []
        sheets = report.sheets()
        for part in report.parts:
            if isinstance(part, str):
                parts.append(part)
            elif report.beside and part is sheets[1]:
                continue
            elif report.beside and part is sheets[0]:
                parts.append(between.join(_beside(sheets[0], sheets[1], line)))
            else:
                parts.append(between.join(_sheet_lines(part, line)))
        return "\n".join(parts) + "\n"

    return render


def _sheet_lines(sheet: Sheet, line: Callable[[Row], str]) -> Iterator[str]:
    for row in sheet.rows:
        if row.noise is not None:
            yield row.noise
        elif row.cells:
            yield line(row)


def _beside(one: Sheet, two: Sheet, line: Callable[[Row], str]) -> Iterator[str]:
    for number in range(max(len(one.rows), len(two.rows))):
        rows = [s.rows[number] for s in (one, two) if number < len(s.rows)]
        noise = [row.noise for row in rows if row.noise is not None]
        cells = [cell for row in rows for cell in row.cells]
        if noise:
            yield noise[0]
        if cells:
            yield line(Row(cells))


def _barred_lines(row: Row) -> str:
    """A cell a line, each after a bar."""
    return "\n".join(f"| {cell.text}" for cell in row.cells)


def _bars_alone(row: Row) -> str:
    """A cell a line, bars on lines of their own."""
    return "\n|\n".join(cell.text for cell in row.cells if cell.text.strip())


def _markdown(report: Printed) -> str:
    def lines(sheet: Sheet) -> Iterator[str]:
        for number, line in enumerate(_sheet_lines(sheet, _pipes)):
            yield line
            if number == 0:
                yield "|" + " --- |" * max(len(row.cells) for row in sheet.rows)

    return "\n\n".join(
        "## " + part if isinstance(part, str) and "、" in part[:3] and len(part) < 30
        else part if isinstance(part, str) else "\n".join(lines(part))
        for part in report.parts
    )  # fmt: skip


# --- HTML --------------------------------------------------------------------------------


def _page(body: str) -> str:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府信息公开工作年度报告</title></head>"
        f"<body><div class='nav'><a href='/'>首页</a></div><div id='zoom'>{body}</div></body></html>"
    )


def _td(cell: Cell, inner: Callable[[str], str], spans: bool) -> str:
    attributes = ""
    if spans and cell.rowspan > 1:
        attributes += f" rowspan='{cell.rowspan}'"
    if spans and cell.colspan > 1:
        attributes += f" colspan='{cell.colspan}'"
    return f"<td{attributes}>{inner(html.escape(cell.text))}</td>"


def _word(text: str) -> str:
    """As Word writes it: a paragraph, spans, a break inside long labels, &nbsp; in empty cells."""
    half = len(text) // 2
    if len(text) > 5 and not any(map(str.isdigit, text[1:])):
        text = text[:half] + "<br/>" + text[half:]
    return f"<p class='MsoNormal'><span lang='EN-US'>{text or '&nbsp;'}<o:p></o:p></span></p>"


def _table(
    sheet: Sheet, inner: Callable[[str], str] = str, spans: bool = True, shift: int = 0
) -> str:
    rows = []
    for row in sheet.rows:
        if row.noise is not None:
            rows.append(f"<tr><td>{html.escape(row.noise)}</td></tr>")
        elif row.cells:
            cells = row.cells
            if shift and row.head and len(cells) > 1:  # header words in columns of their own
                cells = [Cell("", colspan=shift), *cells]
            rows.append("<tr>" + "".join(_td(cell, inner, spans) for cell in cells) + "</tr>")
    return "<table border='1'><tbody>" + "\n".join(rows) + "</tbody></table>"


def _html(table: Callable[[Sheet], str]) -> Callable[[Printed], str]:
    def render(report: Printed) -> str:
        parts = []
        sheets = report.sheets()
        for part in report.parts:
            if isinstance(part, str):
                parts.append(f"<p>{html.escape(part)}</p>")
            elif report.beside and part is sheets[1]:
                continue
            elif report.beside and part is sheets[0]:
                inside = f"<td>{table(sheets[0])}</td><td>{table(sheets[1])}</td>"
                parts.append(f"<table><tr>{inside}</tr></table>")
            else:
                parts.append(table(part))
        return _page("\n".join(parts))

    return render


def _outer(report: Printed) -> str:
    body = _html(_table)(report)
    return body.replace("<div id='zoom'>", "<table width='100%'><tr><td>").replace(
        "</div></body>", "</td></tr></table></body>"
    )


def _halves(sheet: Sheet) -> str:
    """A table cut in two at its middle row, as editors cut it at a page end."""
    middle = len(sheet.rows) // 2
    return "".join(
        _table(Sheet(sheet.name, rows)) for rows in (sheet.rows[:middle], sheet.rows[middle:])
    )


def _divs(sheet: Sheet) -> str:
    rows = []
    for row in sheet.rows:
        if row.noise is not None:
            rows.append(f"<div>{html.escape(row.noise)}</div>")
        else:
            cells = "".join(f"<div class='td'>{html.escape(c.text)}</div>" for c in row.cells)
            rows.append(f"<div class='tr'>{cells}</div>")
    return "<div class='tbl'>" + "\n".join(rows) + "</div>"


LAYOUTS: tuple[Layout, ...] = (
    Layout("pipes", "txt", _text(_pipes), True),
    Layout("pipes scraped", "txt", _text(_scraped), True),
    Layout("pipes spread", "txt", _text(_spread), True),
    Layout("pipes, values on lines", "txt", _text(_split_scraped), True),
    Layout("pipes, one line", "txt", _text(_pipes, " "), True),
    Layout("markdown", "txt", _markdown, True),
    Layout("tabs", "txt", _text(_joined("\t")), True),
    Layout("spaces", "txt", _text(_spaces), False),
    Layout("a cell a line", "txt", _text(_lines), False),
    Layout("a cell a line, spaced", "txt",
           lambda r: _text(_lines)(r).replace("\n", "\n\n"), False),
    Layout("a cell a line after bars", "txt", _text(_barred_lines), False),
    Layout("a cell a line, bars alone", "txt", _text(_bars_alone), False),
    Layout("one line", "txt", _text(_spaces, " "), False),
    Layout("a cell a line before bars", "txt", scraped.bars_behind, True),
    Layout("a cell a line, bars below", "txt", scraped.bars_below, True),
    Layout("a cell a line, blanks moved", "txt", scraped.blanks_moved, False),
    Layout("pipes, every column", "txt", scraped.every_column, True),
    Layout("pipes, broken at blanks", "txt", scraped.broken_at_blanks, False),
    Layout("a cell a line, blank lines", "txt", scraped.blank_lines, False),
    Layout("a bar before rows", "txt", scraped.bar_before_rows, True),
    Layout("a cell a line, ends together", "txt", scraped.ends_together, True),
    Layout("two flattenings", "txt", scraped.two_ways, True),
    Layout("a cell a line, each once", "txt", scraped.once, False, False),
    Layout("spaces, 四 printed down", "txt", scraped.printed_down, False),
    Layout("html", "html", _html(_table), True),
    Layout("html from Word", "html", _html(lambda s: _table(s, _word)), True),
    Layout("html without spans", "html", _html(lambda s: _table(s, spans=False)), True),
    Layout("html, headers shifted", "html", _html(lambda s: _table(s, shift=2)), True),
    Layout("html in a layout table", "html", _outer, True),
    Layout("html, tables cut in two", "html", _html(_halves), True),
    Layout("html divs", "html", _html(_divs), False),
)  # fmt: skip
