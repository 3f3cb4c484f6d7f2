"""Inputs out of archives, and the first test of a crawl's pages."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from nlp.batch import containers, sieve
from nlp.batch.containers import inputs_of, load

PAGE = "<html><head><title>{title}</title></head><body>{body}</body></html>"


def found(path: Path) -> dict[str, tuple[str | None, bytes | None]]:
    """Name after the archive's, to error code and bytes."""
    return {item.name.removeprefix(str(path)).lstrip("!"): (item.error and item.error[0], data)
            for item, data in inputs_of(str(path))}  # fmt: skip


# --- zip and tar -------------------------------------------------------------------------


def test_zip_members_by_their_chinese_names(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("年报/一.txt", "甲")
        info = zipfile.ZipInfo("二.txt".encode("gb18030").decode("cp437"))  # as Windows writes it
        archive.writestr(info, "乙")
        archive.writestr("__MACOSX/._x", "no")
        archive.writestr(".hidden", "no")
    raw = path.read_bytes()
    name = "二.txt".encode("gb18030").decode("cp437").encode("utf-8")
    assert name in raw  # Python marks it as UTF-8: unmark it, shorter names are kept apart
    assert found(path)["年报/一.txt"] == (None, "甲".encode())
    assert len(found(path)) == 2


def test_zip_names_without_a_mark_are_read_as_gb18030() -> None:
    info = zipfile.ZipInfo("年报.txt".encode("gb18030").decode("cp437", "replace"))
    info.filename, info.flag_bits = "年报.txt".encode("gb18030").decode("cp437"), 0
    assert containers._zip_name(info) == "年报.txt"


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_members_however_packed(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, mode) as archive:
        for name, data in (("./a.txt", b"one"), ("b/c.txt", b"two")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert found(path) == {"a.txt": (None, b"one"), "b/c.txt": (None, b"two")}


def test_a_document_is_no_archive_and_neither_is_a_packed_page(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert list(found(path)) == [""]
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(b"<html></html>"))
    assert list(found(path)) == [""]


def test_bad_members_and_broken_archives_name_themselves(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(containers, "MAX_BYTES", 1000)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("large.txt", b"0" * 1001)
        archive.writestr("good.txt", b"good")
        archive.writestr("secret.txt", b"secret")
    data = bytearray(path.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # set the bit that says encrypted
        at = data.rfind(mark)
        data[at + (6 if mark[2] == 3 else 8)] |= 1
    path.write_bytes(data)
    codes = {name: code for name, (code, _) in found(path).items()}
    assert codes == {"large.txt": "input_too_large", "good.txt": None, "secret.txt": "unsupported_format"}
    path.write_bytes(data[:-30])
    assert [code for code, _ in found(path).values()] == ["damaged_file"]


def test_a_tar_cut_short_gives_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name in "ab":
            info = tarfile.TarInfo(name)
            info.size = 5000
            archive.addfile(info, io.BytesIO(b"x" * 5000))
    path.write_bytes(path.read_bytes()[:7000])
    everything = found(path)
    assert everything["a"] == (None, b"x" * 5000)
    assert everything[""][0] == "damaged_file"


def test_an_archive_that_unpacks_without_end_is_left(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(containers, "_MOST_ANYWAY", 10_000)
    monkeypatch.setattr(containers, "_MOST_TIMES", 1)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"{number}.txt", b"0" * 4_000)
    everything = found(path)
    assert everything[""][0] == "input_too_large" and len(everything) == 3


def test_members_are_found_again_by_reference(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "one")
        archive.writestr("b.txt", "two")
    for item, data in inputs_of(str(path)):
        assert load(item) == data


# --- web archives ------------------------------------------------------------------------


def warc(pages: list[tuple[str, str, bytes]]) -> bytes:
    """(address, content type, body) as WARC records, each packed by itself."""
    out = b""
    for address, kind, body in pages:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        payload = http.encode() + body
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
                "WARC-Date: 2024-01-20T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n")  # fmt: skip
        out += gzip.compress(head.encode() + payload + b"\r\n\r\n", mtime=0)
    return out


def as_page(text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return PAGE.format(title=text.splitlines()[0], body=lines)


@pytest.mark.parametrize("packed", [True, False])
def test_of_a_crawl_only_reports_are_taken(tmp_path: Path, report_text: str, packed: bool) -> None:
    pytest.importorskip("fastwarc")
    page = as_page(report_text).encode("gb18030")
    data = warc([
        ("https://a.example/r.html", "text/html; charset=gbk", page),
        ("https://a.example/p.png", "image/png", b"\x89PNG" + page),
        ("https://a.example/weather.html", "text/html", "<p>今日晴</p>".encode()),
        ("https://a.example/r.pdf", "application/pdf", b"%PDF-1.4 etc"),
    ])  # fmt: skip
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(data if packed else gzip.decompress(data))
    items = [item for item, _ in inputs_of(str(path))]
    assert [item.name.split("!")[1] for item in items] == ["https://a.example/r.html", "https://a.example/r.pdf"]
    assert items[0].charset == "gbk" and all(item.sieve for item in items)
    assert [load(item) for item in items] == [page, b"%PDF-1.4 etc"]


def test_a_page_that_turns_out_to_be_none_is_passed_over(report_text: str) -> None:
    from nlp.batch.items import Input, Reference
    from nlp.batch.options import Options
    from nlp.batch.stage import Stage

    jobs = [(Input("x", Reference("x"), "0" * 64, sieve=True), b"%PDF-1.4 broken"),
            (Input("y", Reference("y"), "1" * 64, charset="gbk", sieve=True),
             report_text.encode("gb18030"))]  # fmt: skip
    assert [one.status for one in Stage(Options(summary=False)).run(jobs)] == ["passed_over", "done"]


def test_the_charset_of_http_comes_before_the_pages_own() -> None:
    from nlp import readers

    page = PAGE.format(title="報告", body='<meta charset="gb2312"><p>資訊公開年度報告：主動公開情況與問題</p>')
    document = readers.read(page.encode("big5hkscs"), None, "x", "Big5")
    assert "資訊公開" in document.text and document.source.encoding == "big5hkscs"


# --- the first test ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_report_passes_in_any_encoding(report_text: str, encoding: str) -> None:
    assert sieve.passes(as_page(report_text).encode(encoding))
    assert sieve.passes(report_text.encode(encoding))


def test_recall_and_precision_hold() -> None:
    from evaluate.speed.sieve import measure

    figures = measure(60, 130, 23)
    assert figures["recall"] == 1.0 and figures["precision_at_equal_numbers"] > 0.97
