"""PDF, Word, mail: the same cells as from the text they were made from; bad files say why."""

from __future__ import annotations

import base64
import io
import shutil
import time
import zipfile
import zlib
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import SHARED

from nlp import readers
from nlp.analysis import analyze
from nlp.document import Document
from nlp.errors import (
    DamagedFile,
    EmptyInput,
    InputTooLarge,
    MissingExtra,
    NianbaoError,
    NotAReport,
    UnreadableInput,
)
from nlp.readers.layout import Char, cell_text, without_doubles, without_struck
from nlp.readers.numbering import chinese
from nlp.readers.ruled import Rule, RuledTable, find_tables
from nlp.readers.stitch import stitch
from nlp.tables import extract_tables

DATA = Path(__file__).parent / "data"
SAMPLE = Path(__file__).resolve().parents[1] / "corpora" / "samples" / "county-bureau-2023.txt"
COUNTY = DATA / "county-bureau-2023"


def values(document: Document) -> dict[str, int | float | None]:
    return {c.key: c.value for c in extract_tables(document, (), "2021").cells}


def paragraphs(document: Document) -> list[str]:
    found = (document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph")
    return ["".join(text.split()) for text in found]


# --- whole documents ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    ["pdf", "docx",
     pytest.param("doc", marks=pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice"))],
)  # fmt: skip
def test_a_document_says_what_its_text_says(form: str) -> None:
    document = readers.read(COUNTY.with_suffix(f".{form}"))
    text = readers.read(SAMPLE)
    assert document.source.format == form
    assert values(document) == values(text)
    wanted = [line for line in paragraphs(text) if not line.startswith("|")]
    assert [line for line in paragraphs(document) if not line.startswith("第二十条")] == wanted
    assert all(document.text[b.start : b.end].strip() for b in document.blocks)


def test_a_pdf_counts_its_pages_and_says_what_was_struck_out() -> None:
    document = readers.read(COUNTY.with_suffix(".pdf"))
    assert document.source.pages == 4
    assert [notice.code for notice in document.warnings] == ["struck_out"]
    assert "- 2 -" not in document.text


def test_the_real_pdf() -> None:
    path = SHARED / "huaian-2024.pdf"
    if not path.exists():
        pytest.skip("no real reports beside this checkout")
    report = analyze(path, summary=False)
    cells = {c.key: c.value for c in report.tables.cells}
    assert len(cells) == 200 and None not in cells.values()
    assert sum(value != 0 for value in cells.values()) == 89
    assert {check.status for check in report.checks} == {"pass"}
    true = {
        "requests.new.total": 3119, "requests.carried_in.total": 34,
        "requests.granted.total": 1362, "requests.partly_granted.total": 454,
        "review.reconsideration.total": 351, "disclosure.licences.decisions": 447228,
        "disclosure.penalties.decisions": 3985758, "disclosure.fees.amount": 96171.6,
    }  # fmt: skip
    assert {key: cells[key] for key in true} == true
    assert (report.meta.agency, report.meta.year) == ("淮安市人民政府", 2024)
    assert report.meta.published is None  # the file prints no date
    assert report.source.pages == 6
    assert "进一步优化政务公开专栏设置" in report.text


def test_five_pdfs_a_second() -> None:
    data = COUNTY.with_suffix(".pdf").read_bytes()
    readers.read(data)
    start = time.process_time()
    for _ in range(3):
        extract_tables(readers.read(data), (), "2021")
    assert (time.process_time() - start) / 3 < 0.2


# --- tables by rules ---------------------------------------------------------------------


def boxes(text: str, top: float = 0.0, left: float = 0.0) -> RuledTable:
    """A table of rows of ``|``-parted cells, 40 points wide and 20 high, fully ruled."""
    rows = [row.split("|") for row in text.split("\n")]
    width = len(rows[0])
    across = [Rule(top + 20 * y, left, left + 40 * width) for y in range(len(rows) + 1)]
    down = [Rule(left + 40 * x, top, top + 20 * len(rows)) for x in range(width + 1)]
    (table,) = find_tables(across, down)
    table.take(
        Char(letter, left + 40 * x + 5 + 5 * n, top + 20 * y + 5, left + 40 * x + 10 + 5 * n, top + 20 * y + 15)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        for n, letter in enumerate(cell)
    )
    return table


def rows_of(table: RuledTable) -> list[str]:
    return [
        "|".join(c.text for c in table.cells if c.row == row)
        for row in range(table.rows)
        if any(c.row == row for c in table.cells)
    ]


def test_merged_cells_are_where_no_rule_is() -> None:
    across = [Rule(0, 0, 120), Rule(20, 40, 120), Rule(40, 0, 120)]
    down = [Rule(0, 0, 40), Rule(40, 0, 40), Rule(80, 20, 40), Rule(120, 0, 40)]
    (table,) = find_tables(across, down)
    assert [(c.row, c.column, c.rowspan, c.colspan) for c in table.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("规章|1|2\n规范性|3|4", "许可|5|6", "规章|1|2\n规范性|3|4\n许可|5|6"),
        ("项目|件数\n规章|1", "项目|件数\n许可|5", "项目|件数\n规章|1\n许可|5"),
        ("1.甲|1|2\n5.要求确认|3|4", "或重新出具||", "1.甲|1|2\n5.要求确认或重新出具|3|4"),
        ("1.甲|1|2\n5.要求确认||", "|3|4", "1.甲|1|2\n5.要求确认|3|4"),
        ("其他|尚未|总计", "结果|审结|", "其他结果|尚未审结|总计"),
        ("4.保护|0|1", "第三方权益||", "4.保护第三方权益|0|1"),
        # rows of their own, though a half of them is blank
        ("规章|1|2\n规章||", "行政规范性|3|4", "规章|1|2\n规章||\n行政规范性|3|4"),
        ("甲|1|2\n乙|3|4", "2.丙||", "甲|1|2\n乙|3|4\n2.丙||"),
    ],
)
def test_tables_over_a_page_end(upper: str, lower: str, joined: str) -> None:
    assert "\n".join(rows_of(stitch(boxes(upper, 600), boxes(lower, 50)))) == joined


