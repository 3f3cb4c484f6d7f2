"""Who reports on which year, when it was published, in which form; and is it a report at all.

What cannot be read is None with a notice. Sources are asked in the order of their worth: the
title, the period of the figures, the preface, the signature, what the page says about itself.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .document import Document, fold
from .errors import NotAReport
from .report import Form, Meta, Notice, Section
from .script import PINYIN, matchable

# --- agency ------------------------------------------------------------------------------

# How the name of a public body ends.
_BODY = (
    r"(?:人民政府|政府|人民法院|人民检察院|委员会|管委会|办公室|办公厅|办事处|街道|街道办|联合会"
    r"|指挥部|事务所|分局|总局"
    r"|支队|大队|总队|管理处|服务站|公司|集团|大学|学院|学校|中学|小学|医院|中心|协会|银行"
    r"|[局厅委部署院馆社会行校所站处队库台办廳會學處隊庫辦員])"
)
_PLACE = r"[省市县区州盟旗镇乡縣區鎮鄉]|苏木|自治区|开发区|新区|园区|农场|林场"
_NAME = r"[\u4e00-\u9fff·()]"
_YEAR = r"(?:[12]\s?[09]\s?\d\s?\d|二[〇零○OoO0]{1}[〇零一二三四五六七八九O0]{2})"
_SCHOOL_YEAR = r"(?:20\d\d\s*[-—~至/]\s*20\d\d\s*学?年度?)"
_REPORT = (
    r"(?:政府|学校|院务|校务|医院|党务政务|政务"
    r"|部门)?(?:信息)?公\s?[开開](?:工作)?(?:的)?(?:年度)?(?:工作)?"
    r"(?:情[况況])?(?:的)?(?:年度)?(?:[报報]\s?告|年[报報]|总结|總結)"
)
_WHEN = rf"\s*(?:关于)?\s*[(]?\s*(?:{_SCHOOL_YEAR}|{_YEAR}\s*(?:年度|年|学年))?\s*[)]?\s*(?:度)?\s*"
# Title: year, body, report; or body, year, report.
_TITLES = (
    re.compile(rf"(?:{_SCHOOL_YEAR}"
               rf"|{_YEAR}\s*年度?)\s*(?P<name>{_NAME}{{2,40}}?)(?:年度)?{_REPORT}"),
    re.compile(rf"(?P<name>{_NAME}{{2,40}}?){_WHEN}{_REPORT}"),
)
_PREFACE = (
    re.compile(rf"(?:现)?(?:向社会)?(?:公布|公开|编制|制定|发布)(?:了|的是"
               rf"|并(?:向社会)?公[布开])?(?P<name>{_NAME}{{3,40}}?)"
               rf"(?:{_YEAR}\s*(?:年度|年)){_REPORT}"),
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

# --- dates -------------------------------------------------------------------------------

_DIGITS = {**dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)), "O": "0", "o": "0"}
_PERIOD = re.compile(
    r"(?P<from>20\d\d)\s*年?\s*[./-]?\s*(?P<month>\d{1,2})\s*[月./-]\s*\d{1,2}\s*日?\s*起?\s*,?\s*(?:到|至|-|~)\s*"
    r"(?:(?P<to>20\d\d)\s*[年./-])?\s*(?P<until>\d{1,2})\s*[月./-]\s*\d{1,2}\s*日?"
)
_TITLE_YEAR = re.compile(rf"(?P<school>{_SCHOOL_YEAR})|(?P<year>{_YEAR})\s*年")
_ANY_YEAR = re.compile(r"(20\d\d)\s*年")
_DATE = re.compile(
    r"(?P<y>20\s?\d\s?\d"
    r"|19\s?\d\s?\d)\s*[年.\-/]\s*(?P<m>\d{1,2})\s*[月.\-/]\s*(?:(?P<d>\d{1,2})(?:\s*日|(?!\d)))?"
)
_CN_DATE = re.compile(
    r"(?P<y>[二一][〇零○OoO0九][〇零一二三四五六七八九O0]{2})\s*年\s*(?P<m>[一二三四五六七八九十元]{1,2})\s*月"
    r"\s*(?:(?P<d>[一二三四五六七八九十廿]{1,3})\s*日)?"
)
_PUBLISHED = re.compile(r"(?:发布|公开|发文|成文|生成|信息提供|更新|公布)(?:时间|日期)\s*:?\s*")
_CN_NUMBERS = "〇一二三四五六七八九"

# --- form --------------------------------------------------------------------------------

_LABELS_2021 = re.compile(r"本年\s*制发\s*件数|本年\s*废止\s*件数|现行\s*有效\s*件数"
    r"|本年\s*处理\s*决定\s*数量")
_LABELS_2019 = re.compile(
    r"本年新?\s*制作\s*数量|本年新\s*公开\s*数量|对外公开\s*总数量|上一年\s*项目数量"
    r"|采购\s*项目数量"
)
_TABLE_LABELS = re.compile(
    r"自然人|商业企业|社会公益组织|法律服务机构|新收政府信息公开申请|结转政府信息公开申请|予以公开"
    r"|部分公开|不予公开"
    r"|三安全一稳定|结转下年度继续办理|未经复议直接起诉|复议后起诉|尚未审结|本年制发件数"
    r"|现行有效件数|对外公开总数量"
    r"|主动公开政府信息数"
)
_SIGNS = re.compile(
    r"主动公开|依申请公开|公开申请|行政复议|行政诉讼|年度报告|年报|总体情况|收到和处理|公开指南"
    r"|公开目录|公开条例|统计期限"
    r"|存在的(?:主要)?问题|其他需要报告的事项|收费.{0,2}减免"
)
_DISCLOSURE = re.compile(r"(?:信息|政务|院务|校务|厂务)公\s?[开開]")


def read_meta(
    document: Document, sections: Sequence[Section]
) -> tuple[Meta, tuple[Notice, ...]]:
    """Agency, region, year, date of publication and form of a report.

    A university reports by school year (高等学校信息公开办法); its ``year`` is the one in which
    the school year ends: 2021—2022学年 is 2022. ``agency`` is the name as printed, without the
    year; where the title gives a place only (``淮州市2024年…``) and the text names its people's
    government, that is the agency. ``form`` follows the year, but printed labels of table 二
    win over it, and a school year without such labels is ``"free"``.

    Returns
    -------
    tuple of Meta and of Notice
        What could not be read is None, with a notice ``no_agency``, ``no_year``,
        ``no_published``; doubts are ``year_conflict``, ``published_far``, ``form_by_labels``.
    """
    text = matchable(document)
    notices: list[Notice] = []
    titles = _titles(document, text, sections)
    year, school = _year(text, titles, sections, notices)
    published = _published(document, text, sections, notices)
    if year is None:
        notices.append(Notice("no_year", "the year of the report was not found", "meta.year"))
    elif published is not None and not year <= int(published[:4]) <= year + 1:
        notices.append(
            Notice(
                "published_far",
                f"published {published}, which is far from the year {year}",
                "meta.published",
            )
        )
    agency = _agency(document, text, titles, sections)
    if agency is None:
        notices.append(Notice("no_agency", "the name of the agency was not found", "meta.agency"))
    form = _form(text, year, school, notices)
    return Meta(agency, _region(agency), year, published, form), tuple(notices)


_ELSEWHERE = ("attachment_only", "pictures_only", "picture_page")  # where the report may be


def require_report(document: Document, sections: Sequence[Section], meta: Meta) -> None:
    """Raise unless the text can be a yearly disclosure report, whole or in part.

    Generous: one sign of each kind is enough, so that fragments, tables alone, free forms and
    pages that lost their words pass.

    Raises
    ------
    NotAReport
        If nothing speaks of disclosure and no table of the form is there.
    """
    text = matchable(document)
    if len(set(_TABLE_LABELS.findall(text))) >= 2:
        return
    titles = _titles(document, text, sections)
    if any(_DISCLOSURE.search(line) and re.search(_REPORT, line) for line in titles):
        return
    signs = set(_SIGNS.findall(text))
    title = fold(document.hints.get("title", ""))
    mentions = len(_DISCLOSURE.findall(text)) + len(_DISCLOSURE.findall(title))
    # A page about something else may name 信息公开 once or twice, in its menus.
    if (mentions >= 1 and (len(signs) >= 2 or (signs and len(text) < 400))) or len(signs) >= 4:
        return
    elsewhere = next((n for n in document.warnings if n.code in _ELSEWHERE), None)
    if elsewhere is not None:
        raise NotAReport(elsewhere.message)
    raise NotAReport(
        "is readable, but no report on 政府信息公开: it has neither its words nor its tables; "
        "check that this is the right file or page"
    )


# --- titles ------------------------------------------------------------------------------


def _titles(document: Document, text: str, sections: Sequence[Section]) -> list[str]:
    """Lines that may be the title, best first, folded and without blanks."""
    found: list[str] = []
    if sections and sections[0].kind == "intro" and sections[0].heading:
        found.append(fold(sections[0].heading))
    end = sections[0].end if sections else len(text)
    for block in document.blocks[:15]:
        if block.start >= end or block.kind == "grid":
            break
        line = text[block.start : block.end]
        if len(line) <= 80 and re.search(_REPORT, line) and not re.search("[。,]", line):
            found.append(line)
    found.append(fold(document.hints.get("title", "")))
    bare = ("".join(PINYIN.sub("", title).split()) for title in found)
    return [title for title in dict.fromkeys(bare) if title]


# --- year --------------------------------------------------------------------------------


def _plain_year(digits: str) -> int | None:
    plain = "".join(_DIGITS.get(c, c) for c in digits if not c.isspace())
    year = int(plain) if plain.isascii() and plain.isdigit() else 0
    return year if 2000 <= year <= 2099 else None


def _year_of_title(title: str) -> tuple[int | None, bool]:
    match = _TITLE_YEAR.search(title)
    if match is None:
        return None, False
    if match["school"]:
        return max(map(int, re.findall(r"20\d\d", match["school"]))), True
    return _plain_year(match["year"]), False


def _year(
    text: str, titles: list[str], sections: Sequence[Section], notices: list[Notice]
) -> tuple[int | None, bool]:
    """The year, and whether it is a school year."""
    votes: Counter[int] = Counter()
    school = False
    title_year = None
    for title in titles:
        title_year, of_school = _year_of_title(title)
        school |= of_school
        if title_year is not None:
            votes[title_year] += 3
            break
    period_year = None
    for period in _PERIOD.finditer(text[:6000]):
        first, last = int(period["from"]), int(period["to"] or period["from"])
        whole = (period["month"].lstrip("0"), period["until"]) == ("1", "12") and first == last
        over_two = last == first + 1 and period["month"].lstrip("0") in ("8", "9", "7")
        if whole or over_two:
            period_year, school = last, school or over_two
            votes[last] += 3
            break
    said = Counter(int(year) for year in _ANY_YEAR.findall(text))
    if said:
        votes[said.most_common(1)[0][0]] += 1 if votes else 2 * (said.most_common(1)[0][1] >= 2)
    if title_year is not None and period_year is not None and title_year != period_year:
        notices.append(
            Notice(
                "year_conflict",
                f"the title says {title_year}, the period of the figures {period_year}",
                "meta.year",
            )
        )
    best = max(votes, key=lambda year: (votes[year], year == title_year), default=None)
    return (best if best and votes[best] else None), school


# --- publication -------------------------------------------------------------------------


def _cn_number(digits: str) -> int:
    if digits == "元":
        return 1
    digits = digits.replace("廿", "二十")
    tens, ten, units = digits.rpartition("十")
    if not ten:
        return _CN_NUMBERS.index(digits[-1])
    first = _CN_NUMBERS.index(tens[-1]) if tens else 1
    return first * 10 + (_CN_NUMBERS.index(units) if units else 0)


def _iso(match: re.Match[str]) -> str | None:
    """The day of a matched date; None where it has no day or is none of the calendar."""
    year = _plain_year(match["y"])
    if year is None or match["d"] is None:
        return None
    try:
        month, day = (int(p) if p.isdigit() else _cn_number(p) for p in (match["m"], match["d"]))
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _dates(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    found = [*_DATE.finditer(text, start, end), *_CN_DATE.finditer(text, start, end)]
    return iter(sorted(found, key=lambda match: match.start()))


def _published(
    document: Document, text: str, sections: Sequence[Section], notices: list[Notice]
) -> str | None:
    """The date under the signature, else what the page says."""
    partial = False
    signed = _signature_dates(document, text, sections)
    for match in signed:
        day = _iso(match)
        if day is not None:
            return day
        partial = True
    hint = document.hints.get("published")
    if hint:
        return hint
    opening = sections[0].end if sections else len(text)
    for label in _PUBLISHED.finditer(text, 0, min(opening, 1500)):
        date = _DATE.match(text, label.end())
        if date is not None and (day := _iso(date)):
            return day
    message = "the date is not complete" if partial else "no date of publication was found"
    notices.append(Notice("no_published", message, "meta.published"))
    return None


def _signature_dates(
    document: Document, text: str, sections: Sequence[Section]
) -> Iterator[re.Match[str]]:
    """Dates of the footer, the one nearest to the report's end first; then of a last line."""
    if sections and sections[-1].kind == "footer":
        yield from _dates(text, sections[-1].start, sections[-1].end)
        return
    if document.blocks:
        last = document.blocks[-1]
        line = text[last.start : last.end]
        for match in _dates(text, last.start, last.end):
            if not line[match.end() - last.start :].strip(" )。"):
                yield match


