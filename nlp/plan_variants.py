"""Shorter and longer ways to say an item, each true if the whole is.

Of a clause any run of its comma parts that :mod:`nlp.entail` lets stand alone; of the figures of
requests and reviews the first count with any of the outcomes that follow it. Words of effort
(进一步, 切实) are left out of what is admitted and promised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from .document import fold
from .entail import LACK, parts_of, unsafe_cuts
from .plan_items import CLAIMS, COUNT, PlanItem, brief_of, counts_nothing
from .plan_openings import ADMITTED, GENERAL
from .plan_parts import Claim, adds_up, joining, settled, stands_last

_SHORTEST, _SHORTEST_DEED = 6, 9  # characters; of a deed that neither counts nor names anything
_MOST_PARTS, _MOST_COUNTS = 6, 10
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
# A part that is said only behind the count it belongs to.
_OUTCOME = re.compile(r"(?:共|已|累计)办理(?:申请)?\d|(?:其中)?有?\d+件[^,;\d]{0,6}在复议中|[一二终]审|结果[为是]|(?:其中)?(?:经复议|复议机关|法院|均|有|已|被)*(?:结果|依法)?(?:维持|纠错|确认违法|胜诉|审结|纠正|撤销|败诉|责令|依法|其他|尚未|驳回|终止)|办结|答复|予以|不予|部分公开|同意")
_EFFORT = re.compile(
    r"(?:^|(?<=[,;、]))(?:进一步|切实|不断|持续|继续|认真|积极|大力|着力|努力|全面(?!公开)|主动(?!公开)){1,2}(?=[^,;、]{4})"
    r"|^并(?=[^,;、]{4})|还(?=不|需|有待|没|存在|缺|比较)|仍然?(?=不|需|有待|存在|缺)|进一步(?=[^,;、的]{2})"
)
# Of a lack only what weighs it: 主动报送的少 is not 报送的少.
_STILL = re.compile(
    r"(?:^|(?<=[,;、]))(?:但|并|进一步|持续|继续){1,2}(?=[^,;、]{4})|还(?=不|需|有待|没|存在|缺|比较)|仍然?(?=不|需|有待|存在|缺)|进一步(?=[^,;、的]{2})"
)
# What the paragraph has said already (its year, that it is about disclosure).
_KNOWN = re.compile(
    r"(?:^|(?<=[,;]))(?:全年|本年度?|当年|年内|一年来)?(?:共计?)?(?=(?:全[市县区省镇乡]|累计|主动|公开|发布|收到|受理|新收|办结|被|发生|召开|在|通过|依托|印|接|编|制))"
    r"|政府信息公开(?=申请)|因政府信息公开(?=(?:被|引|发|产|申请行政)(?![起发生]*的))|(?<=共)政府信息公开(?=申请)"
)
_REVIEW = re.compile("复议|诉")
_LEANS = re.compile(r"其中|分别|占|同比|环比|比上|较|增长|下降|就|才|以免|避免|且|或|也|仍|均|都|其余|从而|进而|并|又|但|而|使|这|该|此|同时|做到|由此|因此|导致|影响")


def cut_to(item: PlanItem, kept: Sequence[tuple[int, int]], joint: str = "，") -> PlanItem:
    """The item with nothing but some stretches of it, where parts are joined by ``joint``."""
    text, pieces = "", []
    for number, (low, high) in enumerate(kept):
        if number and kept[number - 1][1] < low and joint:
            text += joint
        for one, other, start, end in item.sources:
            first, last = max(one, low), min(other, high)
            if first >= last:
                continue
            same = other - one == end - start
            at = (start + first - one, start + last - one) if same else (start, end)
            pieces.append((len(text) + first - low, len(text) + last - low, *at))
        text += item.text[low:high]
    at = (pieces[0][2], pieces[-1][3]) if pieces else (item.start, item.end)
    literal = item.literal and len(kept) == 1
    own = tuple(pieces) if not literal else ()
    return replace(item, text=text, start=at[0], end=at[1], literal=literal, pieces=own)


def without_effort(item: PlanItem) -> PlanItem:
    """An admission or a promise without words of effort and without 还 and 仍; a figure without
    what the paragraph has said already, its year and that it is about disclosure.

    >>> without_effort(PlanItem("commitment", "进一步加强业务培训", 0, 9)).text
    '加强业务培训'
    """
    claims = item.kind in CLAIMS
    if claims and (not item.literal or GENERAL.search(fold(item.text))):
        return item
    kept, place = [], 0
    rule = {"problem": _STILL, "commitment": _EFFORT}.get(item.kind, _KNOWN)
    for match in rule.finditer(fold(item.text)):
        if match.start() > place:
            kept.append((place, match.start()))
        place = match.end()
    kept.append((place, len(item.text)))
    if len(kept) == 1 and not kept[0][0]:
        return item
    left = sum(high - low for low, high in kept)
    bent = claims and unsafe_cuts(item.text, kept)
    return item if left < _SHORTEST or bent else cut_to(item, kept, "")


def _runs(item: PlanItem) -> Iterable[PlanItem]:
    """Runs of comma parts that may stand alone; of a deed those that hold what it says in brief."""
    parts = parts_of(item.text)[:_MOST_PARTS]
    brief = brief_of(item).start - item.start
    folded = fold(item.text)
    claim: Claim | None = item.kind if item.kind == "problem" or item.kind == "commitment" else None
    lacks = item.kind == "problem" and LACK.search(folded) is not None
    for first in range(len(parts)):
        if first and _LEANS.match(folded, parts[first][0]):
            continue
        if first and settled(item.kind, item.text, parts[first][0]) != parts[first][0]:
            continue
        joint = joining(claim, folded, *parts[first]) if first and claim else 0
        for last in range(first, len(parts)):
            low, high = parts[first][0], parts[last][1]
            text = item.text[low:high]
            if (
                high - low - joint < _SHORTEST
                or (claim and not stands_last(folded, *parts[last]))
                or (item.kind == "commitment" and ADMITTED.search(folded[low:high]))
                or (item.kind == "deed" and high - low < _SHORTEST_DEED
                    and not re.search("[“《]", text) and not COUNT.search(folded, low, high))
                or (item.kind == "figure" and not COUNT.search(folded, low, high))
                or (item.kind == "review" and not _REVIEW.search(folded, low, high))
                or (item.kind not in CLAIMS and not low <= brief < high)
                or (low, high) == (0, len(item.text))
                or any(text.count(a) != text.count(b) for a, b in _PAIRS)
                or unsafe_cuts(item.text, [(low, high)])
                or (lacks and not LACK.search(folded, low, high))
                or (item.kind not in CLAIMS and counts_nothing(folded[low:high]))
            ):
                continue
            yield cut_to(item, [(low + joint, high)])


def _counts(item: PlanItem) -> Iterable[PlanItem]:
    """The first count with any of those that follow; an outcome only behind its own count."""
    parts = parts_of(item.text)[:_MOST_COUNTS]
    folded = fold(item.text)
    heads = [
        n for n, (low, high) in enumerate(parts) if not _OUTCOME.match(item.text, low)
        and (item.kind != "review" or _REVIEW.search(item.text, low, high))
    ]  # fmt: skip
    if not heads or heads[0]:
        return
    for size in range(len(parts)):
        for others in combinations(range(1, len(parts)), size):
            chosen = (0, *others)
            own = {n: max((h for h in heads if h <= n), default=0) for n in chosen}
            if len(chosen) == len(parts) or not all(head in chosen for head in own.values()):
                continue
            if not adds_up(item.kind, folded, parts, chosen):
                continue
            text = "".join(item.text[slice(*parts[n])] for n in chosen)
            if all(text.count(a) == text.count(b) for a, b in _PAIRS):
                yield cut_to(item, [parts[n] for n in chosen])


def variants_of(item: PlanItem) -> list[PlanItem]:
    """Ways to say the item, the whole of it last; each text once."""
    if item.kind in ("request", "review") and item.whole:
        found = list(_counts(item))
    elif item.literal and not item.whole:
        found = list(_runs(item))
    else:
        found = []
    shortened = [without_effort(one) for one in (*found, item)]
    return list({one.text: one for one in shortened}.values())
