"""Table 四 whose header no longer stands in lines, as the text of narrow columns in a PDF comes out:
outcomes downwards, a line a character, 结 结 其 尚 / 果 果 他 未 / 维 纠 结 审 / 持 正 果 结, for each of the
three groups; or words in any order above fifteen zeros."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from .form import REVIEW_COLUMNS, REVIEW_ROWS
from .labels import Compact
from .placing import Line, Option
from .tokens import Token

# The first, second, third and fourth characters of the four outcomes, in the form's order.
_LINES = tuple(re.compile(f"(?:{part})+") for part in ("结结其尚", "果果他未", "维纠结审", "持正果结"))
_WITH_TOTAL = (re.compile("(?:结结其尚总)+"), re.compile("(?:果果他未计)+"))
_SEEN = re.compile("[结果维持纠正其他尚未审]+")
_HEADER = re.compile("[结果维持纠正其他尚未审总计行政复议诉讼经直接起后 ]+")
_LAST_GROUP = re.compile("复议后起诉")
_TOTAL = re.compile(r"[总计]")
_GROUPS = re.compile(r"行政复议.*未经复议直?接?起诉.*复议后起诉", re.DOTALL)
_NEAR = 160  # characters before the header in which the groups' names begin
_WIDTH = len(REVIEW_COLUMNS)


def read(tokens: Sequence[Token], text: Compact) -> list[Line]:
    """The table's one line where the header is in the form's order (its totals too, or the
    numbers add up); blank places where it is there and is not; none without such a header."""
    lines = [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]
    counts = [0] * len(_LINES)
    totals = 0  # groups whose 总 and 计 stand below one another behind the four outcomes
    found: list[int] = []
    for number, line in enumerate(lines):
        printed = "".join(token.text.replace(" ", "") for token in line)
        bare = _TOTAL.sub("", printed)
        if len(bare) < 4 or not _SEEN.fullmatch(bare) or any(len(t.text) > 2 for t in line):
            continue
        found.append(number)
        totals += sum(len(match[0]) for one in _WITH_TOTAL if (match := one.fullmatch(printed)))
        for kind, pattern in enumerate(_LINES):
            if pattern.fullmatch(bare):
                counts[kind] += len(bare) // 4
    if len(found) < 2:
        return []
    first, last = found[0], found[-1]
    places = [(row, column) for row in REVIEW_ROWS for column in REVIEW_COLUMNS]
    values = next((line for line in lines[last + 1 : last + 4] if line[0].kind != "text"), [])
    low = max(0, text.start_of(tokens.index(lines[first][0])) - _NEAR)
    named = _GROUPS.search(text.text, low) is not None
    in_order = counts == [len(REVIEW_ROWS)] * len(_LINES) and len(values) == len(places)
    if named and in_order and (totals == 2 * len(places) or _add_up(values)):
        numbers = tuple(token.value for token in values)
        option = Option(numbers, tuple(range(len(numbers))))
        return [Line(tuple(places), (option,), tuple(values))]
    none = (None,) * len(places)
    return [Line(tuple(places), (Option(none, none),))]


def all_zero(tokens: Sequence[Token], text: Compact) -> list[Line]:
    """The table's one line where fifteen numbers stand in a line behind its header and all are 0: in
    whatever order the words of the header come. None elsewhere."""
    places = tuple((row, column) for row in REVIEW_ROWS for column in REVIEW_COLUMNS)
    for match in _LAST_GROUP.finditer(text.text):
        at = text.token_at(match.start())
        while at < len(tokens) and tokens[at].kind == "text" and _HEADER.fullmatch(tokens[at].text):
            at += 1
        run = tokens[at : at + len(places) + 1]
        own = tuple(token for token in run if token.kind != "text" and token.line == run[0].line)
        if len(own) == len(places) and all(token.value == 0 for token in own):
            return [Line(places, (Option((0.0,) * len(places), tuple(range(len(places)))),), own)]
    return []


def _add_up(values: Sequence[Token]) -> bool:
    """Whether there are fifteen numbers, the fifth of each five the sum of the others."""
    numbers = [token.value for token in values if token.value is not None]
    if len(numbers) != len(values) or len(numbers) != len(REVIEW_ROWS) * _WIDTH:
        return False
    return all(
        sum(numbers[n : n + _WIDTH - 1]) == numbers[n + _WIDTH - 1]
        for n in range(0, len(numbers), _WIDTH)
    )
