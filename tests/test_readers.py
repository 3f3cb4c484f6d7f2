"""Readers: any bytes become a document or a clear error; pages lose their furniture only."""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import readers
from nlp.document import Document
from nlp.errors import (
    EmptyInput,
    InputTooLarge,
    NianbaoError,
    UndecodableText,
    UnreadableInput,
    UnsupportedFormat,
)
from nlp.readers.furniture import is_furniture

TEXT = (
    "沅渚县林业局2022年政府信息公开工作年度报告\n一、总体情况\n"
    "2022年，我局主动公开政府信息128条，收到申请4件。\n"
) * 5


def page(body: str, head: str = "") -> Document:
    return readers.read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def lines(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks]


def grid(document: Document) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.column, c.rowspan, c.colspan, document.text[c.start : c.end])
        for block in document.blocks
        for c in block.cells
    ]


# --- encodings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)  # fmt: skip
def test_encodings(codec: str, encoding: str) -> None:
    data = TEXT.encode(codec)
    document = readers.read(data)
    assert document.text == TEXT
    assert document.source.encoding == encoding
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()
    assert document.source.format == "txt"
    assert document.warnings == ()


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_page_is_decoded_by_what_it_is_not_by_what_it_declares(codec: str) -> None:
    for declared in ("gb2312", "utf-8", "iso-8859-1"):
        text = f'<html><head><meta charset="{declared}"></head><body><p>{TEXT}</p></body></html>'
        assert "沅渚县林业局" in readers.read(text.encode(codec)).text


def test_few_broken_bytes_are_replaced_with_a_notice() -> None:
    data = TEXT.encode()
    broken = data[:100] + b"\xff" + data[100:300] + data[301:]
    document = readers.read(broken)
    assert [notice.code for notice in document.warnings] == ["broken_bytes"]
    assert document.source.encoding == "utf-8"
    assert "主动公开政府信息128条" in document.text


def test_latin_text_in_an_old_encoding_is_no_chinese() -> None:
    with pytest.raises(UndecodableText):
        readers.read("Le rapport annuel a été publié à Orléans où l'été".encode("latin-1") * 20)


@given(st.binary(min_size=1, max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_document_or_an_error_of_ours(data: bytes) -> None:
    try:
        document = readers.read(data)
    except NianbaoError as error:
        assert str(error) and "\n" not in str(error)
    else:
        assert all(document.text[b.start : b.end].strip() for b in document.blocks)


# --- what is not read --------------------------------------------------------------------


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (_zip("xl/workbook.xml"), "xlsx"),
        (_zip("OFD.xml"), "OFD"),
        (_zip("a.txt"), "unpack"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (b"{\\rtf1\\ansi x}", "RTF"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "WARC"),
        (b"\x1f\x8b\x08" + bytes(50), "gunzip"),
        (bytes(range(256)) * 40, "binary"),
    ],
)
def test_formats_not_read_say_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(UnsupportedFormat, match=word):
        readers.read(data)
    with pytest.raises(UnsupportedFormat, match=word):
        readers.read(data, as_="txt")


@pytest.mark.parametrize(
    ("data", "word"), [(b"", "empty"), (b" \r\n\t ", "empty"), (bytes(5000), "zero bytes"),
                       ("\u3000\u200b\ufeff\n".encode(), "white space"),
                       (b"<html><body><script>1</script></body></html>", "script")]
)  # fmt: skip
def test_nothing_to_read(data: bytes, word: str) -> None:
    with pytest.raises(EmptyInput, match=word):
        readers.read(data)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    cases: list[tuple[str | Path, str]] = [
        (tmp_path / "missing.txt", "no such file"), (tmp_path, "folder"), ("a\0b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ]  # fmt: skip
    for path, word in cases:
        with pytest.raises(UnreadableInput, match=word) as caught:
            readers.read(path)
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "shut.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with pytest.raises(UnreadableInput, match="permission"):
        readers.read(path)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(readers.MAX_BYTES + 1)  # sparse: reading it would give zeros
    with pytest.raises(InputTooLarge, match="32 MiB"):
        readers.read(path)
    with pytest.raises(InputTooLarge):
        readers.read(bytes(readers.MAX_BYTES + 1))


def test_as_names_a_format() -> None:
    assert readers.read(b"<p>a</p><p>b</p><p>c</p>", as_="txt").text.startswith("<p>")
    assert readers.read("没有标签".encode(), as_=".HTM").source.format == "html"
    with pytest.raises(UnsupportedFormat, match="is no pdf"):
        readers.read(b"x", as_="pdf")
    with pytest.raises(UnsupportedFormat, match="txt, html"):
        readers.read(b"x", as_="csv7")


def test_text_and_names(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"  # content decides, never the name
    path.write_bytes(TEXT.encode("gb18030"))
    assert readers.read(path).source.name == str(path)
    assert readers.read(str(path), name="n").source.name == "n"
    document = readers.read_text(TEXT, "given")
    assert (document.source.name, document.source.encoding) == ("given", None)
    assert document.text == readers.read(path).text


def test_text_is_one_paragraph_a_line() -> None:
    document = readers.read_text("甲\r\n\n  乙&nbsp;&ldquo;丙&rdquo; \f丁\u200b | 0 |\n", "x")
    assert lines(document) == ["甲", "乙\xa0“丙”", "丁 | 0 |"]


# --- pages: tables -----------------------------------------------------------------------


def test_spans_are_placed_as_browsers_place_them() -> None:
    document = page(
        "<table><tr><td rowspan=2 colspan=2>甲<td colspan=3>乙<tr><td>丙<td>丁<td>戊"
        "<tr><td>己<td rowspan=99>庚<td colspan=0>辛<td colspan=x>壬</table>"
    )
    assert grid(document) == [
        (0, 0, 2, 2, "甲"), (0, 2, 1, 3, "乙"), (1, 2, 1, 1, "丙"), (1, 3, 1, 1, "丁"),
        (1, 4, 1, 1, "戊"), (2, 0, 1, 1, "己"), (2, 1, 1, 1, "庚"), (2, 2, 1, 1, "辛"),
        (2, 3, 1, 1, "壬"),
    ]  # fmt: skip


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=5),
        min_size=1, max_size=6,
    )
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_cells_never_overlap_by_their_first_place(rows: list[list[tuple[int, int]]]) -> None:
    body = "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>{i}" for i, (r, c) in enumerate(row))
        for row in rows
    )
    cells = grid(page(f"<table>{body}</table>"))
    assert len(cells) == sum(map(len, rows))
    assert len({(row, column) for row, column, *_ in cells}) == len(cells)
    assert [cell[4] for cell in cells] == [str(i) for row in rows for i in range(len(row))]
    assert all(row + rowspan <= len(rows) for row, _, rowspan, _, _ in cells)


