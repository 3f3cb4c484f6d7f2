"""What the prose counts: numbers with a unit, and which thing they count.

A quantity is found by its number and unit; what it counts is told by the nearest word of the
table ``_KEYS`` before it in the clause (or right after it). A quantity that no rule knows is
kept under the key ``other``: it is a number of the report all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .clauses import Clause
from .document import Document
from .report import Fact

_UNITS = (
    r"件次|人次|场次|万元|亿元|平方米|公里|条|件|篇|项|则|宗|份|封|起|期|场|次|个|名|人|位|家|处"
    r"|部|册|幅|块|台|栏|批|类|元|天|户|所|辆|本|张|字|版|轮|例|页|家次|遍|小时|%|％|部门"
)
_DIGIT = re.compile(r"\d")  # most clauses have none, and then no quantity in digits
_QUANTITY = re.compile(
    r"(?=[约近超逾达\s\d])(?P<about>约|近|超过|超|逾|达到?)?\s*"
    r"(?P<number>(?<![\d.,A-Za-z])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*"
    r"(?P<scale>[万亿千百])?\s*(?P<more>余|多(?!部门|个部门|次)|来)?\s*(?P<late>[万亿](?!元))?\s*"
    rf"(?P<unit>{_UNITS})"
)
_HAN_QUANTITY = re.compile(
    r"(?=[一二两三四五六七八九十])(?P<number>[一二两三四五六七八九十]|十[一二三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?)"
    r"(?P<unit>件|宗|起|份|封|条|篇)(?![套事点规线款目]|[也都](?:没|未|无|不))"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HAN = {character: value for value, character in enumerate("一二三四五六七八九", 1)} | {"两": 2}
# Behind 第 (also of 条例第, 国务院令第), behind the year of a document's number, behind a dash.
_NO_COUNT_BEFORE = re.compile(r"(?:[第—-]|[〔\[(]\d{4}[\])〕])$")
_LONGEST_BEFORE = 6
_FIRST = re.compile(r"[第一]$")
_NO_COUNT_AFTER = re.compile(r"^(?:\s*以[内上下]|\s*工作日|[)\]〕])")


@dataclass(frozen=True, slots=True)
class _Rule:
    """``key`` holds where ``before`` ends nearest before the number, or ``after`` follows it."""

    key: str
    before: re.Pattern[str]
    after: re.Pattern[str] | None = None
    units: frozenset[str] | None = None


def _rule(key: str, before: str, after: str | None = None, units: str = "") -> _Rule:
    return _Rule(
        key,
        re.compile(before),
        re.compile(after) if after else None,
        frozenset(units.split()) if units else None,
    )


_WAY = r"(?<!收到)(?<!受理)(?<!接收)(?<!接到)(?<!新收)"
_PAPERS = "件 条 宗 份 封 起 次 件次 个 项"
# In order: of two rules whose word ends at the same place, the first wins.
_KEYS: tuple[_Rule, ...] = (
    _rule("proposals", r"提案|(?:人大|代表|政协)[^,。;]{0,10}建议", r"^[^,。;]{0,6}(?:建议|提案)", _PAPERS),
    _rule("hotline", r"12345[^,。;]{0,14}|热线|便民服务平台[^,。;]{0,10}|12\d{3}", None, _PAPERS + " 个 通 人次"),
    _rule("complaints", r"举报(?:、|和)?投诉", None, _PAPERS),
    _rule("messages", r"留言|信箱|来信|咨询|诉求|来访|投诉", r"^[^,。;]{0,6}(?:咨询|留言|诉求)", _PAPERS + " 人次"),
    _rule("requests_carried", r"结转", None, _PAPERS),
    _rule("requests_answered", r"(?:申请[^,。;]{0,12})?(?:答复|办结|办理完毕|予以公开|同意公开|部分公开|不予公开|无法提供|不予处理|其他处理)", None, _PAPERS),
    # one way of several; 收到网络申请3件 may be all that came in and stays with those
    _rule("requests_in_person", rf"{_WAY}当面(?:提交|递交|提出)?的?申请", None, _PAPERS),
    _rule("requests_fax", rf"{_WAY}传真(?:提交|递交|提出)?的?申请", None, _PAPERS),
    _rule("requests_online", rf"{_WAY}(?:网络|网上|互联网|在线)(?:提交|递交|提出)?的?申请", None, _PAPERS),
    _rule("requests_letter", rf"{_WAY}(?:信函|邮寄|信件)(?:提交|递交|提出)?的?申请", None, _PAPERS),
    _rule("requests_received", r"(?:收到|受理|接收|接到|新收)[^,。;]{0,16}申请|依?申请公开[^,。;]{0,6}(?:受理|收到)?|公开申请|信息公开的?申请", r"^[^,。;]{0,10}申请", _PAPERS),
    _rule("reconsiderations", r"行政复议(?:案件)?|复议", r"^[^,。;]{0,8}复议", _PAPERS),
    _rule("lawsuits", r"行政诉讼(?:案件)?|诉讼|应诉", r"^[^,。;]{0,8}诉讼", _PAPERS),
    _rule("interpretations", r"解读", r"^[^,。;]{0,6}解读", "条 件 篇 期 个 份 次 项"),
    _rule("interviews", r"在线访谈", None, "次 期 场 场次"),
    _rule("hot_topics", r"回应[^,。;]{0,12}(?:热点|舆情)", None, "次 件 条 个"),
    _rule("press_conferences", r"新闻发布会|发布会", r"^[^,。;]{0,6}发布会", "场 次 期 场次"),
    _rule("normative_documents", r"规范性文件", r"^[^,。;]{0,6}规范性文件", "件 份 个 部"),
    _rule("trainings", r"培训(?:会|班)?", r"^[^,。;]{0,10}培训", "次 场 期 场次"),
    _rule("trainees", r"培训", None, "人次 人 名"),
    _rule("inspections", r"检查|督查|巡查|抽查|自查", r"^[^,。;]{0,8}(?:检查|督查|巡查|抽查)", "次 轮 期 家 个"),
    _rule("corrections", r"整改|纠正|更正|错敏词?|错别字|错链|问题", r"^[^,。;]{0,8}(?:问题|错)", "处 个 条 项 件"),
    _rule("visits", r"访问|浏览|点击|阅读", None, "次 人次 余次"),
    _rule("followers", r"粉丝|关注|订阅", None, "人 个 名 位"),
    _rule("published_wechat", r"微信(?:公众号|公众平台|平台)?", None, "条 篇 件 期 则 次"),
    _rule("published_weibo", r"微博", None, "条 篇 件 期 则 次"),
    _rule("published_website", r"(?:门户)?网站", None, "条 篇 件 期 则 项 次"),
    _rule("published_gazette", r"公报", None, "期 份 条 册 件"),
    _rule("published_boards", r"公[示告开]栏|宣传栏|显示屏", None, "条 期 次 块 处 个 件"),
    _rule("published", r"(?:主动)?(?:公开|发布)(?:了)?(?:各类)?(?:政府|政务)?信息|主动公开|共公开", r"^[^,。;]{0,8}信息", "条 件 篇 项 则 份 个"),
    _rule("published_class", r"类信息|类|公告|公示|动态|文件|信息|政策", None, "条 件 篇 项 则 份 个"),
    _rule("reading_points", r"查阅(?:点|场所|室)", r"^[^,。;]{0,8}查阅(?:点|场所|室)", "个 处 家"),
    _rule("meetings", r"召开[^,。;]{0,20}会议", None, "次 场 场次"),
    _rule("funds", r"专项经费|工作经费", None, "元 万元"),
    _rule("staff", r"工作人员|专职|兼职|人员", None, "人 名 位"),
    _rule("fees", r"收费|信息处理费|费用", None, "元 万元"),
)  # fmt: skip
_SHARES = frozenset({"%", "％"})


@lru_cache(maxsize=256)  # as many units as the pattern names
def _rules_of(unit: str) -> tuple[tuple[int, _Rule], ...]:
    """The rules that may hold for a unit, with their place in the table."""
    return tuple(
        (n, rule) for n, rule in enumerate(_KEYS) if rule.units is None or unit in rule.units
    )


# An explicit none is a fact as well: 0, and the whole phrase is its text.
_NONE = r"(?:未|没有|无(?!正当理由)|均未|均无|尚未)"
# The second word is in every phrase that the pattern matches.
_ZERO: tuple[tuple[str, str, str, re.Pattern[str]], ...] = (
    ("requests_received", "申请", "件", re.compile(
        rf"{_NONE}(?:收到|接到|受理|接收)?(?:任何)?[^,。;、0-9]{{0,14}}?(?:依申请公开|申请)(?!人)"
        r"|(?:申请)(?:数|数量|量)?(?:均)?为(?:零|0)")),
    ("reconsiderations", "行政复议", "件", re.compile(
        rf"{_NONE}[^,。;0-9]{{0,22}}?行政复议|行政复议[^,。;]{{0,12}}(?:均为|为)(?:零|0|无)")),
    ("lawsuits", "诉讼", "件", re.compile(
        rf"{_NONE}[^,。;0-9]{{0,30}}?(?:行政)?诉讼|行政诉讼[^,。;]{{0,8}}(?:均为|为)(?:零|0|无)")),
    ("fees", "费", "元", re.compile(
        rf"{_NONE}[^,。;0-9]{{0,6}}?(?:收取|收费|产生)[^,。;]{{0,16}}?(?:费|收费)")),
)  # fmt: skip


def _han_number(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN[text]
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)


def _value(match: re.Match[str]) -> int | float:
    raw = match["number"].replace(",", "")
    number = float(raw) if "." in raw else int(raw)
    factor = 1
    for name in ("scale", "late"):
        if match[name]:
            factor *= _SCALES[match[name]]
    if match["unit"] in ("万元", "亿元"):
        factor = 1 if match["unit"] == "万元" else 10_000
    scaled = number * factor
    return int(scaled) if scaled == int(scaled) else round(scaled, 6)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, -1 where there is none."""
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _key(before: str, after: str, unit: str) -> str:
    """What a quantity counts: the rule whose word stands nearest before it, else right after."""
    if unit in _SHARES:
        return "share"
    best: tuple[int, int, str] | None = None
    rules = _rules_of(unit)
    size = len(before)
    for order, rule in rules if size else ():
        end = _last_end(rule.before, before)
        if end >= 0:
            rank = (size - end, order, rule.key)
            best = rank if best is None or rank < best else best
    if best is not None and best[0] <= 12:
        return best[2]
    for _, rule in rules:
        if rule.after is not None and rule.after.match(after):
            return rule.key
    return best[2] if best is not None else "other"


