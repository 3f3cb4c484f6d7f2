"""A table that goes on over a page end made one: repeated headers out, cut cells joined."""

from __future__ import annotations

import re

from ..document import fold
from .layout import join
from .ruled import BoxCell, RuledTable

_OUTER = 6.0  # points by which the outer edges of the two parts may differ
_INNER = 4.0  # and the edges of a column
_NUMERIC = re.compile(r"[-+]?[\d,.〇]+\s*(?:件|万元|元|个|项)?|[-/\\无零]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# How a row's own label begins: what does not may be the lower half of a cut one.
_BEGINS_ROW = re.compile(
    r"\s*(?:[(][一二三四五六七八九十\d]+[)]|[一二三四五六七八]\s*[、.]|\d{1,2}\s*[、.)]|第\s*[一二三四五六七八九十]+\s*(?:条|部分)"
    r"|规\s*章|行政|政府集中|其他对外|信息内容|申请人|自然人|法人|商业|科研|社会|法律|总计|合计|结果|尚未|本年)"
)  # fmt: skip

# Column headers that are wrapped in narrow columns, so that a page end may cut them.
_HEADERS = frozenset({
    "结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "自然人", "商业企业", "科研机构", "社会公益组织",
    "法律服务机构", "法人或其他组织", "未经复议直接起诉", "复议后起诉", "本年制发件数", "本年废止件数",
    "现行有效件数", "本年处理决定数量",
})  # fmt: skip


def goes_on(upper: RuledTable, lower: RuledTable) -> bool:
    """Whether two tables at the end and the start of neighbouring pages have the same edges."""
    return abs(upper.left - lower.left) <= _OUTER and abs(upper.right - lower.right) <= _OUTER


def stitch(upper: RuledTable, lower: RuledTable) -> RuledTable:
    """One table of both, columns by their places on the page.

    A row that the page end cuts is joined only where its numbers stand on one side of the cut
    alone and the lower label does not begin like a row of its own.
    """
    edges = _shared_edges(upper, lower)
    above = [_moved(cell, edges) for cell in upper.cells]
    below = [_moved(cell, edges) for cell in lower.cells]
    below = _without_header(above, below, lower.rows)
    last = upper.rows
    shift = last
    if below and _one_row(above, below, last):
        _join_row(above, below, last)
        below = [c for c in below if c.row > 0 or c.rowspan > 1]
        shift -= 1
    else:
        below = _join_groups(above, below, last)
    for cell in below:
        cell.row += shift
    cells = sorted((*above, *below), key=lambda c: (c.row, c.column))
    height = max((c.row + c.rowspan for c in cells), default=0)
    return RuledTable(cells, edges, height, upper.top, upper.bottom)


def _shared_edges(upper: RuledTable, lower: RuledTable) -> list[float]:
    edges: list[float] = []
    for place in sorted((*upper.edges, *lower.edges)):
        if not edges or place - edges[-1] > _INNER:
            edges.append(place)
    return edges


def _moved(cell: BoxCell, edges: list[float]) -> BoxCell:
    """A copy of the cell, its columns counted along the shared edges."""
    left = min(range(len(edges)), key=lambda i: abs(edges[i] - cell.x0))
    right = min(range(len(edges)), key=lambda i: abs(edges[i] - cell.x1))
    return BoxCell(cell.row, left, cell.rowspan, max(right - left, 1), cell.x0, cell.top,
                   cell.x1, cell.bottom, cell.chars, cell.text, cell.confidence)  # fmt: skip


def _row(cells: list[BoxCell], row: int) -> list[tuple[int, int, str]]:
    return [(c.column, c.colspan, "".join(c.text.split())) for c in cells if c.row == row]


def _without_header(
    above: list[BoxCell], below: list[BoxCell], rows: int
) -> list[BoxCell]:
    """The lower part without rows at its start that repeat the upper's: a repeated header."""
    same = 0
    while same < rows:
        row = _row(below, same)
        if not row or row != _row(above, same) or any(_NUMERIC.fullmatch(t) for _, _, t in row):
            break
        same += 1
    if not same or any(c.row < same < c.row + c.rowspan for c in below):
        return below
    kept = [c for c in below if c.row >= same]
    for cell in kept:
        cell.row -= same
    return kept


def _pairs(
    above: list[BoxCell], below: list[BoxCell], last: int
) -> list[tuple[BoxCell | None, BoxCell]]:
    """Cells of the lower part's first row, each with the cell right above it."""
    bottom = {(c.column, c.colspan): c for c in above if c.row + c.rowspan == last}
    return [(bottom.get((c.column, c.colspan)), c) for c in below if c.row == 0]


def _one_row(above: list[BoxCell], below: list[BoxCell], last: int) -> bool:
    """Whether the lower part's first row is the rest of the upper part's last one."""
    pairs = _pairs(above, below, last)
    if any(upper is None for upper, _ in pairs) or len(pairs) < 2:
        return False
    halves = [
        "".join((upper.text + lower.text).split()) for upper, lower in pairs if upper and lower.text
    ]
    if halves and all(half in _HEADERS for half in halves):
        return True
    values = []
    for upper, lower in pairs:
        assert upper is not None
        high, low = fold(upper.text).strip(), fold(lower.text).strip()
        if _CHINESE.search(low):
            if _BEGINS_ROW.match(low) or _NUMERIC.fullmatch(high):
                return False
        elif not _CHINESE.search(high):
            values.append((bool(high), bool(low)))
    over = any(high for high, _ in values)
    under = any(low for _, low in values)
    if over == under:  # numbers on both sides of the cut, or on none
        return False
    return under or any(_CHINESE.search(lower.text) for _, lower in pairs)


def _join_row(above: list[BoxCell], below: list[BoxCell], last: int) -> None:
    for upper, lower in _pairs(above, below, last):
        assert upper is not None
        upper.text = join(upper.text, lower.text)
        rated = [one.confidence for one in (upper, lower) if one.confidence is not None]
        upper.confidence = min(rated, default=None)
        upper.rowspan += lower.rowspan - 1
        lower.rowspan = 1


def _join_groups(above: list[BoxCell], below: list[BoxCell], last: int) -> list[BoxCell]:
    """Labels of groups of rows that the page end cuts, joined: （四）无 / 法提供."""
    joined: list[BoxCell] = []
    first = sorted((c for c in below if c.row == 0), key=lambda c: c.column)
    for upper, lower in _pairs(above, below, last):
        text = fold(lower.text).strip()
        beside = next((c for c in first if c.column > lower.column), None)
        label_beside = beside is not None and _CHINESE.search(beside.text) is not None
        if (
            upper is not None
            and _CHINESE.search(upper.text)
            and (lower.rowspan > 1 or label_beside)
            and not _BEGINS_ROW.match(text)
            and not _NUMERIC.fullmatch(text)
        ):
            upper.text = join(upper.text, lower.text)
            upper.rowspan += lower.rowspan
            joined.append(lower)
    return [c for c in below if c not in joined]
