"""Table 三: 25 rows of seven numbers, by their labels and the header's order of columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .applicants import columns_of, headed, ordered_by_sums
from .form import REQUEST_COLUMNS, REQUEST_ROWS
from .labels import GROUP_OTHER, Compact, Label
from .placing import Line, Option, placings
from .rows import Found, settle, trimmed, values_after
from .tokens import Token

_WIDTH = len(REQUEST_COLUMNS)
_FEWEST = 5  # labels with values that make a table where no header stands above them
_FEWEST_LABELS = 9  # labels alone that make one
_HEADER = 260  # characters before the first row in which its header is looked for
_APART = 75  # tokens between labels of one table, of which eight may have lost theirs
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
        From :func:`.request_labels.find`.
    stops : sequence of int
        Tokens in which any table's label begins, ascending.
    """
    every = [_row(tokens, text, label, stops) for label in labels]
    rows = {label.row for label in labels}
    filled = {one.row for one in every if one.tokens}
    if len(filled) < _FEWEST and len(rows) < _FEWEST_LABELS:
        every = _under_header(every, text)
        if not any(one.tokens for one in every):
            return []
    found = _shifted(tokens, every)
    if found is None:
        return [Line(_places(row.key, REQUEST_COLUMNS), ()) for row in REQUEST_ROWS]
    first = next((one for one in found if one.tokens), found[0])
    columns = columns_of(text.text[max(0, first.label.start - _HEADER) : first.label.start])
    chosen = _choose(found, tokens)
    if columns is not None and columns[-1] != "total":
        columns = ordered_by_sums(
            columns, [[token.value for token in one.tokens] for one in chosen.values()]
        )
    keys = _printed_rows(chosen)
    if columns is None:
        return [Line(_places(key, REQUEST_COLUMNS), ()) for key in keys]
    whole = all(len(chosen[key].tokens) == _WIDTH for key in keys if key in chosen)
    calm = whole and not any(one.crowded for one in chosen.values())
    ragged = sum(bool(one.tokens) and _ragged(one.tokens) for one in chosen.values())
    column_blank = ragged > 0.7 * len(chosen)
    spread = any(one.lead for one in chosen.values())
    seen = _seen(keys, chosen)
    return [
        _line(chosen[key], columns, calm, column_blank, spread)
        if key in chosen and number in seen
        else _blank(key, columns)
        if number in seen
        else Line(_places(key, columns), ())  # the table is cut: nobody knows what stood there
        for number, key in enumerate(keys)
    ]


def _seen(keys: Sequence[str], chosen: dict[str, Found]) -> range:
    """The rows from the first that is printed to the last. Where a table ends before its last row it was
    cut, and its end has lost numbers unless it has them all."""
    printed = [number for number, key in enumerate(keys) if key in chosen]
    last = printed[-1]
    if last < len(keys) - 1 and len(chosen[keys[last]].tokens) < _WIDTH:
        last = max((n for n in printed[:-1] if chosen[keys[n]].tokens), default=-1)
    return range(printed[0], last + 1)


def announced(tokens: Sequence[Token], text: Compact, labels: Sequence[Label]) -> bool:
    """Whether the header's words are there, or a label with a row of numbers in its line: the rest of
    a table of which nothing can be read."""
    if headed(text.text):
        return True
    for label in labels:
        line = tokens[label.token].line
        behind = tokens[label.token + 1 : label.token + 1 + _WIDTH]
        if len(behind) == _WIDTH and all(t.kind == "number" and t.line == line for t in behind):
            return True
    return False


def _under_header(every: Sequence[Found], text: Compact) -> list[Found]:
    """The rows from the form's header on, as far as they stand near each other: where a table is cut,
    its header tells that the few rows left are its own."""
    kept: list[Found] = []
    for one in every:
        before = text.text[max(0, one.label.start - _HEADER) : one.label.start]
        if headed(before) or (kept and one.label.token - kept[-1].label.token <= _APART):
            kept.append(one)
    return kept


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
    if _slid(tokens):
        return Line(places, ())
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


def _slid(tokens: Sequence[Token]) -> bool:
    """Whether a row's total stands behind its numbers with empty cells after it: 3, 3 and five blanks
    is 3 in all as some offices fill it in, and nobody can say in which column."""
    values = [token.value for token in tokens[:_WIDTH]]
    while values and values[-1] is None:
        values.pop()
    if len(values) < 2 or len(values) > _WIDTH - 2 or len(tokens) < _WIDTH:
        return False
    return bool(values[-1]) and values[-1] == sum(value or 0 for value in values[:-1])


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
