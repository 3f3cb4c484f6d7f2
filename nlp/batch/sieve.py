"""Is this page of a crawl such a report? A cheap first test; the whole analysis judges later.

Two steps. A search of the raw bytes for 信息公开 in the encodings that Chinese sites use drops
all but one page in thousands at memory speed. What is left is decoded and counted for the
signs of a report: its title, the headings of its parts, the rows of its tables, counts in its
prose. Recall and precision: ``python -m evaluate.speed sieve``.
"""

from __future__ import annotations

import re

_WORDS = ("信息公开", "信息公開", "資訊公開")
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_REFERENCE = "".join(f"&#{ord(c)};" for c in "信息公开").encode()


def _needles() -> tuple[tuple[bytes, str], ...]:
    found: dict[bytes, str] = {}
    for encoding in _ENCODINGS:
        for word in _WORDS:
            try:
                found.setdefault(word.encode(encoding), encoding)
            except UnicodeEncodeError:
                continue
    return (*found.items(), (_REFERENCE, "utf-8"))


_NEEDLES = _needles()
_MOST = 4 * 2**20  # bytes looked at; the largest real report page has a tenth
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<a\b[^>]*>.*?</a\s*>|<!--.*?-->|<[^>]*>|\s+|&nbsp;", re.I | re.S
)
# Links are dropped with their text: a list of reports is no report.
_TITLE = re.compile(r"信息公[开開].{0,12}(?:年度报告|年度報告|工作报告|年报|年報|情况的?报告)")
_OF_A_YEAR = re.compile(
    r"(?:20[0-2]\d|二[〇○零0]..)[^。]{0,40}信息公[开開][^。]{0,12}(?:报告|報告|年报|年報)(?!编制|的?通知|报送|工作)"
)
_OTHER_TITLE = re.compile(r"法治政府|依法行政")
_OPENING = 200  # characters in which a title stands
_ARTICLE = re.compile(r"第([一二三四五六七八九十]{1,3})条")
_ARTICLES = 4  # different articles: the law itself
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"总体情况|总體情況|總體情況|概述",
        r"主动公开.{0,6}情况|主動公開.{0,6}情況",
        r"收到[和的]?处理.{0,8}申请|收到和處理|依申请公开.{0,10}情况|申请.{0,6}办理情况",
        r"行政复议.{0,6}行政诉讼|复议.{0,6}诉讼|行政复议\d|行政複議|行政復議",
        r"存在.{0,6}(?:问题|不足|問題)",
        r"改进(?:情况|措施|办法)|下一步|今后|改進情況",
        r"其他需要报告的事项|其他需要報告",
        r"结转下年度|上年结转|本年新收|結轉下年度",
        r"制[发作]件数|新制作数量|新公开数量|现行有效件?数|處理決定數量|处理决定数量",
        r"公开.{0,12}\d[\d,.]*余?[多]?[条件篇项]",
        r"统计期限|所列数据|1月1日[^。]{0,12}12月31日|编制本报告|年度报告由|本报告",
        r"收到.{0,12}申请\d|未收到.{0,12}申请|收到.{0,6}申请.{0,4}\d+[件宗条份]",
    )
)
_ENOUGH = {"year": 1, "title": 3, "none": 5}  # signs, by the title that is there


def mentions(data: bytes) -> str | None:
    """The encoding in which raw bytes speak of 信息公开, None where they do not."""
    head = data[:_MOST]
    return next((encoding for needle, encoding in _NEEDLES if needle in head), None)


def passes_text(text: str) -> bool:
    """Whether text, with or without markup, has the signs of a report."""
    bare = _MARKUP.sub("", text[:_MOST])
    opening = bare[:_OPENING]
    dated = _OF_A_YEAR.search(bare) is not None
    if not dated and _OTHER_TITLE.search(opening):
        return False
    if len(set(_ARTICLE.findall(bare)) - {"二十"}) >= _ARTICLES and not dated:
        return False
    title = "year" if dated else "title" if _TITLE.search(text) else "none"
    return sum(sign.search(bare) is not None for sign in _SIGNS) >= _ENOUGH[title]


def passes(data: bytes) -> bool:
    """The first test of a page or text as bytes."""
    encoding = mentions(data)
    if encoding is None:
        return False
    text = data[:_MOST].decode(encoding, "ignore")
    if _REFERENCE in data:
        from html import unescape

        text = unescape(text)
    return passes_text(text)
