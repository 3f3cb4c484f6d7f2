"""What the tagger sees of a clause: hashed n-grams of characters and words, and plain cues.

N-grams are hashed in numpy for all texts at once (a polynomial hash of any span comes from
two prefix values), so a report of sixty clauses costs about a millisecond besides jieba.
Each distinct text is read once, however many clauses have it as lead-in, heading or neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .clauses import Clause, ordinal_of
from .document import fold
from .report import SectionKind
from .words import Cut

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

HASH_BITS = 20
CHARACTERS, WORDS = "characters", "words"
# Blocks of the linear model: which text of the clause, which n-grams of it.
BLOCKS: tuple[tuple[str, str], ...] = (
    ("clause", CHARACTERS), ("clause", WORDS),
    ("lead_in", CHARACTERS), ("lead_in", WORDS),
    ("heading", CHARACTERS),
    ("previous", CHARACTERS), ("previous", WORDS),
)  # fmt: skip
CONTEXT_BLOCKS = frozenset({"lead_in", "heading", "previous"})
_LONGEST = 4  # characters
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)  # odd numbers have one, so a span can be shifted to 0
_SALTS = {CHARACTERS: np.uint64(0x51ED27), WORDS: np.uint64(0xC2B2AE)}
_NUMBER = re.compile(r"\d[\d,.]*")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """A clause for its n-grams: folded, without its ordinal, spaces or the values of numbers.

    >>> normalise("二是全年公开１,９１４ 条")
    '全年公开0条'
    """
    folded = fold(text)
    return _NUMBER.sub("0", _SPACE.sub("", folded[ordinal_of(folded)[1] :]))


# --- hashing -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Grams:
    """Distinct n-grams of texts: ``keys[i]`` occurs in text ``rows[i]``; rows ascend."""

    rows: Ints
    keys: Ints


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    power = np.full(count + 1, base, np.uint64)
    power[0] = 1
    with np.errstate(over="ignore"):
        return np.cumprod(power, dtype=np.uint64)


def _span_keys(codes: NDArray[np.uint64], starts: Ints, ends: Ints, salt: np.uint64) -> Ints:
    """Keys of spans: the polynomial in their codes alone, wherever they stand."""
    with np.errstate(over="ignore"):
        prefix = np.zeros(codes.size + 1, np.uint64)
        np.cumsum(codes * _powers(_BASE, codes.size)[:-1], out=prefix[1:])
        value = (prefix[ends] - prefix[starts]) * _powers(_INVERSE, codes.size)[starts]
        value = (value ^ salt) * np.uint64(0xFF51AFD7ED558CCD)
        value ^= value >> np.uint64(32)
        value *= np.uint64(0xC4CEB9FE1A85EC53)
    keys: Ints = (value >> np.uint64(64 - HASH_BITS)).astype(np.int64)
    return keys


def _distinct(rows: Ints, keys: Ints) -> Grams:
    # Sorted by hand: numpy's own unique hashes since 2.3, which takes forty times as long here.
    both = np.sort((rows << HASH_BITS) | keys)
    if both.size:
        both = both[np.concatenate([[True], both[1:] != both[:-1]])]
    return Grams(both >> HASH_BITS, both & ((1 << HASH_BITS) - 1))


def _codes(text: str) -> NDArray[np.uint64]:
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes: NDArray[np.uint64] = raw.astype(np.uint64) + np.uint64(1)
    return codes


def character_spans(texts: Sequence[str]) -> tuple[str, Ints, Ints, Ints]:
    """All character 1- to 4-grams of ``^text$``: joined text, rows, starts, ends."""
    marked = [f"^{text}$" for text in texts]
    lengths = np.array([len(text) for text in marked], np.int64)
    row_of = np.repeat(np.arange(len(marked)), lengths)
    stop_of = np.repeat(np.cumsum(lengths), lengths)
    places = np.arange(int(lengths.sum()), dtype=np.int64)
    rows, starts, ends = [], [], []
    for length in range(1, _LONGEST + 1):
        fits = places + length <= stop_of
        rows.append(row_of[fits])
        starts.append(places[fits])
        ends.append(places[fits] + length)
    return "".join(marked), np.concatenate(rows), np.concatenate(starts), np.concatenate(ends)


_NO_WORD = re.compile(r"[^\w]+")


def word_spans(texts: Sequence[str], cut: Cut) -> tuple[str, Ints, Ints, Ints]:
    """All word 1- and 2-grams: joined text, rows, starts, ends. Words end with a blank."""
    pieces: list[str] = []
    rows: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for row, text in enumerate(texts):
        before = -1
        for word in cut(text):
            if _NO_WORD.fullmatch(word):
                before = -1
                continue
            pieces.append(word)
            stop = position + len(word)
            for start in (position, before) if before >= 0 else (position,):
                rows.append(row)
                starts.append(start)
                ends.append(stop)
            before = position
            pieces.append(" ")
            position = stop + 1
    as_array = (np.array(values, np.int64) for values in (rows, starts, ends))
    return ("".join(pieces), *as_array)  # type: ignore[return-value]


def spans(texts: Sequence[str], kind: str, cut: Cut) -> tuple[str, Ints, Ints, Ints]:
    """The n-grams of one kind as spans of a joined text."""
    return character_spans(texts) if kind == CHARACTERS else word_spans(texts, cut)


def grams(texts: Sequence[str], kind: str, cut: Cut) -> Grams:
    """Hashed n-grams of each text, each key once a text."""
    joined, rows, starts, ends = spans(texts, kind, cut)
    return _distinct(rows, _span_keys(_codes(joined), starts, ends, _SALTS[kind]))


def keys_of_spans(joined: str, starts: Ints, ends: Ints, kind: str) -> Ints:
    """The keys of spans, for a model's text twin, which names what a key stands for."""
    return _span_keys(_codes(joined), starts, ends, _SALTS[kind])


