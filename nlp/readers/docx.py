"""Word documents (DOCX): paragraphs, and tables with merged and nested cells as grids.

The XML is read here, with bounds, rather than through python-docx, which unpacks what it is
given without one, keeps tracked deletions out of sight only in part, and leaves out the numbers
that Word counts itself (一、二、三、 before headings). Rules: ECMA-376, WordprocessingML.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..document import Document, TextBuilder, clean
from ..errors import DamagedFile, InputTooLarge, UnreadableInput
from ..report import Notice, Source
from .grids import Table, write_table
from .numbering import Numbering

_LARGEST_PART = 48 * 1024 * 1024  # of XML; a province's report has 2 MiB
# Tags and attributes of a part, a province's report having a tenth of that: a tree of 48 MiB of
# the smallest would take gigabytes.
_MOST_TAGS, _MOST_ATTRIBUTES = 1_000_000, 1_000_000
_BODY, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
# Deleted or moved away under tracking, formatting, what stands instead of a newer drawing.
_SKIPPED = frozenset({
    "del", "moveFrom", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "Fallback", "instrText",
    "delText", "tblGrid", "binData",
})  # fmt: skip
_ENTITIES = "defines XML entities, which no Word document does: it is not read"
_DEEPEST = 200  # levels of elements; Word itself nests a dozen


def parse_bytes(data: bytes, source: Source) -> Document:
    """A document of a DOCX file's body; headers, footers, notes and comments are left out.

    Raises
    ------
    DamagedFile
        The archive or the XML is broken.
    InputTooLarge
        A part unpacks to more than ``_LARGEST_PART`` bytes.
    UnreadableInput
        The archive is encrypted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(archive, _BODY)
            numbering = _part(archive, _NUMBERING, needed=False)
            styles = _part(archive, _STYLES, needed=False)
            pictures = any(name.startswith("word/media/") for name in archive.namelist())
    except RuntimeError:
        raise UnreadableInput("is encrypted: save it without a password") from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise DamagedFile("is a damaged Word document: fetch the file again") from None
    assert body is not None
    root = _parse_xml(body)
    reading = _Reading(Numbering(_optional(numbering), _optional(styles)))
    reading.block(root, 0)
    reading.flush()
    builder = TextBuilder()
    notices = []
    for item in reading.sinks[0]:
        if isinstance(item, str):
            builder.paragraph(item)
        elif not write_table(builder, item):
            notices.append(
                Notice("wide_table", "a table is too wide to be a form and is read as lines")
            )
    if pictures and len(builder.text) < 400:
        message = "the document holds pictures and little text: its pages may be scans"
        notices.append(Notice("picture_page", message))
    return builder.build(source, warnings=notices)


def _part(archive: zipfile.ZipFile, name: str, *, needed: bool = True) -> bytes | None:
    """The bytes of one part, unpacked up to the bound and no further, whatever it claims."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        if needed:
            raise DamagedFile("is no Word document inside: its main part is missing") from None
        return None
    with archive.open(info) as stream:
        content = stream.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise InputTooLarge(
            f"unpacks to more than {_LARGEST_PART // 2**20} MiB, no report does: "
            "give the report as text or PDF"
        )
    return content


def _parse_xml(content: bytes) -> Any:
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content[:100_000]:
        raise DamagedFile(_ENTITIES)
    if content.count(b"<") > _MOST_TAGS or content.count(b"=") > _MOST_ATTRIBUTES:
        raise InputTooLarge("holds more XML than any report: give the report as text or PDF")
    if _STRICT.encode() in content[:20_000]:
        content = content.replace(_STRICT.encode(), _W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise DamagedFile("is a damaged Word document: fetch the file again") from None
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, which hides its words
        raise DamagedFile(_ENTITIES)
    return root


def _optional(content: bytes | None) -> Any:
    """A part that may be missing or broken without harm to the rest."""
    if content is None:
        return None
    try:
        return _parse_xml(content)
    except DamagedFile:
        return None


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any, path: str) -> str | None:
    """The ``w:val`` of a property, "" where the property stands without one, None without it."""
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return None if found is None else str(found.get(f"{_W}val", ""))


class _Reading:
    """Paragraphs and tables as they come; the last of ``sinks`` is the open cell."""

    def __init__(self, numbering: Numbering) -> None:
        self.sinks: list[list[str | Table]] = [[]]
        self._numbering = numbering
        self._parts: list[str] = []

    def flush(self) -> None:
        text = clean("".join(self._parts)).strip()
        self._parts.clear()
        if text:
            self.sinks[-1].extend(line for line in map(str.strip, text.split("\n")) if line)

    def block(self, element: Any, depth: int) -> None:
        """What stands in a body, a cell or a text box."""
        if depth > _DEEPEST:
            return
        for child in element:
            name = _name(child)
            if name == "p":
                self.paragraph(child, depth)
            elif name == "tbl":
                self.flush()
                self.table(child, depth)
            elif name not in _SKIPPED:
                self.block(child, depth + 1)

    def paragraph(self, element: Any, depth: int) -> None:
        self.flush()
        label = self._numbering.label(element)
        boxes: list[Any] = []
        self.runs(element, boxes, depth + 1)
        if label and "".join(self._parts).strip():
            self._parts.insert(0, label)
        self.flush()
        for box in boxes:
            self.block(box, depth + 1)
            self.flush()

    def runs(self, element: Any, boxes: list[Any], depth: int) -> None:
        """The text of a paragraph; text boxes that hang on it are set aside."""
        if depth > _DEEPEST:
            return
        for child in element:
            name = _name(child)
            if name == "t":
                self._parts.append(child.text or "")
            elif name in ("tab", "ptab"):
                self._parts.append(" ")
            elif name in ("br", "cr"):
                self._parts.append("\n")
            elif name == "noBreakHyphen":
                self._parts.append("-")
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "r" and _is_on(child.find(f"{_W}rPr/{_W}vanish")):
                continue
            elif name not in _SKIPPED:
                self.runs(child, boxes, depth + 1)

    def table(self, element: Any, depth: int) -> None:
        table = Table()
        self.sinks[-1].append(table)
        open_spans: dict[int, Any] = {}  # column to the cell that is merged downwards from above
        for row in _children(element, "tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            table.rows.append([])
            column = _number(_value(row, "trPr/gridBefore"))
            if column:
                table.add_cell({"colspan": str(column)})
            for cell in _children(row, "tc"):
                width = max(1, _number(_value(cell, "tcPr/gridSpan")))
                merge = _value(cell, "tcPr/vMerge")
                above = open_spans.get(column)
                if merge is not None and merge != "restart" and above is not None:
                    above.rowspan += 1
                else:
                    self.sinks.append(table.add_cell({"colspan": str(width)}))
                    self.block(cell, depth + 1)
                    self.flush()
                    self.sinks.pop()
                    open_spans.pop(column, None)
                    if merge is not None:
                        open_spans[column] = table.rows[-1][-1]
                column += width


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val", "1") not in ("0", "false", "off")


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else 0


def _children(element: Any, name: str) -> Iterator[Any]:
    """Rows or cells, those inside of content controls and tracked insertions too."""
    for child in element:
        tag = _name(child)
        if tag == name:
            yield child
        elif tag in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag"):
            yield from _children(child, name)
