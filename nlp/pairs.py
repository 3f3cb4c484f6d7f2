"""Which commitment answers which problem: topic first, ordinal second, shared words third.

A problem may have no answer, and a commitment may answer none (field guide 4: a third of the
lists run one to one, the rest mix, order or leave out).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from .clauses import ordinal_of
from .document import fold
from .form import TOPICS
from .report import Pair, Statement
from .words import cut

THRESHOLD = 0.35
# Score of a pair: weighted parts, each between 0 and 1, through a logistic.
_PRIMARY, _SECONDARY, _ORDINAL, _WORDS, _BIAS = 3.2, 2.0, 1.2, 5.0, -2.6
_GENERAL = "other"  # a shared general topic says little
_CONTENT_WORD = re.compile(r"\w{2,}")
# Words that both sides of any pair have.
_COMMON = frozenset(
    ["政府信息公开", "政府信息", "信息公开", "信息", "公开", "工作", "进一步", "有待", "加强", "提高", "提升", "完善", "不够", "问题", "存在", "方面", "加大", "力度", "持续", "继续", "不断", "我局", "部分", "还需", "仍需", "不足", "水平", "能力", "情况", "质量"]
)


def pair(statements: Sequence[Statement]) -> tuple[Pair, ...]:
    """Links between problems and commitments of one report, best first for each problem.

    Each commitment answers at most one problem unless it names several topics; a problem
    may have several answers. ``Pair.score`` is between :data:`THRESHOLD` and 1; it ranks links and is not
    a calibrated probability.

    Parameters
    ----------
    statements : sequence of Statement
        All statements of the report in order.
    """
    problems = [s for s in statements if s.label == "problem" and not _general(s)]
    commitments = [s for s in statements if s.label == "commitment"]
    if not problems or not commitments:
        return ()
    numbers = _numbers(problems) | _numbers(commitments)
    words = {s.id: _words(s.text) for s in (*problems, *commitments)}
    spread = Counter(word for of in words.values() for word in of)
    found: list[Pair] = []
    for commitment in commitments:
        scored = [
            (_score(problem, commitment, numbers, words, spread), -place, problem)
            for place, problem in enumerate(problems)
        ]
        scored.sort(key=lambda item: item[:2], reverse=True)
        room = max(1, len(commitment.topics))
        found += [
            Pair(problem.id, commitment.id, round(score, 4))
            for score, _, problem in scored[:room]
            if score >= THRESHOLD
        ]
    order = {s.id: place for place, s in enumerate(statements)}
    return tuple(sorted(found, key=lambda p: (order[p.problem], -p.score, order[p.commitment])))


def _general(statement: Statement) -> bool:
    """仍有一定差距: it names nothing that could be answered."""
    return statement.topics[:1] == (_GENERAL,) and len(statement.text) <= 30


def _numbers(statements: Sequence[Statement]) -> dict[str, tuple[int, int] | None]:
    """``(list, item)`` of each statement that stands in a numbered list, else None."""
    places: dict[str, tuple[int, int] | None] = {}
    series, last = 0, 0
    for statement in statements:
        number, _ = ordinal_of(fold(statement.text))
        if number is None:
            places[statement.id] = None
            continue
        series += number <= last
        last = number
        places[statement.id] = (series, number)
    return places


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word for word in cut(text) if _CONTENT_WORD.fullmatch(word) and word not in _COMMON
    )


def _score(
    problem: Statement,
    commitment: Statement,
    numbers: dict[str, tuple[int, int] | None],
    words: dict[str, frozenset[str]],
    spread: Counter[str],
) -> float:
    topics = [topic for topic in problem.topics if topic in TOPICS and topic != _GENERAL]
    primary = bool(topics) and topics[0] in commitment.topics[:1]
    secondary = not primary and bool(set(topics) & set(commitment.topics))
    here, there = numbers[problem.id], numbers[commitment.id]
    same_place = here is not None and there is not None and here[1] == there[1]
    shared = sum(1 / spread[word] for word in words[problem.id] & words[commitment.id])
    size = math.sqrt(
        sum(1 / spread[word] for word in words[problem.id])
        * sum(1 / spread[word] for word in words[commitment.id])
    )
    total = (
        _BIAS
        + _PRIMARY * primary
        + _SECONDARY * secondary
        + _ORDINAL * same_place
        + _WORDS * (shared / size if size else 0.0)
    )
    return 1 / (1 + math.exp(-total))
