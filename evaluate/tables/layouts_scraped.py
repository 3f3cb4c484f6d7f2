"""Layouts of text as scrapers leave it of real pages: bars behind cells, empty cells moved to
the row's end, grids with a place a column, repeated lines left out, titles printed downwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from .sheets import Printed, Row, Sheet, placed_rows


def _written(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _lines(report: Printed, of_row: Callable[[Row], Iterable[str]]) -> Iterator[str]:
    """Paragraphs and noise as they are, a table's other rows by ``of_row``."""
    for part in _parts(report):
        if isinstance(part, str):
            yield part
            continue
        for row in part:
            yield from of_row(row) if row.noise is None else (row.noise,)


def _parts(report: Printed) -> Iterator[str | list[Row]]:
    """Paragraphs and the rows of tables; tables side by side become rows side by side."""
    sheets = report.sheets()
    for part in report.parts:
        if isinstance(part, str):
            yield part
        elif report.beside and part is sheets[1]:
            continue
        elif report.beside and part is sheets[0]:
            yield list(_beside(sheets[0], sheets[1]))
        else:
            yield part.rows


def _beside(one: Sheet, two: Sheet) -> Iterator[Row]:
    for number in range(max(len(one.rows), len(two.rows))):
        rows = [sheet.rows[number] for sheet in (one, two) if number < len(sheet.rows)]
        noise = next((row.noise for row in rows if row.noise is not None), None)
        yield Row([cell for row in rows for cell in row.cells], noise)


def _cells_on_lines(report: Printed, bar: str, *, moved: bool) -> str:
    """A cell a line with its bar, further bars for its further columns at the row's end; with
    ``moved`` those of its empty cells too."""

    def of_row(row: Row) -> Iterator[str]:
        behind = sum(cell.colspan - 1 for cell in row.cells)
        for cell in row.cells:
            if cell.text.strip():
                yield cell.text + bar
            elif moved:
                behind += 1
            else:
                yield "|"
        if behind:
            yield "|" * behind

    return _written(_lines(report, of_row))


def bars_behind(report: Printed) -> str:
    """``0 |``, an empty cell ``|``."""
    return _cells_on_lines(report, " |", moved=False)


def bars_below(report: Printed) -> str:
    """A cell, its bar on the next line."""
    return _cells_on_lines(report, "\n|", moved=False)


def blanks_moved(report: Printed) -> str:
    """``0 |``, the bars of empty cells at the row's end."""
    return _cells_on_lines(report, " |", moved=True)


def every_column(report: Printed) -> str:
    """Pipes with an empty place for each column and row that a cell reaches over, but for the
    first, as table libraries print them."""
    lines: list[str] = []
    for part in _parts(report):
        if isinstance(part, str):
            lines.append(part)
            continue
        for row, places in zip(part, placed_rows(part), strict=True):
            if row.noise is not None:
                lines.append(row.noise)
                continue
            texts: list[str] = []
            for _, cell, width in places:
                texts += [cell.text if cell else "", *[""] * (width - 1)]
            lines.append("| " + " | ".join(texts) + " |")
    return _written(lines)


def broken_at_blanks(report: Printed) -> str:
    """Bars between cells, a new line behind each empty one."""

    def of_row(row: Row) -> Iterator[str]:
        line = ""
        for number, cell in enumerate(row.cells):
            if cell.text.strip():
                line += (" | " if number else "") + cell.text
            else:
                yield line + " |"
                line = ""
        if line:
            yield line

    return _written(_lines(report, of_row))


def blank_lines(report: Printed) -> str:
    """A cell a line, a blank line behind each that is filled; an empty cell is a blank line."""

    def of_row(row: Row) -> Iterator[str]:
        for cell in row.cells:
            yield cell.text + "\n" if cell.text.strip() else ""

    return "".join(line + "\n" for line in _lines(report, of_row))


def bar_before_rows(report: Printed) -> str:
    """A bar on a line of its own before each row, then ``0 |``."""

    def of_row(row: Row) -> Iterator[str]:
        yield "|"
        yield from (f"{cell.text} |" if cell.text.strip() else "|" for cell in row.cells)

    return _written(_lines(report, of_row))


def ends_together(report: Printed) -> str:
    """``0 |``, the last two cells of a row in one line."""

    def of_row(row: Row) -> Iterator[str]:
        texts = [cell.text for cell in row.cells]
        single = texts[:-2] if row.key() and len(texts) > 3 else texts
        yield from (f"{text} |" for text in single)
        if len(single) < len(texts):
            yield f"{texts[-2]} | {texts[-1]} |"

    return _written(_lines(report, of_row))


def two_ways(report: Printed) -> str:
    """The first table a cell a line with its bar, the others a row a line."""
    first = report.sheets()[0].rows

    def of_row(row: Row) -> Iterator[str]:
        if any(row is one for one in first):
            yield from (f"{cell.text} |" if cell.text.strip() else "|" for cell in row.cells)
        else:
            yield " | ".join(cell.text for cell in row.cells)

    return _written(_lines(report, of_row))


def once(report: Printed) -> str:
    """A cell a line, each text once in the whole report: a scraper that drops repeated lines."""
    lines = _lines(report, lambda row: (cell.text for cell in row.cells if cell.text))
    return _written(dict.fromkeys(lines))


def printed_down(report: Printed) -> str:
    """Spaces between cells; the outcomes of table 四 downwards, a line a character, as text
    taken from a narrow table of a PDF has them."""
    lines: list[str] = []
    for part in _parts(report):
        if isinstance(part, str):
            lines.append(part)
            continue
        rows = [row for row in part if row.noise is None]
        narrow = any(row.head and len(row.cells) >= 7 for row in rows)
        for row in part:
            if row.noise is not None:
                lines.append(row.noise)
            elif narrow and row.head:
                lines += _down(row)
            else:
                lines.append(" ".join(cell.text for cell in row.cells if cell.text.strip()))
    return _written(lines)


def _down(row: Row) -> list[str]:
    """The row's short texts downwards, the long ones above them in one line."""
    lines: list[str] = []
    for short, cells in groupby(row.cells, key=lambda cell: len(cell.text) <= 4):
        texts = [cell.text for cell in cells]
        if not short or len(texts) < 3:
            lines.append(" ".join(texts))
            continue
        lines += [
            " ".join(text[n] for text in texts if n < len(text))
            for n in range(max(map(len, texts)))
        ]
    return lines
