"""A report as sheets of labelled cells, before any layout prints it; edits change sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from corpora import official

from .truth import Key, Truth


@dataclass
class Cell:
    """A printed cell; ``key`` where it shows a value. Spans are those of a good HTML table."""

    text: str
    key: Key | None = None
    rowspan: int = 1
    colspan: int = 1


@dataclass
class Row:
    """A row of cells; ``noise`` is a line that stands between rows (a page number)."""

    cells: list[Cell]
    noise: str | None = None
    head: bool = False

    def key(self) -> str | None:
        """The form's key of the row, where it shows values."""
        return next((cell.key[1] for cell in self.cells if cell.key), None)


@dataclass
class Sheet:
    name: str
    rows: list[Row]

    def values(self) -> Iterator[Cell]:
        for row in self.rows:
            for cell in row.cells:
                if cell.key is not None:
                    yield cell


@dataclass
class Printed:
    """A whole report: paragraphs (str) and sheets, and the keys whose print an edit took away."""

    parts: list[str | Sheet]
    touched: set[Key] = field(default_factory=set)
    beside: bool = False  # the last two sheets stand beside each other

    def sheet(self, name: str) -> Sheet:
        return next(part for part in self.parts if isinstance(part, Sheet) and part.name == name)

    def sheets(self) -> list[Sheet]:
        return [part for part in self.parts if isinstance(part, Sheet)]


Edit = Callable[[Random, Printed, Truth], None]


def key_of(cell: Cell) -> Key:
    """The key of a cell that shows a value."""
    assert cell.key is not None
    return cell.key