# --- cues --------------------------------------------------------------------------------

_SECTIONS: tuple[SectionKind | None, ...] = (
    None, "intro", "overview", "disclosure", "requests", "review", "problems", "other", "footer",
)  # fmt: skip
_WE = r"(?:我们|[我本][省市县区州旗乡镇街局厅委办院校处站所中会公]|将)"
_CUES: tuple[tuple[str, str], ...] = (
    ("future", r"下一?步|下一?阶段|今后|接下来|明年|来年|新的?一年|新学年|未来|打算|力争|争取|拟于|计划(?:在|于|用)"),
    ("will", rf"{_WE}(?:[^,。]{{0,6}})?将(?!于|在)|(?:^|[,:])(?:我.{{0,5}})?将(?:继续|进一步|持续|不断|加|完|健|规|拓|丰|强|优|提|推|从|严|按|对|着|把|以|通|结|认|坚|采|组|重)"),
    ("must", r"(?:^|[,:])(?:还?要|应当?|需要?|必须)(?!求)"),
    ("lack", r"不够|不足|不高|不强|不深|不细|不全|不及时|不规范|不到位|不平衡|不均衡|不充分|不健全|不完善|不多|不丰富|薄弱|滞后|欠缺|缺乏|缺少|单一|偏少|较少|偏低|参差不齐|差距|短板|弱项|困难|难以|重视不"),
    ("need", r"有待|还需|仍需|尚需|还要|需进一步|需要进一步|亟待|亟需|仍须"),
    ("still", r"仍|还存在|还有|尚|依然|依旧"),
    ("some", r"个别|部分|有的|少数|有些|一些"),
    ("past", r"已|了(?!解)|完成|全年|共(?!享|同|和|服)|累计|印发|召开|均|取得|成立|制定了|开展了|截至|曾"),
    ("none", r"^无|没有|未(?!来|能)|零|不存在|未收到|未发生|未发现|未收取"),
    ("count", r"\d[\d,.]*\s*(?:余|多)?\s*万?(?:条|件|次|篇|份|个|人|期|场|项|宗|起|家|名|元|字|处|部|台|册)"),
    ("against", r"(?:^|[,])针对|对照"),
    ("solved", r"已(?:得到|全部|整改|完成|基本|有)|整改完(?:成|毕)|得到(?:有效|明显)?(?:改善|改进|解决)|明显好转"),
    ("turn", r"^(?:但|然而|不过|可是|同时[,也仍还])"),
    ("praise", r"取得(?:了)?[^,]{0,8}(?:成效|成绩|进展|进步)|有序推进|稳步|总体(?:平稳|良好)|显著|有力"),
    ("report", r"本(?:年度?)?报告|年报|统计期限|编制|联系(?:电话|地址)|电话[::]|下载|《条例》|根据《|按照《"),
    ("duty", r"坚持以|为原则|为例外|应当自|依法|根据|依照"),
    ("ensure", r"^(?:确保|做到|实现|推动|促进|保证|切实|真正|使)"),
    ("verb", r"^(?:进一步|持续|继续|不断|深入|加强|完善|健全|强化|规范|优化|拓展|拓宽|丰富|提升|提高|推进|加大|落实|严格|建立|开展|组织|做好|加快|扩大|定期|及时|积极|认真|充分|紧扣|聚焦)"),
    ("year", r"20\d\d年"),
    ("question", r"问题|不足"),
    ("contact", r"地址|邮编|邮箱|备案|扫一扫|打印|关闭|浏览|来源|发布日期|索引号"),
    ("date", r"^[二2][\d〇0零一二三四五六七八九]{3}年.{1,4}月.{1,3}日$"),
)  # fmt: skip
CUE_NAMES = tuple(name for name, _ in _CUES)
_CUE_PATTERNS = tuple(re.compile(pattern) for _, pattern in _CUES)
# What a clause says of the tense of those after it in its section.
_FRAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ahead", ("future", "will", "must")),
    ("lacking", ("lack", "need")),
    ("behind", ("past", "count", "none", "solved")),
)
FRAMES = ("", *(name for name, _ in _FRAMES))
_LENGTHS = (6, 12, 20, 35, 60)
_PLACES = 8


