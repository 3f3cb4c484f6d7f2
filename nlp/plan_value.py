"""How much of what a reader must know an item carries: a linear model over plain features.

Learned from the key facts that the writers of training reports marked
(``python -m train.plan_value`` fits it and prints the table below): the expected number of key
facts that an item, said in so many words, says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .document import fold
from .facts import roles
from .plan_items import CLAIMS, COUNT, PlanItem
from .plan_openings import GENERAL

_MOST_RANK = 5
_FEATURES: Mapping[str, re.Pattern[str]] = {
    "quoted": re.compile(r"[“《]"),
    "share": re.compile(r"\d%"),
    "trend": re.compile(r"同比|比上年|增长|下降"),
    "ended": re.compile(r"办结|答复"),
    "carried": re.compile(r"结转"),
    "before": re.compile(r"上一?(?:学?年度?|上学年)结转"),
    "corrected": re.compile(r"纠正|撤销|责令|败诉|纠错"),
    "upheld": re.compile(r"维持"),
    "suit": re.compile(r"诉讼|起诉|被诉"),
    "review": re.compile(r"复议"),
    "none": re.compile(r"^(?:未|无|没有)"),
    "granted": re.compile(r"予以公开|同意公开|部分公开"),
    "praise": re.compile(r"不断|进一步|充分|切实|水平"),
    "only": re.compile(r"只有|仅|最|首次|创新|率先"),
    "lack": re.compile(r"不够|不足|不到位|有待|仍需|还需|需要|不及时|偏|滞后|缺|少"),
    "system": re.compile(r"制度|机制|台账|清单|目录"),
    "train": re.compile(r"培训|学习|轮训"),
}


def features(item: PlanItem, rank: int, whole: int) -> dict[str, float]:
    """What is known of an item, or of a shorter way to say it.

    Parameters
    ----------
    item : PlanItem
    rank : int
        Its place among the candidates of its kind.
    whole : int
        Characters of the item it is a part of.
    """
    kind, folded = item.kind, fold(item.text)
    found = {f"{kind}": 1.0, f"{kind} {min(rank, _MOST_RANK)}": 1.0}
    size = len(item.text) / 10
    found[f"{kind} size"] = min(size, 4.0)
    found[f"{kind} part"] = len(item.text) / max(whole, 1)
    if COUNT.search(folded):
        found[f"{kind} counts"] = 1.0
    if GENERAL.search(folded):
        found["general"] = 1.0
    group = "claim" if kind in CLAIMS else kind
    for name, rule in _FEATURES.items():
        if rule.search(folded):
            found[f"{group} {name}"] = 1.0
    if kind in ("figure", "deed"):
        for key in dict.fromkeys(key for _, _, key in roles(folded)):  # a sum of floats depends on the order
            found[f"role {key}"] = 1.0
    return found


def weighed(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The value of features; what the table does not know counts nothing."""
    return sum(value * weights.get(name, 0.0) for name, value in found.items())


def value_of(item: PlanItem, rank: int, whole: int) -> float:
    """Expected key facts that an item says, at least 0."""
    from .plan_weights import WEIGHTS

    return max(0.0, weighed(features(item, rank, whole), WEIGHTS))


def names(rows: Iterable[Mapping[str, float]]) -> list[str]:
    """Features that stand in at least five rows, in order."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= 5)
