"""Whether a text can be a yearly disclosure report at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Document, fold
from .errors import NotAReport
from .report import Section
from .script import matchable
from .title_lines import REPORT, title_lines

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
_ELSEWHERE = ("attachment_only", "pictures_only", "picture_page")  # where the report may be


def require_report(document: Document, sections: Sequence[Section]) -> None:
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
    titles = title_lines(document, text, sections)
    if any(_DISCLOSURE.search(line) and re.search(REPORT, line) for line in titles):
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