def test_a_layout_table_is_unwrapped_and_the_inner_one_is_a_grid() -> None:
    document = page(
        "<table><tr><td><a href=1>首页</a><td><p>一、总体情况</p><table>"
        "<tr><td>规章<td>1<tr><td>行政规范性文件<td>2</table><p>政府信息公开如上。</p></table>"
    )
    assert lines(document) == [
        "一、总体情况", "规章 | 1\n行政规范性文件 | 2", "政府信息公开如上。",
    ]  # fmt: skip


def test_what_is_inside_a_data_cell_is_joined() -> None:
    document = page(
        "<table><tr><td>科研<br>机构<td>1<td>2"
        "<tr><td><p>其他</p><table><tr><td>（件）</table><td>&nbsp;<td>4</table>"
    )
    assert [cell[4] for cell in grid(document)] == ["科研 机构", "1", "2", "其他 （件）", "", "4"]


def test_a_table_that_is_too_wide_is_read_as_lines() -> None:
    document = page(f"<table><tr>{'<td>信息</td>' * 500}</tr></table>")
    assert [notice.code for notice in document.warnings] == ["wide_table"]
    assert len(document.blocks) == 500


def test_divs_and_breaks_part_paragraphs_and_inline_tags_do_not() -> None:
    document = page(
        "<div>规章</div><div>0</div><h2><span>一、</span><b>总体</b>情况</h2>"
        "甲<br>乙<ul><li>丙<li>丁</ul>政府信\n  息公开"
    )
    assert lines(document) == ["规章", "0", "一、总体情况", "甲", "乙", "丙", "丁", "政府信息公开"]


# --- pages: content and furniture --------------------------------------------------------

BODY = "<p>一、总体情况</p><p>" + "我局主动公开政府信息若干条。" * 20 + "</p>"


