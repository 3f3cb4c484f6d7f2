"""What a comma part needs of its neighbours, and the small words in which an item is said.

A part that names no subject (缺少通俗的说明), or only a frame (凡涉及水价的事项), reads as nonsense
once the part that it hangs on is gone. Tables of such beginnings and ends; what they do not know
may stand alone. Source of the rows: summaries of training reports read beside their reports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from .document import fold
from .entail import parts_of
from .scope import limiter_before

Claim = Literal["problem", "commitment"]

# A frame without its main clause: on what, when, in which case.
_CASE = (  # what follows holds for this alone
    r"凡[^,;]*(?:的|事项|信息|文件|通知|申请|问题|内容|政策|案件)|除[^,;]*外|如[^,;]*的|(?:(?!是)[^,;])*的(?:提问|咨询|来信)?"
    r"|(?:特别|尤其)是[^,;]*的"
)
_FRAME = re.compile(
    rf"{_CASE}"
    r"|在[^,;]*(?:(?:前提|基础|情况|条件|统筹|领导|指导|支持|帮助)下|基础上|(?:过程|工作)中)"
    r"|(?:对|对于|针对|围绕|就|按照|根据|依据|结合|依托|利用|借助|通过)[^,;]*的[^,;的]{0,3}(?:申请|事项|信息|单位|科室|股室|部门"
    r"|问题|情况|公示|公告|通知|栏目|专栏|留言|案件|诉求|意见|建议|人员|要求|规定|特点|实际|反馈)"
    r"|[^,;]*(?<![及实按定小准同临限随])时|[^,;]*(?<![落滞靠最先今背])后|[^,;]*(?<![提超以靠目])前|[^,;]*期间"
    r"|[^,;]*(?<!原)因(?![此地素而])[^,;]{2,}"
    r"|(?:使|让)所?[^,;]{0,8}(?:信息|工作|内容)|[^,;]*(?:主动|所)公开的(?:政府)?信息"
    r"|(?:会同|协同|联合|联动|商请)[^,;]*(?:部门|单位|企业|公司|机构|科室|处室|乡镇|街道|社区|媒体|高校|中心|站所|[局委办院厅校会])"
    r"|以[^,;]*为(?:底本|准绳|抓手|契机|导向|重点|基础|依据|目标|引领|统领|主线|切入点|突破口|中心|核心)"
)
_CASES = re.compile(_CASE)
# What readers cannot see, find, understand: the part before says what.
_OF_READERS = (
    r"[^,;]{0,12}?(?:群众|[市居村渔牧农网移]民|农户|商户|业主|客商|职工|师生|学生|家长|用户|老年人|老人|(?:务工|上班|外来|困难)人员|患者|病人|公众|读者|申请人|参保人|旅客|乘客|企业)"
    r"[^,;]{0,5}?(?:看|查(?!阅点)|找|用|懂|记|听|理解|阅读|了解|获取|得不到|感到|反映|觉得|不便|不方便|不知|难以|很难|关注不|参与不|知晓)"
    r"|[^,;]{1,10}(?:查找|查阅|查询|阅读|获取|了解|看|用|找)(?:起来)?(?:还|很|仍|比较)?(?:不便|不方便|不[到懂清]|困难|吃力|费劲)"
)
# 多数只有文字: most of what?
_OF_THEM = (
    r"(?:大?多数?|大半|半数|少数|个别|部分|有的|有些|一些|其中)(?:还|仍|也|都|均|又)?(?=[只仅是为没未不停以靠由尚较偏在存缺流用])"
)
_HANGS: Mapping[Claim, re.Pattern[str]] = {
    # No subject; or one that says whose only with the part before (质量有待提高).
    "problem": re.compile(
        rf"{_OF_READERS}|{_OF_THEM}|[^,;]*(?<![成早])就(?![业近医诊学读地])|[^,;]{{0,8}}[顾忙应]不过来|[^,;]{{0,8}}顾不上|[^,;]{{1,3}}的(?:还|仍|也|都|大都|基本)?是"
        r"|需要?(?!求)|能|(?:精力|时间|力量)[^,;]{0,3}(?:难|不|有限|跟)|[^,;]{0,4}一[件次个条]也|[也还又仍都均就才更较]|比较|不|未|没|无(?!障碍)|缺|难|跟不上|看不|影响|导致|造成|致使|停留|习惯|疲于|忙于|[全主]?要?靠|往往|经?常"
        r"|有时|容易|偶|总(?!体|量)|一味|只|仅|多(?:以|为|是|数(?:是|为))|以[^,;]{1,14}(?:为主|居多)|接手|对|特别|尤其|其余|其他|如|例如|比如|甚至|以[致至]"
        r"|直接|从而|给|让|使|曾|出现|存在|反映|由此|[^,;]{1,4}基本|很|能不|既|后续|[^,;]得(?:太|不|还)|[^,;]*与此|[^,;]{1,8}的(?:很少|不多)"
        r"|[^,;]{1,3}性(?:[、和][^,;]{1,3}性)?(?=[还也仍尚]?(?:有待|不|较|偏|需|差))"
        r"|(?:质量|效果|成效|内容|形式|方式|针对性|时效性?|可读性|通俗性|准确性|完整性|质效|水平|数量|篇幅|间隔|频次|力度|深度|广度|程度|口径|格式)"
        r"(?:[、和][^,;]{2,4})?(?=[还也仍尚]?(?:有待|不|较|偏|需|差|低|单一|参差|有[^,;]{0,2}落差))"
    ),
    # No object: what is done each week, by whom, within how long.
    "commitment": re.compile(
        r"(?:推动|促进|实现)?[由从][^,;]{1,8}(?:转[为向]|变为)|发现[^,;]*的|每|连续|(?![对把将凡])[^,;]{2,14}的(?:扣|予以|给予|限期|及时|一律|要|须)|分担|承担|协助|担任|兼任|用[来于]|讲清|讲解|加以|使|让|就|逐|从|一律|年[内底初]|[上下]半年|月底|分[一二三四五两\d]|会后|全程|随(?!时)|到期|逾期|未|不再|供|其中|[两\d一二三四五六七八九十]+个?(?:小时|日|天|周|月|工作日|年)"
        r"|由(?![^,;]*[对把将为向给])|结果|评价|考核结果|按[月季周年日]|当[天日场]|同步|一并|直至|便于|方便|先|再|重点(?!做好|抓好)|自动|尽|谁|一[^,;]一[^,;](?![^,;])|请[^,;]*(?:把关|帮忙|参与|监督)|[^,;]*方可|负责|[放挂贴送缺]|把草案|[^,;]*由其"
    ),
}  # fmt: skip
# How often the thing was used that the part before names; who came; what came of it.
_DEED_HANGS = re.compile(
    r"(?:现|目前|至今)?(?:共|累计|均)?已?(?:全部)?完成[了]?\d|[还也又并均都且](?!公开|发布)|收[录入]|录入|上线[^,;“]{0,6}(?:来|后|年|月)|查询|访问|点击|浏览|阅读|播放量|下载|覆盖|服务|惠及|[可供能](?!再生)"
    r"|实现|用户|[日月年]均|平均|最|其|每|输入|解决|采纳|满意|参[与加训]|到[场会]|回收|应答|准确率|位[列居]|获|同比|内容|主要|涉及|(?:共计?)?\d(?!\d*[年月日])|会议情况"
    r"|[^,;\d]{0,8}(?:量|率|次数|人数)(?:达到?|超过?|为|约)?\d"
)
# In front of a part that goes alone.
_JOINING: Mapping[Claim, re.Pattern[str]] = {
    "problem": re.compile(r"(?:但是?|而且|且|[一二三四五六](?:要|是))(?:进一步)?(?=[^,;]{4})"),
    "commitment": re.compile(r"(?:同时|[并也还]|将|拟|要(?![求点素闻]))+(?=[^,;]{4})"),
}


def stands_last(folded: str, low: int, high: int) -> bool:
    """Whether a comma part may end what is said: no frame without its main clause.

    >>> stands_last("凡涉及水价的事项,均组织座谈", 0, 8), stands_last("更新不及时", 0, 5)
    (False, True)
    """
    return _FRAME.fullmatch(folded, low, high) is None


def stands_first(kind: Claim, folded: str, low: int, high: int) -> bool:
    """Whether a comma part may begin what is said though those before it are gone.

    >>> stands_first("problem", "术语多,缺少说明", 4, 8), stands_first("problem", "术语多,解读少", 4, 7)
    (False, True)
    """
    before = folded.rfind(",", 0, low - 1) + 1  # the part before, without its mark
    case = _CASES.fullmatch(folded, before, low - 1)
    return case is None and _HANGS[kind].match(folded, low, high) is None


def deed_stands_first(folded: str, low: int, high: int) -> bool:
    """Whether a part of a deed, or of a figure, may begin what is said.

    >>> deed_stands_first("水情小程序上线,查询量达9万次", 9, 17)
    False
    """
    return _DEED_HANGS.match(folded, low, high) is None


def settled(kind: str, text: str, low: int) -> int:
    """Where what is said from ``low`` on must begin so that no part leans on what is gone: there,
    or with a comma part before.

    >>> settled("problem", "个别站所人手紧，全年只发九条", 8)
    0
    """
    folded = fold(text)
    starts = [at for at in parts_of(text) if at[0] <= low]
    while starts:
        begin, end = starts.pop()
        first = not starts or begin == 0
        alone = first or (
            stands_first(kind, folded, begin, end)  # type: ignore[arg-type]
            if kind in ("problem", "commitment")
            else kind not in ("deed", "figure") or deed_stands_first(folded, begin, end)
        )  # fmt: skip
        if alone and (first or limiter_before(folded, begin, kind == "problem") is None):
            return begin
    return low


def joining(kind: Claim, folded: str, low: int, high: int) -> int:
    """Characters of joining words at the beginning of a part: 并建立台账."""
    match = _JOINING[kind].match(folded, low, high)
    return match.end() - low if match else 0


# --- a task where a lack should stand -------------------------------------------------------

_TASK = re.compile(
    r"(?:进一步|继续|不断|切实|着力|持续|更加)*(?:重视|加强|提高|提升|规范|完善|健全|加大|加快|扩大|拓展|拓宽|丰富|优化|打磨|压缩|减少|增加|补齐|改变|治理|强化|深化|细化|增强|改进|缩小|推进"
    r"|推动|创新|充实|改善|落实|把|统一|严[把格]|抓[好牢实]|理顺)"
)
_LACKS = re.compile(r"[不未没缺少弱慢难]|有待|需|亟|滞后|单一|偏|薄弱|问题|存在|欠|差(?!距)|(?<![主重])要")


def is_task(text: str) -> bool:
    """Whether an admission is written as a task: 规范公开内容, where 公开内容不规范 is meant.

    >>> is_task("规范公开内容，提高质量"), is_task("规范性不足"), is_task("公开内容要规范")
    (True, False, False)
    """
    first = re.split("[,;]", fold(text), maxsplit=1)[0]
    return _TASK.match(first) is not None and _LACKS.search(first) is None


# --- the office by a shorter name -----------------------------------------------------------

_SHORT_NAME = re.compile(
    r"(?P<name>[^0-9,;。、“《]{2,8}?)(?=在|通过|依托|利用|主动公开|公开(?!栏)|共|累计|全年|未收|没有|收到|受理|新收|办理|被|召开|组织|开展|举办|编印|印发|制发|按|照|将|拟|计划"
    r"|20\d\d年)(?:20\d\d年度?)?"
)
_OFFICES = "局委办会院厅镇乡县市区校所站司联道心"


def own_name(text: str, agency: str) -> int:
    """Characters of a short name of the agency at the beginning: 区残联 of 某区残疾人联合会.

    >>> own_name("区残联在网站公开信息", "沨畲区残疾人联合会"), own_name("县政府网站发布", "滍琎县人民政府")
    (3, 0)
    """
    match = _SHORT_NAME.match(fold(text))
    if match is None:
        return 0
    name, letters = match["name"], iter(agency)
    known = name[-1] in _OFFICES and all(letter in letters for letter in name)
    return match.end() if known and len(text) - match.end() >= 4 else 0


# --- what adds up ----------------------------------------------------------------------------

# Requests that were carried in, and those that were closed: 收到7件, 上年结转1件, 办结8件.
FROM_BEFORE = re.compile(
    r"(?:另有|加上|连同|加|与|和|含|包括)?(?:上一?(?:学?年度?)|上学年|去年|20\d\d年度?)结转(?!下|至|20)[^,;\d]{0,4}\d+件(?:申请)?(?:一并办理|一并处理|在内)?"
)
CLOSED = re.compile(r"办结|答复|办理完毕|办理\d")
_OF_A_SUIT = re.compile(r"(?:其中)?(?:未经复议|复议后)")
_SUIT = re.compile(r"诉讼|被诉|起诉")
_CASES_OF = re.compile(r"(?:复议|诉讼|起诉|被诉)[^,;]*\d|\d[^,;]*(?:复议|诉讼|起诉|被诉)")


def adds_up(
    kind: str, folded: str, parts: Sequence[tuple[int, int]], chosen: Sequence[int]
) -> bool:
    """Whether some counts of requests, or of reviews, add up for a reader: what was closed with
    what was carried in, reviews with the lawsuits.

    >>> text = "收到7件,上年结转1件,办结8件"
    >>> adds_up("request", text, parts_of(text), (0, 2)), adds_up("request", text, parts_of(text), (0,))
    (False, True)
    """
    gone = [at for number, at in enumerate(parts) if number not in chosen]
    if kind == "request":
        carried = any(FROM_BEFORE.fullmatch(folded, *at) for at in gone)
        return not (carried and any(CLOSED.search(folded, *parts[n]) for n in chosen))
    if kind != "review":
        return True
    suits = any(_SUIT.search(folded, *parts[n]) for n in chosen)
    return not any(
        _CASES_OF.search(folded, *at) and not (suits and _OF_A_SUIT.match(folded, *at)) for at in gone
    )
