"""Hostile files by name, made here: each is a function that gives the bytes.

None is a report. A reader must refuse each in one line, or read it within the bounds.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from itertools import count, islice, pairwise

_MIB = 2**20
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# --- PDF ---------------------------------------------------------------------------------


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of the objects, the first being its catalogue, with its table of offsets."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, at)  # fmt: skip
    return bytes(out)


def stream(content: bytes, filters: bytes) -> bytes:
    return b"<</Filter%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content)


def _one_page(content: bytes) -> list[bytes]:
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        content,
    ]


def encrypted_pdf() -> bytes:
    """One that asks for a password that nobody has."""
    keys = b"<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>"
    return pdf([*_one_page(b"<<>>"), keys], b"/Encrypt 5 0 R/ID[(a)(b)]")


def truncated_pdf() -> bytes:
    whole = pages_pdf(40)
    return whole[: len(whole) * 2 // 3]


def pages_pdf(pages: int = 10_000) -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * pages])


def bomb_pdf() -> bytes:
    """A page that unpacks to 56 MB of strokes."""
    return pdf(_one_page(stream(zlib.compress(b"0 0 m 9 9 l S\n" * 4_000_000, 9), b"/FlateDecode")))


def runs_pdf() -> bytes:
    """Two bytes of run lengths give 128: 20 MB give 1.3 GB."""
    return pdf(_one_page(stream(b"\x81 " * (10 * _MIB), b"/RunLengthDecode")))


# --- Word --------------------------------------------------------------------------------


def docx(body: str | bytes, **more: str) -> bytes:
    """A DOCX of one part, or with others by their names (``__`` for the slash)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        for name, text in more.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def word(inner: str, opening: str = "") -> str:
    return f'{opening}<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'


def bomb_docx() -> bytes:
    """A part that unpacks to 300 MB out of 300 kB."""
    return docx(word("<w:p>" + " " * (300 * _MIB) + "</w:p>"))


def elements_docx() -> bytes:
    """47 MB of empty elements: a tree of them would take a gigabyte."""
    return docx(word("<w:p/>" * (47 * _MIB // 6)))


def attributes_docx() -> bytes:
    return docx(word("<w:p " + " ".join(f"a{n}=''" for n in range(3_000_000)) + "/>"))


def files_docx(files: int = 400_000) -> bytes:
    """An archive of very many empty files: its directory alone fills memory."""
    local = b"PK\x03\x04" + bytes(26)
    entry = b"PK\x01\x02" + bytes(24) + b"\x06\x00" + bytes(16) + b"word/a"
    directory = entry * files
    end = b"PK\x05\x06" + bytes(4) + (files & 0xFFFF).to_bytes(2, "little") * 2
    end += len(directory).to_bytes(4, "little") + len(local).to_bytes(4, "little") + bytes(2)
    return local + directory + end


def laughs_docx() -> bytes:
    """Entities of entities: a few hundred bytes that stand for ten to the ninth words."""
    names = "abcdefghij"
    inner = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    opening = f'<!DOCTYPE x [<!ENTITY a "lol">{"".join(inner)}]>'
    return docx(word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", opening))


def laughs_utf16_docx() -> bytes:
    """The same in an encoding in which the declaration does not look like one."""
    opening = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "lol">]>'
    return docx(word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", opening).encode("utf-16"))


def external_docx() -> bytes:
    """An entity that would read a file of the machine."""
    opening = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return docx(word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", opening))


# --- pages and text ----------------------------------------------------------------------


def _html(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def attributes_html() -> bytes:
    return _html("<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">信息</p>")


def doubled_attributes_html() -> bytes:
    return _html("<p " + "a=1 " * 4_000_000 + ">信息</p>")


def halves_html() -> bytes:
    return _html("<div><p>信息" * 190_000)


def large_file(size: int = 200_000_000) -> bytes:
    return b"0" * size


def one_line() -> bytes:
    return ("0 " * (15 * _MIB)).encode()


def numbers() -> bytes:
    return "".join(islice((f"{n}\n" for n in count()), 3_000_000)).encode()


def labels(times: int = 250_000) -> bytes:
    return ("一、本年新收政府信息公开申请数量 1 2 3\n尚未审结 维持 总计\n" * times).encode()


FILES: Mapping[str, Callable[[], bytes]] = {
    "encrypted PDF": encrypted_pdf,
    "truncated PDF": truncated_pdf,
    "PDF of 10,000 pages": pages_pdf,
    "PDF that unpacks to 56 MB": bomb_pdf,
    "PDF of run lengths, 1.3 GB": runs_pdf,
    "DOCX that unpacks to 300 MB": bomb_docx,
    "DOCX of 8 million elements": elements_docx,
    "DOCX of 3 million attributes": attributes_docx,
    "DOCX of 400,000 files": files_docx,
    "DOCX, billion laughs": laughs_docx,
    "DOCX, entities in UTF-16": laughs_utf16_docx,
    "DOCX, external entity": external_docx,
    "HTML of a million nested tags": lambda: _html("<div>" * 1_000_000),
    "HTML, 100,000 nested tables": lambda: _html("<table><tr><td>信息" * 100_000),
    "HTML, 190,000 open blocks": halves_html,
    "HTML, a million attributes": attributes_html,
    "HTML, one attribute 4 million times": doubled_attributes_html,
    "HTML of open comments": lambda: _html("<!-- 信息 " * 2_000_000),
    "HTML of entities": lambda: _html("&amp;&#20449;" * 2_000_000),
    "file of 200 MB": large_file,
    "text of one line, 30 MB": one_line,
    "text of 3 million numbers": numbers,
    "text of 500,000 labels": labels,
    "text under the bound, of labels": lambda: labels(50_000),
    "text under the bound, of numbers": lambda: b"0 " * 950_000,
    "text under the bound, of prose": lambda: "信息公开工作扎实推进。".encode() * 170_000,
}
