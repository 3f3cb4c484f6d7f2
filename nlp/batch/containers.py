"""Inputs out of files and archives (zip, tar, WARC), with their bytes, as a stream.

Nothing is unpacked to disk, no more of a member is unpacked than an input may be long, and an
archive that unpacks to far more than its own size is left at that point. A broken archive
gives what stands before the break, then an input that says where it broke.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import IO, Any, cast

from ..errors import DamagedFile, InputTooLarge, NianbaoError, UnreadableInput, UnsupportedFormat
from ..readers import MAX_BYTES, opening
from . import discover
from .items import Input, Reference
from .warc import warc_inputs

Found = tuple[Input, "bytes | None"]
_HEAD = 512
_MOST_TIMES = 200  # an archive of pages packs ten to one
_MOST_ANYWAY = 2 * 2**30
_BROKEN = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, tarfile.TarError,
           zipfile.BadZipFile, NotImplementedError, RuntimeError)  # fmt: skip


def open_binary(path: str) -> IO[bytes]:
    """A path or URL opened to read bytes, seekable.

    Raises
    ------
    UnreadableInput
        If it is not there, is no regular file, or may not be opened.
    """
    with opening():
        if discover.is_url(path):
            system, inner = discover.file_system(path)
            return cast("IO[bytes]", system.open(inner, "rb"))
        if os.path.isdir(path):
            raise UnreadableInput(
                "is a link to a folder: give the folder itself" if os.path.islink(path) else
                "is a folder that may not be listed: check its permissions"
            )
        if not discover.is_regular(path):
            raise UnreadableInput("is no regular file (a pipe or a device): give a file")
        return open(path, "rb")


def inputs_of(path: str) -> Iterator[Found]:
    """The inputs of one path: itself, or the members of an archive; one bad one stops no other."""
    whole = Input(shown(path), Reference(path))
    try:
        with open_binary(path) as file:
            head = file.read(_HEAD)
            file.seek(0)
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            opener = _archive(head, file)
            if opener is None:
                yield _plain(whole, file, size)
                return
            yield from _guarded(opener(path, file, size), whole)
    except NianbaoError as error:
        yield whole.failed(error.code, str(error)), None
    except OSError as error:
        yield whole.failed("unreadable_input", f"cannot be read ({error.strerror or error})"), None


def load(item: Input) -> bytes:
    """The bytes of an input by its reference; the other end of a cluster reads them so.

    Raises
    ------
    UnreadableInput
        If they are no longer there or no longer the same.
    """
    reference = item.reference
    for found, data in _at(reference):
        if found.sha256 == item.sha256 and data is not None:
            return data
        break
    raise UnreadableInput("changed while the run went on: call again")


def _at(reference: Reference) -> Iterator[Found]:
    if reference.member is None:
        yield from inputs_of(reference.path)
        return
    with open_binary(reference.path) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        if reference.offset is not None:
            file.seek(reference.offset)
            yield from warc_inputs(reference.path, file, shown(reference.path))
        elif (opener := _archive(file.read(_HEAD), file)) is not None:
            file.seek(0)
            yield from (one for one in opener(reference.path, file, size)
                        if one[0].reference == reference)  # fmt: skip


def _guarded(found: Iterator[Found], whole: Input) -> Iterator[Found]:
    """The archive's inputs, and one that names the archive where it breaks."""
    inside = 0
    try:
        for one in found:
            inside += 1
            yield one
    except NianbaoError as error:
        yield whole.failed(error.code, str(error)), None
    except MemoryError:
        yield whole.failed("input_too_large", "its list of members does not fit in memory"), None
    except _BROKEN as error:
        message = f"is a damaged archive ({error}): fetch it again"
        message += f"; {inside} inputs before the damage were read" if inside else ""
        yield whole.failed(DamagedFile.code, message), None


def _plain(whole: Input, file: IO[bytes], size: int) -> Found:
    if size > MAX_BYTES:
        return whole.failed(InputTooLarge.code, _too_large(size)), None
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:  # it grew meanwhile
        return whole.failed(InputTooLarge.code, _too_large(len(data))), None
    return known(whole, data), data


def known(item: Input, data: bytes) -> Input:
    """The input with the digest and size of its bytes."""
    return Input(
        item.name, item.reference, hashlib.sha256(data).hexdigest(), len(data), item.charset,
        item.as_, item.sieve,
    )  # fmt: skip


