"""Last touches to a verified draft, character for character, so that every offset stays true.

Marks of half width become those of Chinese text (GB/T 15834-2011); 将 before a promise that brings
its own subject or time (下一步将限流公告须…) becomes a comma.
"""

from __future__ import annotations

import re

from .document import fold
from .drafts import Draft
from .plan_items import Plan

_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？"}
_HALF = re.compile(r"(?<![0-9A-Za-z])[,;:()?]|[,;:()?](?![0-9A-Za-z])")
# A promise that names who, or when, before its verb.
_OWN_SUBJECT = re.compile(
    r"(?:凡|[上下]半年|年[内底初]|一季度|\d{1,2}月|[一二两三\d]个?(?:小时|工作日|日|天|周|月)[内前])"
    r"|(?![把将对向为以按])[^,;，；。]{2,12}(?:前由|须|应当|必须|不得|一律|(?:[一二三四五六七八九十\d]+个?(?:工作日|日|天|小时|周)内)|每[周月季年日次])"
)
_AHEAD = re.compile(r"(?:下一步|今后|20\d\d年)将$")


def polished(draft: Draft, plan: Plan) -> str:
    """The draft's text, as long as it was.

    >>> from nlp.drafts import Copy
    >>> from nlp.plan_items import PlanItem
    >>> plan = Plan((PlanItem("commitment", "限流公告须按时推送,并留痕", 0, 12),))
    >>> polished(Draft("下一步将限流公告须按时推送,并留痕。", (Copy(4, 16, 0, 0, 12),)), plan)
    '下一步，限流公告须按时推送，并留痕。'
    """
    text = draft.text
    first = next((c for c in draft.copies if plan.items[c.item].kind == "commitment"), None)
    if first and _AHEAD.search(text, 0, first.start) and _OWN_SUBJECT.match(fold(text), first.start):
        text = text[: first.start - 1] + "，" + text[first.start :]
    return _HALF.sub(lambda mark: _MARKS[mark[0]], text)