@pytest.mark.parametrize(
    "around",
    [
        '<div class="TRS_Editor">{}</div>',
        '<div class="wrap"><div id="zoom">{}</div></div>',
        '<form id="aspnetForm"><div class="x"><div><div>{}</div></div></div></form>',
        '<table width=100%><tr><td><a href=a>目录</a></td><td>{}</td></tr></table>',
        '<div class="header">{}</div>',
        '<div><a href="/never-closed">{}</div>',
    ],
)  # fmt: skip
def test_the_report_is_kept_whole_wherever_it_stands(around: str) -> None:
    report = BODY + "<p>沅渚县林业局</p><p>2023年1月12日</p>"
    found = lines(
        page(
            "<nav>网站导航</nav><div class=nav><a href=/>首页</a> <a href=/n>新闻</a></div>"
            "<div>当前位置：<a href=/>首页</a> &gt; 年报</div>" + around.format(report)
            + "<div>【打印】【关闭】</div><p>上一篇：没有了</p><div style='display: none'>藏</div>"
            "<footer>版权所有</footer><p>某ICP备00000000号</p>"
        )
    )
    assert found[0] == "一、总体情况"
    assert found[-2:] == ["沅渚县林业局", "2023年1月12日"]
    assert len(found) == 4


def test_signature_and_tables_beside_the_container_are_not_lost() -> None:
    found = lines(
        page(
            f"<div><div class=TRS_Editor>{BODY}</div><table><tr><td>予以公开<td>3</table>"
            "<div class=bottom><p>沅渚县林业局</p><p>2023年1月12日</p></div></div>"
        )
    )
    assert found[-3:] == ["予以公开 | 3", "沅渚县林业局", "2023年1月12日"]


def test_a_report_that_a_script_would_show_is_read() -> None:
    document = page("<p>正在加载</p><div style='display:none'><p>政府信息公开年度报告</p></div>")
    assert "政府信息公开年度报告" in document.text


def test_hints_and_title() -> None:
    document = page(
        f"<h1>沅渚县林业局2022年政府信息公开工作年度报告</h1><div>发布时间：2023-01-15</div>"
        f"<div id=zoom>{BODY}</div>",
        '<title>沅渚县政府网</title><meta name="ContentSource" content="沅渚县林业局">'
        '<meta name="PubDate" content="2023-01-16 09:00">',
    )
    assert document.hints == {
        "title": "沅渚县政府网", "published": "2023-01-16", "agency": "沅渚县林业局",
    }  # fmt: skip
    assert lines(document)[0] == "沅渚县林业局2022年政府信息公开工作年度报告"
    shown = page(f"<div>发布日期： 2023年1月5日</div><div id=zoom>{BODY}</div>")
    assert shown.hints["published"] == "2023-01-05"


@pytest.mark.parametrize(
    "line",
    ["首页 > 政务公开 > 年报", "当前位置:首页>年报", "【打印】 【关闭】", "分享到:微信 微博",
     "上一篇:没有了", "闽公网安备 35000000000000号", "扫一扫在手机上查看当前页面", "浏览次数:312",
     "发布时间:2023-01-15 来源:县林业局", "字号:[大 中 小]", "索引号:TY0319-2017-00004"],
)  # fmt: skip
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["一、总体情况", "无", "沅渚县林业局", "2023年1月12日", "规章", "0", "自然人", "其他", "总计",
     "来源多样,公开及时。", "分享经验,我局在会上作了发言,并就下一步政务公开工作提出了三点具体的建议和要求安排。",
     "关闭长期不更新的政务新媒体账号3个。", "下载量达1.2万次。", "更多群众通过网站了解政策。"],
)  # fmt: skip
def test_no_furniture(line: str) -> None:
    assert not is_furniture(line)


# --- hostile pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    ["<div>" * 50_000 + "信息", "<table><tr><td>" * 15_000 + "信息", "<b><i>" * 30_000 + "信息",
     "<p>信息&amp;" * 50_000, "<table>" + "<tr><td rowspan=65534 colspan=1000>信" * 20_000,
     "<table><tr>" + "<td rowspan=9999>信" * 150 + "<tr><td>息" * 10_000, "<" * 500_000,
     "<div>信<p>息</p>" * 20_000, "<script>" * 1000 + "信", "</div></td></table>" * 50_000 + "信",
     '<p class="' + "nav " * 100_000 + '">信</p>'],
    ids=range(11),
)  # fmt: skip
def test_hostile_pages_take_bounded_time(body: str) -> None:
    started = time.process_time()  # other work on the machine is none of the page
    try:
        document = page(body)
    except NianbaoError as error:
        assert isinstance(error, EmptyInput)
    else:
        assert document.text
    assert time.process_time() - started < 8


def test_a_page_of_a_million_elements_is_refused() -> None:
    with pytest.raises(InputTooLarge, match="elements"):
        page("<div>" * 1_000_000)
