"""The sections of a report: title, what each heading opens, signature and furniture at the end."""

from __future__ import annotations

import re

from .document import Document
from .heading_candidates import NUMBER
from .headings import Outline, outline_of
from .readers.furniture import is_furniture
from .report import Section, SectionKind
from .script import matchable


def find_sections(document: Document, outline: Outline | None = None) -> tuple[Section, ...]:
    """The report cut into sections that cover the text in order.

    ``intro`` is what stands before the first heading (its heading is the title, where there
    is one), ``footer`` signature, date and page furniture at the end. A text without any
    heading is one ``overview`` after its title. Two sections of one kind stay two sections.
    ``outline`` is that of the document where it is known already.

    Returns
    -------
    tuple of Section
        Empty only for an empty text; else ``sections[0].start == 0``,
        ``sections[-1].end == len(text)`` and no gaps.
    """
    text, size = matchable(document), len(document.text)
    if not size:
        return ()
    opened = (outline or outline_of(document)).opened
    title = _title(document, text, opened[0].start if opened else size)
    starts: list[tuple[int, SectionKind, str | None]] = []
    if not opened:
        body = title[1] if title else 0
        if body:
            starts.append((0, "intro", _heading_text(document, *title) if title else None))
        if body < size:
            starts.append((body, "overview", None))
    else:
        if opened[0].start > 0:
            starts.append((0, "intro", _heading_text(document, *title) if title else None))
        seen_after_overview = False
        for one in opened:
            kind = one.kind or ("other" if seen_after_overview else "overview")
            seen_after_overview |= kind != "overview"
            starts.append((one.start, kind, _heading_text(document, one.start, one.end)))
    last = opened[-1].end if opened else (title[1] if title else 0)
    footer = _footer(document, text, last)
    if footer < size:
        starts = [start for start in starts if start[0] < footer] + [(footer, "footer", None)]
    ends = [start for start, _, _ in starts[1:]] + [size]
    return tuple(
        Section(kind, heading, start, end)
        for (start, kind, heading), end in zip(starts, ends, strict=True)
    )


def _heading_text(document: Document, start: int, end: int) -> str:
    return " ".join(document.text[start:end].strip(" #*:：\n").split())


# --- title and footer --------------------------------------------------------------------

_REPORT = re.compile(r"信息公\s*开.{0,14}(?:报\s*告|年报|总结|汇报)|(?:工作)?年度?(?:工作)?报\s*告"
    r"|年报$")
_SENTENCE = re.compile(r"[。;,]|根据|按照|现将|组成")
_TITLE_LINES = 12


def _title(document: Document, text: str, end: int) -> tuple[int, int] | None:
    """Span of the title among the first lines; two lines where it is broken."""
    before: tuple[int, int] | None = None
    for block in document.blocks[:_TITLE_LINES]:
        if block.start >= end or block.kind == "grid":
            break
        line = text[block.start : block.end]
        if len(line) <= 80 and not _SENTENCE.search(line) and not is_furniture(line):
            if _REPORT.search(line):
                begins = re.match(r"\s*(?:20|二|\(|信息|政府信息|年度)", line)
                start = before[0] if begins and before else block.start
                return start, block.end
            before = (block.start, block.end)
        else:
            before = None
    return None


_DATE_LINE = re.compile(
    r"[\s(]*(?:(?!截[至止]|自20)[^。;,:!?|\d]){0,40}?(?:(?:19"
    r"|20)\s?\d\s?\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*(?:\d{1,2}\s*日?)?"
    r"|[二〇零OoO0一三四五六七八九]{4}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十廿]{0,4}日?)[\s)]*"
)
_SIGNATURE = re.compile(
    r"[^。;,:!?|]{2,40}(?:局|厅|政府|委|委员会|办公室|办公厅|办事处|街道|中心|大学|学院|医院|公司"
    r"|镇|乡|会|院|部|站"
    r"|所|队|处|馆|社|行|校|库|市|县|区|省|署|办|园|台|室|组)[)\s]*"
)
_ATTACHMENT = re.compile(r"(?:附件?\d*|附表\d*|相关附件|附件下载)\s*:.{0,80}|.{1,80}\.(?:docx?|pdf"
    r"|xlsx?|wps|zip|ofd)")
_FOOTER_LINES = 60
_FOOTER_CHARACTERS = 600


def _footer(document: Document, text: str, after: int) -> int:
    """Where signature, date and page furniture at the end begin; the text's end for none."""
    size = len(text)
    blocks = [block for block in document.blocks[-_FOOTER_LINES:] if block.start >= after]
    first = len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        line = text[blocks[i].start : blocks[i].end].strip()
        if blocks[i].kind == "grid" or size - blocks[i].start > _FOOTER_CHARACTERS + len(line):
            break
        if len(line) <= 80 and _DATE_LINE.fullmatch(line):
            first = i
            break
    while first > 0:
        block = blocks[first - 1]
        line = text[block.start : block.end].strip()
        if block.kind == "grid" or not _closes(line):
            break
        first -= 1
    return blocks[first].start if first < len(blocks) else size


def _closes(line: str) -> bool:
    """Whether a line at the end belongs to the footer."""
    if len(line) > 200:
        return False
    return (
        is_furniture(line)
        or _DATE_LINE.fullmatch(line) is not None
        or _ATTACHMENT.fullmatch(line) is not None
        or (_SIGNATURE.fullmatch(line) is not None and not NUMBER.match(line))
    )
