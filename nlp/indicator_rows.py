"""Rows of the appendix: a label and what follows it up to the next, told apart by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .indicator_atoms import Atom
from .indicators import INDICATORS, ORDER, RANKS, TWICE

FEWEST = 4  # labels that make the table
_APART = 12  # atoms without a label that end it


@dataclass
class Row:
    """A label and what follows it up to the next."""

    label: Atom
    units: list[str] = field(default_factory=list)
    numbers: list[Atom] = field(default_factory=list)
    blanks: int = 0
    late: bool = False  # a number has been seen

    def take(self, atom: Atom) -> None:
        if atom.kind == "unit":
            if not self.late or not self.units:
                self.units.append(atom.unit)
        elif atom.kind == "blank":
            self.blanks += atom.start < atom.end
            self.late = True
        else:
            self.numbers.append(atom)
            self.late = True


def table_of(every: Sequence[Atom]) -> list[Atom]:
    """The stretch with most labels, and the header before it."""
    stretches: list[list[int]] = []
    for number, atom in enumerate(every):
        if atom.kind == "label":
            if stretches and number - stretches[-1][-1] <= _APART:
                stretches[-1].append(number)
            else:
                stretches.append([number])
    whole = [one for one in stretches if len({every[n].key for n in one}) >= FEWEST]
    if not whole:
        return []
    low, high = whole[0][0], whole[-1][-1]
    begin = low
    while begin > 0 and low - begin < _APART and every[begin - 1].kind != "unknown":
        begin -= 1
    begin -= begin > 0 and every[begin - 1].kind == "unknown"  # a row of no known name, with its number
    end = min(len(every), high + 4)
    return list(every[begin:end])


def rows_of(found: Sequence[Atom]) -> tuple[list[Row], list[str], bool]:
    """Rows in order, texts with a number that no row of the form has, and whether a number stands
    right before the first label."""
    rows: list[Row] = []
    unknown: list[str] = []
    current: Row | None = None
    stray: Atom | None = None
    loose, adrift, nameless = False, False, False
    for atom in found:
        if atom.kind == "label":
            if not rows and not atom.grid:
                adrift, nameless = loose, bool(unknown)
            current, stray, loose = Row(atom), None, False
            rows.append(current)
        elif atom.kind in ("heading", "head", "beside"):
            current, stray, loose = None, None, False
        elif atom.kind == "unknown":
            if current is not None and current.numbers and atom.text[0] in ")]":
                current.blanks += 1  # the number stood in a note
            current, stray, loose = None, atom, False
        elif current is not None:
            if not current.label.grid or (atom.grid and atom.line == current.label.line):
                current.take(atom)
        elif stray is not None and atom.kind == "number":
            revived = _damaged(stray, rows)
            if revived is not None:
                current = Row(revived)
                current.take(atom)
                rows.append(current)
            else:
                unknown.append(stray.text)
            stray = None
        elif atom.kind == "number":
            loose = True
    last_empty = bool(rows) and not rows[-1].numbers and not rows[-1].blanks
    return _told_apart(rows), unknown, adrift or (nameless and last_empty)


def _damaged(stray: Atom, rows: Sequence[Row]) -> Atom | None:
    """The label that lost one character, where one label alone can have been it."""
    text = re.sub(r"\W", "", stray.text)
    likely = {
        row.key
        for row in INDICATORS
        for label in (re.sub(r"\W", "", row.label),)
        if len(label) >= 5 and any(label[:n] + label[n + 1 :] == text for n in range(len(label)))
    }
    if len(likely) != 1 or likely & {row.label.key for row in rows}:
        return None
    return stray._replace(kind="label", key=likely.pop())


def _told_apart(rows: Sequence[Row]) -> list[Row]:
    """Rows printed under 复议 and 诉讼 alike given to one of them by the rows before; those that
    stand elsewhere, or in a table whose rows are not in order, keep a bare key."""
    named = [ORDER[row.label.key] for row in rows if row.label.key not in TWICE]
    calm = named == sorted(named)
    suits = any(row.label.key in ("lawsuits", "lawsuits.upheld") for row in rows)
    result: list[Row] = []
    before = ""
    for row in rows:
        key = row.label.key
        if key in TWICE:
            group, _, last = before.partition(".")
            fits = group in ("reconsiderations", "lawsuits") and RANKS[last] < TWICE[key]
            if calm and suits and fits:
                key = f"{group}.{key}"
                row.label = row.label._replace(key=key)
        before = key
        result.append(row)
    return result
