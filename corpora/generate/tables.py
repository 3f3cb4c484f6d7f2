"""The official tables as grids with spans, by the form's own rows and columns.

A grid is rows of :class:`GridCell`; its cells with a ``place`` hold a value. How a value is
printed is decided elsewhere (:mod:`.faults`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nlp.form import DISCLOSURE_ROWS, REQUEST_COLUMNS, REVIEW_COLUMNS, REVIEW_ROWS
from nlp.report import Form

from .. import official

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell; ``place`` where it holds the value of ``(row, column)``."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    place: Place | None = None


Grid = tuple[tuple[GridCell, ...], ...]
_CAPTIONS = {"regulations": "一", "licences": "五", "penalties": "六", "fees": "八", "procurement": "九"}
_WIDTH = 4
# Rows of table 三 below "三、本年度办理结果": group, then label and key.
_GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("（一）予以公开", (("", "granted"),)),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (("", "partly_granted"),)),
    ("（三）不予公开", (
        ("1.属于国家秘密", "denied.state_secret"), ("2.其他法律行政法规禁止公开", "denied.forbidden_by_law"),
        ("3.危及“三安全一稳定”", "denied.three_securities"), ("4.保护第三方合法权益", "denied.third_party"),
        ("5.属于三类内部事务信息", "denied.internal_affairs"), ("6.属于四类过程性信息", "denied.process_information"),
        ("7.属于行政执法案卷", "denied.enforcement_files"), ("8.属于行政查询事项", "denied.administrative_inquiry"))),
    ("（四）无法提供", (
        ("1.本机关不掌握相关政府信息", "unavailable.not_held"), ("2.没有现成信息需要另行制作", "unavailable.needs_creation"),
        ("3.补正后申请内容仍不明确", "unavailable.unclear_after_correction"))),
    ("（五）不予处理", (
        ("1.信访举报投诉类申请", "not_processed.complaint"), ("2.重复申请", "not_processed.repeated"),
        ("3.要求提供公开出版物", "not_processed.publication"), ("4.无正当理由大量反复申请", "not_processed.excessive"),
        ("5.要求行政机关确认或重新出具已获取信息", "not_processed.reconfirmation"))),
    ("（六）其他处理", (
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other.no_correction_in_time"),
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "other.fee_unpaid"),
        ("3.其他", "other.other"))),
    ("（七）总计", (("", "total"),)),
)  # fmt: skip


def disclosure_grid(form: Form) -> Grid:
    """Table 二 of a form."""
    rows: list[tuple[GridCell, ...]] = []
    for row in DISCLOSURE_ROWS[form]:
        span = _WIDTH - 1 if len(row.columns) == 1 else 1
        spans = [span] * len(row.columns)
        if len(row.columns) == 2:
            spans = [1, 2]
        if row.key in _CAPTIONS:
            names = [official.COLUMNS[form][column] for column in row.columns]
            if row.key == "procurement":
                names[-1] = "采购总金额（单位：万元）"
            rows.append((GridCell(f"第二十条第（{_CAPTIONS[row.key]}）项", colspan=_WIDTH),))
            rows.append((GridCell("信息内容"), *(GridCell(n, colspan=s) for n, s in zip(names, spans, strict=True))))
        values = (GridCell("", colspan=s, place=(row.key, c)) for c, s in zip(row.columns, spans, strict=True))
        rows.append((GridCell(official.ROWS[row.key]), *values))
    return tuple(rows)


def _values(row: str, columns: tuple[str, ...]) -> tuple[GridCell, ...]:
    return tuple(GridCell("", place=(row, column)) for column in columns)


def requests_grid(rows: Collection[str]) -> Grid:
    """Table 三; ``rows`` are the keys that it has (one or three of (六))."""
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    grid: list[tuple[GridCell, ...]] = [
        (GridCell(note, 3, 3), GridCell("申请人情况", colspan=7)),
        (GridCell("自然人", 2), GridCell("法人或其他组织", colspan=5), GridCell("总计", 2)),
        tuple(GridCell(official.APPLICANTS[c]) for c in REQUEST_COLUMNS[1:6]),
        (GridCell("一、本年新收政府信息公开申请数量", colspan=3), *_values("new", REQUEST_COLUMNS)),
        (GridCell("二、上年结转政府信息公开申请数量", colspan=3), *_values("carried_in", REQUEST_COLUMNS)),
    ]
    lead = [GridCell("三、本年度办理结果", sum(key in rows for _, group in _GROUPS for _, key in group))]
    for group, members in _GROUPS:
        present = [(label, key) for label, key in members if key in rows]
        if len(present) == 1:
            grid.append((*lead, GridCell(group, colspan=2), *_values(present[0][1], REQUEST_COLUMNS)))
            lead = []
            continue
        first = [GridCell(group, len(present))]
        for label, key in present:
            grid.append((*lead, *first, GridCell(label), *_values(key, REQUEST_COLUMNS)))
            lead, first = [], []
    grid.append((GridCell("四、结转下年度继续办理", colspan=3), *_values("carried_out", REQUEST_COLUMNS)))
    return tuple(grid)


def review_grid() -> Grid:
    """Table 四."""
    outcomes = tuple(GridCell(official.OUTCOMES[column]) for column in REVIEW_COLUMNS)
    return (
        (GridCell("行政复议", colspan=5), GridCell("行政诉讼", colspan=10)),
        (
            *(GridCell(official.OUTCOMES[column], 2) for column in REVIEW_COLUMNS),
            *(GridCell(official.REVIEWS[row], colspan=5) for row in REVIEW_ROWS[1:]),
        ),
        (*outcomes, *outcomes),
        tuple(GridCell("", place=(row, column)) for row in REVIEW_ROWS for column in REVIEW_COLUMNS),
    )
