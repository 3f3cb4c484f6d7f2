"""The words that a summary adds of itself, and the frames that generated paragraphs use.

``LINKS`` is closed: whatever else a paragraph says is copied from the plan. None of these
words makes a claim of its own: no count, no 没有, no 有待, no 全部, no quality.
"""

from __future__ import annotations

from nlp.plan_items import ItemKind

LINKS: tuple[str, ...] = (
    "，", "。", "；", "、", "：", "的", "和", "与", "及", "并", "以及", "等", "其中", "还", "也", "但", "则",
    "而", "又", "为", "以", "是", "在", "对", "把", "从", "到", "将", "要", "拟", "计划", "打算", "下一步", "今后",
    "下年", "为此", "对此", "针对", "针对上述问题", "该单位", "该局", "该镇", "该县", "该市", "该区", "该街道",
    "该院", "该厅", "全年", "当年", "年内", "本年", "报告", "据", "年度报告", "承认", "坦言", "认为", "指出", "列出",
    "存在", "不足", "不足在于", "存在的问题", "存在的问题是", "问题", "问题是", "主要问题是", "主要", "主要是", "问题主要是",
    "信息", "此外", "方面", "主要不足是", "差距", "共", "等问题", "中", "上",
)  # fmt: skip

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
