"""Files to run on: good ones (70% pages, 20% text, 10% PDF) and hostile ones."""

from __future__ import annotations

import gzip
import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpora.generate.reports import generate
from nlp import readers
from nlp.document import Document

SHARES = (("html", 0.7), ("text", 0.2), ("pdf", 0.1))
FONT = "STSong-Light"  # a font that PDF readers know; nothing is embedded
_FOLDER = 1_000  # files of one folder


def kinds(count: int, seed: int, pdf: bool = True) -> Iterator[str]:
    """The kind of each of ``count`` files."""
    dice = random.Random(f"speed/{seed}")
    names = [name for name, _ in SHARES if pdf or name != "pdf"]
    weights = [share for name, share in SHARES if pdf or name != "pdf"]
    for _ in range(count):
        yield dice.choices(names, weights)[0]


def good(count: int, seed: int, out: Path, pdf: bool = True) -> None:
    """Write ``count`` reports into folders of a thousand.

    Raises
    ------
    ModuleNotFoundError
        If PDF is wanted and reportlab is not installed.
    """
    suffix = {"html": "html", "text": "txt", "pdf": "pdf"}
    pages = generate(count, seed, "html")
    texts = generate(count, seed + 1, "text")
    for number, kind in enumerate(kinds(count, seed, pdf)):
        page, text = next(pages), next(texts)
        folder = out / f"{number // _FOLDER:04}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"r{number:07}.{suffix[kind]}"
        if kind == "pdf":
            path.write_bytes(to_pdf(readers.read(page.source.encode(), "html", "page")))
        else:
            path.write_text((page if kind == "html" else text).source, "utf-8", newline="\n")


def to_pdf(document: Document) -> bytes:
    """A report as PDF: paragraphs, and tables with rules and merged cells; on larger paper where
    a merged row does not fit on a page."""
    from reportlab.platypus.doctemplate import LayoutError

    for paper in ((595, 842), (842, 1191), (1191, 2400)):
        try:
            return _pdf(document, paper)
        except LayoutError:
            continue
    raise ValueError(f"{document.source.name} does not fit on paper")


def _pdf(document: Document, paper: tuple[int, int]) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=11, leading=17, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
    story: list[Any] = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if not block.cells:
            story.append(Paragraph(_escaped(text), body))
            continue
        height = 1 + max(cell.row + cell.rowspan - 1 for cell in block.cells)
        width = 1 + max(cell.column + cell.colspan - 1 for cell in block.cells)
        data: list[list[Any]] = [[""] * width for _ in range(height)]
        style: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        for cell in block.cells:
            words = _escaped(document.text[cell.start : cell.end])
            data[cell.row][cell.column] = Paragraph(words, small)
            if cell.rowspan * cell.colspan > 1:
                end = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
                style.append(("SPAN", (cell.column, cell.row), end))
        story += [Table(data, [(paper[0] - 115) / width] * width, style=style, splitInRow=0), Spacer(1, 8)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=paper, leftMargin=55, rightMargin=55, invariant=1).build(story)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


# --- hostile files -----------------------------------------------------------------------


def _page(dice: random.Random) -> bytes:
    return next(generate(1, dice.randrange(10**6), "html")).source.encode()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _pdf_bomb(dice: random.Random) -> bytes:
    packed = zlib.compress(b"0 " * (50 * 2**20), 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
           b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"  # fmt: skip
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return head + stream + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"


def _docx_bomb(dice: random.Random) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "x">{entities}]><d>&a11;</d>'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": text.encode()})


def _encrypted_pdf(dice: random.Random) -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" \
           b"2 0 obj<</Filter/Standard/V 2/R 3/O(" + dice.randbytes(32).hex().encode()[:32] + \
           b")/U(" + dice.randbytes(32).hex().encode()[:32] + \
           b")/P -3904>>endobj\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>\n"  # fmt: skip


def _truncated_pdf(dice: random.Random) -> bytes:
    page = readers.read(_page(dice), "html", "page")
    return to_pdf(page)[: dice.randrange(200, 900)]


HOSTILE: dict[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "empty": ("html", lambda dice: b""),
    "blank": ("txt", lambda dice: b" \n" * dice.randrange(9, 99)),
    "zeros": ("txt", lambda dice: bytes(dice.randrange(10, 9_999))),
    "noise": ("doc", lambda dice: dice.randbytes(dice.randrange(100, 40_000))),
    "truncated zip": ("docx", lambda dice: _zip({"word/document.xml": dice.randbytes(5_000)})[:3_000]),
    "truncated pdf": ("pdf", _truncated_pdf),
    "encrypted pdf": ("pdf", _encrypted_pdf),
    "pdf bomb": ("pdf", _pdf_bomb),
    "docx bomb": ("docx", _docx_bomb),
    "zip bomb": ("docx", lambda dice: _zip({"word/document.xml": b" " * (300 * 2**20 + dice.randrange(99))})),
    "workbook": ("pdf", lambda dice: _zip({"xl/workbook.xml": dice.randbytes(900)})),
    "gzip": ("html", lambda dice: gzip.compress(_page(dice), mtime=0)),
    "nested tags": ("html", lambda dice: b"<html>" + b"<div>" * (100_000 + dice.randrange(999))),
    "nested tables": ("html", lambda dice: b"<html>" + b"<table><tr><td>" * (20_000 + dice.randrange(99))),
    "another page": ("html", lambda dice: f"<html><p>今日天气晴，最高气温{dice.random()}度。</p></html>".encode()),
    "one endless line": ("txt", lambda dice: b"a" * (3_000_000 + dice.randrange(999))),
    "wrong type": ("html", lambda dice: b"\x7fELF" + dice.randbytes(20_000)),
    "OLE without a document": ("doc", lambda dice: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + dice.randbytes(4_000)),
    "picture cut short": ("png", lambda dice: b"\x89PNG\r\n\x1a\n" + dice.randbytes(300)),
}  # fmt: skip


def hostile(count: int, seed: int, out: Path) -> int:
    """Write ``count`` hostile files, two of 300 MB, a pipe and a link to a device among them;
    gives how many were written."""
    dice = random.Random(f"hostile/{seed}")
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    for number in range(2):
        with (out / f"h-large-{number}.pdf").open("wb") as file:
            file.write(b"%PDF-1.4\n")
            file.truncate(300 * 2**20 + number)
        written += 1
    os.mkfifo(out / "h-pipe.html")
    (out / "h-endless.txt").symlink_to("/dev/zero")
    (out / "h-nowhere.txt").symlink_to(out / "nothing-is-here")
    written += 3
    slow = {"zip bomb": 2, "pdf bomb": 4}  # a few of these are enough
    names = list(HOSTILE)
    while written < count:
        name = names[written % len(names)]
        if slow.get(name, 1) <= 0:
            name = "noise"
        if name in slow:
            slow[name] -= 1
        suffix, make = HOSTILE[name]
        data = make(dice)
        if name == "empty" and (out / "h-empty.html").exists():
            data, name = b"\n" * written, "blank"  # a second one is but a duplicate
        path = out / (f"h{written:05}.{suffix}" if name != "empty" else "h-empty.html")
        path.write_bytes(data)
        written += 1
    return written
