"""Clauses of the writing passes as a bank: by label, section, kind, era, topic and trade.

Only passes of one split are read, so that generated text from the training passes can never hold
a clause of a test pass. Names, years and the body's word for itself are taken out (``{p0}``,
``{y+1}``, ``{we}``) and filled in by :func:`fill`.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nlp.errors import BadCorpus
from train.corpus import clauses_of, load, split_of

from .names import Body, family, kinds_of_words, ranks_of_words, trade_of_words
from .parts import Clause

_TOP = re.compile(r"^[一二三四五六七八九十]\s*[、.．]")
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("problems", re.compile(r"问题|不足|改进|打算|措施|设想|下一?步")),
    ("review", re.compile(r"复议|诉讼")),
    ("requests", re.compile(r"依申请|收到和?处理|公开申请")),
    ("fees", re.compile(r"收费|减免")),
    ("management", re.compile(r"信息(?:资源)?管理|审核")),
    ("platform", re.compile(r"平台|网站|渠道|载体")),
    ("supervision", re.compile(r"监督|保障|考核|培训|机制|队伍|组织领导")),
    ("interpretation", re.compile(r"解读|回应|互动|关切")),
    ("disclosure", re.compile(r"主动公开|公开内容|重点领域|公开情况")),
    ("overview", re.compile(r"概述|总体|基本|工作开展|概况")),
    ("other", re.compile(r"其他")),
)
_MARK = re.compile(r"^\s*(?:第?[一二三四五六七八九十][是、]|[（(][一二三四五六七八九\d][）)]|\d[.、．)]|[①-⑨]|——|其[一二三四五])\s*")
_DEPENDENT = re.compile(r"^(?:其[中余]|该|此[外项次]?|这|上述|以上|同时|对此|为此|另|并|也|又|而|再|但|不过|均|都|从结果|经查|两者|前者|后者)")
# Counted by the generator from its own facts; a clause of the bank must not contradict them.
_OWN_FACTS = re.compile(
    r"申请|复议|诉讼|处理费|收费|主动公开(?:各类)?(?:政府)?信息|(?:共|累计|全年|网站|公众号|微博)[^，。]{0,12}(?:公开|发布)[^，。]{0,14}\d"
    r"|行政(?:许可|处罚|强制)[^，。]{0,10}\d|予以公开|办结|不予公开|结转|（\d）"
    r"|\{p\d\}[县市区镇乡省街]|\d[\d,.]*\s*余?(?:条|%|％)|占比|其他需要报告|[上见]表|附表|如下|以下|条例|〔|统计|本报告|规范性文件|下一年|上年年报|同比"
)
_SPOKEN = re.compile(r"第[一二三四]季度|上级通报|倒数|疫情|新冠|换届|脱贫|奥运|党的[一二]?十|“?十[二三四]五|创建|机构改革|机构合并|合并|挂牌|划转|更名")
_LEAD = re.compile(
    r"^(?:但是?|还有?|同时|此外|另外|问题[：:]|措施[：:]|改进措施[：:]|存在问题[：:])?[，：]?"
    r"(?:\{y[+-]\d\}年(?:度|里|中)?，?)?(?:下一?步|今后|接下来|下阶段|新的一年|在今后的工作中|今后工作中|针对[^，。]{2,24}|为此|对此)?[，：]?"
    r"(?:\{we\}|我们|街道|学校|公司|管委会)?(?:拟|计划|要|还?将|应)?"
)
_VERB = re.compile(
    r"^(?:进一步|继续|持续|不断|切实|认真|着力|大力|全面|严格|定期|及时|逐步|适当|积极|深入|重点|主动|充分)*"
    r"(?:加[强大快]|完善|健全|规范|拓[宽展]|丰富|强化|优化|提[升高]|推[动进行]|落实|建[立设]|明确|细化|组织|开展|举办|制[定作]|梳理|充实|增[加强设]|调整|修订|扩大|畅通|把|对|抓|做好|发挥|改[进版造]|严[格把]|邀请|聘|编|配|设[立置]|探索|统一|补齐|压[缩实]|利用|深化|整合|清理|实行|开[设通])"
)


_REPORTS = 12  # reports that have a pair of characters, for it to be common
_DULL, _DULLER = 0.5, 0.6  # share of common pairs from which any trade or any kind could say it


@dataclass(frozen=True, slots=True)
class Unit:
    """Consecutive clauses that stand together; ``kinds`` empty: any body could say it."""

    clauses: tuple[Clause, ...]
    section: str
    kinds: frozenset[str]
    family: str | None
    form: str
    trade: str | None
    common: float
    ranks: frozenset[str]

    def fits(self, body: Body) -> bool:
        """Whether a body of this kind and trade could say it: its own kind's and trade's words,
        or words that most offices use."""
        own = family(body.kind)
        if self.trade is not None:
            return self.trade == body.trade and self.kinds <= {own}
        if self.kinds - {own} or (own == "county" and self.ranks - {body.rank}):
            return False
        return self.common >= (_DULL if self.family == own else _DULLER)


@dataclass(frozen=True)
class Bank:
    """Units of deeds by section, and lone problems and promises by topic."""

    deeds: Mapping[str, Sequence[Unit]]
    problems: Mapping[str, Sequence[Unit]]
    promises: Mapping[str, Sequence[Unit]]
    digest: str
    passes: tuple[str, ...]
    _fitting: dict[tuple[str, ...], list[Unit]] = field(default_factory=dict, compare=False)

    def fitting(self, part: str, key: str, body: Body, form: str) -> list[Unit]:
        """Units of ``part`` (deeds, problems, promises) under ``key`` that fit body and era."""
        name = (part, key, body.kind, body.trade or "", "free" if form == "free" else "form")
        if name not in self._fitting:
            units = [u for u in getattr(self, part).get(key, ()) if u.fits(body)]
            near = [u for u in units if (u.form == "free") == (form == "free")]
            self._fitting[name] = near if len(near) >= 8 else units
        return self._fitting[name]


def _holes(report: Mapping[str, Any]) -> list[tuple[re.Pattern[str], str]]:
    """What is taken out of a report's clauses: place names, from the longest name on."""
    name = report["agency"] or ""
    places = re.findall(r"([^省市县区镇乡]{2,3})(?:省|市|县|区|镇|乡|街道|经济|高新)", name)
    return [(re.compile(re.escape(p)), f"{{p{min(i, 1)}}}") for i, p in enumerate(places) if p not in ("人民",)]


