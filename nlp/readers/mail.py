"""Saved pages (MHTML) and mails (EML): the page or text inside goes to its own reader."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.message import Message
from email.parser import BytesParser
from importlib import import_module

from ..document import Document
from ..errors import DamagedFile, EmptyInput
from ..report import Notice, Source
from . import html, sniff, text

_MOST_PARTS = 500
_DOCUMENTS = {"pdf": ".pdf", "docx": ".docx", "doc": ".doc"}


def parse_bytes(data: bytes, source: Source) -> Document:
    """A document of the largest page in it; else of its plain text; else of a document that
    hangs on it.

    Raises
    ------
    DamagedFile
        Its parts cannot be told apart.
    EmptyInput
        It holds no page, text or document.
    """
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    except (RecursionError, ValueError, LookupError):
        raise DamagedFile("is a damaged mail or saved page: fetch it again") from None
    found: dict[str, list[bytes]] = {"text/html": [], "text/plain": [], "other": []}
    for part in parts:
        content = _content(part)
        if content:
            kind = part.get_content_type()
            hangs_on = part.get_content_disposition() == "attachment"
            found[kind if kind in found and not hangs_on else "other"].append(content)
    for kind in ("text/html", "text/plain"):
        if found[kind]:
            decoded = sniff.decode(max(found[kind], key=len))
            inner = replace(source, encoding=decoded.encoding)
            parse = html.parse if kind == "text/html" else text.parse
            document = parse(decoded.text, inner, decoded.warnings)
            if document.blocks and ("信息公开" in document.text or not found["other"]):
                return document
    for content in found["other"]:
        module = _DOCUMENTS.get(sniff.binary_kind(content) or "")
        if module:
            attached: Document = import_module(module, __package__).parse_bytes(content, source)
            words = "the report was read from a document that hangs on the mail"
            notice = Notice("read_attachment", words)
            return replace(attached, warnings=(*attached.warnings, notice))
    raise EmptyInput("holds no page and no text: save the report itself and give that")


def _content(part: Message) -> bytes:
    if part.is_multipart():
        return b""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return payload if isinstance(payload, bytes) else b""
