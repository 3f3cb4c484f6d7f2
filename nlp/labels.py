"""Row labels of tables 二 and 三 found in text that lost characters, was cut, or wraps its numbers.

Labels are searched in the compact text of all text tokens: no white space, no numbers of their
own, so that a label cut over lines or around its numbers is still whole. A fragment from the
label's beginning is enough, and where none is found the whole label is compared (``difflib``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from .tokens import Token

# The printed label of each row of table 三, and fragments that belong to no other label.
REQUESTS: dict[str, tuple[str, str]] = {
    "new": ("一、本年新收政府信息公开申请数量", r"本年(?:度)?新收(?:(?:到)?(?:的)?政府信)?|新收(?:到)?(?:的)?政府信|新收.{0,3}信息公开申请"),
    "carried_in": ("二、上年结转政府信息公开申请数量", r"上一?年(?:度)?结转|年结转政府信息|上年转政府信"),
    "granted": ("(一)予以公开", r"予以公开|\(一\).?予.?公开|\(一\)予以"),
    "partly_granted": ("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", r"部分公开|\(二\)部分|\(二\).?分公开"),
    "denied.state_secret": ("1.属于国家秘密", r"属于国家(?:秘密)?|国家秘密"),
    "denied.forbidden_by_law": ("2.其他法律行政法规禁止公开", r"其他法律(?!服务)|法律、?行政法规?禁?止公开"),
    "denied.three_securities": ("3.危及“三安全一稳定”", r"危及|三安全一?稳?定?"),
    "denied.third_party": ("4.保护第三方合法权益", r"保护第三|第三方合法"),
    "denied.internal_affairs": ("5.属于三类内部事务信息", r"属于三类|三类内部|内部(?:事务|管理)信息"),
    "denied.process_information": ("6.属于四类过程性信息", r"属于四类|四类过程|类过程性"),
    "denied.enforcement_files": ("7.属于行政执法案卷", r"属于行政执|行政执法案"),
    "denied.administrative_inquiry": ("8.属于行政查询事项", r"属于行政查|行政查询事"),
    "unavailable.not_held": ("1.本机关不掌握相关政府信息", r"本机关不掌握?|机关不掌握?|不掌握相关"),
    "unavailable.needs_creation": ("2.没有现成信息需要另行制作", r"没有现成|现成信息需|需要另行制"),
    "unavailable.unclear_after_correction": ("3.补正后申请内容仍不明确", r"补正后申|申请内容仍|仍不明确"),
    "not_processed.complaint": ("1.信访举报投诉类申请", r"信访、?举报|举报、?投诉类|信访举"),
    "not_processed.repeated": ("2.重复申请", r"重复申请"),
    "not_processed.publication": ("3.要求提供公开出版物", r"要求提供公|公开出版物|提供公开出"),
    "not_processed.excessive": ("4.无正当理由大量反复申请", r"无正当理由大|大量、?反复"),
    "not_processed.reconfirmation": ("5.要求行政机关确认或重新出具已获取信息", r"要求行政机关确?|确认或(?:者)?重|重新出具"),
    "other.no_correction_in_time": ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", r"申请人无正当|理由逾期不补|逾期不补正"),
    "other.fee_unpaid": ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", r"申请人逾期|逾期未按收|收费通知要求"),
    "other.other": ("3.其他", r"3[)]?[.、,]?其他(?!法律|行政|处理|情形|结果|组织|需要|应当|有关)|③其他(?!法律|行政|处理|情形|结果|组织|需要|应当|有关)"),
    "total": ("(七)总计", r"七[)、.]{0,2}[总合]计?"),
    "carried_out": ("四、结转下年度继续办理", r"结转(?:至|到)?下|下(?:一)?年度继续办|转下年度继"),
}  # fmt: skip
GROUP_OTHER = "group.other"
_GROUP_OTHER = r"\(六\)(?!项)其?他?处?理?|其他处理"

DISCLOSURE: dict[str, tuple[str, str]] = {
    "regulations": ("规章", r"规章(?!制度)"),
    "normative_documents": ("行政规范性文件", r"行政规范性文件|规范性文件|行政规范性档案|规范性档案"),
    "licences": ("行政许可", r"行政许可"),
    "other_external_management": ("其他对外管理服务事项", r"其他对外管理(?:服务)?|对外管理服务"),
    "penalties": ("行政处罚", r"行政处罚"),
    "coercive_measures": ("行政强制", r"行政强制"),
    "fees": ("行政事业性收费", r"行政事业性收?费?"),
    "procurement": ("政府集中采购", r"政府集中采购"),
}
_NOT_A_TAIL = re.compile(r"小计|合计|总计|其中|不予公开|无法提供|不予处理|其他处理|本年度办理结果|申请人情况"
                         r"|自然人|第.{1,3}条|信息内容|数量\(?|件数|情况|增|减|升|降|负")  # fmt: skip
_SUM_ROW = re.compile(r"小计|合计|总计|其中")
_PARENTHESIS = re.compile(r"[(\[][^()\[\]]*[)\]]?")
_PUNCTUATION = re.compile(r"[^\w一-鿿]+")
# An alternative of a fragment: its first literal, and the rest with brackets nested twice.
_ALTERNATIVE = re.compile(r"(?:^|\|)\\?(.)(?:[^|()\[\\]|\\.|\[[^]]*\]|\((?:[^()\[]|\[[^]]*\]|\([^()]*\))*\))*")
_LEAST_LIKE = 0.72
_LEAST_MARGIN = 0.08
_LONGEST_DAMAGED = 60


def _pattern(labels: dict[str, tuple[str, str]], more: str = "") -> re.Pattern[str]:
    """One pattern of all fragments, a group ``r<n>`` each label. Each alternative begins with a
    literal; a look at the next character spares most places of a text the seventy trials."""
    patterns = [pattern for _, pattern in labels.values()] + [more] * bool(more)
    firsts = {match[1] for pattern in patterns for match in _ALTERNATIVE.finditer(pattern)}
    assert all(c.isalnum() or c in "(" for c in firsts), "a fragment begins with no literal"
    parts = [f"(?P<r{n}>{pattern})" for n, (_, pattern) in enumerate(labels.values())]
    parts += [f"(?P<g>{more})"] * bool(more)
    return re.compile(f"(?=[{''.join(sorted(firsts))}])(?:{'|'.join(parts)})")


_REQUESTS = _pattern(REQUESTS, _GROUP_OTHER)
_DISCLOSURE = _pattern(DISCLOSURE)
_PRINTED = {key: label for labels in (REQUESTS, DISCLOSURE) for key, (label, _) in labels.items()}
_PRINTED[GROUP_OTHER] = "(六)其他处理"


class Label(NamedTuple):
    """A row's label: where it stands in the compact text, and the token in which it begins."""

    row: str
    start: int
    end: int
    token: int


