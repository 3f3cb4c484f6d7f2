"""Makes the documents of this folder out of the county bureau's sample.

Needs python-docx, LibreOffice and the font WenQuanYi Micro Hei, none of which the tests need:
``python tests/data/make.py [--height CM] [--out DIR]``.
"""

from __future__ import annotations

import argparse
import subprocess
from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "corpora" / "samples" / "county-bureau-2023.txt"
FONT = "WenQuanYi Micro Hei"
# table 三: where a row's label parts go; groups run on until the next one
_VALUES = 7


def blocks(text: str):
    """Paragraphs as str, tables as lists of rows of cells."""
    table: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("| ").split(" | ")])
            continue
        if table:
            yield table
            table = []
        if line.strip():
            yield line.strip()
    if table:
        yield table


def put(cell, text: str, *, tracked: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    font(run, 9)
    if tracked:  # an older value struck out under tracking, the present one inserted
        old = deepcopy(run._r)
        for node in old.iter(qn("w:t")):
            node.tag = qn("w:delText")
            node.text = "77"
        mark = 'w:id="9" w:author="x" w:date="2024-01-01T00:00:00Z"'
        gone = parse_xml(f"<w:del {nsdecls('w')} {mark}/>")
        gone.append(old)
        new = parse_xml(f"<w:ins {nsdecls('w')} {mark}/>")
        run._r.addprevious(gone)
        gone.addnext(new)
        new.append(run._r)


def font(run, size: float) -> None:
    run.font.size = Pt(size)
    run.font.name = FONT
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), FONT)


def simple(document, rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    table = document.add_table(len(rows), width, "Table Grid")
    for y, row in enumerate(rows):
        span = width // len(row)
        for n, text in enumerate(row):
            first = table.cell(y, n * span)
            last = table.cell(y, width - 1 if n == len(row) - 1 else (n + 1) * span - 1)
            put(first if first is last else first.merge(last), text)


def requests(document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), 10, "Table Grid")
    for y in range(3):
        header = parse_xml(f"<w:tblHeader {nsdecls('w')}/>")
        table.rows[y]._tr.get_or_add_trPr().append(header)
    put(table.cell(0, 0).merge(table.cell(2, 2)), rows[0][0])
    put(table.cell(0, 3).merge(table.cell(0, 9)), rows[0][1])
    put(table.cell(1, 3).merge(table.cell(2, 3)), rows[1][0])
    put(table.cell(1, 4).merge(table.cell(1, 8)), rows[1][1])
    put(table.cell(1, 9).merge(table.cell(2, 9)), rows[1][2])
    for n, text in enumerate(rows[2]):
        put(table.cell(2, 4 + n), text)
    low, high = next(y for y, row in enumerate(rows) if row[0].startswith("三、")), len(rows) - 2
    labels: list[tuple[int, str]] = []
    for y, row in enumerate(rows[3:], 3):
        label, values = row[:-_VALUES], row[-_VALUES:]
        if label[0].startswith("三、"):
            first, label = label[0], label[1:]
        if len(label) == 2:
            labels.append((y, label[0]))
            put(table.cell(y, 2), label[1])
        elif label[0][0].isdigit():
            put(table.cell(y, 2), label[0])
        elif label[0].startswith("（"):
            put(table.cell(y, 1).merge(table.cell(y, 2)), label[0])
            labels.append((y, ""))
        else:
            put(table.cell(y, 0).merge(table.cell(y, 2)), label[0])
        for n, value in enumerate(values):
            put(table.cell(y, 3 + n), value, tracked=(y == 3 and n == 1))
    for (y, text), following in zip(labels, [*labels[1:], (high + 1, "")], strict=True):
        if text:
            put(table.cell(y, 1).merge(table.cell(following[0] - 1, 1)), text)
    put(table.cell(low, 0).merge(table.cell(high, 0)), first)


def review(document, rows: list[list[str]]) -> None:
    table = document.add_table(4, 15, "Table Grid")
    put(table.cell(0, 0).merge(table.cell(0, 4)), rows[0][0])
    put(table.cell(0, 5).merge(table.cell(0, 14)), rows[0][1])
    for n in range(5):
        put(table.cell(1, n).merge(table.cell(2, n)), rows[1][n])
    put(table.cell(1, 5).merge(table.cell(1, 9)), rows[1][5])
    put(table.cell(1, 10).merge(table.cell(1, 14)), rows[1][6])
    for n in range(10):
        put(table.cell(2, 5 + n), rows[2][n])
    for n in range(15):
        put(table.cell(3, n), rows[3][n])


def numbering(document) -> None:
    """List 77: 一、二、… , counted by Word."""
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'))  # fmt: skip
    root.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))  # fmt: skip


def build(path: Path, height: float) -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(height)
    section.header.paragraphs[0].text = "枫桴县农业农村局"
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    section.footer.paragraphs[0].add_run("- ")
    section.footer.paragraphs[0]._p.append(field)
    section.footer.paragraphs[0].add_run(" -")
    numbering(document)
    for number, block in enumerate(blocks(SAMPLE.read_text("utf-8"))):
        if isinstance(block, list):
            kind = requests if len(block) > 20 else review if "行政复议" in block[0] else simple
            kind(document, block)
            continue
        paragraph = document.add_paragraph()
        heading = block[1:2] == "、"
        if heading:
            paragraph.paragraph_format.element.get_or_add_pPr().append(parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))  # fmt: skip
            block = block[2:]
        elif number:
            paragraph.paragraph_format.first_line_indent = Pt(24)
        else:
            paragraph.alignment = 1
        font(paragraph.add_run(block), 18 if not number else 12)
    document.save(path)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--height", type=float, default=29.7)
    options.add_argument("--out", type=Path, default=HERE)
    chosen = options.parse_args()
    path = chosen.out / "county-bureau-2023.docx"
    build(path, chosen.height)
    for form in ("pdf", "doc"):
        subprocess.run(["soffice", "--headless", "--convert-to", form, "--outdir", str(chosen.out),
                        str(path)], check=True, capture_output=True)  # fmt: skip


if __name__ == "__main__":
    main()