def _open(text: str, report: Mapping[str, Any], holes: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for pattern, hole in holes:
        text = pattern.sub(hole, text)
    year = report["year"]

    def relative(match: re.Match[str]) -> str:
        gap = int(match[0]) - year
        return f"{{y{gap:+d}}}" if -3 <= gap <= 2 else match[0]

    text = re.sub(r"(?<!\d)20[012]\d(?=年)", relative, text)
    return re.sub(r"[我本](?:街道|[局委办厅镇乡县市区校院街](?!域|级))", "{we}", text)


def fill(text: str, body: Body, year: int) -> str:
    """Names, years and the body's word for itself put in.

    >>> fill("{y+1}年{we}加强培训", Body("bureau", "甲县审计局", "我局", ("甲",)), 2022)
    '2023年我局加强培训'
    """
    if "{" not in text:
        return text
    text = text.replace("{we}", body.we).replace("{p0}", body.places[0]).replace("{p1}", body.places[-1])
    return re.sub(r"\{y([+-]\d)\}", lambda m: str(year + int(m[1])), text)


def jitter(text: str, dice: random.Random) -> str:
    """The only number of a clause changed by up to two fifths; other clauses as they are."""
    numbers = list(re.finditer(r"(?<![\d.〔“{y+-])[1-9]\d{0,4}(?=余?(?:次|场|人|期|个|名|份|篇|处|块|家|件|册|幅))", text))
    if len(numbers) != 1:
        return text
    number = numbers[0]
    value = max(1, round(int(number[0]) * dice.uniform(0.6, 1.5)))
    return f"{text[: number.start()]}{value}{text[number.end() :]}"


def section_of(heading: str, before: str) -> str:
    """The section or subsection that a heading opens; ``before`` where it tells nothing."""
    return next((name for name, words in _SECTIONS if words.search(heading)), before)


def _units(report: Mapping[str, Any]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """``(section, clauses)`` with what hangs together kept together."""
    found: list[tuple[str, list[Mapping[str, Any]]]] = []
    section, top = "intro", "intro"
    for paragraph in report["paragraphs"]:
        run: list[Mapping[str, Any]] = []
        for clause in paragraph:
            if clause["heading"]:
                if _TOP.match(clause["text"]):
                    section = top = section_of(clause["text"], "overview")
                elif top not in ("problems", "other"):
                    section = section_of(clause["text"], section)
                continue
            bound = run and (run[-1]["text"].endswith(("，", "：", "、")) or _DEPENDENT.match(clause["text"]))
            if run and not bound:
                found.append((section, run))
                run = []
            run.append(clause)
        if run:
            found.append((section, run))
    return found


def _stripped(text: str) -> str:
    return _MARK.sub("", text).strip()


def read_bank(split: str = "train") -> Bank:
    """The bank of a split's passes (read once).

    Raises
    ------
    BadCorpus
        For another split than ``train``: what is tested is never recombined.
    """
    if split != "train":
        raise BadCorpus(f"--bank {split}: only the training passes may be recombined; use --bank train")
    return _read_bank(split)


@lru_cache(maxsize=1)
def _read_bank(split: str) -> Bank:
    reports = load("reports", split)  # type: ignore[arg-type]
    if any(split_of(report["pass"]) != split for report in reports):
        raise BadCorpus("a test pass in the bank")
    deeds: dict[str, list[Unit]] = defaultdict(list)
    lone: dict[str, dict[str, list[Unit]]] = {"problem": defaultdict(list), "commitment": defaultdict(list)}
    digest = hashlib.sha256()
    common = _common_pairs(reports)
    for report in reports:
        holes = _holes(report)
        for section, run in _units(report):
            unit = _unit(report, section, run, holes, common)
            digest.update("".join(c.text for c in unit.clauses).encode())
            labels = {clause.label for clause in unit.clauses}
            if labels <= {"done", "other"} and "done" in labels and section != "problems":
                if _is_deed(unit):
                    deeds[section].append(unit)
            elif len(unit.clauses) == 1 and unit.clauses[0].label in lone:
                alone = _lone(unit)
                if alone is not None:
                    lone[alone.clauses[0].label][alone.clauses[0].topics[0]].append(alone)
    passes = tuple(sorted({report["pass"] for report in reports}))
    return Bank(deeds, lone["problem"], lone["commitment"], digest.hexdigest()[:16], passes)


def _unit(report: Mapping[str, Any], section: str, run: Sequence[Mapping[str, Any]],
          holes: Sequence[tuple[re.Pattern[str], str]], common: frozenset[str]) -> Unit:  # fmt: skip
    clauses = tuple(
        Clause(_open(c["text"].strip(), report, holes), c["label"], tuple(c["topics"])) for c in run
    )
    text = "".join(clause.text for clause in clauses)
    trade = trade_of_words(text)
    pairs = _pairs(text)
    share = sum(pair in common for pair in pairs) / max(1, len(pairs))
    return Unit(clauses, section, kinds_of_words(text), family(report.get("kind")), report["form"], trade, share, ranks_of_words(text))


def _pairs(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters."""
    return [run[i : i + 2] for run in re.findall(r"[\u4e00-\u9fff]+", text) for i in range(len(run) - 1)]


def _common_pairs(reports: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Pairs that so many reports have that no body or trade is told by them."""
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(set(_pairs("，".join(clause["text"] for clause in clauses_of(report)))))
    return frozenset(pair for pair, count in counts.items() if count >= _REPORTS)


def _is_deed(unit: Unit) -> bool:
    text = "".join(clause.text for clause in unit.clauses)
    first = _stripped(unit.clauses[0].text)
    return (
        len(unit.clauses) <= 3
        and 14 <= len(text) <= 150
        and not _DEPENDENT.match(first)
        and not _MARK.match(unit.clauses[0].text)
        and not _OWN_FACTS.search(text)
        and not _SPOKEN.search(text)
        and text[-1] in "。；"
    )


def _lone(unit: Unit) -> Unit | None:
    """A problem or promise without mark, lead-in and final stop; None where it needs its context."""
    clause = unit.clauses[0]
    text = _LEAD.sub("", _stripped(clause.text), count=1).rstrip("。；，：！;,: ")
    promise = clause.label == "commitment"
    if not 6 <= len(text) <= 58 or clause.topics[0] == "other" or _SPOKEN.search(text):
        return None
    if _DEPENDENT.match(text) or re.search(r"[。；：?？]|\{y|\d+条|“[^”]*$", text) or "问题" in text[-4:]:
        return None
    if promise != bool(_VERB.match(text)):
        return None
    bare = Clause(text, clause.label, clause.topics)
    return Unit((bare,), unit.section, unit.kinds, unit.family, unit.form, unit.trade, unit.common, unit.ranks)