@dataclass(frozen=True)
class Compact:
    """The characters of the text tokens without white space; ``starts[i]`` of token ``tokens[i]``."""

    text: str
    starts: tuple[int, ...]
    tokens: tuple[int, ...]

    def token_at(self, position: int) -> int:
        """The number of the token to which a character belongs."""
        return self.tokens[max(0, bisect_right(self.starts, position) - 1)]

    def start_of(self, token: int) -> int:
        """Where the first text at or after a token begins."""
        at = bisect_right(self.tokens, token - 1)
        return self.starts[at] if at < len(self.starts) else len(self.text)


def compact(tokens: Sequence[Token]) -> Compact:
    """``\\x00`` parts what does not belong together."""
    pieces: list[str] = []
    starts, numbers = [], []
    length = 0
    for number, token in enumerate(tokens):
        if token.kind != "text":
            continue
        text = token.text.replace(" ", "")
        if token.cut:
            text = "\x00" + text
        starts.append(length)
        numbers.append(number)
        pieces.append(text)
        length += len(text)
    return Compact("".join(pieces), tuple(starts), tuple(numbers))


def find_requests(text: Compact) -> list[Label]:
    """Labels of table 三 in reading order; ``GROUP_OTHER`` for (六)其他处理."""
    return _find(text, _REQUESTS, tuple(REQUESTS))


def find_disclosure(text: Compact, low: int, high: int) -> list[Label]:
    """Labels of table 二 between two places of the compact text."""
    return _find(text, _DISCLOSURE, tuple(DISCLOSURE), low, high)


def _find(
    text: Compact, pattern: re.Pattern[str], keys: Sequence[str], low: int = 0, high: int = 1 << 60
) -> list[Label]:
    found: list[Label] = []
    for match in pattern.finditer(text.text, low, min(high, len(text.text))):
        name = match.lastgroup or "g"
        row = GROUP_OTHER if name == "g" else keys[int(name[1:])]
        found.append(Label(row, match.start(), match.end(), text.token_at(match.start())))
    return found


@lru_cache(maxsize=4096)  # reports share their labels
def belongs(rest: str, row: str) -> bool:
    """Whether text after a fragment of a label can be the rest of that label or a note to it.

    >>> belongs("政府信息公开申请数量", "new"), belongs("小计", "other.other")
    (True, False)
    """
    rest = rest.replace("\x00", "").replace("规范性档案", "规范性文件")  # 文件 is 檔案 in Taiwan
    rest = _PARENTHESIS.sub("", rest)
    while (inner := _PARENTHESIS.sub("", rest)) != rest:
        rest = inner
    rest = _PUNCTUATION.sub("", rest)
    if not rest:
        return True
    label = _PUNCTUATION.sub("", _PRINTED.get(row, ""))
    if rest in label:
        return True
    if row != "total" and _SUM_ROW.search(rest):
        return False  # another row begins, however much of this label stands before
    if len(rest) > len(label) + 4:
        return False
    same = sum(
        block.size for block in SequenceMatcher(None, label, rest, False).get_matching_blocks()
    )
    if same >= 0.8 * len(rest):
        return True
    return len(rest) <= 4 and not _NOT_A_TAIL.search(rest)


def likely_row(text: str, rows: Collection[str]) -> str | None:
    """The one of ``rows`` whose printed label a damaged label is most like; None if unclear."""
    chosen = _likeliest(text) if 2 <= len(text) <= _LONGEST_DAMAGED else None
    return chosen if chosen in rows else None


@lru_cache(maxsize=4096)
def _likeliest(text: str) -> str | None:
    best, second, chosen = 0.0, 0.0, None
    for row in REQUESTS:
        matcher = SequenceMatcher(None, _PRINTED[row], text, False)
        if matcher.real_quick_ratio() <= second or matcher.quick_ratio() <= second:
            continue
        ratio = matcher.ratio()
        if ratio > best:
            best, second, chosen = ratio, best, row
        elif ratio > second:
            second = ratio
    return chosen if best >= _LEAST_LIKE and best - second >= _LEAST_MARGIN else None
