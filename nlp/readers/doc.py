"""Old Word documents (DOC), through a program that reads them: no well-kept library does.

LibreOffice turns it into DOCX with every merged cell. antiword serves where that is missing,
with a warning: it keeps small tables and lost the large one of each file tried. catdoc is not
used, for it drops and garbles stretches of Chinese without a word. The program gets a copy of
the file in a folder of its own, no input and a time limit.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..document import Document
from ..errors import DamagedFile, InputTooLarge, MissingExtra
from ..report import Notice, Source
from . import docx, html

_SECONDS = 60
_LARGEST_OUTPUT = 32 * 1024 * 1024


def parse_bytes(data: bytes, source: Source) -> Document:
    """A document of a DOC file's text and tables.

    Raises
    ------
    MissingExtra
        None of the programs is installed.
    DamagedFile
        None of those that are installed can read the file.
    """
    installed = [(found, run) for names, run in _PROGRAMS if (found := _which(names))]
    if not installed:
        raise MissingExtra(
            "is an old Word document (doc), which LibreOffice must read: install it "
            "(apt install libreoffice-writer-nogui), or save the document as docx"
        )
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder, "input.doc")
        path.write_bytes(data)
        for program, run in installed:
            try:
                document = run(program, path, source)
            except (subprocess.SubprocessError, OSError, DamagedFile):
                continue
            if document is not None and document.blocks:
                return document
    names = ", ".join(Path(program).name for program, _ in installed)
    raise DamagedFile(f"is a Word document (doc) that {names} cannot read: save it as docx")


def _which(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _run(command: list[str], folder: Path) -> bytes:
    """Standard output of a program, through a file so that it stays bounded in memory."""
    out = folder / "out"
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    with out.open("wb") as sink:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL,
                       cwd=folder, env=environment, timeout=_SECONDS, check=True)  # fmt: skip
    return _bounded(out)


def _bounded(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_OUTPUT:
        raise InputTooLarge("holds more text than any report: give one report a file")
    return path.read_bytes()


def _libreoffice(program: str, path: Path, source: Source) -> Document | None:
    profile = (path.parent / "profile").as_uri()
    _run([program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to",
          "docx", "--outdir", str(path.parent), str(path)], path.parent)  # fmt: skip
    made = path.with_suffix(".docx")
    return docx.parse_bytes(_bounded(made), source) if made.exists() else None


# DocBook's tables in the words of HTML, so that one reader makes grids of both.
_DOCBOOK = (
    (re.compile(r"</?(?:tgroup|tbody|thead|colspec)\b[^>]*>"), ""),
    (re.compile(r"<(/?)informaltable\b[^>]*>"), r"<\1table>"),
    (re.compile(r"<(/?)row\b[^>]*>"), r"<\1tr>"),
    (re.compile(r"<(/?)entry\b[^>]*>"), r"<\1td>"),
    (re.compile(r"<bookinfo>.*?</bookinfo>", re.S), ""),
    (re.compile(r"<title>(.*?)</title>", re.S), r"<p>\1</p>"),
    (re.compile(r"<(/?)para\b[^>]*>"), r"<\1p>"),
    (re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?\]?>|<beginpage/>", re.S), ""),
)


def _antiword(program: str, path: Path, source: Source) -> Document | None:
    page = _run([program, "-x", "db", "-m", "UTF-8.txt", str(path)], path.parent)
    markup = page.decode("utf-8", "replace")
    for pattern, written in _DOCBOOK:
        markup = pattern.sub(written, markup)
    document = html.parse(markup, source)
    message = "read by antiword, which loses large tables: install LibreOffice and read it again"
    return replace(document, warnings=(*document.warnings, Notice("tables_may_be_lost", message)))


_PROGRAMS: tuple[tuple[tuple[str, ...], Callable[[str, Path, Source], Document | None]], ...] = (
    (("soffice", "libreoffice"), _libreoffice),
    (("antiword",), _antiword),
)
