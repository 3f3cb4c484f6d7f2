"""Readers: bytes of any kind in, a :class:`~nlp.document.Document` out.

A reader of text is a module with ``parse(text, source, warnings) -> Document``, named in
``_READERS``; a reader of other bytes has ``parse_bytes(data, source) -> Document`` and is named
in ``_BINARY``. ``sniff`` tells which bytes each gets.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from ..document import Document
from ..errors import EmptyInput, InputTooLarge, UnreadableInput, UnsupportedFormat
from ..report import Notice, Source
from . import sniff

__all__ = ["FORMATS", "MAX_BYTES", "read", "read_text"]

MAX_BYTES = 32 * 1024 * 1024  # the longest real report is far under 2 MiB

# Format to the module that reads it; imported when first used, for lxml is heavy.
_READERS: dict[str, str] = {"txt": ".text", "html": ".html"}
_BINARY: dict[str, str] = {
    "pdf": ".pdf", "docx": ".docx", "doc": ".doc", "mhtml": ".mail", "eml": ".mail",
    "image": ".scan",
}  # fmt: skip
_ALIASES: dict[str, str] = {
    "text": "txt", "md": "txt", "markdown": "txt", "htm": "html", "xhtml": "html",
    "docm": "docx", "dotx": "docx", "mht": "mhtml", "png": "image", "jpg": "image",
    "jpeg": "image", "tif": "image", "tiff": "image", "bmp": "image",
}  # fmt: skip
FORMATS: tuple[str, ...] = (*_READERS, *_BINARY)


def read(
    source: str | os.PathLike[str] | bytes,
    as_: str | None = None,
    name: str | None = None,
    charset: str | None = None,
) -> Document:
    """Read a file, or bytes.

    Parameters
    ----------
    source : str, os.PathLike or bytes
        A path, or the content itself where it is bytes.
    as_ : str, optional
        One of ``FORMATS`` where the bytes do not tell. Without it the content decides,
        never the file's name; bytes that are plainly of another kind are read as what they are.
    name : str, optional
        What ``Document.source.name`` shall say; the path where it is not given.
    charset : str, optional
        What HTTP said of text; believed before what the page declares, where it fits.

    Raises
    ------
    UnreadableInput
        The path is missing, a folder, or may not be opened.
    InputTooLarge
        More than ``MAX_BYTES``, a file's size being looked at before it is read; or more
        text, tags, pages or files inside than any report has.
    UnsupportedFormat
        The bytes are of a kind that no reader takes; the message says what to do.
    DamagedFile
        The file is cut short or broken inside.
    MissingExtra
        A scan, and the extra ``ocr`` is not installed.
    EmptyInput
        There is no text in it.
    UndecodableText
        No known character encoding fits.
    """
    wanted = _format(as_)
    if isinstance(source, bytes):
        data, name = source, "-" if name is None else name
    else:
        name = os.fspath(source) if name is None else name
        data = _load(source)
    if len(data) > MAX_BYTES:
        raise InputTooLarge(_too_large(len(data)))
    if not data.strip():
        raise EmptyInput("is empty: there is no text to read")
    kind = sniff.binary_kind(data)
    if kind is None and wanted == "eml":
        kind = wanted
    if kind in _BINARY:
        return _parse_bytes(data, Source(name, kind, hashlib.sha256(data).hexdigest()))
    if kind is not None:
        raise UnsupportedFormat(sniff.ADVICE[kind])
    if wanted in _BINARY:
        raise UnsupportedFormat(f"is no {wanted}: leave the format out, the content tells it")
    decoded = sniff.decode(data, charset)
    form = wanted or ("html" if sniff.looks_like_html(decoded.text) else "txt")
    digest = hashlib.sha256(data).hexdigest()
    return _parse(decoded.text, Source(name, form, digest, decoded.encoding), decoded.warnings)


def read_text(text: str, name: str) -> Document:
    """Read text that is already decoded; ``sha256`` is of its UTF-8 bytes, there is no encoding.

    Raises
    ------
    EmptyInput
        There is no text in it.
    InputTooLarge
        More than ``MAX_BYTES`` as UTF-8.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_BYTES:
        raise InputTooLarge(_too_large(len(data)))
    source = Source(name, "txt", hashlib.sha256(data).hexdigest())
    return _parse(data.decode("utf-8"), source, ())


def _format(as_: str | None) -> str | None:
    if as_ is None:
        return None
    wanted = as_.lower().lstrip(".")
    wanted = _ALIASES.get(wanted, wanted)
    if wanted not in FORMATS:
        advice = sniff.ADVICE.get(wanted, f"no reader for {as_!r}: known are {', '.join(FORMATS)}")
        raise UnsupportedFormat(advice)
    return wanted


def _parse_bytes(data: bytes, source: Source) -> Document:
    module = import_module(_BINARY[source.format], __name__)
    document: Document = module.parse_bytes(data, source)
    if not document.blocks:
        raise EmptyInput("holds no text: open it and see if it is the right file")
    return document


def _parse(text: str, source: Source, warnings: tuple[Notice, ...]) -> Document:
    module = import_module(_READERS[source.format], __name__)
    document: Document = module.parse(text, source, warnings)
    if not document.blocks:
        raise EmptyInput("holds no text: is it drawn by a script, or a picture?"
                         if source.format == "html" else
                         "holds only white space: there is no text to read")  # fmt: skip
    return document


@contextmanager
def opening() -> Iterator[None]:
    """What an operating system refuses while a file is opened, in words for its user.

    Raises
    ------
    UnreadableInput
        In place of an OSError, or of the ValueError that a path with a null character gives.
    """
    try:
        yield
    except FileNotFoundError:
        raise UnreadableInput("there is no such file: check the path") from None
    except PermissionError:
        raise UnreadableInput("may not be opened: check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(f"cannot be read ({reason}): check the path") from None


def _load(path: str | os.PathLike[str]) -> bytes:
    with opening():
        info = os.stat(path)
        if stat.S_ISDIR(info.st_mode):
            raise UnreadableInput("is a folder: give the files in it")
        if info.st_size > MAX_BYTES:
            raise InputTooLarge(_too_large(info.st_size))
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)  # pipes have no size: the bound holds for them too


def _too_large(size: int) -> str:
    return (
        f"is too large ({size / 2**20:.0f} MiB; the bound is {MAX_BYTES // 2**20} MiB): "
        "give one report a file"
    )
