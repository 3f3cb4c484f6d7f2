"""The labels of table 三's rows in the token stream, damaged ones by likeness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .form import REQUEST_ROWS
from .labels import Compact, Label, find_requests, likely_row
from .tokens import Token

_FEWEST = 5  # labels that are whole, where damaged ones are looked for among them
_LEAD = re.compile(r"^.*?(?=\d[.、)])|^三、本年度办理结果")
_LONGEST_RUN, _LONGEST_LABEL = 24, 60  # tokens and characters of a damaged label


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
