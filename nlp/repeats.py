"""A scraper that leaves out every line it has seen before leaves a table of which nobody can tell
what stood where: the first 0 is there, and two hundred are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .tokens import Token

_FEWEST = 5  # lines that are a number; a table a cell a line has two hundred


def without_remnants(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with blanks for the numbers on lines of their own where none of those comes
    twice: in a table of counts and their totals some always do."""
    on_line = Counter(token.line for token in tokens)
    alone = [
        token
        for token in tokens
        if token.kind == "number" and not token.marked and on_line[token.line] == 1
    ]
    if len(alone) < _FEWEST or len({token.text for token in alone}) < len(alone):
        return list(tokens)
    gone = {token.start for token in alone}
    return [
        token._replace(kind="blank", value=None) if token.start in gone else token
        for token in tokens
    ]
