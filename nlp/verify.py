"""Holding a drafted summary against its plan: what it says must stand in the report.

Checked for each draft: every digit is part of a copy; a copied count keeps its unit and its
余/约; numbers of requests and reviews stand in a part of the sentence that names them; what
is copied from a problem keeps the words that make it one, and is not announced as a promise;
what is copied from a promise stands behind a word of the future; no negation is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .document import fold
from .plan import KEPT
from .plan_items import Plan, PlanItem
from .report import Evidence
from .summarizer import Copy, Draft

SHORTEST, LONGEST = 80, 180  # characters of a paragraph
_MOST_PIECES = 2  # of an item; more is a rewording that seldom reads well
_LEAST_SAID = 4  # characters of an item; less does not say it
_FUTURE = re.compile(r"将|下一?步|今后|下年|明年|来年|计划|打算|拟|力争|接下来|下一?阶段|承诺|准备")
_LACK = re.compile(
    r"不|未|没|缺|少|弱|滞后|单一|欠|差|难|慢|有待|还需|仍需|尚需|需|亟待|偏|薄弱|不足|问题|短板|兼|仅|只|有限|笼统|粗|低"
)
_ADMITS = re.compile(r"问题|不足|短板|差距|薄弱|欠缺|困难|弱项")
_ANNOUNCES = re.compile(r"[。；]|问题|不足|差距|承认|坦言|但")
_NEGATION = re.compile(r"不(?!断|仅|但|同|少|定期|动产|良)|未(?!来)|没有|无(?!障碍|线|锡)")
_REPEATED = re.compile(r"(.{9,})(?=.*\1)|[，。；、：]{2}|([^\d]{2,4})\2")
_JOINED_BADLY = re.compile(r"共(?:全|在|通过|共|各)|全年全|是[是也]|的的|将(?:将|在今后)|将[^，。；]{1,6}将|将(?:新的|下一|今后|20)|(?:^|[，。；、是将])(?:我|本)[局镇乡县市区院厅校]")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PARTS = re.compile(r"[。；;]")
_UNIT = re.compile(
    r"[万亿千百]?[余多]?[万亿]?(?:条|件|篇|项|则|宗|份|封|起|期|场|次|个|名|人|位|家|处|元|%)"
)
_ROLE = {
    "request": re.compile(r"申请"),
    "review": re.compile(r"复议|诉讼"),
}


def faults(draft: Draft, plan: Plan, report: str | None = None) -> list[str]:
    """What is wrong with a draft, by name; an empty list where nothing is.

    Parameters
    ----------
    draft : Draft
        With its copies, which tell where each stretch comes from.
    plan : Plan
        What the draft was written from.
    report : str, optional
        The report's text: each number of the draft must stand in it whole.
    """
    found: list[str] = []
    text = draft.text
    content = sum(len(item.text) for item in plan.items)
    if not min(SHORTEST, KEPT * content) <= len(text) <= LONGEST:
        found.append("length")
    if not text.endswith("。"):
        found.append("unfinished")
    found += _numbers(draft, plan)
    found += _claims(draft, plan)
    if report is not None and strange_numbers(draft.text, report):
        found.append("number not in the report")
    if _REPEATED.search(text):
        found.append("repetition")
    if not _announces_problems(draft, plan):
        found.append("problem unannounced")
    if _JOINED_BADLY.search(text) or _run_together(draft, plan):
        found.append("joint")
    said = {copy.item for copy in draft.copies}
    found += [f"no {item.kind}" for number, item in enumerate(plan.items) if number not in said]
    return found


def strange_numbers(text: str, report: str) -> list[str]:
    """Numbers of ``text`` that do not stand in the report as they are, whole.

    >>> strange_numbers("公开86条", "公开86,542条"), strange_numbers("公开86,542条", "公开86,542条")
    (['86'], [])
    """
    own = set(_NUMBER.findall(fold(report)))
    return [number for number in _NUMBER.findall(fold(text)) if number not in own]


def _announces_problems(draft: Draft, plan: Plan) -> bool:
    """Whether the first problem begins a sentence or follows words that announce it."""
    before = 0
    for copy in draft.copies:
        if plan.items[copy.item].kind == "problem":
            return _ANNOUNCES.search(draft.text, before, copy.start) is not None
        before = copy.end
    return True


def _run_together(draft: Draft, plan: Plan) -> bool:
    """Whether two things are said without a mark or word between them; names may be."""
    return any(
        one.end == other.start
        and one.item != other.item
        and plan.items[one.item].kind not in ("agency", "year")
        and plan.items[other.item].kind != "year"
        for one, other in pairwise(draft.copies)
    )


def _numbers(draft: Draft, plan: Plan) -> list[str]:
    found = []
    covered = [False] * len(draft.text)
    for copy in draft.copies:
        covered[copy.start : copy.end] = [True] * (copy.end - copy.start)
        source = plan.items[copy.item].text
        if source[copy.high - 1].isdigit():
            unit = _UNIT.match(source, copy.high)
            if unit and not draft.text.startswith(unit[0], copy.end):
                found.append("unit")
        if source[copy.low].isdigit() and re.search(r"[约近超逾]$", source[: copy.low]):
            found.append("about")
    if any(one.isdigit() and not inside for one, inside in zip(draft.text, covered, strict=True)):
        found.append("number")
    return found


def _part(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence around a span."""
    low = max((match.end() for match in _PARTS.finditer(text, 0, start)), default=0)
    close = _PARTS.search(text, end)
    return low, close.start() if close else len(text)


