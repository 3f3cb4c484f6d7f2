"""What is measured of one summary, each a plain function of texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy

from nlp.document import fold

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NAME = re.compile(r"《[^》]+》|“[^”]+”")
_NOT = re.compile(r"不(?!断|仅|但|同|少)|未(?!来)|没有|无(?!障碍|线)|缺")
_CLAUSE = re.compile("[^，。；：]+")
_LEAST_SHARED = 0.5  # of a clause's pairs of characters; a clause with fewer stands nowhere
_RESAMPLED, _SEED = 2000, 7


# What every report says around a fact; it makes no fact said and no fact unsaid.
_STOCK = re.compile(
    r"20\d\d(?:-20\d\d)?(?:学年度?|年度?(?=[^0-9]))|政府信息公开工作|政府信息公开|政府信息|信息公开"
    r"|(?:公民、?)?法人(?:或者?|和|及)其他组织|公民|[全本今当]?年度?|学年|[我本][局乡镇县市区院校厅街委]"
    r"|行政(?=复议|诉讼)|共(?!同)|(?:提出)?公开(?=申请)|其中|的|因|发生|被|由|以"
)
_ZERO = re.compile(r"(?<![\d.,])[0零][件宗条份起次]")
_NONE = re.compile(r"未|没|无|零|不曾")
_OF_WHAT = re.compile(r"申请(?!人)|复议|诉(?=讼)|起诉|费|举报")
_COUNTED = re.compile(r"\d[\d,]*(?:\.\d+)?[万亿]?[余多]?[条件篇份个次期人处起宗场%元]?")
_SHARE, _PARTS_TOGETHER = 0.5, 3  # of a fact's characters, in so many comma parts


def _bare(text: str) -> str:
    return _STOCK.sub("", _ZERO.sub("无", fold(text)))


def _stretches(summary: str) -> list[list[str]]:
    """Each run of up to three comma parts of a sentence."""
    found = []
    for sentence in fold(summary).split("。"):
        parts = [part for part in re.split(r"[、；：;:]|,(?!\d)", _bare(sentence)) if part]
        found += [parts[low : low + size] for low in range(len(parts))
                  for size in range(1, _PARTS_TOGETHER + 1) if low + size <= len(parts)]  # fmt: skip
    return found


def _none_said(fact: str, parts: Sequence[str]) -> bool:
    """Whether a comma part says none of what the fact says none of."""
    wanted = {match[0] for match in _OF_WHAT.finditer(fact)}
    return any(_NONE.search(part) and wanted & {m[0] for m in _OF_WHAT.finditer(part)}
               for part in parts)  # fmt: skip


def key_facts_said(facts: Sequence[str], summary: str) -> int:
    """How many key facts a summary holds: within three comma parts of a sentence every number of
    the fact, with its unit, and half of its characters; that there was none of something, in whatever words.

    Characters found all over a summary prove little (so measured, one fact without a number in
    eight was "said" by the summary of another report), and 申请0件 is said by 未收到申请, not
    by 收到申请2件.

    >>> key_facts_said(["收到申请12件", "更新不及时"], "收到公开申请12件，更新也不及时")
    2
    >>> key_facts_said(["收到申请0件"], "未收到申请"), key_facts_said(["未收到申请"], "收到申请2件")
    (1, 0)
    """
    stretches, said = _stretches(summary), 0
    for fact in map(_bare, facts):
        numbers = set(_COUNTED.findall(fact))
        letters = [one for one in fact if one.isalpha()]
        of_none = not numbers and _NONE.search(fact) and _OF_WHAT.search(fact)
        for parts in stretches:
            words = ",".join(parts)
            alike = sum(one in words for one in letters) >= _SHARE * len(letters)
            if _none_said(fact, parts) if of_none else alike and (
                numbers <= set(_COUNTED.findall(words))
            ):  # fmt: skip
                said += 1
                break
    return said


def strange_names(summary: str, report: str) -> list[str]:
    """Quoted names and titles that stand nowhere in the report."""
    return [name for name in _NAME.findall(summary) if name not in report]


def _pairs(text: str) -> set[str]:
    letters = [one for one in text if one.isalnum()]
    return {one + other for one, other in pairwise(letters)}


def strange_claims(summary: str, report: str, announcing: Sequence[str] = ()) -> list[str]:
    """Clauses most of whose pairs of characters stand nowhere in the report.

    ``announcing`` words (存在的问题是) are left out before. A first sieve, not a judgement: a reader
    decides what is invented.
    """
    own = _pairs(fold(report))
    found = []
    for match in _CLAUSE.finditer(fold(summary)):
        clause = match[0]
        for words in announcing:
            clause = clause.replace(words, "")
        pairs = _pairs(clause)
        if len(pairs) >= 4 and len(pairs & own) < _LEAST_SHARED * len(pairs):
            found.append(match[0])
    return found


def turned(summary: str, report: str) -> list[str]:
    """Clauses that stand in the report with a negation more or less, and not without."""
    text = re.sub(r"\s", "", fold(report))
    found = []
    for match in _CLAUSE.finditer(fold(summary)):
        clause = match[0]
        bare = _NOT.sub("", clause)
        if len(bare) >= 6 and clause not in text and bare != clause and bare in text:
            found.append(clause)
    return found


def novelty(summary: str, report: str) -> float:
    """Share of the summary's runs of four characters that are not the report's."""
    def runs(text: str) -> set[str]:
        letters = "".join(one for one in fold(text) if one.isalnum())
        return {letters[i : i + 4] for i in range(len(letters) - 3)}

    own = runs(summary)
    return len(own - runs(report)) / len(own) if own else 0.0


def repetition(summary: str) -> float:
    """Share of runs of six characters that stand in the summary more than once."""
    letters = "".join(one for one in summary if one.isalnum())
    runs = [letters[i : i + 6] for i in range(len(letters) - 5)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95% bootstrap interval over reports."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.low:.3f}–{self.high:.3f})"


def bootstrap(rows: Sequence[Sequence[float]], of: Callable[[numpy.ndarray], float] | None = None) -> Estimate:
    """Resample reports; ``rows`` of (part, whole) give a ratio of sums, single values a mean."""
    values = numpy.asarray(rows, dtype=float)

    def ratio(some: numpy.ndarray) -> float:
        if some.ndim == 1:
            return float(some.mean())
        whole = some[:, 1].sum()
        return float(some[:, 0].sum() / whole) if whole else 0.0

    measure = of or ratio
    dice = numpy.random.default_rng(_SEED)
    drawn = [measure(values[dice.integers(0, len(values), len(values))]) for _ in range(_RESAMPLED)]
    low, high = numpy.percentile(drawn, (2.5, 97.5))
    return Estimate(round(measure(values), 4), round(float(low), 4), round(float(high), 4))
