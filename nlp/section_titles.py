"""Titles of sections: the form's, in every wording met, and what looks like one and is none.

The titles are data, matched in folded, simplified text.
"""

from __future__ import annotations

import re

from .report import SectionKind

# Kind by title, first match wins; titles are folded, simplified and without white space.
# A university's 评议 (judgement of its disclosure by staff and students) and 举报 (complaints)
# count as review: like 复议 and 诉讼 they say how others judged and challenged the agency.
_KINDS: tuple[tuple[SectionKind, str], ...] = (
    ("other", r"^(?:[\w、]{0,8}附[表件录]|附则|备注|名词解释)"),
    ("other", r"其[他它](?:需要?|应当?|须)?(?:报告|说明|公开)|其[他它](?:有关)?(?:事项|情况|工作)$"
     r"|需要(?:报告|说明)的|^其[他它]$"),
    ("problems", r"问题|不足|存在的?主要(?:和|及)改进|改进(?:措施|情况|意见|方向|办法|计划|工作)"
     r"|整改(?:措施|情况)|(?:下一?步|下一?年|今后|明年|来年|20\d\d年).{0,12}(?:打算|计划|安排|思路"
     r"|措施|重点"
     r"|设想|方向)|工作(?:打算|计划|设想)|努力方向|薄弱环节|困难"),
    ("requests", r"依申请公开(?:政府信息)?(?:和|及|、|与)(?!减免)"),
    ("other", r"收费|减免|收取.{0,12}费|经费|人员(?:和|及)?(?:收支|经费)|收支"),
    ("review", r"复议|诉讼|申诉|行政救济|举报|评议"),
    ("requests", r"依申请|收到和?的?处理|申请.{0,8}(?:处理|办理|受理|答复|情况)|不予公开"),
    ("disclosure", r"主动(?:向社会)?公开|主动政府信息|公开政府信息(?:的)?情况|信息主动公开"
     r"|重点领域.{0,8}公开|清单.{0,8}公开|政府信息公开情况$"),
    ("overview", r"总体(?:工作)?(?:情况|概述|概况)?|概述|概况|基本(?:工作)?情况|工作(?:开展)?情况$"
     r"|工作总体|^前言|^引言"),
    ("other", r"咨询|机构|人员|队伍|解读|回应|建议|提案|培训|考核|清单|平台|监督保障|管理"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

# Official titles that are headings even where their number is lost, or other text follows at
# once; the longest wording first. Matched in text that may hold blanks between characters.
_OFFICIAL: tuple[str, ...] = (
    r"(?:政府)?(?:信息公开)?(?:工作)?总体(?:工作)?(?:情况|概述|概况)",
    r"(?:政府信息公开)?(?:工作)?(?:基本情况)?概述",
    r"(?:行政机关)?主动公开(?:政府)?信息(?:的)?情况",
    r"(?:政府)?信息主动公开(?:的)?情况",
    r"(?:行政机关)?收到(?:和|的|及)?处理(?:的)?(?:政府信息公开)?申请(?:的)?(?:情况)?",
    r"依申请公开(?:政府)?信息(?:(?:和|及)不予公开(?:政府信息)?)?(?:的)?(?:办理)?情况",
    r"(?:政府信息)?依申请公开(?:和不予公开)?(?:政府信息)?(?:办理)?(?:的)?情况",
    r"(?:因)?(?:政府信息公开)?(?:工作|申请)?(?:被)?(?:申请|提起)?行政复议(?:、|和|及"
    r"|与)?(?:被)?(?:申请|提起)?"
    r"行政诉讼(?:的)?情况",
    r"(?:因)?(?:政府信息公开)?(?:工作|申请)?(?:被)?(?:申请|提起)?行政复议(?:、|和|及"
    r"|与)?(?:被)?(?:申请|提起)?"
    r"行政诉讼",
    r"(?:政府信息公开)?(?:工作)?(?:中)?存在的?(?:主要)?(?:问题|不足)(?:(?:和|及|与|、)(?:困难|不足"
    r"|问题))?"
    r"(?:(?:和|及|以及|与|、)(?:整改|改进)(?:情况|措施|意见|方向|计划|办法))?",
    r"存在的?主要(?:和|及)改进(?:情况|措施)",
    r"主要问题(?:和|及)改进(?:情况|措施)",
    r"(?:政府)?信息公开(?:的)?收费(?:及|和)减免(?:的)?情况",
    r"其[他它]需要?(?:报告|说明)的(?:事项|情况)",
)
_GAP = r"\\s*"
OFFICIAL_TITLE = re.compile(
    "|".join(
        re.sub(r"(?<=[\u4e00-\u9fff、])(?=[\u4e00-\u9fff、])", _GAP, pattern)
        for pattern in _OFFICIAL
    )
)

# Rows of table 三 look like headings (一、本年新收…), so does its note, and a label of a row.
TABLE_ROW = re.compile(
    r"本年(?:度)?新收|上(?:一)?年(?:度)?结转|本年度?办理结果|结转下|予以公开|部分公开(?:\(|$)"
    r"|^不予公开$|无法提供"
    r"|不予处理|其他处理|^总计|属于(?:国家|三类|四类|行政)|第三方合法|三安全|其他法律.{0,4}行政"
    r"|不掌握|没有现成"
    r"|补正后|信访(?:、)?举报|^重复申请|公开出版物|大量反复|重新出具|逾期|^其他\d*$|^[\d.|-]+$"
)


def kind_of_title(title: str) -> SectionKind | None:
    """The section that a title (folded) opens, None where it names none of the form's.

    >>> kind_of_title("存在的主要和改进措施"), kind_of_title("加强领导")
    ('problems', None)
    """
    bare = "".join(title.split())
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(bare):
            return kind
    return None