def _plain_names() -> tuple[str, ...]:
    sections = [f"section={kind}" for kind in _SECTIONS]
    names = [*sections, *(f"cue={cue}" for cue in CUE_NAMES)]
    names += [f"lead={cue}" for cue in CUE_NAMES]
    names += [f"heading={cue}" for cue in CUE_NAMES]
    names += [f"frame={frame}" for frame in FRAMES]
    names += [f"{section}&frame={frame}" for section in sections for frame in FRAMES]
    names += [f"{section}&cue={cue}" for section in sections for cue in CUE_NAMES]
    names += [f"year_gap={gap}" for gap in ("none", "before", "same", "next", "later")]
    names += [f"length<={length}" for length in (*_LENGTHS, "more")]
    names += [f"place={place}" for place in range(_PLACES)] + ["place=unknown"]
    names += ["ordinal", "ordinal=1", "is_heading", "has_lead", "first_of_section", "opens_list"]
    names += [f"opens_list&cue={cue}" for cue in CUE_NAMES]
    return tuple(names)


PLAIN_NAMES = _plain_names()
_PLAIN_INDEX = {name: index for index, name in enumerate(PLAIN_NAMES)}


def cues_of(folded: str) -> frozenset[str]:
    """Names of the cues that a folded text holds."""
    found = zip(CUE_NAMES, _CUE_PATTERNS, strict=True)
    return frozenset(name for name, pattern in found if pattern.search(folded))


