"""What names a topic (field guide 5), and where it stands in a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from .arrays import Floats
from .clauses import Clause, ordinal_of
from .document import fold

# The noun that stands first in the clause is usually the one that is lacking or will be changed,
# so the first hit is a feature of its own.
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
_BACKGROUND = re.compile(r"^(?:(?:我|本)[局县市区乡镇]|政府信息公开(?:工作)?的?|信息公开(?:工作)?的?|政务公开(?:工作)?的?|公开的?(?=[内形渠方]))")


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
