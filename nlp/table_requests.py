"""Table 三: 25 rows of seven numbers, by their labels and the header's order of columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from .applicants import columns_of
from .form import REQUEST_COLUMNS, REQUEST_ROWS
from .labels import GROUP_OTHER, Compact, Label, find_requests, likely_row
from .placing import Line, Option, placings
from .rows import Found, settle, trimmed, values_after
from .tokens import Token

_WIDTH = len(REQUEST_COLUMNS)
_FEWEST = 5  # labels with values that make a table
_FEWEST_LABELS = 9  # labels alone that make one
_HEADER = 260  # characters before the first row in which its header is looked for
_LEAD = re.compile(r"^.*?(?=\d[.、)])|^三、本年度办理结果")
_APART = 60  # tokens between labels of one table
_LONGEST_RUN, _LONGEST_LABEL = 24, 60  # tokens and characters of a damaged label
_OTHER_LEAVES = ("other.no_correction_in_time", "other.fee_unpaid", "other.other")


def read(
    tokens: Sequence[Token], text: Compact, labels: Sequence[Label], stops: Sequence[int]
) -> list[Line]:
    """Lines of the table; none where the document has no such table.

    Parameters
    ----------
    tokens, text
        The document's tokens and their compact text.
    labels : sequence of Label
        From :func:`find`.
    stops : sequence of int
        Tokens in which any table's label begins, ascending.
    """
    every = [_row(tokens, text, label, stops) for label in labels]
    rows = {label.row for label in labels}
    filled = {one.row for one in every if one.tokens}
    if len(filled) < _FEWEST and len(rows) < _FEWEST_LABELS:
        return []
    found = _shifted(tokens, every)
    if found is None:
        return [Line(_places(row.key, REQUEST_COLUMNS), ()) for row in REQUEST_ROWS]
    first = next((one for one in found if one.tokens), found[0])
    columns = columns_of(text.text[max(0, first.label.start - _HEADER) : first.label.start])
    chosen = _choose(found, tokens)
    keys = _printed_rows(chosen)
    if columns is None:
        return [Line(_places(key, REQUEST_COLUMNS), ()) for key in keys]
    whole = all(len(chosen[key].tokens) == _WIDTH for key in keys if key in chosen)
    calm = whole and not any(one.crowded for one in chosen.values())
    ragged = sum(bool(one.tokens) and _ragged(one.tokens) for one in chosen.values())
    column_blank = ragged > 0.7 * len(chosen)
    spread = any(one.lead for one in chosen.values())
    return [
        _line(chosen[key], columns, calm, column_blank, spread)
        if key in chosen
        else _blank(key, columns)
        for key in keys
    ]


def find(tokens: Sequence[Token], text: Compact) -> list[Label]:
    """The labels of the table, damaged ones by likeness."""
    labels = find_requests(text)
    seen = {label.row for label in labels}
    missing = [row.key for row in REQUEST_ROWS if row.key not in seen]
    if len(seen) < _FEWEST or not missing:
        return labels
    labels += _damaged(tokens, text, labels, missing)
    return sorted(labels, key=lambda label: label.start)


def _damaged(
    tokens: Sequence[Token], text: Compact, labels: Sequence[Label], missing: Sequence[str]
) -> list[Label]:
    """Labels among the text runs that hold none and are followed by values."""
    low = max(0, labels[0].token - 30)
    high = min(len(tokens), labels[-1].token + 60)
    labelled = {label.token for label in labels}
    found: list[Label] = []
    run: list[int] = []
    for number in range(low, high):
        token = tokens[number]
        if token.kind == "text":
            run.append(number)
            continue
        if run:
            tail = run[max((n + 1 for n, t in enumerate(run) if t in labelled), default=0) :]
            named = _named(tokens, tail, missing)
            if named is not None:
                row, first = named
                found.append(Label(row, text.start_of(first), text.start_of(tail[-1] + 1), first))
        run = []
    once = [label.row for label in found]
    return [label for label in found if once.count(label.row) == 1]


def _named(
    tokens: Sequence[Token], run: Sequence[int], missing: Sequence[str]
) -> tuple[str, int] | None:
    """The row that the end of a text run names, and the token in which the label begins."""
    words = ""
    for number in reversed(run[-_LONGEST_RUN:]):
        words = tokens[number].text.replace(" ", "") + words
        if len(words) > _LONGEST_LABEL:
            return None
        row = likely_row(words, missing)
        if row is None and (cut := _LEAD.match(words)) and cut.end() < len(words):
            row = likely_row(words[cut.end() :], missing)
        if row is not None:
            return row, number
    return None


# --- rows --------------------------------------------------------------------------------


def _row(tokens: Sequence[Token], text: Compact, label: Label, stops: Sequence[int]) -> Found:
    at = bisect_right(stops, label.token)
    limit = stops[at] if at < len(stops) else len(tokens)
    alone = limit == len(tokens) or tokens[limit].line != tokens[label.token].line
    values = values_after(tokens, text, label, limit, _WIDTH)
    own = tokens[label.token]
    found = settle(label.row, label, own, values, _WIDTH, alone)
    if not found.tokens:  # its numbers may stand before it: no blank row then
        before = len(_values_before(tokens, label))
        if before > _WIDTH or (own.grid and before):
            return Found(label.row, label, (), crowded=True)
    return found


def _shifted(tokens: Sequence[Token], found: list[Found]) -> list[Found] | None:
    """The rows as they are; by the numbers before each label where all labels stand after them;
    None where that cannot be told."""
    rows = [one for one in found if one.row != GROUP_OTHER or one.tokens]
    if not rows:
        return found
    chain = _chain([one.label for one in rows])
    before = {one.label: _values_before(tokens, one.label) for one in found}
    first, last = chain[0], chain[-1]
    beside = sum(_beside(tokens, one, before[one.label]) for one in rows)
    if beside < len(rows) / 2 and len(before[first]) < _WIDTH - 1:
        return found
    follows = next(one for one in rows if one.label is last)
    full = sum(len(before[label]) == _WIDTH for label in chain)
    if follows.tokens and all(len(one.tokens) == _WIDTH and one.aligned for one in rows):
        return found  # the numbers before the first label are another row's
    if (follows.tokens and beside < len(rows) / 2) or full < len(chain) - 2:
        return None
    return [
        Found(one.row, one.label, tuple(before[one.label]), aligned=one.aligned) for one in found
    ]


def _beside(tokens: Sequence[Token], one: Found, before: Sequence[Token]) -> bool:
    """Whether a row's numbers stand before its label in the label's own line, none behind it."""
    line = tokens[one.label.token].line
    return (
        len(before) >= _WIDTH - 1
        and all(token.line == line for token in before)
        and not any(token.line == line for token in one.tokens)
    )


def _chain(labels: Sequence[Label]) -> list[Label]:
    """The longest run of labels that stand near each other."""
    best: list[Label] = []
    run: list[Label] = []
    for label in labels:
        if run and label.token - run[-1].token > _APART:
            run = []
        run.append(label)
        if len({one.row for one in run}) > len({one.row for one in best}):
            best = list(run)
    return best


def _values_before(tokens: Sequence[Token], label: Label) -> list[Token]:
    own = tokens[label.token]
    at = label.token - 1
    while at >= 0 and tokens[at].kind == "text" and not tokens[at + 1].cut:
        if tokens[at].line != own.line and own.grid:
            return []
        at -= 1
        if label.token - at > 6:
            return []
    values: list[Token] = []
    while at >= 0 and tokens[at].kind != "text" and len(values) < 3 * _WIDTH:
        if own.grid and tokens[at].line != own.line:
            break
        values.append(tokens[at])
        at -= 1
    return trimmed(values[::-1], _WIDTH)


def _choose(found: Sequence[Found], tokens: Sequence[Token]) -> dict[str, Found]:
    """One row a key. A row twice with the same numbers is one; with others it is unreadable."""
    by_row: dict[str, list[Found]] = {}
    for one in found:
        by_row.setdefault(one.row, []).append(one)
    chosen: dict[str, Found] = {}
    for row, ones in by_row.items():
        full = [one for one in ones if len(one.tokens) == _WIDTH]
        some = full or [one for one in ones if one.tokens]
        if not some:
            chosen[row] = next((one for one in ones if one.crowded), ones[0])
            continue
        numbers = {tuple(token.value for token in one.tokens) for one in some}
        chosen[row] = some[0] if len(numbers) == 1 else Found(row, some[0].label, (), crowded=True)
    return chosen


def _printed_rows(chosen: dict[str, Found]) -> list[str]:
    """The rows that the source's form has: (六)其他处理 is one row or three."""
    leaves = [row for row in _OTHER_LEAVES if row in chosen]
    group = chosen.pop(GROUP_OTHER, None)
    keys = [row.key for row in REQUEST_ROWS]
    if not any(chosen[row].tokens for row in leaves) and (
        group is None or group.tokens or not leaves
    ):
        for row in leaves:
            del chosen[row]
        if group is not None and group.tokens:
            chosen["other.other"] = Found("other.other", group.label, group.tokens, group.aligned)
        return [key for key in keys if key not in _OTHER_LEAVES[:2]]
    if leaves == ["other.other"]:
        return [key for key in keys if key not in _OTHER_LEAVES[:2]]
    return keys