def documents_of(clauses: Sequence[Clause]) -> Ints:
    """A number for each clause's document.

    The first clause of a document has no clause before it; one taken out of its document
    (with its context) begins a new one where its start falls back.
    """
    starts = np.array([clause.start for clause in clauses], np.int64)
    ends = np.array([clause.end for clause in clauses], np.int64)
    breaks = np.zeros(len(clauses), np.int64)
    if len(clauses) > 1:
        opens = np.array([not clause.previous for clause in clauses[1:]])
        breaks[1:] = opens | (starts[1:] < ends[:-1])
    return np.cumsum(breaks)


def _gap_name(gap: int | None) -> str:
    if gap is None:
        return "none"
    return "before" if gap < 0 else ("same", "next", "later")[min(gap, 2)]


def opens_list(clauses: Sequence[Clause], documents: Ints, row: int) -> bool:
    """Whether a clause is the lead-in of the one after it."""
    after = row + 1
    return (
        after < len(clauses)
        and documents[after] == documents[row]
        and clauses[after].lead_in == clauses[row].text
    )


def plain_features(clauses: Sequence[Clause], context: bool = True) -> Floats:
    """Cues, section, list, frame and place: one row of 0 and 1 a clause.

    Parameters
    ----------
    clauses : sequence of Clause
        Whole documents in order.
    context : bool
        Without it, only what the clause itself says.

    Returns
    -------
    numpy.ndarray of shape (len(clauses), len(PLAIN_NAMES)), float32
    """
    table = np.zeros((len(clauses), len(PLAIN_NAMES)), np.float32)
    documents = documents_of(clauses)
    totals = np.bincount(documents) if len(clauses) else np.zeros(0, np.int64)
    remembered: dict[str, frozenset[str]] = {}

    def cues(text: str) -> frozenset[str]:
        if text not in remembered:
            folded = fold(text)
            remembered[text] = cues_of(folded[ordinal_of(folded)[1] :])
        return remembered[text]

    frame, section_before, seen, document = "", "", 0, -1
    for row, clause in enumerate(clauses):
        if documents[row] != document:
            document, seen, frame, section_before = int(documents[row]), 0, "", ""
        own = cues(clause.text)
        on = [f"cue={cue}" for cue in own]
        on.append(next((f"length<={n}" for n in _LENGTHS if len(clause.text) <= n), "length<=more"))
        if clause.ordinal is not None:
            on.append("ordinal")
        if context:
            section = f"section={clause.section}"
            if section != section_before or (clause.is_heading and clause.section == "problems"):
                on += ["first_of_section"] if section != section_before else []
                section_before, frame = section, ""
            on += [section, f"frame={frame}", f"{section}&frame={frame}"]
            on += [f"{section}&cue={cue}" for cue in own]
            on += [f"lead={cue}" for cue in cues(clause.lead_in)] if clause.lead_in else []
            on += [f"heading={cue}" for cue in cues(clause.heading)] if clause.heading else []
            on.append(f"year_gap={_gap_name(clause.year_gap)}")
            whole = clause.section is not None and totals[document] > 1
            place = seen * _PLACES // int(totals[document]) if whole else "unknown"
            on.append(f"place={place}")
            on += ["ordinal=1"] if clause.ordinal == 1 else []
            on += ["is_heading"] if clause.is_heading else []
            on += ["has_lead"] if clause.lead_in else []
            if opens_list(clauses, documents, row):
                on += ["opens_list", *(f"opens_list&cue={cue}" for cue in own)]
            if not clause.is_heading:
                frame = next((name for name, of in _FRAMES if own & set(of)), frame)
        table[row, [_PLAIN_INDEX[name] for name in on]] = 1
        seen += 1
    return table


def texts_of(clauses: Sequence[Clause]) -> tuple[list[str], dict[str, Ints]]:
    """Distinct normalised texts, and for each part of a clause the number of its text."""
    index: dict[str, int] = {}
    parts: dict[str, Any] = {}
    raw: dict[str, int] = {}

    def number(text: str) -> int:
        if text not in raw:
            raw[text] = index.setdefault(normalise(text), len(index))
        return raw[text]

    for part in ("clause", "lead_in", "heading", "previous"):
        attribute = "text" if part == "clause" else part
        values = [number(getattr(clause, attribute)) for clause in clauses]
        parts[part] = np.array(values, np.int64)
    return list(index), parts


