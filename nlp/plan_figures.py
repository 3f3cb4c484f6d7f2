"""Requests, reviews and lawsuits as one item each: what was received, how it ended, or none.

From the prose only the comma parts that count are taken (收到…99件, 办结100件, 结转下年4件; 复议9件,
纠正2件), each with its place. Where the prose is silent the printed cells of the tables speak; a
sum that stands nowhere is never made. What is said to be none becomes half a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .document import fold
from .entail import parts_of
from .facts import roles
from .plan_cells import (
    NO_REQUEST,
    NO_REVIEW,
    NO_SUIT,
    Made,
    printed,
    request_cells,
    review_cells,
    with_suits,
)
from .plan_items import FIRST_PERSON, ItemKind, PlanItem, Stretch, in_third_person, item_of
from .plan_parts import FROM_BEFORE
from .plan_sums import adding_up
from .report import Fact, Tables

_LONGEST = {"request": 76, "review": 120}  # characters; the choice takes what there is room for
OTHER_YEAR = re.compile(r"上年|去年|上一年|前年|历年|自20\d\d年|20\d\d年(?:以来|至今)|以来|截[至止]|条例(?:施行|实施)")
_ENDED = re.compile(r"(?:共|已|累计)办理(?:申请)?\d|办结|答复|办理完毕|已公开|予以公开|同意公开")
_CARRIED = re.compile(r"结转(?:下|至下|到下)|转下年")
_RESULT = re.compile(r"纠正|撤销|败诉|变更|责令|纠错")
# What became of the one case before, or of all: needs no number.
_UPHELD = re.compile(
    r"^(?:其中)?(?:(?:审理)?结果(?:为|是)?|均|均被|获|(?:复议机关)?(?:予以|均|已|依法)?)?维持(?:\d+件|了?原?(?:答复|决定|行政行为))?$"
    r"|^(?:[一二终]审)?(?:均|被判)?败诉$"
)
_NOT_NONE = re.compile(r"逾期|超期|超时|投诉|败诉|审结|纠正|撤销|未经|答复|办理|举报|延期|收费|不及时")
_NOTHING = re.compile(r"(?<![\d.,])[0〇零][件宗条份起]")
_NOBODY = re.compile(
    r"(?:没有|无|未有|尚无)[^,。;0-9]{0,24}(?:提出|提交|递交)[^,。;0-9]{0,14}申请(?!人)"
    r"|(?:没有?|未)(?:收到|接到|受理)(?:过|任何)?[^,。;0-9]{0,24}(?:公民|法人|组织|公开)[^,。;0-9]{0,16}申请(?!人)"
    r"|没有(?:公民|法人|任何人)[^,。;0-9]{0,20}申请公开(?:政府)?信息|依申请公开[^,。;0-9]{0,8}(?:为零|零报告)"
)
# Asked, not named in a list of kinds of papers: 依申请公开38份.
_ASKED = re.compile(
    r"(?:收|受理|接到|接收|提出|提交)[^,;]*\d|申请[^,;公]{0,8}\d|\d+[件宗份起][^,;、]{0,12}(?<!依)申请"
    r"|^(?:[^,;、]{0,10})依申请公开[^,;、]{0,6}\d+件"
)
_CASES = re.compile(r"\d[\d,]*[余多]?[件起宗例]|[一二三四五六七八九十两]+[件起宗]")
# 驳回诉讼请求3件: what became of lawsuits counted before.
_BECAME = re.compile(r"(?:其中)?(?:经|被|法院|判决|裁定)*(?:驳回|维持|撤销|纠正|败诉|胜诉)")
_CASE = re.compile(r"(?:行政)?(?:复议|诉讼)(?!机关|结果|中被)|起诉|被诉")
_GOES_ON = re.compile(r"(?:全年|当年|本年)?(?:共|已|均|全部)*(?:办结|答复|办理完毕)")  # in the sentence after
# 一件也没有, of reviews and lawsuits.
_NO_CASES = re.compile(
    r"复议[^。;]{0,4}(?:行政)?诉讼[^。;\d]{0,12}(?:[一1]件(?:也|都)(?:没有?|未)|,没有(?:$|[,。;])|为零|零发生|均无(?:$|[,。;])|均未发生|都没有)"
)
_NO_OUTCOME = re.compile(r"^对|对\d|的\d+件|件里$|案件$|已办结的")  # of some of them something else
_NEXT = 2  # sentences after the first in which the outcome may stand


@dataclass(frozen=True, slots=True)
class Numbers:
    """What prose and tables give for the office's own figures.

    Attributes
    ----------
    items : tuple of PlanItem
        Requests and reviews, each said whole.
    told : frozenset of ItemKind
        The kinds that need no further item.
    """

    items: tuple[PlanItem, ...]
    told: frozenset[ItemKind]


def _zero(facts: Sequence[Fact], key: str) -> Fact | None:
    """The phrase that says none, where nothing in the prose speaks against it."""
    own = [fact for fact in facts if fact.key == key and not OTHER_YEAR.search(fact.text)]
    if any(fact.value for fact in own):
        return None
    return next((f for f in own if f.value == 0 and not _NOT_NONE.search(fold(f.text))), None)


def _nobody(sentences: Sequence[Stretch]) -> tuple[int, int] | None:
    """Where it is said at length that nobody asked."""
    for one in sentences:
        match = _NOBODY.search(fold(one.text))
        if match and not _NOT_NONE.search(match[0]) and not OTHER_YEAR.search(match[0]):
            return one.start + match.start(), one.start + match.end()
    return None


# --- from the prose ----------------------------------------------------------------------


def _counting_parts_of(
    sentences: Sequence[Stretch], kind: ItemKind
) -> Iterable[tuple[Stretch, int, int, bool]]:
    """(sentence, low, high, names) of the comma parts that count requests, or reviews, and their
    outcome; what the sentences after the first say only where they go on with it."""
    wanted = ("requests_received",) if kind == "request" else ("reconsiderations", "lawsuits")
    started = foreign = False  # foreign: after a case that is not counted here
    for number, stretch in enumerate(sentences):
        if number and not started:
            return
        folded = fold(stretch.text)
        counts = roles(folded)
        for low, high in parts_of(stretch.text):
            part = folded[low:high]
            keys = {key for start, end, key in counts if low <= start < high}
            ends: object
            if kind == "request":
                named = bool(keys & set(wanted)) and _ASKED.search(part) is not None
                ends = re.search(r"\d", part) and (
                    _ENDED.search(part) or _CARRIED.search(part) or FROM_BEFORE.fullmatch(part)
                )
                named = named and not number and not (started and ends)
                ends = ends and (
                    not number or _GOES_ON.match(part) or _CARRIED.search(part)
                    or FROM_BEFORE.fullmatch(part)
                )  # fmt: skip
            else:
                named = _CASES.search(part) is not None and not _BECAME.match(part) and (
                    bool(keys & set(wanted))
                    or (bool(keys) and re.search(r"复议|诉讼|起诉|被诉", part) is not None)
                )  # fmt: skip
                ends = re.search(r"\d", part) and _RESULT.search(part)
                ends = ends or _UPHELD.match(part)
            if kind == "review":
                foreign = not named and (foreign or _CASE.search(part) is not None)
            if foreign or _NOTHING.search(part) or (
                started and _NO_OUTCOME.search(part) and not FROM_BEFORE.fullmatch(part)
            ) or (
                OTHER_YEAR.search(part)
                and not (_CARRIED.search(part) or FROM_BEFORE.fullmatch(part))
            ):
                continue
            if named or (started and ends):
                started = True
                yield stretch, low, high, named
            elif number and kind == "request":
                return


def _counted(sentences: Sequence[Stretch], year: int | None, kind: ItemKind) -> PlanItem | None:
    """The comma parts of a sentence that count requests, or reviews, and their outcome, and what
    the next ones go on with."""
    made = Made()
    for stretch, low, high, named in _counting_parts_of(sentences, kind):
        if len(made.text) + high - low > _LONGEST[kind]:
            break
        item = item_of(kind, Stretch(stretch.text[low:high], stretch.start + low,
                                     stretch.start + high, "done"), year)  # fmt: skip
        item = in_third_person(item) if item else None
        if item is None:
            continue
        if made.text:
            made.add("；" if named and kind == "review" else "，")
        for one, other, start, end in item.sources:
            made.add(item.text[one:other], start, end)
    if not made.text or FIRST_PERSON.search(made.text):
        return None
    return made.item(kind)


def _first_counted(
    sentences: Sequence[Stretch], year: int | None, kind: ItemKind
) -> PlanItem | None:
    runs = (sentences[n : n + 1 + _NEXT] for n in range(len(sentences)))
    return next(filter(None, (_counted(run, year, kind) for run in runs)), None)


def _no_cases(sentences: Sequence[Stretch]) -> PlanItem | None:
    """行政复议、行政诉讼一件也没有, in other words than the usual ones."""
    for one in sentences:
        match = _NO_CASES.search(fold(one.text))
        if match:
            made = Made()
            made.add(NO_REVIEW, one.start + match.start(), one.start + match.end())
            return made.item("review")
    return None


_ABOUT = re.compile(r"申请公?开?[^。;,]{0,12}[。:\n ]\s*(?:[(][一二三四五]+[)])?$")  # a heading
_PLAINLY = re.compile(r"(?:全年|本年度?|当年|年内|共|新)*(?:收到|受理|新收)(?P<count>\d[\d,]*件)")


def _plainly_received(sentences: Sequence[Stretch], text: str) -> PlanItem | None:
    """收到1件 in the chapter on requests, which needs not say of what."""
    for one in sentences:
        about = one.section == "requests" or _ABOUT.search(fold(text[max(0, one.start - 40) : one.start]))
        match = _PLAINLY.match(fold(one.text)) if about else None
        if match and not _NOTHING.search(match[0]):
            made = Made()
            made.add("收到申请")
            low, high = match.span("count")
            made.add(one.text[low:high], one.start + low, one.start + high)
            return made.item("request")
    return None


def numbers_of(
    sentences: Sequence[Stretch], facts: Sequence[Fact], tables: Tables, text: str, year: int | None
) -> Numbers:
    """Requests and reviews of the year, from prose first, then from the tables.

    Parameters
    ----------
    sentences : sequence of Stretch
        What was done, a sentence each.
    facts : sequence of Fact
    tables : Tables
    text : str
        The report.
    year : int, optional
        Its year.
    """
    found: list[PlanItem] = []
    own = {name: printed(Tables(tuple(c for c in tables.cells if c.table == name)), text)
           for name in ("requests", "review")}  # fmt: skip
    request = _first_counted(sentences, year, "request")
    zero = _zero(facts, "requests_received")
    asked = any(fact.key == "requests_received" and fact.value for fact in facts)
    none = (zero.start, zero.end) if zero else None if asked else _nobody(sentences)
    cell = request_cells(own["requests"])
    if request is None and none is not None and not (cell and cell.text[0] != "未"):
        made = Made()
        made.add(NO_REQUEST, *none)
        request = made.item("request")
    request = request or _plainly_received(sentences, text) or cell
    if request is not None:
        request = adding_up(request, own["requests"], sentences)
    review = _first_counted(sentences, year, "review")
    cell = review_cells(own["review"])
    nones = [_zero(facts, key) for key in ("reconsiderations", "lawsuits")]
    if review is None and all(nones) and not (cell and cell.text[0] != "无"):
        made = Made()
        for number, fact in enumerate(fact for fact in nones if fact):
            made.add("" if number else NO_REVIEW, fact.start, fact.end)
        review = made.item("review")
    elif review is None and not any(f.value for f in facts if f.key in ("reconsiderations", "lawsuits")):
        review = _no_cases(sentences)
    elif review is not None and nones[1] and "诉" not in review.text:
        made = Made(review.text, list(review.pieces))
        made.add("，")
        made.add(NO_SUIT, nones[1].start, nones[1].end)
        review = made.item("review")
    elif review is not None and "诉" not in review.text:
        review = with_suits(review, own["review"])
    review = review or cell
    if request and review and (request.text, review.text) == (NO_REQUEST, NO_REVIEW):
        made = Made()
        made.add(NO_REQUEST, request.start, request.end)
        made.add("，")
        made.add(NO_REVIEW, review.start, review.end)
        request, review = made.item("request"), None
        found.append(request)
        return Numbers(tuple(found), frozenset(("request", "review")))
    found += [item for item in (request, review) if item]
    return Numbers(tuple(found), frozenset(item.kind for item in found))
