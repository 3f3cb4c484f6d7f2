"""What kind of bytes these are, and which characters they stand for. By content, never by name."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

from ..errors import EmptyInput, InputTooLarge, UndecodableText, UnsupportedFormat
from ..report import Notice

# --- formats -----------------------------------------------------------------------------

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "warc"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
_WORD, _BOOK = ("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
_HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_CLOSING = re.compile(r"</(?:p|div|td|tr|table|span|body|html|h[1-6]|li)\s*>", re.I)
_CLOSINGS_OF_A_PAGE = 3
_SNIFF_CHARACTERS = 200_000

# What to do about bytes that no reader takes.
ADVICE: dict[str, str] = {
    "wps": "old Office files (doc, xls, wps) are not read yet: save as HTML or plain text",
    "xlsx": "workbooks (xlsx) are not read yet: save the sheet as text or HTML",
    "xls": "workbooks (xls) are not read yet: save the sheet as text or HTML",
    "ofd": "OFD is not read yet: save the document as text or HTML",
    "zip": "this is a zip archive: unpack it and give the files inside",
    "gzip": "this is gzip-packed: unpack it (gunzip FILE) and give what is inside",
    "7z": "this is a 7z archive: unpack it and give the files inside",
    "rar": "this is a rar archive: unpack it and give the files inside",
    "rtf": "RTF is not read yet: save the document as plain text or HTML",
    "warc": "WARC archives are not read yet: take the pages out and give them as HTML",
}


_MOST_FILES = 10_000  # of an archive: each takes half a kilobyte of memory before any is looked at


def _zip_kind(data: bytes) -> str:
    if data.count(b"PK\x01\x02") > _MOST_FILES:
        raise InputTooLarge(
            f"is an archive of more than {_MOST_FILES:,} files: unpack it and give the files inside"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = []
    for prefix, kind in (("word/", "docx"), ("xl/", "xlsx"), ("OFD.xml", "ofd")):
        if any(name.startswith(prefix) for name in names):
            return kind
    return "zip"


def binary_kind(data: bytes) -> str | None:
    """The format of bytes that are not text, by their first bytes; None where none is known."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc" if _WORD in data else "xls" if _BOOK in data else "wps"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    if re.match(rb"BM.{4}\x00\x00\x00\x00", data, re.S):
        return "image"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _mail_kind(data[:8192].lstrip(b"\xef\xbb\xbf \t\r\n"))


_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_MAIL_HEADERS = re.compile(rb"^(?:from|to|date|subject|message-id|received|mime-version|content-type"
                           rb"|snapshot-content-location):", re.I | re.M)  # fmt: skip


def _mail_kind(head: bytes) -> str | None:
    """A saved page or a mail by its headers: MIME-Version among three or more of a mail's."""
    if not _HEADER.match(head):
        return None
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].lower()
    if not re.search(rb"^mime-version:", headers, re.M):
        return None
    if b"multipart/related" in headers:
        return "mhtml"
    return "eml" if len(set(_MAIL_HEADERS.findall(headers))) >= 3 else None


def looks_like_html(text: str) -> bool:
    """Whether decoded text is a page: it opens like one, or closes elements here and there."""
    head = text[:_SNIFF_CHARACTERS]
    if _HTML_OPENING.match(head.lstrip("\ufeff")):
        return True
    return len(_HTML_CLOSING.findall(head)) >= _CLOSINGS_OF_A_PAGE


# --- encodings ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it came in, and what was wrong with it."""

    text: str
    encoding: str
    warnings: tuple[Notice, ...] = ()


_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names a page may declare, to the codec that reads them (gb18030 holds gb2312 and gbk).
_DECLARED: dict[str, str] = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "gb_2312-80": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)

# The characters that carry any text of administration, simplified and traditional.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "民产经政府信息公开情况主要问题及改进收到处理申请行复议诉讼其他需报告事项总体市县区局度年月日本机关"
    "文件网站加强进步完善数据法规章条例第二三四五六七八九十办理结果部门单位管理服务社会内容制度编制提高"
    "時來為會動發經開報處理進關規條結單務務網請問題議訟數據個們這國學"
)
_CJK_LOW, _CJK_HIGH = "\u2e80", "\U0003ffff"
_SAMPLE = 40_000  # characters looked at to judge plausibility
_PLAUSIBLE = 0.15  # real reports: 0.4 to 0.6; UTF-8 read as GB18030: 0.02
_BROKEN_SHARE = 0.02  # replacement characters that a damaged but readable text may hold


def _plausibility(text: str) -> float:
    """Share of common characters among the characters beyond ASCII; 1 for plain ASCII."""
    beyond = [c for c in text[:_SAMPLE] if c > "\x7f"]
    cjk = [c for c in beyond if _CJK_LOW <= c <= _CJK_HIGH]
    if not beyond:
        return 1.0
    return sum(c in _COMMON for c in cjk) / len(beyond)


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 by its zero bytes (of digits and line ends), in the order that reads like Chinese.

    Which side the zeros stand on does not tell: 一 is U+4E00.
    """
    if b"\x00" not in data[:_SAMPLE]:
        return None
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if "\x00" not in text[:_SAMPLE]:
            found.append((_plausibility(text), encoding, text))
    if not found or max(found)[0] < _PLAUSIBLE:
        return None
    _, encoding, text = max(found)
    return Decoded(text, encoding, _broken(text))


_CONTROLS = bytes((*range(8), *range(14, 27), 28, 29, 30))


def _is_binary(data: bytes) -> bool:
    """Whether control bytes that no text holds are common in the sample."""
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(2, len(head) // 100)


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Bytes to text: byte order marks, strict UTF-8, UTF-16 by its zero bytes, what HTTP's header
    (``charset``) or the page declares, GB18030 where the result reads like Chinese, damaged UTF-8 or GB18030 at last.

    Raises
    ------
    EmptyInput
        If the bytes are nothing but zeros.
    UnsupportedFormat
        If the bytes are binary.
    UndecodableText
        If no encoding gives plausible text.
    """
    if data and not data.strip(b"\x00"):
        raise EmptyInput("holds nothing but zero bytes: the file is damaged, fetch it again")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return Decoded(text, encoding, _broken(text))
    marked_by_zeros = _utf16_without_mark(data)
    if marked_by_zeros is not None:
        return marked_by_zeros
    if _is_binary(data):
        raise UnsupportedFormat(
            "is binary data of a kind that is not known: give the report as text or HTML"
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARATION.search(data[:4096])
    wanted = declared and _DECLARED.get(declared[1].decode("ascii").lower())
    said = _DECLARED.get(charset.strip("\"' ").lower()) if charset else None
    named = (said, wanted, "gb18030", "utf-16-le", "utf-16-be")
    for encoding in dict.fromkeys(filter(None, named)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausibility(text) >= _PLAUSIBLE:
            return Decoded(text, encoding)
    return _damaged(data)


def _broken(text: str) -> tuple[Notice, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    message = f"{count} characters could not be decoded and stand as \ufffd; the file is damaged"
    return (Notice("broken_bytes", message),)


def _damaged(data: bytes) -> Decoded:
    """Text with a few broken bytes, in the encoding that leaves the fewest."""
    found = []
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        count = text.count("\ufffd")
        if _plausibility(text) >= _PLAUSIBLE and count <= 1 + _BROKEN_SHARE * len(text):
            found.append((count, encoding, text))
    if not found:
        raise UndecodableText(
            "is in no encoding that is known (UTF-8, GB18030, UTF-16): save it as UTF-8"
        )
    _, encoding, text = min(found)
    return Decoded(text, encoding, _broken(text))
