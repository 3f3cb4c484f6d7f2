"""Rows: a label and the values that are its own, out of the token stream.

Values belong to the last label before them; other text between ends a row. Where a line or a
grid row shows which values stand together, what stands alone beside them (a page number) is
none of the row's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from .labels import Compact, Label, belongs
from .tokens import Token

_MOST = 40  # values after one label; more are none of its row


class Found(NamedTuple):
    """A row as printed: its label and its value tokens. ``aligned`` where its values are in the
    label's own line or grid row, ``crowded`` where something beside them was left out, ``lead``
    the empty cells that the label's span left before them in flattened text."""

    row: str
    label: Label
    tokens: tuple[Token, ...]
    aligned: bool = False
    crowded: bool = False
    lead: int = 0


def values_after(
    tokens: Sequence[Token], text: Compact, label: Label, limit: int, expected: int
) -> list[Token]:
    """The value tokens that follow a label, up to the token ``limit``."""
    at = label.token + 1
    rest = text.text[label.start : text.start_of(label.token + 1)]
    own = tokens[label.token]
    found: list[Token] = []
    tail_seen = False
    in_grid, line = own.grid, own.line
    limit = min(limit, len(tokens))
    while at < limit and len(found) < _MOST:
        token = tokens[at]
        kind = token.kind
        if in_grid and (token.line != line or not token.grid) and (kind != "text" or found):
            break
        if kind == "text" and len(found) == 1 and expected > 1 and token.text in ("增", "减"):
            found.append(token._replace(kind="blank"))  # 增/减 of which the number is missing
        elif kind == "text":
            if found and any(one.kind == "number" for one in found):
                # the label's other half, in the middle of its numbers
                if not any(map(str.isalnum, token.text)):
                    break
                if tail_seen or len(found) >= expected or not belongs(token.text, label.row):
                    break
                tail_seen = True
            else:
                found.clear()
                rest += token.text
                if len(rest) > 160:
                    return []
        else:
            found.append(token)
        at += 1
    return found if belongs(rest, label.row) else []


def settle(
    row: str, label: Label, own: Token, values: list[Token], expected: int, alone: bool
) -> Found:
    """A row without what plainly is not its own, by the lines on which its values stand.

    ``alone`` tells that no other row's label stands in the label's line.
    """
    if not values:
        return Found(row, label, ())
    if own.grid:
        values = _unmerged(values, expected)
        if not _gap_within(values):  # else the cell too many may be a sliver of a column within
            values = trimmed(values, expected)
        return Found(row, label, tuple(values), aligned=True)
    lines = [list(group) for _, group in groupby(values, key=lambda token: token.line)]
    if len(lines) > 1:
        whole = [line for line in lines if len(trimmed(line, expected)) == expected]
        others = [line for line in lines if line not in whole]
        same_line = lines[0][0].line == own.line
        if (
            len(whole) == 1
            and (expected >= 3 or (same_line and lines[0] is whole[0]))
            and all(sum(token.kind == "number" for token in line) <= 1 for line in others)
        ):
            kept = tuple(trimmed(whole[0], expected))
            return Found(row, label, kept, aligned=True, crowded=len(others) > 0)
        if same_line and len(lines[0]) >= 2:  # a row a line: what stands alone below is no value
            rest = [line for line in lines[1:] if len(line) > 1]
            kept = tuple(token for line in (lines[0], *rest) for token in line)
            return Found(row, label, kept, crowded=len(rest) < len(lines) - 1)
        return Found(row, label, tuple(trimmed(values, expected)))
    aligned = alone and (len(values) > 1 or values[0].line == own.line)
    kept = tuple(trimmed(values, expected))
    lead = next(n for n, token in enumerate(values) if token is kept[0])
    return Found(row, label, kept, aligned=aligned, lead=lead)


def uneven(values: Sequence[Token]) -> bool:
    """Whether values stand on several lines, more than one on some of them, with nothing that shows
    the cells: one may have slipped out of its line, so that their order says nothing."""
    lines = [sum(1 for _ in group) for _, group in groupby(values, key=lambda token: token.line)]
    return len(lines) > 1 and max(lines) > 1 and not any(t.marked or t.grid for t in values)


def _empty(token: Token) -> bool:
    return token.kind == "blank" and token.start == token.end


def _gap_within(values: Sequence[Token]) -> bool:
    """Whether an empty cell stands between numbers, and another before or behind them."""
    shown = [number for number, token in enumerate(values) if not _empty(token)]
    if not shown or len(shown) == len(values):
        return False
    within = shown[-1] - shown[0] + 1 > len(shown)
    return within and len(values) > shown[-1] - shown[0] + 1


def trimmed(values: list[Token], expected: int) -> list[Token]:
    """Empty cells beside the values taken off where they can only be one side's."""
    surplus = len(values) - expected
    if surplus <= 0:
        return values
    lead = next((n for n, token in enumerate(values) if not _empty(token)), len(values))
    trail = next((n for n, token in enumerate(reversed(values)) if not _empty(token)), len(values))
    if lead == len(values):
        return values[:expected]
    if trail == 0 or trail < surplus <= lead:
        return values[min(lead, surplus) :]
    if lead == 0 or lead < surplus <= trail:
        return values[: len(values) - min(trail, surplus)]
    return values


def _unmerged(values: list[Token], expected: int) -> list[Token]:
    """A cell over several columns as as many blanks, where that makes the row whole."""
    width = sum(token.colspan for token in values)
    if width == expected + 1 and len(values) <= expected:  # a sliver of a column at an end
        for end, rest in ((values[0], values[1:]), (values[-1], values[:-1])):
            if _empty(end):
                values, width = rest, expected
                break
    if len(values) >= expected or width != expected:
        return values
    spread: list[Token] = []
    for token in values:
        if token.colspan == 1:
            spread.append(token)
        else:
            blank = token._replace(kind="blank", value=None, text="/", colspan=1)
            spread += [blank] * token.colspan
    return spread
