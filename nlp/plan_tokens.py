"""A content plan as the network sees it: tokens, and where a copy may begin and end.

Numbers, years and the agency are single tokens; the vocabulary has no digits, so they can be
copied whole and never spelled. A copy begins and ends where words do. Some words are glued:
a number to its unit and to its 约/余, a negation to what it negates. What is glued goes whole
or stays whole, so no copy can lose a unit, an "about" or a "not".
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from .document import fold
from .entail import places_to_cut
from .plan_items import ITEM_KINDS, Plan
from .words import Cut

PAD, BOS, EOS, UNKNOWN = 0, 1, 2, 3
SPECIALS = ("<pad>", "<s>", "</s>", "<unk>")
SLOTS = ("<agency>", "<year>", "<number>")
MOST_SOURCE = 512  # plan tokens
_TOKEN = re.compile(r"(?P<year>20\d\d年)|(?P<number>\d[\d,]*(?:\.\d+)?%?)|(?P<one>.)", re.S)
# No copy ends with a word that wants another after it, nor begins with one that leans back.
_LEANS_ON = frozenset(
    ["对", "在", "把", "将", "由", "为", "从", "向", "以", "和", "与", "及", "或", "按", "按照", "通过", "针对", "围绕", "因", "因为", "由于", "被", "给", "让", "使", "比", "的", "地", "至", "到", "于", "并", "并且", "而", "且", "以及", "还", "也", "又", "但", "所", "各", "该", "其", "有", "是", "不", "未", "没", "没有", "更", "较", "很", "最", "再", "进一步", "不断", "继续", "及时", "主动", "统一", "集中", "（", "(", "“", "《", "、"]
)
_LEANS_BACK = frozenset(["的", "地", "得", "了", "着", "过", "们", "等", "之", "）", ")", "”", "》", "、"])
_PART_MARKS = "，；。：、,;:"
# Stretches that no copy divides.
_GLUED = re.compile(
    r"(?:大约|约|近|超过|超|逾|不足|不到|增长|下降|上升|减少|增加|第)?"
    r"\d[\d,.]*(?:%|个百分点)?[余多]?[万亿千百]*[余多]?"
    r"(?:平方米|工作日|人次|万元|亿元|[条件篇项则宗份封起期场次个名人位家处元户类组天年月日号倍块期台部本辆米分])?[余多]?(?:以上|以下|左右|以内)?"
    r"|(?:尚未|还未|并未|从未|未能|没有|不能|无法|未|没|不(?![断仅但少])|无(?!障碍|线)|缺乏|缺少|难以|很难|难)"
    r"(?:得到|形成|做到|完全|全部|充分|及时|能够|能|够|是|太|很|再|都)*.{1,2}"
    r"|(?:有待|还需|仍需|尚需|需要|亟待|亟需|仍需要|还需要)(?:进一步|不断|继续)?.{2}"
    r"|[一二三四五六七八九十百千两数几]+[余多]?[条件篇项则宗份封起期场次个名人位家处户类种]"
)

_NUMERAL = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class PlanTokens:
    """A plan as numbers, one entry a token.

    Attributes
    ----------
    ids, kinds, items : tuple of int
        Source piece, index into ``ITEM_KINDS``, number of the item.
    within : tuple of int
        Place of the token in its item, counted from 0.
    opens, closes : tuple of bool
        Whether a copy may begin, or end, with this token.
    breaks : tuple of bool
        Whether a comma part of the item ends with this token.
    begins_well : tuple of int
        2 where an item may begin to be said, 1 where it may only go on after a gap, else 0.
    ends_well : tuple of bool
        Whether a copy that ends here leaves out only what :mod:`nlp.entail` allows.
    places : tuple of (item, start, end)
        The token is ``plan.items[item].text[start:end]``.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    items: tuple[int, ...]
    within: tuple[int, ...]
    opens: tuple[bool, ...]
    closes: tuple[bool, ...]
    breaks: tuple[bool, ...]
    begins_well: tuple[int, ...]
    ends_well: tuple[bool, ...]
    places: tuple[tuple[int, int, int], ...]