def test_two_numbers_below_one_another_are_not_one() -> None:
    digits = [Char("1", 5, 0, 10, 10), Char("2", 10, 0, 15, 10), Char("3", 5, 12, 10, 22)]
    assert cell_text(digits, 0, 60) == "12 3"
    assert cell_text(digits, 0, 20) == "123"  # wrapped: the cell is full


def test_type_printed_twice_or_struck_out() -> None:
    once = [Char("1", 0, 0, 5, 10), Char("1", 6, 0, 11, 10)]
    assert without_doubles([*once, Char("1", 0.4, 0.1, 5.4, 10.1)]) == once
    assert without_struck(once, [(5, 0, 5.5)]) == once[1:]
    assert without_struck(once, [(9.5, 0, 12)]) == once  # underlined
    assert without_struck(once, [(5, -300, 300)]) == once


# --- Word --------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_word_merges_and_nesting() -> None:
    merge, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    document = readers.read(docx(
        "<w:tbl>"
        f"<w:tr>{tc('甲', merge)}{tc('乙', wide)}</w:tr>"
        f"<w:tr>{tc('', go_on)}{tc('1')}{tc('2')}</w:tr></w:tbl>"
    ))  # fmt: skip
    (grid,) = document.blocks
    assert [(c.row, c.column, c.rowspan, c.colspan, document.text[c.start : c.end]) for c in grid.cells] == [
        (0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"),
    ]  # fmt: skip


def test_word_deletions_hidden_text_and_boxes() -> None:
    document = readers.read(docx(
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        f"<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r>"
        "<w:r><w:t>文</w:t></w:r></w:p>"
    ))  # fmt: skip
    assert paragraphs(document) == ["新文", "框内"]


def test_word_counts_headings_itself() -> None:
    numbering = (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    body = "".join(p(text).replace("<w:p>", f"<w:p>{listed}") for text in ("总体情况", "主动公开"))
    document = readers.read(docx(body, numbering=numbering))
    assert paragraphs(document) == ["一、总体情况", "二、主动公开"]
    assert [chinese(n) for n in (1, 10, 11, 40, 100)] == ["一", "十", "十一", "四十", "100"]


# --- mail and saved pages ----------------------------------------------------------------

PAGE = "<html><body><p>一、总体情况</p><table><tr><td>规章<td>1<tr><td>许可<td>2</table><p>政府信息公开</p>"


def test_a_saved_page() -> None:
    body = base64.encodebytes(PAGE.encode("gb18030")).decode()
    data = (
        "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{body}\r\n--b--\r\n"
    )
    document = readers.read(data.encode())
    assert (document.source.format, document.source.encoding) == ("mhtml", "gb18030")
    assert "规章 | 1\n许可 | 2" in document.text


def test_a_mail_with_the_report_attached() -> None:
    attached = base64.encodebytes(COUNTY.with_suffix(".docx").read_bytes()).decode()
    data = (
        "From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nsee\n'
        "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment\n"
        f"Content-Transfer-Encoding: base64\n\n{attached}\n--b--\n"
    )
    document = readers.read(data.encode())
    assert document.source.format == "eml"
    assert [notice.code for notice in document.warnings] == ["read_attachment"]
    assert len(values(document)) == 200


# --- reports that are elsewhere ----------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ('<a href="/a/2023.pdf">年度报告.pdf</a>', "年度报告.pdf"),
        ('<a href="P0202.docx">沅渚县2023年报</a>', "沅渚县2023年报 (P0202.docx)"),
        ('<iframe src="/web/viewer.html?file=%2Fa%2Fnb.pdf"></iframe>', "nb.pdf"),
        ('<a href="/down?id=3">附件：年报.doc</a>', "附件:年报.doc"),
    ],
)
def test_an_attachment_is_named(link: str, name: str) -> None:
    page = f"<html><body><h1>沅渚县2023年政府信息公开工作年度报告</h1><p>{link}</p></body></html>"
    document = readers.read(page.encode())
    (notice,) = [n for n in document.warnings if n.code == "attachment_only"]
    assert name.replace(":", "：") in notice.message.replace(":", "：")
    with pytest.raises(NotAReport, match="attachments"):
        analyze(f"<html><body><p>通知</p><p>{link}</p></body></html>".encode(), summary=False)


