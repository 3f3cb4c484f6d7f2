"""The tokens of a document as atoms of the appendix: labels, units, values, and what is neither.

Labels of this table lie in one another (同意公开答复数 in 不同意公开答复数), so a label counts only
where it is the whole of what stands there: it begins where a cell, a line or the last atom ended,
and a unit, a note, a number or the cell's end follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .indicators import COLUMNS_BESIDE, HEADINGS, HEADS, INDICATORS, TWICE
from .tokens import Token

Kind = Literal["label", "heading", "head", "beside", "unit", "number", "blank", "unknown"]

UNITS = r"万元|元|人次|件次|场次|条|件|个|次|篇|人|名|期|场|份|宗|起|项|家|处|班"
_NUMBER = r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d{0,14})(?:\.\d{1,8})?"
_COUNTED = re.compile(rf"({_NUMBER})({UNITS})?")
_UNIT = re.compile(rf"\(?(?:单位:?)?({UNITS})\)?")
_NOTE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_WHOLE_NOTE = re.compile(r"\([^()]*\)")  # where a line begins, an open bracket may be an ordinal's
_ORDINAL = re.compile(
    r"(?:[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\].、:]+|[①-⑳⑴-⒇]|其中[:,、]?)(?!\d)"
)
_BETWEEN = re.compile(r"[\s.,、:;·\"'|。]+|-{2,}")
_MARKS = "([:,;/|)。"


class Atom(NamedTuple):
    """``text[start:end]`` of the document; ``key`` of a label (``corrected`` and ``other`` alone
    for the two that are printed twice); ``grid`` where it stands in a grid's row ``line``, ``marked``
    in a cell that the source shows."""

    kind: Kind
    text: str
    start: int
    end: int
    line: int
    grid: bool = False
    key: str = ""
    value: float | None = None
    unit: str = ""
    marked: bool = False


def _named_once() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found: dict[str, re.Pattern[str]] = {}
    for row in INDICATORS:
        last = row.key.rpartition(".")[2]
        twice = last in TWICE and row.key.startswith(("reconsiderations.", "lawsuits."))
        found.setdefault(last if twice else row.key, re.compile(row.pattern))
    return tuple(found.items())


_LABELS = _named_once()
_NAMELESS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    *(("heading", re.compile(one)) for one in HEADINGS),
    *(("head", re.compile(one)) for one in HEADS),
    ("beside", re.compile(COLUMNS_BESIDE)),
)


@dataclass(frozen=True)
class _Run:
    """Text tokens in a row without a number between: their characters, and of each its token."""

    text: str
    owner: tuple[Token, ...]  # of each character
    places: tuple[int, ...]  # of each character, in the document
    ends: frozenset[int]  # where a token ends

    def fresh(self, at: int) -> bool:
        """Whether a line or a shown cell begins here."""
        if at == 0:
            return True
        one, two = self.owner[at - 1], self.owner[at]
        return one is not two and (one.line != two.line or two.marked)


def _run(tokens: Sequence[Token]) -> _Run:
    text: list[str] = []
    owner: list[Token] = []
    places: list[int] = []
    ends = set()
    for token in tokens:
        for offset, character in enumerate(token.text):
            if character != " ":
                text.append(character)
                owner.append(token)
                places.append(token.start + offset)
        ends.add(len(text))
    return _Run("".join(text), tuple(owner), tuple(places), frozenset(ends))


def _closed(run: _Run, at: int) -> bool:
    """Whether a label may end here."""
    if at in run.ends or run.text[at] in _MARKS or run.text[at].isdigit():
        return True
    unit = _UNIT.match(run.text, at)
    return unit is not None and (unit.end() in run.ends or run.text[unit.end()].isdigit())


def _lone_unit(run: _Run, at: int) -> bool:
    """Whether a token that is a unit begins here."""
    unit = _UNIT.match(run.text, at)
    return at in run.ends and unit is not None and unit.end() in run.ends


def _longest(run: _Run, at: int) -> tuple[Kind, str, int] | None:
    best: tuple[Kind, str, int] | None = None
    for key, pattern in _LABELS:
        match = pattern.match(run.text, at)
        if match and match.end() > at and _closed(run, match.end()) and (best is None or match.end() > best[2]):
            best = "label", key, match.end()
    for kind, pattern in _NAMELESS:
        match = pattern.match(run.text, at)
        if match and match.end() > at and _closed(run, match.end()) and (best is None or match.end() > best[2]):
            best = kind, "", match.end()
    return best


def _atoms_of(run: _Run) -> Iterator[Atom]:
    at, lost = 0, -1  # where what no rule knows began

    def atom(kind: Kind, low: int, high: int, key: str = "", value: float | None = None, unit: str = "") -> Atom:
        token = run.owner[low]
        return Atom(kind, run.text[low:high], run.places[low], run.places[high - 1] + 1,
                    token.line, token.grid, key, value, unit, token.marked)  # fmt: skip

    while at < len(run.text):
        if lost >= 0 and not run.fresh(at) and not _lone_unit(run, at):
            at += 1
            continue
        note = _WHOLE_NOTE if run.fresh(at) else _NOTE
        step = _BETWEEN.match(run.text, at) or _ORDINAL.match(run.text, at) or note.match(run.text, at)
        named = _longest(run, at)
        counted = None if named else _COUNTED.match(run.text, at)
        unit = None if named else _UNIT.match(run.text, at)
        if unit and not _closed(run, unit.end()):
            unit = None
        if counted and counted.end() not in run.ends and run.text[counted.end()] not in ",;:)。":
            counted = None
        if not (step or named or counted or unit):
            lost, at = (at if lost < 0 else lost), at + 1
            continue
        if lost >= 0:
            yield atom("unknown", lost, at)
            lost = -1
        if named:
            yield atom(named[0], at, named[2], named[1])
            at = named[2]
        elif unit:
            yield atom("unit", at, unit.end(), unit=unit[1])
            at = unit.end()
        elif (counted and at and not run.fresh(at)) or (counted and not step):
            yield atom("number", at, counted.end(), value=float(counted[1].replace(",", "")), unit=counted[2] or "")
            at = counted.end()
        elif step:
            at = step.end()
    if lost >= 0:
        yield atom("unknown", lost, len(run.text))


def atoms(tokens: Sequence[Token]) -> Iterator[Atom]:
    """All atoms in order."""
    waiting: list[Token] = []
    for number, token in enumerate(tokens):
        if token.kind == "text":
            if token.cut and waiting:
                yield from _atoms_of(_run(waiting))
                waiting = []
            waiting.append(token)
            continue
        if token.kind == "number" and _is_index(tokens, number):
            continue
        if token.kind == "number" and waiting and _noted(waiting, tokens, number):
            waiting.append(token)
            continue
        if waiting:
            yield from _atoms_of(_run(waiting))
            waiting = []
        kind: Kind = "number" if token.kind == "number" else "blank"
        yield Atom(kind, token.text, token.start, token.end, token.line, token.grid, "", token.value, token.unit,
                   token.marked)  # fmt: skip
    if waiting:
        yield from _atoms_of(_run(waiting))


def _noted(waiting: Sequence[Token], tokens: Sequence[Token], number: int) -> bool:
    """Whether a number stands in a note: the bracket before it is open, and closed soon after."""
    before = "".join(token.text for token in waiting)
    if before.rfind("(") <= before.rfind(")"):
        return False
    for one in tokens[number + 1 : number + 6]:
        if one.kind == "number":
            return False
        if ")" in one.text:
            return True
    return False


def _is_index(tokens: Sequence[Token], number: int) -> bool:
    """Whether a number leads its shown row: 序号, a label behind it and a value behind that."""
    token = tokens[number]
    if not token.marked or token.unit or (number and tokens[number - 1].line == token.line):
        return False
    row = []
    for one in tokens[number + 1 : number + 8]:
        if one.line != token.line:
            break
        row.append(one.kind)
    return len(row) > 1 and row[0] == "text" and any(kind != "text" for kind in row)
