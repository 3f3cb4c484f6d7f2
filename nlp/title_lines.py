"""The lines of a report that may be its title, and how a title is worded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Document, fold
from .report import Section
from .script import PINYIN

YEAR = r"(?:[12]\s?[09]\s?\d\s?\d|二[〇零○OoO0]{1}[〇零一二三四五六七八九O0]{2})"
SCHOOL_YEAR = r"(?:20\d\d\s*[-—~至/]\s*20\d\d\s*学?年度?)"
REPORT = (
    r"(?:政府|学校|院务|校务|医院|党务政务|政务"
    r"|部门)?(?:信息)?公\s?[开開](?:工作)?(?:的)?(?:年度)?(?:工作)?"
    r"(?:情[况況])?(?:的)?(?:年度)?(?:[报報]\s?告|年[报報]|总结|總結)"
)


def title_lines(document: Document, text: str, sections: Sequence[Section]) -> list[str]:
    """Lines that may be the title, best first, folded and without blanks."""
    found: list[str] = []
    if sections and sections[0].kind == "intro" and sections[0].heading:
        found.append(fold(sections[0].heading))
    end = sections[0].end if sections else len(text)
    for block in document.blocks[:15]:
        if block.start >= end or block.kind == "grid":
            break
        line = text[block.start : block.end]
        if len(line) <= 80 and re.search(REPORT, line) and not re.search("[。,]", line):
            found.append(line)
    found.append(fold(document.hints.get("title", "")))
    bare = ("".join(PINYIN.sub("", title).split()) for title in found)
    return [title for title in dict.fromkeys(bare) if title]
