"""Web archives: the responses of a crawl that pass the first test, with HTTP's charset."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO, Any

from ..errors import MissingExtra
from ..readers import MAX_BYTES
from . import sieve
from .items import Input, Reference

_TEXT = ("text/", "application/xhtml", "application/xml")
# Not looked into here, for their parsers may not run in the process that holds the run together.
_DOCUMENTS = ("application/pdf", "application/msword", "application/vnd.openxmlformats")
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def warc_inputs(
    path: str, file: IO[bytes], name: str
) -> Iterator[tuple[Input, bytes | None]]:
    """The pages of a WARC file, packed or not, that may be reports.

    Pages are tested by :mod:`nlp.batch.sieve`; PDF and Word documents are let through, for a
    worker to read. Either is passed over without complaint where it is no report.

    Raises
    ------
    MissingExtra
        If fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtra(
            "is a web archive (WARC), which fastwarc reads: pip install 'nianbao[batch]'"
        ) from None

    kinds = WarcRecordType.response | WarcRecordType.resource
    for record in ArchiveIterator(file, record_types=kinds, parse_http=True, auto_decode="all",
                                  quirks_mode=True):  # fmt: skip
        kind = _kind(record)
        if kind is None:
            continue
        data = bytes(record.reader.read(MAX_BYTES + 1))
        if len(data) > MAX_BYTES or not _may_be_report(data, kind):
            continue
        address = record.headers.get("WARC-Target-URI") or record.record_id
        reference = Reference(path, address, int(record.stream_pos))
        charset = record.http_charset if kind == "page" else None
        digest = hashlib.sha256(data).hexdigest()
        yield Input(f"{name}!{address}", reference, digest, len(data), charset, sieve=True), data


def _may_be_report(data: bytes, kind: str) -> bool:
    return sieve.passes(data) if kind == "page" else data.startswith(_MAGIC)


def _kind(record: Any) -> str | None:
    """Page or document by the headers; None for what cannot be a report."""
    if record.http_headers is not None and record.http_headers.status_code not in (200, None):
        return None
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
    if kind.startswith(_DOCUMENTS):
        return "document"
    return "page" if not kind or kind.startswith(_TEXT) or "octet-stream" in kind else None
