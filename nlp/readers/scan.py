"""Scans: not read yet."""

from __future__ import annotations

from ..document import Document
from ..errors import UnsupportedFormat
from ..report import Source


def parse_scanned_pdf(data: bytes, source: Source) -> Document:
    raise UnsupportedFormat("is a scan")
