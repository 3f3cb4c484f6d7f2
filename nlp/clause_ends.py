"""Where a line of narrative is cut into clauses.

A clause ends at 。；！？, at a line end, at the ： of a lead-in, and at a comma only where the
label may turn (…，但… / …，下一步… / …，我局将…).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .clauses import ordinal_of

Span = tuple[int, int]

_ITEM = r"[一二三四五六七八九]是|首先[,是]|其次[,是]|再次[,是]|另一方面"

# Inside brackets, titles and quotations nothing is cut.
_PROTECTED = re.compile(r"\([^()\n]{0,150}\)|\[[^\[\]\n]{0,80}\]|《[^《》\n]{0,80}》|\"[^\"\n]{0,60}\"")
_WE = r"(?:我们|[我本](?:[省市县区州旗乡镇街局厅委办院校馆所站处司会部中机单公](?:道|心|关|位|司)?))"
_FUTURE = r"(?:还|也|都|同时)?(?:将|拟(?!稿|公开)|计划|要(?!求|点|闻|素))"
_TURN = re.compile(
    r",(?=\s*(?:但(?!书|凡)|然而|不过(?!是)|可是|同时[,]?(?:也|仍|还|依然)?(?:存在|有待|面临)"
    r"|下一?步|下一?阶段|今后|接下来|(?:明|来|新的?一)年(?:度)?(?:[,]|将|要|拟|我)"
    r"|20\d\d年度?[,]?[^,。;:]{0,8}(?:将|要|拟|计划)"
    rf"|(?:为此|对此)?[,]?{_WE}{_FUTURE}|{_ITEM}))"
)
_TURNS_ALONE = re.compile(rf"\s*(?:但|然而|{_ITEM})")  # whatever scene is set before it
_AGAINST = re.compile(r",(?=针对[^,。;]{2,40}(?:问题|不足|情况|短板|弱项|现象|差距))")
# A part that only sets the scene does not stand alone before 我局将…
_FRAME = re.compile(
    r"(?:针对|围绕|结合|根据|按照|依照|为了?|对照|对于|通过|面对|立足|随着|在|以|从|同时|此外|另外)"
    r"|(?:下一?步|下一?阶段|今后|接下来|20\d\d年度?|明年|来年|新的?一年)[^,]{0,6}$"
)
_NO_CUT_COLON = re.compile(
    r"(?:其中|电话|热线|传真|地址|地点|邮编|邮政编码|网址|网站|邮箱|邮件|联系人|例如|譬如|比如|如|来源|日期|时间"
    r"|单位|索引号|编号|文号|签发人|https?|\d)$"
)
_STOPS = re.compile(r"[。;!?…]+|\n")
_WORD = re.compile(r"\w")
_OPENS_PROTECTED = re.compile(r"[(\[《\"]")
TRIM = " \t\n\r。;,:!?…、"


def _cut_points(folded: str, start: int, end: int) -> list[int]:
    """Places inside ``folded[start:end]`` (one line) after which a new clause begins."""
    line = folded[start:end]
    if _OPENS_PROTECTED.search(line):
        line = _PROTECTED.sub(lambda match: "□" * len(match[0]), line)
    points = [match.end() for match in _STOPS.finditer(line)]
    for match in re.finditer(":", line):
        head = re.split(r"[。;!?]", line[: match.start()])[-1]
        if not _NO_CUT_COLON.search(head) and line[match.end() : match.end() + 2] != "//":
            points.append(match.end())
    points.sort()
    for pattern in (_TURN, _AGAINST):
        for match in pattern.finditer(line):
            last = max((point for point in points if point <= match.start()), default=0)
            part = line[last : match.start()].strip(TRIM)
            part = part[ordinal_of(part)[1] :]
            turns = _TURNS_ALONE.match(line, match.end()) is not None
            if len(part) < (2 if turns else 8):
                continue
            if not turns and _FRAME.match(part) and "," not in part:
                continue
            points.append(match.end())
            points.sort()
    return [start + point for point in points]


def spans_of(folded: str, start: int, end: int) -> Iterable[Span]:
    """Clause spans of one line, trimmed of white space and marks at both ends."""
    last = start
    for point in (*_cut_points(folded, start, end), end):
        low, high = stripped(folded, last, point)
        if high > low and _WORD.search(folded, low, high):
            yield low, high
        last = max(last, point)


def stripped(folded: str, start: int, end: int) -> Span:
    """The span without white space and marks at both ends."""
    part = folded[start:end].lstrip(TRIM)
    low = max(start, end - len(part))
    return low, low + len(part.rstrip(TRIM))