def _full(values: Sequence[Token], column_blank: bool, spread: bool) -> list[Token]:
    """The values without those empty cells at the ends that spans may have left.

    Flattened text has an empty cell at a row's end where two cells were merged, and where
    labels are ``spread`` over their columns it has some before the values; unless the whole
    column of totals is blank (``column_blank``).
    """
    low, high = 0, len(values)
    if values and not values[0].grid:
        while spread and low < high and values[low].start == values[low].end:
            low += 1
        while not column_blank and high > low and values[high - 1].start == values[high - 1].end:
            high -= 1
    return list(values[low:high])


def _ragged(values: Sequence[Token]) -> bool:
    """Whether a row of flattened text ends in an empty cell, and holds more than empty cells."""
    return 0 < len(_full(values, False, False)) < len(values)


def _places(row: str, columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((row, column) for column in columns)


def _line(
    found: Found, columns: Sequence[str], calm: bool, column_blank: bool, spread: bool
) -> Line:
    places = _places(found.row, columns)
    tokens = found.tokens
    surplus = len(tokens) - _WIDTH
    if column_blank and surplus > 0 and all(t.start == t.end for t in tokens[:surplus]):
        tokens = tokens[surplus:]  # the last empty cell is its total
    if not tokens:
        return Line(places, ()) if found.crowded else _blank(found.row, columns)
    values = [token.value for token in tokens]
    full = _full(tokens, column_blank, spread)
    doubted = 0 < len(full) < len(tokens)
    if len(values) == _WIDTH and not doubted:
        sure = found.aligned or calm or any(token.marked for token in tokens)
        if not sure and not _adds_up(dict(zip(columns, values, strict=True))):
            return Line(places, ())
        return Line(places, (Option(tuple(values), tuple(range(_WIDTH))),), tokens)
    options = placings(values, [token.start == token.end for token in tokens], _WIDTH)
    literal = options[0] if len(values) == _WIDTH else None
    if doubted:
        first = next(n for n, token in enumerate(tokens) if token is full[0])
        for option in placings([t.value for t in full], [t.start == t.end for t in full], _WIDTH):
            sources = tuple(None if n is None else n + first for n in option.sources)
            options.append(Option(option.values, sources))
    return Line(places, tuple(options), tokens, literal)


def _blank(row: str, columns: Sequence[str]) -> Line:
    """A row of which no number is printed."""
    return Line(_places(row, columns), (Option((None,) * _WIDTH, (None,) * _WIDTH),))


def _adds_up(by_column: dict[str, float | None]) -> bool:
    """Whether a row can be as it stands: its blanks may hold what its sum lacks."""
    total = by_column.pop("total")
    known = sum(value for value in by_column.values() if value is not None)
    if total is None:
        return True
    return known <= total if None in by_column.values() else known == total
