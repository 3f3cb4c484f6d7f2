"""What a good summary of a generated report holds, and one that says it, out of what is printed.

Everything is a stretch of the final text, so a number that a fault lost is not in the summary.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from .latent import Latent
from .layout import Label

_SHORTEST, _LONGEST = 80, 180
_HAS = ("存在{}等问题", "仍有{}等不足", "问题是{}", "不足在于{}")
_WILL = ("将{}", "下一步将{}", "今后将{}", "提出{}")


def kept(labels: Sequence[Label], text: str) -> list[tuple[Label, str]]:
    """Labels with their key as it still stands in the text."""
    return [
        (one, one.clause.key)
        for one in labels
        if one.clause.key and one.clause.key in text[one.start : one.end]
    ]


def key_facts(labels: Sequence[Label], text: str) -> list[str]:
    """Stretches of the text that a good summary holds: figures, first problem, first promise."""
    found: list[str] = []
    seen: set[str] = set()
    for one, key in kept(labels, text):
        label = one.clause.label
        if label == "done" and not re.search(r"\d|未|无|没有|零", key):
            continue
        if label != "done":
            if label in seen:
                continue
            seen.add(label)
        found.append(key)
    return list(dict.fromkeys(found))[:7]


def _fitting(keys: Sequence[str], most: int) -> list[str]:
    found: list[str] = []
    for key in keys:
        if key not in found and sum(map(len, found)) + len(key) <= most:
            found.append(key)
    return found


def summarize(labels: Sequence[Label], text: str, latent: Latent, dice: random.Random) -> str | None:
    """A summary of 80 to 180 characters; None where there is too little to say."""
    keys = kept(labels, text)
    by = {name: [key for one, key in keys if one.clause.label == name] for name in ("done", "problem", "commitment")}
    figures = [key for key in by["done"] if re.search(r"\d|未|无|没有|零", key)]
    told_once = next((key for key in figures if "申请" in key), None)
    figures = [key for key in figures if key == told_once or not re.search(r"公开申请|申请\d|申请公开", key)]
    deeds = [key for key in by["done"] if key not in figures]
    year = f"{latent.year - 1}—{latent.year}学年" if latent.body.kind == "university" else f"{latent.year}年"
    told = _fitting([*figures, *deeds], 70 if by["problem"] else 120)
    gaps = _fitting(by["problem"], 45)
    acts = _fitting(by["commitment"], 60)
    sentences = [f"{latent.body.name}{year}" + "，".join(told)] if told else []
    lacking = dice.choice(_HAS).format("、".join(gaps)) if gaps else ""
    promised = dice.choice(_WILL).format("，".join(acts)) if acts else ""
    rest = "，".join(part for part in (lacking, promised) if part)
    if rest:
        sentences.append(rest if sentences else f"{latent.body.name}{year}{rest}")
    summary = "。".join(sentences) + "。"
    return summary if _SHORTEST <= len(summary) <= _LONGEST else None


def pairs(labels: Sequence[Label]) -> list[list[int]]:
    """``[p, c]``: the c-th promise answers the p-th problem, by topic, counted from 1."""
    problems = [one.clause for one in labels if one.clause.label == "problem"]
    vows = [one.clause for one in labels if one.clause.label == "commitment"]
    found = []
    for p, problem in enumerate(problems, 1):
        wanted = set(problem.topics) - {"other"}
        answer = next((c for c, vow in enumerate(vows, 1) if wanted & set(vow.topics)), None)
        if answer is not None:
            found.append([p, answer])
    return found