REQUEST_LABELS: dict[str, tuple[str, str]] = {
    "new": ("", "一、本年新收政府信息公开申请数量"),
    "carried_in": ("", "二、上年结转政府信息公开申请数量"),
    "granted": ("三、本年度办理结果", "（一）予以公开"),
    "partly_granted": ("三、本年度办理结果", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    "denied.state_secret": ("（三）不予公开", "1.属于国家秘密"),
    "denied.forbidden_by_law": ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    "denied.three_securities": ("（三）不予公开", "3.危及“三安全一稳定”"),
    "denied.third_party": ("（三）不予公开", "4.保护第三方合法权益"),
    "denied.internal_affairs": ("（三）不予公开", "5.属于三类内部事务信息"),
    "denied.process_information": ("（三）不予公开", "6.属于四类过程性信息"),
    "denied.enforcement_files": ("（三）不予公开", "7.属于行政执法案卷"),
    "denied.administrative_inquiry": ("（三）不予公开", "8.属于行政查询事项"),
    "unavailable.not_held": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "unavailable.needs_creation": ("（四）无法提供", "2.没有现成信息需要另行制作"),
    "unavailable.unclear_after_correction": ("（四）无法提供", "3.补正后申请内容仍不明确"),
    "not_processed.complaint": ("（五）不予处理", "1.信访举报投诉类申请"),
    "not_processed.repeated": ("（五）不予处理", "2.重复申请"),
    "not_processed.publication": ("（五）不予处理", "3.要求提供公开出版物"),
    "not_processed.excessive": ("（五）不予处理", "4.无正当理由大量反复申请"),
    "not_processed.reconfirmation": ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    "other.no_correction_in_time": (
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    "other.fee_unpaid": (
        "（六）其他处理",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    "other.other": ("（六）其他处理", "3.其他"),
    "total": ("三、本年度办理结果", "（七）总计"),
    "carried_out": ("", "四、结转下年度继续办理"),
}  # fmt: skip
_BLOCKS = {
    "2021": (("一", ("regulations", "normative_documents")), ("五", ("licences",)),
             ("六", ("penalties", "coercive_measures")), ("八", ("fees",))),
    "2019": (("一", ("regulations", "normative_documents")),
             ("五", ("licences", "other_external_management")),
             ("六", ("penalties", "coercive_measures")), ("八", ("fees",)), ("九", ("procurement",))),
}  # fmt: skip
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TITLES = {
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review": "四、政府信息公开行政复议、行政诉讼情况",
}


def show(value: int | float) -> str:
    return str(value)


def _value_cells(truth: Truth, table: str, row: str, columns: tuple[str, ...]) -> list[Cell]:
    return [
        Cell(show(truth.values[table, row, column]), (table, row, column)) for column in columns
    ]


def _columns(truth: Truth, table: str, row: str) -> tuple[str, ...]:
    return tuple(key[2] for key in truth.values if key[:2] == (table, row))


def disclosure_sheet(truth: Truth) -> Sheet:
    rows = []
    width = 4
    for article, members in _BLOCKS[truth.form]:
        rows.append(Row([Cell(f"第二十条第（{article}）项", colspan=width)], head=True))
        columns = _columns(truth, "disclosure", members[0])
        last = width - len(columns)
        words = dict(official.COLUMNS[truth.form])
        if members[0] == "procurement":
            words["amount"] = "采购总金额（单位：万元）"
        head = [Cell("信息内容"), *(Cell(words[column]) for column in columns)]
        head[-1].colspan = last
        rows.append(Row(head, head=True))
        for member in members:
            cells = _value_cells(truth, "disclosure", member, columns)
            cells[-1].colspan = last
            rows.append(Row([Cell(official.ROWS[member]), *cells]))
    return Sheet("disclosure", rows)


def _request_head(columns: tuple[str, ...]) -> list[Row]:
    five = [c for c in columns if c not in ("natural_person", "total")]
    return [
        Row([Cell(NOTE, rowspan=3, colspan=3), Cell("申请人情况", colspan=7)], head=True),
        Row([Cell("自然人", rowspan=2), Cell("法人或其他组织", colspan=5), Cell("总计", rowspan=2)],
            head=True),
        Row([Cell(official.APPLICANTS[c]) for c in five], head=True),
    ]  # fmt: skip


def requests_sheet(truth: Truth, columns: tuple[str, ...] = tuple(official.APPLICANTS)) -> Sheet:
    keys = [k for k in REQUEST_LABELS if ("requests", k, "total") in truth.values]
    groups: dict[str, int] = {}
    for key in keys:
        group = REQUEST_LABELS[key][0]
        groups[group] = groups.get(group, 0) + 1
    results = len(keys) - 3
    rows = _request_head(columns)
    seen: set[str] = set()
    for key in keys:
        group, label = REQUEST_LABELS[key]
        cells: list[Cell] = []
        if key == "granted":
            cells.append(Cell("三、本年度办理结果", rowspan=results))
        if group.startswith("（") and not (key == "other.other" and truth.one_row_other):
            if group not in seen:
                cells.append(Cell(group, rowspan=groups[group]))
            cells.append(Cell(label))
        elif group.startswith("（"):
            cells.append(Cell("（六）其他处理", colspan=2))
        else:
            cells.append(Cell(label, colspan=2 if group else 3))
        seen.add(group)
        rows.append(Row([*cells, *_value_cells(truth, "requests", key, columns)]))
    return Sheet("requests", rows)


def review_sheet(truth: Truth) -> Sheet:
    five = list(official.OUTCOMES.values())
    rows = [
        Row([Cell("行政复议", colspan=5), Cell("行政诉讼", colspan=10)], head=True),
        Row([*(Cell(w, rowspan=2) for w in five), Cell("未经复议直接起诉", colspan=5),
             Cell("复议后起诉", colspan=5)], head=True),
        Row([Cell(w) for w in five * 2], head=True),
    ]  # fmt: skip
    cells = []
    for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        cells += _value_cells(truth, "review", row, tuple(official.OUTCOMES))
    return Sheet("review", [*rows, Row(cells)])


def printed(truth: Truth) -> Printed:
    """The whole report as the form wants it."""
    year = 2023 if truth.form == "2021" else 2020
    return Printed([
        f"沅渚县林业局{year}年政府信息公开工作年度报告",
        "根据《中华人民共和国政府信息公开条例》编制本报告。",
        "一、总体情况",
        f"{year}年，我局主动公开政府信息128条，其中行政许可类信息1件、行政处罚12件。"
        "全年收到政府信息公开申请4件，予以公开3件，结转下年度继续办理1件。",
        TITLES["disclosure"], disclosure_sheet(truth),
        TITLES["requests"], requests_sheet(truth),
        TITLES["review"], review_sheet(truth),
        "五、存在的主要问题及改进情况",
        "我局政府信息公开工作还存在公开内容不够全面的问题。下一步，我局将细化主动公开目录。",
        "六、其他需要报告的事项",
        f"{year}年，我局未收取信息处理费。",
        "沅渚县林业局",
        f"{year + 1}年1月12日",
    ])  # fmt: skip


def copy_row(row: Row) -> Row:
    return Row([replace(cell) for cell in row.cells], row.noise, row.head)


Place = tuple[int, "Cell | None", int]  # column, cell (None: one from above goes on), width


def placed_rows(rows: list[Row], *, spans: bool = True) -> list[list[Place]]:
    """Where each row's cells stand on the grid, by the algorithm of HTML; ``spans`` False takes
    every cell for one place wide and high."""
    open_: dict[int, tuple[int, int]] = {}  # column to rows left and width of a cell from above
    placed: list[list[Place]] = []
    for row in rows:
        if row.noise is not None:
            placed.append([])
            continue
        kept: dict[int, tuple[int, int]] = {}
        line: list[Place] = []
        waiting = list(row.cells)
        column = 0
        while waiting or any(at >= column for at in open_):
            if column in open_:
                left, width = open_[column]
                line.append((column, None, width))
            elif waiting:
                cell = waiting.pop(0)
                left, width = (cell.rowspan, cell.colspan) if spans else (1, 1)
                line.append((column, cell, width))
            else:
                left, width = 1, 1  # a gap before a cell from above
                line.append((column, Cell(""), 1))
            if left > 1:
                kept[column] = (left - 1, width)
            column += width
        open_ = kept
        placed.append(line)
    return placed
