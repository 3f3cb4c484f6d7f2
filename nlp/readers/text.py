"""Plain text: one paragraph a line. Flattened tables stay lines; ``tables`` makes sense of them."""

from __future__ import annotations

import html
import re

from ..document import Document, TextBuilder, clean
from ..report import Notice, Source

# Left over where a page was turned into text without decoding its entities.
_ENTITY = re.compile(r"&(?:nbsp|ldquo|rdquo|lsquo|rsquo|amp|lt|gt|quot|middot|mdash|hellip"
                     r"|#\d{1,7}|#x[0-9a-fA-F]{1,6});")  # fmt: skip


def parse(text: str, source: Source, warnings: tuple[Notice, ...] = ()) -> Document:
    """A document of one paragraph for each line that is not blank; linear in the text."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    builder = TextBuilder()
    for line in clean(text).split("\n"):
        builder.paragraph(line)
    return builder.build(source, warnings=warnings)
