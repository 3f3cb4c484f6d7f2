"""What governs a clause: section, headings, and the lead-in of its list or paragraph.

It is carried down to the clause, because items two to five of a list look alike whether they
are promised or done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clause_ends import TRIM
from .clauses import Clause, ordinal_of
from .document import Document, fold
from .headings import Heading
from .report import Section

_LEAD_WORDS = re.compile(
    r"(?:以下|如下|下列)[^,;。]{0,16}$|(?:主要)?(?:表现|体现)(?:在|为|于)$|方面[^,;。]{0,8}(?:改进|工作|入手|着手|努力|做起)$"
    r"|(?:问题|不足|短板|困难|措施|打算|方向|情况|工作|改进|整改)(?:主要)?(?:有|是|为|在于)?$|(?:做到|做好|包括|要|将|是)$"
)
_OPENS_LIST = re.compile(r"(?=[以如下表体几])(?:(?:以下|如下|下列)[^,;。]{0,16}$|(?:表现|体现)(?:在|为|于)$|几个?方面[^,;。]{0,10}$)")
_NEW_FRAME = re.compile(
    r"(?:下一?步|下一?阶段|今后|接下来|针对(?:以上|上述|存在|这些|此)|对此|为此|20\d\d年|明年|来年|新的?一年"
    r"|改进(?:措施|情况|方向)|整改措施|存在(?:的)?(?:主要)?问题|上述)"
)


def _is_lead_in(folded: str, start: int, end: int, ordinal: int | None) -> bool:
    body = folded[start:end]
    if ":" in (after := folded[end : end + 2]) and after.lstrip().startswith(":"):
        return ordinal is None or bool(_LEAD_WORDS.search(body))
    return bool(_OPENS_LIST.search(body))


_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_REPORT_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?\s*(?:度|学年)?[^\n。;]{0,30}?(?:信息公开|政务公开)")


def _report_year(folded: str) -> int | None:
    head = folded[:3000]
    named = _REPORT_YEAR.search(head)
    if named:
        return int(named[1])
    years = _YEAR.findall(head)
    return int(max(years, key=years.count)) if years else None  # of equals, the one named first


def with_context(
    document: Document,
    spans: Sequence[tuple[int, int, int, int | None]],
    sections: Sequence[Section],
    headings: Sequence[Heading],
) -> tuple[Clause, ...]:
    """Clauses from spans ``(start, end, paragraph, heading level or None)`` in order."""
    folded, text = document.folded, document.text
    year = _report_year(folded)
    ordered = sorted(headings, key=lambda heading: heading.start)
    clauses: list[Clause] = []
    path: list[tuple[int, str]] = []  # headings that are open: level, title
    lead, lead_paragraph, own_line, numbered = "", -1, False, False
    previous, next_heading, section = "", 0, 0
    for start, end, paragraph, level in spans:
        while next_heading < len(ordered) and ordered[next_heading].start < start:
            passed = ordered[next_heading]
            path = [item for item in path if item[0] < passed.level]
            path.append((passed.level, text[passed.start : passed.end].strip()))
            next_heading += 1
        while section < len(sections) and sections[section].end <= start:
            section += 1
        kind = (
            sections[section].kind
            if section < len(sections) and sections[section].start <= start
            else None
        )
        body = folded[start:end]
        ordinal, _ = ordinal_of(body)
        above = path if level is None else [item for item in path if item[0] < level]
        if level is not None:
            if level <= 1 or not own_line or _NEW_FRAME.search(body):
                lead, own_line = "", False
        elif lead and paragraph != lead_paragraph and not own_line:
            keeps = numbered and ordinal is not None
            lead, lead_paragraph = (lead, paragraph) if keeps else ("", -1)
        if lead and level is None and ordinal is None and _NEW_FRAME.match(body):
            lead, own_line = "", False
        years = _YEAR.findall(body) or (_YEAR.findall(fold(lead)) if lead else [])
        gap = int(years[-1]) - year if years and year is not None else None
        clauses.append(
            Clause(
                start, end, text[start:end], kind, " ".join(title for _, title in above),
                lead, previous, ordinal, paragraph, level is not None, gap,
            )
        )
        numbered = numbered or (bool(lead) and ordinal is not None)
        previous = text[start:end]
        if level is None and _is_lead_in(folded, start, end, ordinal):
            lead, lead_paragraph, numbered = previous, paragraph, False
            stop = folded.find("\n", end)
            own_line = not folded[end : stop if stop >= 0 else len(folded)].strip(TRIM)
    return tuple(clauses)
