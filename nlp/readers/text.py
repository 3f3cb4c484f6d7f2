"""Plain text: one paragraph a line. Flattened tables stay lines; ``tables`` makes sense of them."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from ..document import Document, TextBuilder, clean
from ..report import Notice, Source
from .spaced import empty_cells

# Left over where a page was turned into text without decoding its entities.
_ENTITY = re.compile(r"&(?:nbsp|ldquo|rdquo|lsquo|rsquo|amp|lt|gt|quot|middot|mdash|hellip"
                     r"|#\d{1,7}|#x[0-9a-fA-F]{1,6});")  # fmt: skip


def parse(text: str, source: Source, warnings: tuple[Notice, ...] = ()) -> Document:
    """A document of one paragraph for each line that is not blank; linear in the text."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    builder = TextBuilder()
    lines = clean(text).split("\n")
    empty = empty_cells(lines)
    before: dict[int, int] = {}
    for number, line in enumerate(lines):
        builder.paragraph(line)
        if number in empty:
            before[builder.blocks[-1].start] = empty[number]
    return replace(builder.build(source, warnings=warnings), empty_cells=before)