def test_a_report_with_attachments_beside_is_a_report() -> None:
    body = SAMPLE.read_text("utf-8").replace("\n", "<br>")
    page = f'<html><body><p>{body}</p><a href="a.pdf">附件.pdf</a></body></html>'
    assert not [n for n in readers.read(page.encode()).warnings if n.code == "attachment_only"]


# --- bad files ---------------------------------------------------------------------------


def _pages(count: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(200, 200)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _bomb() -> bytes:
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * 4_000_000, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj "
        b"4 0 obj<</Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n" + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
    )


_ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj 4 0 obj<</Filter/Standard/V 1/R 2/P -4/O("
    + b"o" * 32 + b")/U(" + b"u" * 32
    + b")>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R/ID[(a)(b)]/Size 5>>\nstartxref\n0\n%%EOF\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("make", "error", "word"),
    [
        (lambda: COUNTY.with_suffix(".pdf").read_bytes()[:50_000], DamagedFile, "fetch"),
        (lambda: b"%PDF-1.7\n%\xe2\xe3 nothing", DamagedFile, "fetch"),
        (lambda: _ENCRYPTED, UnreadableInput, "password"),
        (lambda: _pages(301), InputTooLarge, "pages"),
        (_bomb, InputTooLarge, "unpacks"),
        (lambda: _pages(2), EmptyInput, "no text"),
        (lambda: docx("<w:p>" + " " * 60_000_000 + "</w:p>"), InputTooLarge, "unpacks"),
        (lambda: docx("<w:p>").replace(b"PK\x01\x02", b"PK\x01\x09"), NianbaoError, "[a-z]{3}"),
        (lambda: docx("<w:p><w:r>"), DamagedFile, "damaged"),
        (lambda: COUNTY.with_suffix(".docx").read_bytes()[:20_000], NianbaoError, "[a-z]{3}"),
        (lambda: docx("<w:p>" * 5000), DamagedFile, "damaged"),
    ],
    ids=["cut", "no PDF", "encrypted", "301 pages", "PDF bomb", "blank", "bomb", "broken zip", "cut XML", "cut zip", "deep"],
)  # fmt: skip
def test_bad_files_say_why(make, error: type[NianbaoError], word: str) -> None:
    start = time.process_time()
    with pytest.raises(error, match=word) as caught:
        readers.read(make())
    assert "\n" not in str(caught.value)
    assert time.process_time() - start < 5


def test_xml_entities_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(DamagedFile, match="entities"):
        readers.read(buffer.getvalue())


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(50)])
def test_pictures_need_the_extra_or_are_damaged(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises((MissingExtra, DamagedFile)):
        readers.read(data)
    from nlp.readers import recognise

    recognise.engine.cache_clear()
    monkeypatch.setattr(recognise, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"nianbao\[ocr\]"):
        readers.read(data)


def test_doc_without_a_program_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingExtra, match="LibreOffice"):
        readers.read(COUNTY.with_suffix(".doc"))


# --- scans -------------------------------------------------------------------------------


def test_what_sums_contradict_is_not_kept_of_a_recognised_document(report_text: str) -> None:
    slip = report_text.replace("予以公开 | 3 | 1 |", "予以公开 | 8 | 1 |")
    document = readers.read(slip.encode())
    recognised = replace(document, hints={"recognised": "ocr"})
    assert values(document)["requests.granted.natural_person"] == 8  # as printed
    found = values(recognised)
    assert found["requests.granted.natural_person"] is None
    assert found["requests.partly_granted.business"] == 0
    reading = extract_tables(recognised, (), "2021")
    assert any(n.code == "unread_cell" and "requests.granted" in (n.where or "") for n in reading.warnings)


@pytest.mark.skipif(not find_spec("rapidocr"), reason="needs the extra ocr")
def test_a_scanned_page_is_right_or_null() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(COUNTY.with_suffix(".pdf"))
    buffer = io.BytesIO()
    document[1].render(scale=150 / 72).to_pil().convert("L").save(buffer, "JPEG", quality=70)
    scan = readers.read(buffer.getvalue())
    true = values(readers.read(SAMPLE))
    found = values(scan)
    assert scan.source.format == "image" and scan.hints["recognised"]
    assert {key: value for key, value in found.items() if value not in (None, true[key])} == {}
    # The page holds 14 of the 23 rows of table 三; those that are not on it stay null.
    assert sum(value is not None for value in found.values()) >= 0.9 * 14 * 7
