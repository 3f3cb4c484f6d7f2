"""Holding a drafted summary against its plan: what it says must stand in the report.

Checked for each draft: its numbers (:mod:`nlp.verify_numbers`); that what was left out of a clause
leaves it true (:mod:`nlp.entail`); what is copied from a problem keeps the words that make it
one, and is not announced as a promise; what is copied from a promise stands behind a word of the
future; no negation is lost, no name or quotation halved, nothing said in the first person. Of the
drafts without a fault :func:`blemishes` tells which reads worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .controls import SIZES, Size
from .document import fold
from .drafts import Copy, Draft
from .entail import LACK, unsafe_cuts
from .plan import KEPT
from .plan_beginnings import FRAGMENT
from .plan_items import FIRST_PERSON, ItemKind, Plan, PlanItem
from .report import Evidence
from .retouch import FOLLOWS
from .verify_numbers import number_faults, role_faults, strange_numbers
from .verify_scope import scope_faults

__all__ = ["blemishes", "evidence_of", "faults", "passes", "strange_numbers"]
_MOST_PIECES = 3  # of an item; more is a rewording that seldom reads well
_LEAST_SAID = 4  # characters of an item; less does not say it
_FUTURE = re.compile(r"将|下一?步|今后|下年|明年|来年|计划|打算|拟|力争|接下来|下一?阶段|承诺|准备")
_ADMITS = re.compile(r"问题|不足|短板|差距|薄弱|欠缺|困难|弱项")
_ANNOUNCES = re.compile(r"问题|不足|差距|承认|坦言|但")
_NEGATION = re.compile(r"不(?!断|仅|但|同|少|定期|动产|良)|未(?!来)|没有|无(?!障碍|线|锡)")
_STAMMER = re.compile(r"[，。；、：]{2}|(?!一[项件个条次户家步点])([^\d]{2,4})\1|[如为是]；")
_TWICE = 9  # characters that stand twice are a repetition
_JOINED_BADLY = re.compile(r"有待于?[，。；、]|是一些[，。；]|全年(?:\d{1,2}月|[上下]半年|[一二三四]季度|年[初底])|问题是(?:问题|存在)|将(?:改进|措施|对策|打算)[:：]|共(?:历年|[对把将向为由从以按]|依托|街道|学校)|对更(?![新正换])|\d年20\d\d年|将[^，。；]{2,14}要[再更]|年度?其中|[是将]、|把(?:更(?![新正换])|进一步|继续|加强|提高|健全|完善)|将[^。；]{0,14}，将|(?:问题|不足)(?:是|在于)[^，。；]{0,4}存在|(?:承认|坦言|列出)[^，。；]{0,30}等问题，|共(?:全|在|通过|共|各)|全年(?:全|截|至)|全年[^，。；]{0,12}全年|是[是也]|的的|将(?:将|在今后)|将[^，。；]{1,6}将|将(?:新的|下一|今后|20)|(?:^|[，。；、是将])(?:我|本)[局镇乡县市区院厅校]")
_PARTS = re.compile(r"[。；;]")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
# 承认存在…不够: what is there must be named a problem, a lack or a gap.
_UNCLOSED = re.compile(r"存在(?![^。]*(?:问题|不足|差距|短板|情况|现象|薄弱|弱项|距离|困难|偏差|倾向|脱节|疏漏|空白|漏洞|误区|盲区|断档|落差))[^。]*。")
_CLUMSY = re.compile(r"全年(?:全|年)|；[^。；]{0,6}；|，，|该单位该")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
_ROLE = {
    "request": re.compile(r"申请"),
    "review": re.compile(r"复议|诉讼|起诉|应诉|被诉"),
}


def faults(
    draft: Draft, plan: Plan, report: str | None = None, size: Size = SIZES["standard"]
) -> list[str]:
    """What is wrong with a draft, by name; an empty list where nothing is.

    Parameters
    ----------
    draft : Draft
        With its copies, which tell where each stretch comes from.
    plan : Plan
        What the draft was written from.
    report : str, optional
        The report's text: each number of the draft must stand in it whole, in its role.
    size : Size
        Bounds of the paragraph.
    """
    return list(_faults(draft, plan, report, size))


def passes(draft: Draft, plan: Plan, report: str | None, size: Size) -> bool:
    """Whether :func:`faults` finds nothing; at the first fault no more is looked for."""
    return next(_faults(draft, plan, report, size), None) is None


def _faults(draft: Draft, plan: Plan, report: str | None, size: Size) -> Iterator[str]:
    text = draft.text
    content = sum(len(item.text) for item in plan.items)
    if not min(size.least, KEPT * content) <= len(text) <= size.most:
        yield "length"
    if draft.foreign:
        yield "invented"
    if not text.endswith("。"):
        yield "unfinished"
    yield from number_faults(draft, plan)
    yield from _claims(draft, plan)
    yield from scope_faults(draft, plan, report)
    if report is not None:
        if strange_numbers(draft.text, report):
            yield "number not in the report"
        yield from role_faults(draft, plan, report)
    if FIRST_PERSON.search(text):
        yield "first person"
    if any(text.count(a) != text.count(b) for a, b in _PAIRS):
        yield "half a quotation"
    if _repeats(_QUOTED.sub("《》", text)):
        yield "repetition"
    if not _announces_problems(draft, plan):
        yield "problem unannounced"
    if _JOINED_BADLY.search(text) or _odd_link(draft) or _unclosed(draft, plan) or _run_together(draft, plan):
        yield "joint"
    if not _announces_promises(draft, plan):
        yield "promise unannounced"
    said = {copy.item for copy in draft.copies}
    yield from (f"no {item.kind}" for number, item in enumerate(plan.items) if number not in said)


def _repeats(text: str) -> bool:
    """Whether a stretch stands twice in a line, or a few characters twice in a row.

    >>> _repeats("加强业务培训工作力度，加强业务培训工作力度"), _repeats("加强培训，加强业务培训")
    (True, False)
    """
    for line in text.split("\n"):
        seen: dict[str, int] = {}
        for start in range(len(line) - _TWICE + 1):
            before = seen.setdefault(line[start : start + _TWICE], start)
            if start - before >= _TWICE:
                return True
    return _STAMMER.search(text) is not None


def _odd_link(draft: Draft) -> bool:
    """Whether 共 or 还 stands before what has a subject of its own: 共管委会官网更新94条."""
    return any(
        draft.text[copy.start - 1 : copy.start] in ("共", "还")
        and not (n and draft.copies[n - 1].end == copy.start)
        and not FOLLOWS.match(draft.text, copy.start)
        for n, copy in enumerate(draft.copies)
    )


def _unclosed(draft: Draft, plan: Plan) -> bool:
    """Whether 存在 that the draft says of itself lacks what there is: 存在更新不及时."""
    text = _written(draft, plan, ("problem",))
    return any(
        not any(copy.start <= match.start() < copy.end for copy in draft.copies)
        for match in _UNCLOSED.finditer(text)
    )


def _announces_problems(draft: Draft, plan: Plan) -> bool:
    """Whether the first problem begins a sentence or follows words that announce it."""
    before = 0
    for copy in draft.copies:
        if plan.items[copy.item].kind == "problem":
            return _ANNOUNCES.search(draft.text, before, copy.start) is not None
        before = copy.end
    return True


def _announces_promises(draft: Draft, plan: Plan) -> bool:
    """Whether the first promise begins a sentence or follows a word of the future."""
    before = 0
    for copy in draft.copies:
        if plan.items[copy.item].kind == "commitment":
            return re.search("[。；]", draft.text[before : copy.start]) is not None or (
                _FUTURE.search(draft.text, before, copy.start) is not None
            )
        if plan.items[copy.item].kind != "year":
            before = copy.end
    return True


def _parts_run_together(one: Copy, other: Copy, draft: Draft, plan: Plan) -> bool:
    """Whether two comma parts of an item are said without a mark between them."""
    gone = plan.items[one.item].text[one.high : other.low]
    return re.search("[，；,;。]", gone) is not None and not re.search(
        "[，；。、]", draft.text[one.end : other.start]
    )


def _run_together(draft: Draft, plan: Plan) -> bool:
    """Whether two things are said without a mark or word between them; names may be."""
    return any(
        (one.item == other.item and _parts_run_together(one, other, draft, plan))
        or (one.end == other.start
        and one.item != other.item
        and plan.items[one.item].kind not in ("agency", "year")
        and plan.items[other.item].kind != "year")
        for one, other in pairwise(draft.copies)
    )


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
        if unsafe_cuts(item.text, [(copy.low, copy.high) for copy in pieces]):
            found.append(f"{item.kind} bent")
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
        if item.kind == "problem" and FRAGMENT.match(fold(item.text[pieces[0].low : pieces[-1].high])):
            found.append("problem from the middle")
        if item.kind == "problem" and LACK.search(item.text) and not LACK.search(said):
            sentence = text.rfind("。", 0, pieces[0].start) + 1
            if not _ADMITS.search(text, sentence, pieces[-1].end):
                found.append("problem lost")
        found += _lost_negation(item, pieces, text)
    return found


def _written(
    draft: Draft, plan: Plan, kinds: Sequence[ItemKind] = ("commitment", "year")
) -> str:
    """The draft with all copies but those of some kinds blanked out: a 将 inside of a deed
    announces nothing."""
    text = list(draft.text)
    for copy in draft.copies:
        if plan.items[copy.item].kind not in kinds:
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


def blemishes(draft: Draft, plan: Plan) -> int:
    """How much worse a draft without a fault reads: what no reader minds is 0."""
    text = draft.text
    inside = [copy for copy in draft.copies if "，" in plan.items[copy.item].text[copy.low : copy.high]]
    joined = sum(text[copy.end : copy.end + 1] in ("、", "和") for copy in inside)
    marks = {text[one.end] for one in draft.copies if plan.items[one.item].kind == "problem"
             and text[one.end : one.end + 1] in ("，", "；", "、")}  # fmt: skip
    cuts = sum(
        copy.high < len(plan.items[copy.item].text)
        and plan.items[copy.item].text[copy.high] not in "，；"
        for copy in draft.copies
    )
    early = sum(text[max(0, copy.start - 2) : copy.start] == "全年" and not FOLLOWS.match(text, copy.start)
                for copy in draft.copies)  # fmt: skip
    return early + 2 * joined + max(0, len(marks) - 1) + cuts + text.count("此外") + len(_CLUMSY.findall(text))


def evidence_of(draft: Draft, plan: Plan) -> tuple[Evidence, ...]:
    """Where in the report each copied stretch stands; names that stand nowhere are left out."""
    found = []
    for copy in draft.copies:
        item = plan.items[copy.item]
        for low, high, start, end in item.sources:
            first, last = max(low, copy.low), min(high, copy.high)
            if first >= last:
                continue
            same = high - low == end - start  # printed as it is said; else the whole place counts
            at = (start + first - low, start + last - low) if same else (start, end)
            found.append(Evidence(copy.start + first - copy.low, copy.start + last - copy.low, *at))
    return tuple(found)
