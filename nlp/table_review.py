"""Table 四: reconsideration and lawsuits, in the form's shape, cut in two, or turned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from . import review_down
from .arithmetic import difference
from .form import REVIEW_COLUMNS, REVIEW_ROWS, review_identities
from .labels import Compact
from .placing import Line, Option, placings
from .rows import trimmed, uneven
from .tokens import Token

_EVENTS = re.compile(
    r"(?P<litigation_direct>未经复议(?:直接)?(?:起诉|诉讼)?)"
    r"|(?P<litigation_after_reconsideration>(?:经)?复议后(?:再|提起)?(?:起诉|诉讼)?)"
    r"|(?P<reconsideration>行政复议(?!(?:[、和及与,]|以及)?(?:提起)?行政诉讼(?:情况|数据)?|情况))"
    r"|(?P<litigation>行政诉讼(?!情况|数据))"
    r"|(?P<upheld>(?:结果)?维持(?:结果)?|果维持|结果维)|(?P<corrected>(?:结果)?纠正(?:结果)?|结果纠)"
    r"|(?P<other>其[他它]结果|其[他它]结?|他结果)|(?P<pending>尚未审结?|未审结)|(?P<total>总计|合计)"
)
_ANCHOR = re.compile(
    r"结果维持|维持结果|结果纠正|纠正结果|其[他它]结果|尚未审结|未审结|复议后起诉|未经复议直接"
)
_OTHER = re.compile(r"其[他它]结果")
_BEFORE, _AFTER, _LEAD = 220, 60, 30
_PUNCTUATION = re.compile(r"[^\w]*")
_GROUPS = frozenset(REVIEW_ROWS)


@dataclass(slots=True)
class _Segment:
    """Labels since the last values, and the values that follow them."""

    labels: list[str] = field(default_factory=list)
    values: list[Token] = field(default_factory=list)
    foreign: bool = False  # other text stands between the last label and the values


def read(tokens: Sequence[Token], text: Compact) -> list[Line]:
    """Lines of the table; none where there is no such table."""
    segments = _segments(tokens, text)
    if segments is None:
        return review_down.all_zero(tokens, text) or review_down.read(tokens, text)
    lines = _Reading().lines(segments)
    covered = {place for line in lines for place in line.places}
    if len(covered) < sum(len(line.places) for line in lines):  # a place twice: nobody knows
        lines, covered = [], set()
    for row in REVIEW_ROWS:
        rest = tuple((row, c) for c in REVIEW_COLUMNS if (row, c) not in covered)
        if rest:
            lines.append(Line(rest, (Option((None,) * len(rest), (None,) * len(rest)),)))
    return lines


def _segments(tokens: Sequence[Token], text: Compact) -> list[_Segment] | None:
    pending = list(re.finditer(r"尚未审结|未审结", text.text))
    if not pending or not re.search(r"维持", text.text):
        return None
    anchors = [m.start() for m in _ANCHOR.finditer(text.text, max(0, pending[0].start() - _BEFORE))]
    low = max(0, min(anchors) - _LEAD)
    bare_other = _OTHER.search(text.text, low) is None
    high = min(len(text.text), pending[-1].end() + _AFTER)
    events: dict[int, list[str]] = {}
    covered: set[int] = set()
    last = 0
    for match in _EVENTS.finditer(text.text, low, high):
        if match.lastgroup == "other" and "结" not in match[0] and not bare_other:
            continue
        begins = text.token_at(match.start())
        events.setdefault(begins, []).append(match.lastgroup or "")
        ends = text.token_at(match.end() - 1)
        last = max(last, ends)
        covered.update(range(begins, ends + 1))
    first = min(events)
    segments: list[_Segment] = []
    now = _Segment()
    for number in range(first, len(tokens)):
        token = tokens[number]
        if token.kind != "text":
            if now.labels:
                now.values.append(token)
            continue
        if number > last and now.values and any(t.kind == "number" for t in now.values):
            break
        if number > last + 3:
            break
        if now.values:
            if all(value.start == value.end for value in now.values):
                now.values = []  # the empty cells of a header
            else:
                segments.append(now)
                now = _Segment()
        if number in events:
            now.labels += events[number]
            now.foreign = False
        elif number not in covered and not _PUNCTUATION.fullmatch(token.text):
            now.foreign = True
    if now.labels:
        segments.append(now)
    return segments


class _Reading:
    """Goes through the segments, keeping what a header said."""

    def __init__(self) -> None:
        self.columns: tuple[str, ...] = REVIEW_COLUMNS
        self.groups: tuple[str, ...] = ()
        self.group: str | None = None

    def lines(self, segments: Sequence[_Segment]) -> list[Line]:
        found: list[Line] = []
        for segment in segments:
            places = self._places(segment)
            if places and segment.values and not segment.foreign:
                found.append(_line(places, segment.values))
        return found

    def _places(self, segment: _Segment) -> tuple[tuple[str, str], ...]:
        """The places that a segment's values fill, in order; none where that is unclear."""
        labels = segment.labels
        if not labels:
            return ()
        outcomes = [label for label in labels if label in REVIEW_COLUMNS]
        groups = [label for label in labels if label in _GROUPS]
        last = labels[-1]
        if last in _GROUPS or last == "litigation":
            if len(set(outcomes)) == len(REVIEW_COLUMNS):
                self.columns = tuple(dict.fromkeys(outcomes))
            elif outcomes:
                return ()
            return tuple((last, column) for column in self.columns) if last in _GROUPS else ()
        if len(outcomes) >= len(REVIEW_COLUMNS) - 1:
            return _header_places(labels, outcomes)
        if len(set(groups)) >= 2 and len(outcomes) == 1:
            self.groups = tuple(dict.fromkeys(groups))
        elif groups:
            self.group = groups[-1]
        if self.groups:
            return tuple((group, last) for group in self.groups)
        return ((self.group, last),) if self.group else ()


