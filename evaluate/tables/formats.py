"""Layouts of every format: text, HTML, DOCX, PDF out of a typesetter, and pictures of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from . import pictures, typeset
from .layouts import LAYOUTS
from .layouts import Layout as TextLayout
from .sheets import Printed
from .word import Style, docx

FORMATS = ("text", "html", "docx", "pdf", "image")


@dataclass(frozen=True)
class Layout:
    """A way to print: ``source`` makes a document of ``suffix``; a layout that is ``typeset``
    goes through LibreOffice, and ``after`` makes of the PDF what is read as ``reads``."""

    name: str
    format: str
    source: Callable[[Printed], bytes]
    suffix: str
    reads: str
    keeps_blanks: bool = True
    typeset: bool = False
    after: Callable[[bytes], bytes] | None = None
    keeps_repeats: bool = True


def _plain(layout: TextLayout) -> Layout:
    form = "text" if layout.format == "txt" else "html"
    return Layout(layout.name, form, lambda report: layout.render(report).encode(),
                  layout.format, layout.format, layout.keeps_blanks,
                  keeps_repeats=layout.keeps_repeats)  # fmt: skip


def _word(name: str, style: Style, form: str = "docx", reads: str = "", keeps: bool = True,
          after: Callable[[bytes], bytes] | None = None) -> Layout:  # fmt: skip
    return Layout(name, form, lambda report: docx(report, style), "docx", reads or form, keeps,
                  form != "docx", after)  # fmt: skip


_HTML = {layout.name: layout for layout in LAYOUTS if layout.format == "html"}
_TALL = Style(height=55.0, size=10.5)  # all tables on one page, so that one picture shows them
_SCAN = Style(footer=True, size=10.5)
ALL: tuple[Layout, ...] = (
    *map(_plain, LAYOUTS),
    _word("docx", Style()),
    _word("docx without spans", Style(spans=False)),
    _word("docx in a layout table", Style(nested=True)),
    _word("docx, tables cut in two", Style(halves=True, aside=True)),
    _word("docx, tracked changes", Style(tracked=True)),
    _word("pdf", Style(footer=True), "pdf"),
    _word("pdf, header again", Style(footer=True, header=True, size=12), "pdf"),
    _word("pdf, landscape", Style(29.7, 21.0, footer=True), "pdf"),
    _word("pdf without rules", Style(rules=False, footer=True), "pdf", keeps=False),
    Layout("pdf from html", "pdf", lambda report: _HTML["html"].render(report).encode(), "html", "pdf",
           typeset=True),
    *(_word(f"png, {dpi} dpi", _TALL, "image", "png", after=partial(pictures.png, dpi=dpi))
      for dpi in (150, 300)),
    *(_word(f"scan, {dpi} dpi", _SCAN, "image", "pdf", after=partial(pictures.scan, dpi=dpi))
      for dpi in (150, 300)),
    *(_word(f"worn scan, {dpi} dpi", _SCAN, "image", "pdf", after=partial(pictures.scan, dpi=dpi, worn=dpi))
      for dpi in (150, 300)),
)  # fmt: skip


def chosen(formats: Sequence[str], names: Sequence[str]) -> tuple[Layout, ...]:
    """The layouts of some formats, or of some names."""
    return tuple(
        layout for layout in ALL
        if layout.format in formats and (not names or layout.name in names)
    )  # fmt: skip


def made(layout: Layout, reports: Sequence[Printed]) -> Iterator[bytes | None]:
    """Each report printed in a layout; None where the typesetter failed."""
    sources = [layout.source(report) for report in reports]
    if not layout.typeset:
        yield from sources
        return
    for pdf in typeset.to_pdf(sources, layout.suffix):
        yield layout.after(pdf) if pdf is not None and layout.after else pdf
