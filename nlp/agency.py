"""Whose report it is: the name of a public body, and the place at its head.

Sources are asked in the order of their worth: the title, the preface, the signature, what the
page says about itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .dates import dates_in
from .document import Document, fold
from .report import Section
from .title_lines import REPORT, SCHOOL_YEAR, YEAR

# How the name of a public body ends.
_BODY = (
    r"(?:人民政府|政府|人民法院|人民检察院|委员会|管委会|办公室|办公厅|办事处|街道|街道办|联合会"
    r"|指挥部|事务所|分局|总局"
    r"|支队|大队|总队|管理处|服务站|公司|集团|大学|学院|学校|中学|小学|医院|中心|协会|银行"
    r"|[局厅委部署院馆社会行校所站处队库台办廳會學處隊庫辦員])"
)
_PLACE = r"[省市县区州盟旗镇乡縣區鎮鄉]|苏木|自治区|开发区|新区|园区|农场|林场"
_NAME = r"[\u4e00-\u9fff·()]"
_WHEN = rf"\s*(?:关于)?\s*[(]?\s*(?:{SCHOOL_YEAR}|{YEAR}\s*(?:年度|年|学年))?\s*[)]?\s*(?:度)?\s*"
# Title: year, body, report; or body, year, report.
_IN_TITLE = (
    re.compile(rf"(?:{SCHOOL_YEAR}"
               rf"|{YEAR}\s*年度?)\s*(?P<name>{_NAME}{{2,40}}?)(?:年度)?{REPORT}"),
    re.compile(rf"(?P<name>{_NAME}{{2,40}}?){_WHEN}{REPORT}"),
)
_IN_PREFACE = (
    re.compile(rf"(?:现)?(?:向社会)?(?:公布|公开|编制|制定|发布)(?:了|的是"
               rf"|并(?:向社会)?公[布开])?(?P<name>{_NAME}{{3,40}}?)"
               rf"(?:{YEAR}\s*(?:年度|年)){REPORT}"),
    re.compile(rf"(?:本(?:年度)?报告|年报)?由(?P<name>{_NAME}{{3,40}}?)(?:组织|负责|汇总)?"
               r"(?:(?:根据|按照|依据|,)[^。]{0,200}?)?编[制写]"),
    re.compile(rf"请(?:直接)?(?:与|联系|向)(?P<name>{_NAME}{{3,40}}?(?:局|厅|政府(?!信息)|委员会|街道"
               rf"|办事处|镇|乡|大学|学院|中心))"
               r"(?:\S{0,14}?(?:办公室|科|股|处|室))?(?:联系|咨询|\(|,)"),
)  # fmt: skip
_NOT_A_NAME = re.compile(
    r"我[局委办厅镇乡区县市校院街]|本[局委办厅镇乡区县市校院机街]|根据|按照|关于|通知|国务院"
    r"|中华人民共和国|条例"
    r"|要求|如下|以及|报告|工作(?!委|部|局|站|办|处|中心)|网站|统计期|所列|下载|文稿|解读|发布"
    r"|单位名称|年度"
    r"|^(?:(?:[省市县区乡镇]|人民)*政府|本?[省市县区乡镇]|办公[室厅]|.?机关|街道|.?政府办公室)$"
)
_FROM_START = re.compile(
    r"^(?:关于|现将|现公布|公布|公开|编制|并|和|由|的|了|向社会|\d|[(][^()]*[)]|政策解读|文稿解读"
    r"|图解)+"
)
_OFFICE_OF = re.compile(rf"^(?P<body>.*(?:{_BODY}|镇|乡))(?:党政综合|党政|综合|行政|政务公开"
    rf"|信息公开)?(?:办公室|科|股|处)$")
_TERRITORY = re.compile(r"(?:省|市|县|区|自治[区州县旗]|州|盟|旗|镇|乡)$")

# Region: the leading part of a name that is a province, a city, a county.
_PROVINCE = r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|特别行政区)"
_CITY = r"[^省市县区旗盟\W]{1,7}?(?:市(?!场|政|容|民|级)|自治州|地区|盟)"
_COUNTY = (
    r"[^省市县区旗\W]{1,9}?(?:自治县|自治旗|经济技术开发区|高新技术产业开发区|开发区|新区|高新区"
    r"|[县縣](?!域|级)|[区區](?!域|划|块|级)|市(?!场|政|容|民|级)|旗)"
)
_REGION = re.compile(rf"(?:{_PROVINCE})?(?:{_CITY})?(?:{_COUNTY})?")
_NO_PLACE = re.compile(r"(?:城|社|园|校|小|景|辖|灾|库|林|矿|农|地|保税|保护)[市区]$")


def _tidy(name: str) -> str | None:
    """A name without what stood around it; None where it cannot be a body."""
    name = _FROM_START.sub("", "".join(name.split()))
    if re.search("[:;,。、|]", name):
        return None
    office = name.find("信息公开")  # …局政府信息公开工作领导小组办公室
    if office >= 0:
        name = re.sub(r"(?<=[局厅委会室院心处办])政府$", "", name[:office])
    name = re.sub(r"^[()·]+|[(·]+$", "", name)
    if name.count("(") != name.count(")"):
        name = re.sub(r"^[^()]*\)|\([^()]*$", "", name)
    if not 2 <= len(name) <= 40 or _NOT_A_NAME.search(name):
        return None
    if not re.search(rf"(?:{_BODY}|{_PLACE})$", name):
        return None
    return name


def _from_titles(titles: list[str]) -> str | None:
    for title in titles:
        part = re.split(r"[_|-](?=[^\d])|>", title)[0] if len(title) > 30 else title
        part = re.sub(r"^[\[【].{0,12}?[\]】]", "", part)
        for pattern in _IN_TITLE:
            match = pattern.search(part)
            if match and (name := _tidy(match["name"])):
                return name
    return None


def _from_preface(text: str, end: int) -> Iterator[str]:
    opening = re.sub(r"[ \n]+", "", text[: min(end, 3000)])
    for pattern in _IN_PREFACE:
        for match in pattern.finditer(opening):
            if name := _tidy(match["name"]):
                office = _OFFICE_OF.match(name)
                yield office["body"] if office and pattern is _IN_PREFACE[-1] else name


def _from_signature(document: Document, text: str, sections: Sequence[Section]) -> Iterator[str]:
    if not (sections and sections[-1].kind == "footer"):
        return
    for block in document.blocks:
        if block.start < sections[-1].start or block.kind == "grid":
            continue
        line = text[block.start : block.end]
        date = next(dates_in(line, 0, len(line)), None)
        if name := _tidy(line[: date.start()] if date else line):
            yield name


def agency_of(
    document: Document, text: str, titles: list[str], sections: Sequence[Section]
) -> str | None:
    end = sections[0].end if sections and sections[0].kind == "intro" else len(text)
    signed = list(_from_signature(document, text, sections))
    preface = list(_from_preface(text, end))
    hint = _tidy(fold(document.hints.get("agency", "")))
    name = _from_titles(titles) or next(iter(preface or signed), None) or hint
    if name is None:
        return None
    if _TERRITORY.search(name):
        government = re.compile(re.escape(name) + r"(?:人民政府|政府(?!信息|门户|网))")
        found = government.search(text)
        if found:
            name = found[0]
        elif name[-1] in "镇乡" and (full := next((o for o in signed if name in o), None)):
            name = full
    elif name.endswith("街道") and f"{name}办事处" in text:
        name = f"{name}办事处"
    # The same body by its longer name: 涵江区…局 in the title, 莆田市涵江区…局 under the text.
    longer = [other for other in (*signed, *preface) if other.endswith(name)]
    return max((name, *longer), key=len)


def region_of(agency: str | None) -> str | None:
    """The place at the head of a name: 莆田市涵江区 of 莆田市涵江区人力资源和社会保障局."""
    if agency is None:
        return None
    match = _REGION.match(agency)
    region = match[0] if match else ""
    while region and _NO_PLACE.search(region):
        shorter = re.match(r".*(?:省|市|自治[区州]|盟)(?=.)", region[:-1])
        region = shorter[0] if shorter else ""
    return region or None