def _quantities(folded: str) -> Iterable[tuple[int, int, int | float, str]]:
    for match in _QUANTITY.finditer(folded) if _DIGIT.search(folded) else ():
        before = folded[: match.start("number")].rstrip()[-_LONGEST_BEFORE:]
        if _NO_COUNT_BEFORE.search(before) or _NO_COUNT_AFTER.match(folded[match.end() :]):
            continue
        unit = {"亿元": "万元", "％": "%"}.get(match["unit"], match["unit"])
        yield (
            match.start("about") if match["about"] else match.start("number"),
            match.end(),
            _value(match),
            unit,
        )
    for match in _HAN_QUANTITY.finditer(folded):
        if not _FIRST.search(folded[: match.start()][-2:]):
            yield match.start(), match.end(), _han_number(match["number"]), match["unit"]


def roles(folded: str) -> list[tuple[int, int, str]]:
    """``(start, end, key)`` of each quantity in a folded clause: which thing it counts."""
    return [(start, end, key) for start, end, key, _, _ in _counted(folded)]


def _counted(folded: str) -> list[tuple[int, int, str, int | float, str]]:
    """``(start, end, key, value, unit)`` of each quantity in a folded clause, in order."""
    found, place = [], 0
    for start, end, value, unit in sorted(_quantities(folded)):
        key = _key(folded[place:start], folded[end : end + 14], unit)
        found.append((start, end, key, value, unit))
        place = end if end < len(folded) else place
    return found


def find_facts(document: Document, clauses: Sequence[Clause]) -> tuple[Fact, ...]:
    """The facts of the narrative in order of their place.

    Parameters
    ----------
    document : Document
    clauses : sequence of Clause
        From :func:`nlp.narrative.cut_clauses`; headings and prefaces are passed over.

    Returns
    -------
    tuple of Fact
        ``value`` is in ``unit`` (scales such as 万 multiplied out, 亿元 given in 万元);
        ``text`` is the quantity as printed, with 约, 余 and the unit.
    """
    facts: list[Fact] = []
    for clause in clauses:
        if clause.is_heading or clause.section in ("intro", "footer"):
            continue
        folded = document.folded[clause.start : clause.end]
        for start, end, key, value, unit in _counted(folded):
            low, high = clause.start + start, clause.start + end
            facts.append(Fact(key, value, unit, document.text[low:high], low, high))
        for key, word, unit, pattern in _ZERO:
            if word in folded and (match := pattern.search(folded)):
                low, high = clause.start + match.start(), clause.start + match.end()
                facts.append(Fact(key, 0, unit, document.text[low:high], low, high))
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))