def shown(path: str) -> str:
    """A path as text that any file can hold; bytes that are no UTF-8 are written out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _too_large(size: int) -> str:
    return (f"is too large ({size / 2**20:.0f} MiB; the bound is {MAX_BYTES // 2**20} MiB): "
            "give one report a file")  # fmt: skip


# --- which archive -----------------------------------------------------------------------

_Opener = Callable[[str, IO[bytes], int], Iterator[Found]]
_DOCUMENTS = ("word/", "xl/", "ppt/", "OFD.xml")


def _archive(head: bytes, file: IO[bytes]) -> _Opener | None:
    """How to open an archive by its first bytes; None for a plain file."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if _is_document(file) else _zip_inputs
    if head[257:262] == b"ustar":
        return _tar_inputs
    if head.startswith(b"WARC/"):
        return _warc
    for magic, unpacked in _PACKED:
        if head.startswith(magic):
            inside = _peek(unpacked, file)
            return _warc if inside.startswith(b"WARC/") else \
                _tar_inputs if inside[257:262] == b"ustar" else None  # fmt: skip
    return None


def _bz2(file: IO[bytes]) -> Any:
    import bz2

    return bz2.BZ2File(file)


_PACKED: tuple[tuple[bytes, Callable[[IO[bytes]], Any]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", _bz2),
    (b"\xfd7zXZ", lzma.LZMAFile),
)


def _peek(unpacked: Callable[[IO[bytes]], Any], file: IO[bytes]) -> bytes:
    try:
        with closing(unpacked(file)) as stream:
            return bytes(stream.read(_HEAD))
    except _BROKEN:
        return b""
    finally:
        file.seek(0)


def _is_document(file: IO[bytes]) -> bool:
    """Whether a zip is a document of an office suite; a zip that cannot be listed is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except _BROKEN:
        return False
    finally:
        file.seek(0)
    return any(name.startswith(_DOCUMENTS) for name in names)


# --- zip and tar -------------------------------------------------------------------------


class _Budget:
    """What an archive may unpack to in all."""

    def __init__(self, size: int) -> None:
        self.left = max(_MOST_ANYWAY, size * _MOST_TIMES)

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise InputTooLarge("unpacks to far more than its size: the rest was left out")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; archives made on Chinese Windows have GB18030 and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
        return raw.decode("ascii") if raw.isascii() else raw.decode("gb18030")
    except UnicodeError:
        return info.filename


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/") if part)


def _zip_inputs(path: str, file: IO[bytes], size: int) -> Iterator[Found]:
    budget = _Budget(size)
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if info.is_dir() or _hidden(name):
                continue
            item = Input(f"{shown(path)}!{shown(name)}", Reference(path, name))
            if info.flag_bits & 0x1:
                message = "is encrypted: unpack the archive with its password"
                yield item.failed(UnsupportedFormat.code, message), None
            elif info.file_size > MAX_BYTES:
                yield item.failed(InputTooLarge.code, _too_large(info.file_size)), None
            else:
                budget.spend(info.file_size)
                try:
                    with archive.open(info) as member:
                        yield _member(item, member.read(MAX_BYTES + 1))
                except _BROKEN as error:
                    message = f"cannot be unpacked ({error}): fetch the archive again"
                    yield item.failed(DamagedFile.code, message), None


def _tar_inputs(path: str, file: IO[bytes], size: int) -> Iterator[Found]:
    budget = _Budget(size)
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined]  # else every header is kept
            budget.spend(info.size)
            if not info.isreg() or _hidden(info.name.removeprefix("./")):
                continue
            name = info.name.removeprefix("./")
            item = Input(f"{shown(path)}!{shown(name)}", Reference(path, name))
            if info.size > MAX_BYTES:
                yield item.failed(InputTooLarge.code, _too_large(info.size)), None
                continue
            member = archive.extractfile(info)
            if member is not None:
                yield _member(item, member.read(MAX_BYTES + 1))


def _member(item: Input, data: bytes) -> Found:
    if len(data) > MAX_BYTES:
        return item.failed(InputTooLarge.code, _too_large(len(data))), None
    return known(item, data), data


def _warc(path: str, file: IO[bytes], size: int) -> Iterator[Found]:
    return warc_inputs(path, file, shown(path))
