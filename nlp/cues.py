"""Cues: wordings that tell of a promise, a lack, a deed, a number, a duty."""

from __future__ import annotations

import re

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
FRAME_CUES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ahead", ("future", "will", "must")),
    ("lacking", ("lack", "need")),
    ("behind", ("past", "count", "none", "solved")),
)
FRAMES = ("", *(name for name, _ in FRAME_CUES))


def cues_of(folded: str) -> frozenset[str]:
    """Names of the cues that a folded text holds."""
    found = zip(CUE_NAMES, _CUE_PATTERNS, strict=True)
    return frozenset(name for name, pattern in found if pattern.search(folded))
