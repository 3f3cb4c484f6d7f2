"""The frames that generated paragraphs use, made of the words of :mod:`nlp.links`."""

from __future__ import annotations

from nlp.links import LINKS
from nlp.plan_items import ItemKind

__all__ = ["ANNOUNCED", "LINKS", "PROMISES_OF_A_YEAR"]

# {} is what the frame announces, joined; a frame's words are links.
PROBLEMS = (
    "存在的问题是{}", "存在的问题是{}", "不足在于{}", "主要问题是{}", "问题主要是{}", "报告承认{}",
    "主要不足是{}", "但{}", "存在{}等问题", "该单位承认{}",
)  # fmt: skip
PROMISES = (
    "下一步将{}", "下一步将{}", "下一步将{}", "今后将{}", "为此将{}", "针对上述问题，将{}", "下一步拟{}",
    "下一步，将{}", "将{}",
)  # fmt: skip
PROMISES_OF_A_YEAR = ("将{}", "将{}", "拟{}", "计划{}")  # behind the year itself
DEEDS = ("{}", "{}", "{}", "还{}", "此外，{}", "全年{}")
FIGURES = ("{}", "{}", "{}", "共{}", "全年{}")
ANNOUNCED: dict[ItemKind, tuple[str, ...]] = {
    "figure": FIGURES, "request": ("{}",), "review": ("{}",), "deed": DEEDS,
    "problem": PROBLEMS, "commitment": PROMISES,
}  # fmt: skip