def copy_bounds(text: str, cut: Cut) -> tuple[set[int], set[int]]:
    """Offsets of ``text`` where a copy may begin and where one may end (exclusive).

    >>> copy_bounds("公开约33件", lambda t: ("公开", "约", "33", "件"))
    ({0, 2}, {2, 6})
    """
    starts, ends, words_end, position = {0}, {len(text)}, {len(text)}, 0
    for word in cut(text):
        if word not in _LEANS_BACK:
            starts.add(position)
        position += len(word)
        words_end.add(position)
        if word not in _LEANS_ON:
            ends.add(position)
    starts.discard(len(text))
    folded = fold(text)
    for match in chain(_GLUED.finditer(folded), _NUMERAL.finditer(folded)):
        low, high = match.span()
        # What is glued goes on to the end of its last word.
        high = min((end for end in words_end if end >= high), default=high)
        inside = range(low + 1, high)
        starts.difference_update(inside)
        ends = ends.difference(inside)
    return starts, ends


def _tokens_of(plan: Plan, number: int, cut: Cut) -> list[tuple[str, bool, bool, int, int]]:
    """(piece, opens, closes, start, end) for each token of one item."""
    item = plan.items[number]
    if item.kind == "agency":
        return [("<agency>", True, True, 0, len(item.text))]
    starts, ends = ({0}, {len(item.text)}) if item.whole else copy_bounds(item.text, cut)
    found = []
    for match in _TOKEN.finditer(item.text):
        low, high = match.span()
        piece = match[0] if match.lastgroup == "one" else f"<{match.lastgroup}>"
        found.append((piece, low in starts, high in ends, low, high))
    return found


def _ends_part(text: str, end: int) -> bool:
    return end == len(text) or text[end] in _PART_MARKS or text[end - 1] in _PART_MARKS


class Vocabulary:
    """Source pieces (specials, item kinds, slots, characters) and the pieces that are written.

    Parameters
    ----------
    source : sequence of str
        Specials, slots, item kinds, then characters.
    target : sequence of str
        Specials, then the words a summary adds of itself; none has a digit.
    """

    def __init__(self, source: Sequence[str], target: Sequence[str]) -> None:
        self.source, self.target = list(source), list(target)
        self.source_ids = {piece: index for index, piece in enumerate(source)}
        self.target_ids = {piece: index for index, piece in enumerate(target)}

    @classmethod
    def from_pretrained(cls, folder: Path) -> Vocabulary:
        data = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        return cls(data["source"], data["target"])

    def save_pretrained(self, folder: Path) -> None:
        data = {"source": self.source, "target": self.target}
        text = json.dumps(data, ensure_ascii=False, indent=0)
        (folder / "vocabulary.json").write_text(text + "\n", encoding="utf-8")

    def encode_plan(self, plan: Plan, cut: Cut) -> PlanTokens:
        """Plan to tokens."""
        rows = [
            (self.source_ids.get(piece, UNKNOWN), number, within, opens, closes, low, high)
            for number in range(len(plan.items))
            for within, (piece, opens, closes, low, high) in enumerate(_tokens_of(plan, number, cut))
        ]
        cuts = [places_to_cut(item.text) for item in plan.items]
        return PlanTokens(
            ids=tuple(row[0] for row in rows),
            kinds=tuple(ITEM_KINDS.index(plan.items[row[1]].kind) for row in rows),
            items=tuple(row[1] for row in rows),
            within=tuple(row[2] for row in rows),
            opens=tuple(row[3] for row in rows),
            closes=tuple(row[4] for row in rows),
            breaks=tuple(_ends_part(plan.items[row[1]].text, row[6]) for row in rows),
            begins_well=tuple(
                2 if row[5] in cuts[row[1]][0] else int(row[5] in cuts[row[1]][1]) for row in rows
            ),
            ends_well=tuple(row[6] in cuts[row[1]][2] for row in rows),
            places=tuple((row[1], row[5], row[6]) for row in rows),
        )
