"""Reports as Word documents: the XML written here, apart from the reader that it tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .sheets import Cell, Place, Printed, Row, Sheet, placed_rows

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footer+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/></Relationships>'
)
_FOOTER = (
    f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">- </w:t></w:r>'
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> -</w:t></w:r>'
    "</w:p></w:ftr>"
)
_FONT = "Noto Serif CJK SC"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGIN = 1134  # twentieths of a point: 2 cm


@dataclass(frozen=True)
class Style:
    """How the document is set. Lengths in centimetres, sizes in points.

    ``spans`` False leaves merged cells out, as converters do; ``header`` repeats head rows at
    page ends; ``nested`` puts all into one cell of a layout table; ``aside`` sets what stands
    between rows (a page number) as a paragraph between two tables, else as a row.
    """

    width: float = 21.0
    height: float = 29.7
    size: float = 9.0
    spans: bool = True
    rules: bool = True
    header: bool = False
    footer: bool = False
    nested: bool = False
    halves: bool = False
    aside: bool = False
    tracked: bool = False


def docx(report: Printed, style: Style) -> bytes:
    """The report as the bytes of a DOCX file."""
    room = round(style.width * 567) - 2 * _MARGIN
    body = "".join(_body(report, style, room))
    if style.nested:
        body = (f'<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="{room}"/>'
                f"</w:tblGrid><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>")  # fmt: skip
    footer = '<w:footerReference w:type="default" r:id="rId1"/>' if style.footer else ""
    section = (f'<w:sectPr>{footer}<w:pgSz w:w="{round(style.width * 567)}" w:h="{round(style.height * 567)}"/>'
               f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}"/></w:sectPr>')  # fmt: skip
    document = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}" '
                'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
                f"<w:body>{body}<w:p/>{section}</w:body></w:document>")  # fmt: skip
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _RELS.format("footer", "footer1.xml"),
        "word/footer1.xml": _FOOTER,
        "word/document.xml": document,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def _run(text: str, size: float) -> str:
    return (f'<w:r><w:rPr><w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}"/><w:sz w:val="{round(size * 2)}"/>'
            f'</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>')  # fmt: skip


def _paragraph(text: str, size: float) -> str:
    lines = "".join(
        ("<w:r><w:br/></w:r>" if n else "") + _run(line, size) for n, line in enumerate(text.split("\n"))
    )
    return f"<w:p>{lines if text else ''}</w:p>"


def _body(report: Printed, style: Style, room: int) -> Iterator[str]:
    sheets = report.sheets()
    for part in report.parts:
        if isinstance(part, str):
            yield _paragraph(part, 12)
        elif report.beside and part is sheets[1]:
            continue
        elif report.beside and part is sheets[0]:
            half = room // 2
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{"".join(_sheet(s, style, half - 250))}<w:p/></w:tc>'
                for s in sheets[:2]
            )
            yield (f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>'
                   f"<w:tr>{cells}</w:tr></w:tbl><w:p/>")  # fmt: skip
        else:
            yield "".join(_sheet(part, style, room))


def _sheet(sheet: Sheet, style: Style, room: int) -> Iterator[str]:
    rows = sheet.rows
    if style.halves:
        middle = len(rows) // 2
        pieces = [rows[:middle], rows[middle:]]
    else:
        pieces = [rows]
    for piece in pieces:
        part: list[Row] = []
        for row in piece:
            if row.noise is None:
                part.append(row)
            elif style.aside:
                yield _table(part, style, room) + _paragraph(row.noise, style.size)
                part = []
            else:
                part.append(Row([Cell(row.noise)]))
        yield _table(part, style, room) + "<w:p/>"


def _widths(placed: list[list[Place]], columns: int, room: int) -> list[int]:
    """Columns as wide as their texts want, within reason."""
    wish = [2.5] * columns
    for line in placed:
        for column, cell, width in line:
            if cell is not None and width == 1:
                wish[column] = max(wish[column], min(len(cell.text), 11))
    return [max(300, round(room * one / sum(wish))) for one in wish]


def _table(rows: list[Row], style: Style, room: int) -> str:
    if not rows:
        return ""
    placed = placed_rows(rows, spans=style.spans)
    columns = max(column + width for line in placed for column, _, width in line)
    widths = _widths(placed, columns, room)
    size = style.size if columns < 12 else max(5.5, style.size - 2)
    borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if style.rules else ""
    parts = [
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in widths) + "</w:tblGrid>"
    ]
    for number, (row, line) in enumerate(zip(rows, placed, strict=True)):
        repeat = style.header and row.head and all(r.head for r in rows[: number + 1])
        parts.append("<w:tr><w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if repeat else "") + "</w:trPr>")
        for column, cell, width in line:
            span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            merge = "" if cell is not None and (cell.rowspan == 1 or not style.spans) else (
                "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>')  # fmt: skip
            text = "" if cell is None else cell.text
            old = (f'<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>77</w:delText></w:r></w:del>{_run(text, size)}</w:p>'
                   if style.tracked and cell is not None and cell.key and text else "")  # fmt: skip
            parts.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths[column : column + width])}" w:type="dxa"/>{span}{merge}'
                f"</w:tcPr>{old or _paragraph(text, size)}</w:tc>"
            )
        parts.append("</w:tr>")
    return "".join(parts) + "</w:tbl>"