# --- topics ------------------------------------------------------------------------------

# What names a topic (field guide 5). The noun that stands first in the clause is usually the
# one that is lacking or will be changed, so the first hit is a feature of its own.
TOPIC_CUES: dict[str, str] = {
    "awareness": r"认识|意识|重视|自觉|主动性|积极性|责任心|观念|思想|负担",
    "staffing": r"人员(?:力量|不足|少|变动|流动|紧|更换|调整|配备|兼|轮)|兼职|兼任|专职|人手|力量|队伍|编制|岗位|经费|轮岗|交接|联络员|信息员",
    "training": r"培训|学习|业务(?:能力|水平|素质|知识|不)|能力|素质|水平参差|熟悉|吃不透|掌握|法律法规|专业",
    "content": r"内容|范围|全面|深度|广度|重点领域|应公开|信息量|数量|覆盖|动态|实质|详细|质量|民生",
    "timeliness": r"及时|时效|滞后|更新|时限|拖|迟|周期|当月|当天|工作日",
    "channels": r"渠道|形式|方式|载体|途径|线下|公开栏|公示栏|广播|老年|单一|便捷|便民|查阅点|多样",
    "platform": r"平台|网站|栏目|专栏|专区|新媒体|公众号|检索|页面|网页|系统|数字|智能|链接|版面",
    "interpretation": r"解读|图解|通俗|政策(?:解|说明|宣)|问答|读懂|看不懂",
    "interaction": r"互动|回应|留言|征求|征集|意见|参与|热点|关切|舆情|信箱|反馈|咨询|座谈|听证",
    "request": r"依申请|申请|答复|复议|诉讼|败诉|受理|补正",
    "review": r"审核|审查|保密|涉密|校|错别字|错敏|差错|公开属性|隐私|清理|档案|把关|源头|归档",
    "system": r"制度|机制|规范化|标准化|规范性|流程|职责|分工|协调|衔接|配合|目录|指南|体系|沟通|协同|细则",
    "supervision": r"监督|考核|检查|督查|督促|督导|评估|问责|追究|通报|约谈|考评|评议|奖惩",
    "balance": r"平衡|均衡发展|参差|差距(?:较|明显)|乡镇之间|部门之间|基层|村(?!务公开栏)|社区|指导|下属|所属|乡镇",
    "publicity": r"宣传|知晓|推广|影响力|关注度|不知道|了解|阅读量|粉丝|使用率|普及",
    "other": r"一定差距|一些(?:差距|问题|不足)|薄弱环节|再上新|政府信息公开工作(?:$|水平|质量|再|做)|新台阶|不断改进|提升空间",
}
_TOPIC_PATTERNS = tuple(re.compile(pattern) for pattern in TOPIC_CUES.values())


def topic_features(clauses: Sequence[Clause]) -> Floats:
    """Whether each topic's cue is in the clause, and whether it is the first of all.

    Returns
    -------
    numpy.ndarray of shape (len(clauses), 32), float32
    """
    count = len(_TOPIC_PATTERNS)
    table = np.zeros((len(clauses), 2 * count), np.float32)
    for row, clause in enumerate(clauses):
        folded = fold(clause.text)
        head = _BACKGROUND.sub("", folded[ordinal_of(folded)[1] :])
        places = [match.start() if (match := p.search(head)) else -1 for p in _TOPIC_PATTERNS]
        hits = [(place, number) for number, place in enumerate(places) if place >= 0]
        table[row, [number for _, number in hits]] = 1
        if hits:
            table[row, count + min(hits)[1]] = 1
    return table


_BACKGROUND = re.compile(r"^(?:(?:我|本)[局县市区乡镇]|政府信息公开(?:工作)?的?|信息公开(?:工作)?的?|政务公开(?:工作)?的?|公开的?(?=[内形渠方]))")
