"""What a summary must beat: the first sentences, TextRank, a filled template, the unverified beam."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from math import log

from nlp.document import fold
from nlp.plan_items import Plan
from nlp.report import Meta
from nlp.words import Cut

MOST = 150  # characters
_SENTENCE = re.compile("[^。！？\n]{6,}[。！？]?")


def sentences_of(text: str) -> list[str]:
    """Sentences, headings and table lines left out."""
    found = (match[0].strip() for match in _SENTENCE.finditer(text))
    return [one for one in found if one[-1] in "。！？" and "|" not in one]


def lead(text: str, most: int = MOST) -> str:
    """The report's first sentences."""
    return "".join(sentences_of(text))[:most]


def textrank(text: str, cut: Cut, most: int = MOST) -> str:
    """Sentences by PageRank over shared words (Mihalcea and Tarau 2004), in the report's order."""
    import networkx

    sentences = sentences_of(text)
    words = [{word for word in cut(one) if len(word) > 1} for one in sentences]
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(sentences)))
    for one, other in combinations(range(len(sentences)), 2):
        shared = len(words[one] & words[other])
        size = log(1 + len(words[one])) + log(1 + len(words[other]))
        if shared and size:
            graph.add_edge(one, other, weight=shared / size)
    if not sentences:
        return ""
    rank = networkx.pagerank(graph)
    chosen: list[int] = []
    room = most
    for place in sorted(rank, key=lambda n: -rank[n]):
        if len(sentences[place]) <= room:
            chosen.append(place)
            room -= len(sentences[place])
    return "".join(sentences[n] for n in sorted(chosen)) or sentences[0][:most]


def template(meta: Meta, plan: Plan) -> str:
    """Fixed words around the first of each kind, as dashboards print it."""
    first = {item.kind: item.text for item in reversed(plan.items)}
    return "".join((
        f"{meta.agency or '该机关'}{meta.year or ''}年政府信息公开情况：",
        first.get("figure", "公开数量不详"), "；", first.get("request", "申请数量不详"), "；",
        first.get("review", "复议诉讼情况不详"), "。主要问题：", first.get("problem", "未提及"),
        "。改进措施：", first.get("commitment", "未提及"), "。",
    ))  # fmt: skip


def words_of(text: str, cut: Cut) -> Sequence[str]:
    """Words for ROUGE, marks left out."""
    return [word for word in cut(fold(text)) if word.strip() and word[0].isalnum()]
