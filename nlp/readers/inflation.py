"""How much a PDF's packed parts unpack to, before pdfium unpacks them without a bound."""

from __future__ import annotations

import re
import zlib

from ..errors import InputTooLarge

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 1_000  # bytes before a stream in which what it is stands
_MOST = 40 * 2**20  # of what draws pages; a province's report has 5 MiB
_MOST_PICTURE = 200 * 2**20  # a colour scan at 600 dots an inch has 100 MiB
_SAMPLE = 64 * 1024
_SUSPECT = 60  # times: no scan packs so well
_STEP = 2**20


def check_inflation(data: bytes) -> None:
    """Look at the packed streams of a PDF; linear in the file, in memory of a few MiB.

    Raises
    ------
    InputTooLarge
        A stream, or all that are no pictures together, unpack to more than any report's.
    """
    total = 0
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        about = data[max(0, match.start() - _DICTIONARY) : match.start()]
        about = about[about.rfind(b"obj") + 3 :]
        flates = len(re.findall(rb"/(?:FlateDecode|Fl)\b", about))
        if not flates:
            continue
        picture = re.search(rb"/Subtype\s*/Image\b", about) is not None
        bound = _MOST_PICTURE if picture else _MOST
        size = _unpacked(data, match.end(), bound, picture)
        total += 0 if picture else size
        if size > bound or total > _MOST or (flates > 1 and size > _SAMPLE):
            raise InputTooLarge(
                "is a PDF that unpacks to more than any report: print it to a new PDF, or give its text"
            )


def _unpacked(data: bytes, start: int, bound: int, picture: bool) -> int:
    """The unpacked size up to a little above the bound; of a picture that packs no better than
    a scan does, that of its first part."""
    unpacker = zlib.decompressobj()
    size, at = 0, start
    try:
        while size <= bound and not unpacker.eof:
            if not unpacker.unconsumed_tail and at >= len(data):
                break
            piece = unpacker.unconsumed_tail or data[at : at + _SAMPLE]
            if not unpacker.unconsumed_tail:
                at += len(piece)
            size += len(unpacker.decompress(piece, _STEP))
            if picture and not unpacker.unconsumed_tail and size < _SUSPECT * (at - start):
                break  # of ordinary density: the file's own bound holds it
    except zlib.error:
        pass
    return size