def _pieces(copies: Sequence[Copy], item: int) -> list[Copy]:
    return sorted((copy for copy in copies if copy.item == item), key=lambda copy: copy.low)


def _claims(draft: Draft, plan: Plan) -> list[str]:
    found = []
    text = draft.text
    written = _written(draft, plan)
    for number in {copy.item for copy in draft.copies}:
        item: PlanItem = plan.items[number]
        if item.kind in ("agency", "year"):
            continue
        pieces = _pieces(draft.copies, number)
        said = "".join(item.text[copy.low : copy.high] for copy in pieces)
        if len(pieces) > _MOST_PIECES:
            found.append(f"{item.kind} in pieces")
        if len(said) < min(_LEAST_SAID, len(item.text)):
            found.append(f"{item.kind} unsaid")
        for copy in pieces:
            low, high = _part(text, copy.start, copy.end)
            before = text[low : copy.start]
            sentence = text.rfind("。", 0, copy.start) + 1
            ahead = _FUTURE.search(written, sentence, copy.start) is not None
            own_future = _FUTURE.search(item.text[copy.low : copy.high]) is not None
            if item.kind == "commitment" and not (ahead or own_future):
                found.append("promise without future")
            if item.kind != "commitment" and ahead:
                found.append(f"{item.kind} as promise")
            role = _ROLE.get(item.kind)
            named = role is None or role.search(said) or role.search(text[low:high])
            if any(c.isdigit() for c in said) and not named:
                found.append("role")
            if item.kind != "problem" and _ADMITS.search(before.split("，")[-1]):
                found.append(f"{item.kind} as problem")
        if item.kind == "problem" and _LACK.search(item.text) and not _LACK.search(said):
            sentence = text.rfind("。", 0, pieces[0].start) + 1
            if not _ADMITS.search(text, sentence, pieces[-1].end):
                found.append("problem lost")
        found += _lost_negation(item, pieces, text)
    return found


def _written(draft: Draft, plan: Plan) -> str:
    """The draft with all copies but those of promises and years blanked out: a 将 inside of a
    deed announces nothing."""
    text = list(draft.text)
    for copy in draft.copies:
        if plan.items[copy.item].kind not in ("commitment", "year"):
            text[copy.start : copy.end] = " " * (copy.end - copy.start)
    return "".join(text)


def _lost_negation(item: PlanItem, pieces: Sequence[Copy], text: str) -> list[str]:
    """A negation of the source between or right before what was copied of its comma part."""
    folded = fold(item.text)
    for match in _NEGATION.finditer(folded):
        if any(copy.low <= match.start() < copy.high for copy in pieces):
            continue
        low = folded.rfind(",", 0, match.start()) + 1
        after = folded.find(",", match.start())
        high = after if after >= 0 else len(folded)
        if any(copy.high > match.start() and copy.low < high for copy in pieces) or (
            item.kind == "problem" and any(low <= copy.low < match.start() for copy in pieces)
        ):
            written = any(
                _NEGATION.search(text[max(0, copy.start - 3) : copy.end + 4]) for copy in pieces
            )
            if not written:
                return ["negation"]
    return []


def evidence_of(draft: Draft, plan: Plan) -> tuple[Evidence, ...]:
    """Where in the report each copied stretch stands; names that stand nowhere are left out."""
    found = []
    for copy in draft.copies:
        item = plan.items[copy.item]
        if item.literal:
            low, high = item.start + copy.low, item.start + copy.high
        elif item.kind in ("request", "review"):
            low, high = item.start, item.end
        else:
            continue
        found.append(Evidence(copy.start, copy.end, low, high))
    return tuple(found)