def _header_places(labels: Sequence[str], outcomes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Places of a header of five, ten or fifteen outcome words."""
    width = len(REVIEW_COLUMNS)
    groups = list(dict.fromkeys(label for label in labels if label in _GROUPS))
    count = max(1, round(len(outcomes) / width))
    if count == 3 or (len(groups) == 3 and count != 1):
        if count != 3:
            return ()
        if (
            "litigation" in labels
            and "reconsideration" in labels
            and (labels.index("litigation") < labels.index("reconsideration"))
        ):
            groups = [g for g in groups if g != "reconsideration"] + ["reconsideration"]
        elif "reconsideration" in groups:
            groups = ["reconsideration", *(g for g in groups if g != "reconsideration")]
        elif len(groups) == 2:
            groups = ["reconsideration", *groups]
        if len(groups) != 3:
            return ()
    elif count == 2:
        groups = [g for g in groups if g != "reconsideration"]
    if len(groups) != count:
        return ()
    if len(outcomes) == count * width:
        orders = {tuple(outcomes[n : n + width]) for n in range(0, len(outcomes), width)}
        if len(orders) != 1:
            return ()
        order = orders.pop()
        if len(set(order)) != width:
            return ()
    else:  # words lost characters: the rest must stand in the form's order
        rest = iter(REVIEW_COLUMNS * count)
        if not all(word in rest for word in outcomes):
            return ()
        order = REVIEW_COLUMNS
    return tuple((group, column) for group in groups for column in order)


def _adds_up(places: Sequence[tuple[str, str]], values: Sequence[Token]) -> bool:
    """Whether the sums of the table hold, and every value is in one."""
    known = dict(zip(places, (token.value for token in values), strict=True))
    own = [one for one in review_identities() if known.keys() >= {*one.left, *one.right}]
    held = {place for one in own for place in (*one.left, *one.right)}
    return held == known.keys() and all(difference(one, known) == 0 for one in own)


def _line(places: tuple[tuple[str, str], ...], values: list[Token]) -> Line:
    width = len(places)
    lines = [list(group) for _, group in groupby(values, key=lambda token: token.line)]
    for line in lines:
        if len(line) == width and len(lines) > 1 and width > 1:
            values = line
            break
    values = trimmed(values, width)
    if len(values) == width and uneven(values) and not _adds_up(places, values):
        return Line(places, ())
    numbers = [token.value for token in values]
    empty = [token.start == token.end for token in values]
    return Line(places, tuple(placings(numbers, empty, width)), tuple(values))
