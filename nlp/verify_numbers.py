"""The numbers of a draft: whole, with unit and 约/余, in the role, direction and year they had.

A role is told by the same rules in the report and in the draft (:func:`nlp.facts.roles`): 4件 that
counts proposals there must not count requests here. 减少/增加 beside a number, and the other year
that its sentence speaks of, must come along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .document import fold
from .drafts import Copy, Draft
from .facts import roles
from .plan_figures import OTHER_YEAR
from .plan_items import Plan

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SENTENCE = re.compile(r"[。;\n|]")
_STOP = re.compile(r"[。\n|]")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;:\n|]")
_UNIT = re.compile(
    r"[万亿千百]?[余多]?[万亿]?(?:条|件|篇|项|则|宗|份|封|起|期|场|次|个|名|人|位|家|处|元|%)"
)
# What is mistaken for another at a cost; other roles (posts here, papers there) are looser.
_STRICT = frozenset(
    ("requests_received", "requests_carried", "reconsiderations", "lawsuits", "proposals", "hotline",
     "messages", "visits", "followers", "trainees")
)  # fmt: skip
_UP = re.compile(r"增加|增长|上升|提高|提升|新增|多了|翻")
_DOWN = re.compile(r"减少|下降|降低|回落|压减|缩减|精简|少了|下滑")
_NEAR = 10  # characters before a number in which its direction stands


def strange_numbers(text: str, report: str) -> list[str]:
    """Numbers of ``text`` that do not stand in the report as they are, whole.

    >>> strange_numbers("公开86条", "公开86,542条"), strange_numbers("公开86,542条", "公开86,542条")
    (['86'], [])
    """
    own = _numbers_in(report)
    return [number for number in _NUMBER.findall(fold(text)) if number not in own]


# A report is asked about each of its drafts, and its sentences about each of their numbers.
@lru_cache(maxsize=64)
def _numbers_in(report: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(_folded(report)))


@lru_cache(maxsize=64)
def _folded(report: str) -> str:
    return fold(report)


@lru_cache(maxsize=1024)
def _roles(folded: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(roles(folded))


def number_faults(draft: Draft, plan: Plan) -> list[str]:
    """Digits that are no copy; units and 约 that were left behind."""
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


def _around(text: str, place: int, ends: re.Pattern[str]) -> tuple[int, int]:
    low = max((match.end() for match in ends.finditer(text, max(0, place - 400), place)), default=0)
    close = ends.search(text, place)
    return low, close.start() if close else len(text)


def _numbers_copied(
    draft: Draft, plan: Plan, copies: Sequence[Copy]
) -> Iterator[tuple[int, int, bool]]:
    """(place in the draft, place in the report, whether the plan named what it counts) of each
    number that is copied from prose."""
    for copy in copies:
        item = plan.items[copy.item]
        for low, high, start, _ in item.sources:
            for match in _NUMBER.finditer(item.text, max(low, copy.low), min(high, copy.high)):
                here = copy.start + match.start() - copy.low
                named = item.kind == "request" and not item.literal  # by the chapter it stands in
                yield here, start + match.start() - low, named


def _role(folded: str, low: int, place: int) -> str | None:
    return next((key for start, end, key in _roles(folded) if low + start <= place < low + end), None)


def _direction(before: str) -> int:
    found = [(m.end(), sign) for sign, rule in ((1, _UP), (-1, _DOWN)) for m in rule.finditer(before)]
    return max(found)[1] if found else 0


# What became of a case; of which kind it was is said before.
_OUTCOME = re.compile(r"维持|纠正|纠错|撤销|败诉|胜诉|驳回|责令|确认违法|审结|其他结果")
_CASE = re.compile(r"复议(?!后|机关|结果)|诉讼|起诉|被诉|应诉")


def _case(folded: str, place: int) -> str | None:
    """Of a review or of a lawsuit: the last that the sentence named before a number."""
    low, _ = _around(folded, place, _STOP)
    found = _CASE.findall(folded, low, place)
    return None if not found else "review" if found[-1] == "复议" else "suit"


def role_faults(draft: Draft, plan: Plan, report: str) -> list[str]:
    """Numbers whose role, direction or year is not what it is in the report.

    Parameters
    ----------
    draft : Draft
    plan : Plan
    report : str
        The report's text, into which the plan's items point.
    """
    found = []
    source, said = _folded(report), fold(draft.text)
    year = plan.of("year")[0].text[:4] if plan.of("year") else ""
    for here, there, named_by_plan in _numbers_copied(draft, plan, draft.copies):
        if plan.of("year") and said[here : here + 5] in {item.text for item in plan.of("year")}:
            continue
        low, high = _around(source, there, _SENTENCE)
        own_low, own_high = _around(said, here, _SENTENCE)
        was = _role(source[low:high], low, there)
        now = _role(said[own_low:own_high], own_low, here)
        if was == "other" and named_by_plan:
            was = now
        if was is not None and now is not None and was != now and {was, now} & _STRICT:
            found.append("role")
        low, high = _around(source, there, _COMMA)
        if _OUTCOME.search(source, low, high):
            was, now = _case(source, there), _case(said, here)
            if was and now and was != now:
                found.append("role")
        own_low, _ = _around(said, here, _COMMA)
        before = source[low:there]
        if _direction(before[-_NEAR:]) != _direction(said[own_low:here][-_NEAR:]):
            found.append("direction")
        other = OTHER_YEAR.search(before)
        named = re.search(r"20\d\d(?=年)", before)
        past = said[own_low:here]
        if other and other[0] not in past:
            found.append("other year")
        if "累计" in before and "累计" not in past:  # of all years, or of the year: the report says
            found.append("other year")
        if named and named[0] != year and named[0] not in past:
            found.append("other year")
    return found