# --- agency ------------------------------------------------------------------------------


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
        for pattern in _TITLES:
            match = pattern.search(part)
            if match and (name := _tidy(match["name"])):
                return name
    return None


def _from_preface(text: str, end: int) -> Iterator[str]:
    opening = re.sub(r"[ \n]+", "", text[: min(end, 3000)])
    for pattern in _PREFACE:
        for match in pattern.finditer(opening):
            if name := _tidy(match["name"]):
                office = _OFFICE_OF.match(name)
                yield office["body"] if office and pattern is _PREFACE[-1] else name


def _from_signature(document: Document, text: str, sections: Sequence[Section]) -> Iterator[str]:
    if not (sections and sections[-1].kind == "footer"):
        return
    for block in document.blocks:
        if block.start < sections[-1].start or block.kind == "grid":
            continue
        line = text[block.start : block.end]
        date = next(_dates(line, 0, len(line)), None)
        if name := _tidy(line[: date.start()] if date else line):
            yield name


def _agency(
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


def _region(agency: str | None) -> str | None:
    """The place at the head of a name: 莆田市涵江区 of 莆田市涵江区人力资源和社会保障局."""
    if agency is None:
        return None
    match = _REGION.match(agency)
    region = match[0] if match else ""
    while region and _NO_PLACE.search(region):
        shorter = re.match(r".*(?:省|市|自治[区州]|盟)(?=.)", region[:-1])
        region = shorter[0] if shorter else ""
    return region or None


# --- form --------------------------------------------------------------------------------


def _form(text: str, year: int | None, school: bool, notices: list[Notice]) -> Form:
    by_year: Form = "free"
    if year is not None and not school:
        by_year = "2021" if year >= 2021 else "2019" if year >= 2019 else "free"
    new, old = len(_LABELS_2021.findall(text)), len(_LABELS_2019.findall(text))
    if max(new, old) < 2 or new == old:
        return by_year
    by_labels: Form = "2021" if new > old else "2019"
    if year is not None and by_labels != by_year and not school:
        notices.append(
            Notice(
                "form_by_labels",
                f"table 二 has the labels of the form of {by_labels}, the year is {year}",
                "meta.form",
            )
        )
    return by_labels
