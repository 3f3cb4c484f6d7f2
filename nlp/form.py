"""The official form as data: tables, rows, columns, printed labels and their variants, identities.

Sources: 国办公开办函〔2021〕30号 (reports on 2021 and later) and 国办公开办函〔2019〕60号
(reports on 2019 and 2020). Patterns are searched in compact text (see ``labels.Compact``):
folded, without white space, digits and table rules, so ``(一)`` stands for every kind of bracket
and a label is found although it is cut over lines or wrapped around its numbers. A pattern is
the core of a label, begins with a literal (which keeps the search fast) and stays apart from
every other label and heading of the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .report import Form, TableName


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its key, the pattern of its printed label, and its columns."""

    key: str
    label: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """``sum(left) == sum(right)`` over cells ``(row, column)`` of one table; ``rule`` is its id."""

    rule: str
    table: TableName
    where: str
    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]


# --- table 三: requests ------------------------------------------------------------------

APPLICANTS = ("natural_person", "business", "research", "social", "legal_service", "other_org")
REQUEST_COLUMNS = (*APPLICANTS, "total")
REQUEST_COLUMN_LABELS: dict[str, str] = {
    "natural_person": r"自然人",
    "business": r"商业(?:企业)?",
    "research": r"科研(?:机构|企业|单位|院所)?",
    "social": r"社会公(?:益(?:组织|机构)?)?|社会(?=法律)",  # heads wrap: 社会公 and 益组织 are apart
    "legal_service": r"法律服(?:务(?:机构|组织)?)?|法律(?=其他(?!组织))",
    "other_org": r"其他",
    "total": r"总计|合计",
}

_REQUEST_LABELS: tuple[tuple[str, str], ...] = (
    ("new", r"新收(?:到)?(?:的)?政府信息公开申请|本年(?:度)?新收"),
    ("carried_in", r"上(?:一)?年(?:度)?结转"),
    ("granted", r"予以公开"),
    ("partly_granted", r"部分公开"),
    ("denied.state_secret", r"属于国家秘密"),
    ("denied.forbidden_by_law", r"其他法律(?:、)?行政法?规?禁?止公开"),
    ("denied.three_securities", r"三安全一稳定"),
    ("denied.third_party", r"保护第三方合法权益"),
    ("denied.internal_affairs", r"三类内部(?:事务|管理)"),
    ("denied.process_information", r"四类过程性"),
    ("denied.enforcement_files", r"行政执法案卷"),
    ("denied.administrative_inquiry", r"属于行政查询"),
    ("unavailable.not_held", r"机关不掌握相关"),
    ("unavailable.needs_creation", r"没有现成信息"),
    ("unavailable.unclear_after_correction", r"补正后申请内容"),
    ("not_processed.complaint", r"信访(?:、)?举报(?:、)?投诉类"),
    ("not_processed.repeated", r"重复申请"),
    ("not_processed.publication", r"提供公开出版物"),
    ("not_processed.excessive", r"大量(?:、)?反复申请"),
    ("not_processed.reconfirmation", r"重新出具已获取|确认或(?:者)?重新出具"),
    ("other.no_correction_in_time", r"逾期不补正"),
    ("other.fee_unpaid", r"逾期未按收费通知"),
    ("other.other", r"[.、,)]其他(?!法律|行政|处理|情形|结果|组织|需要|应当|有关)"),
    ("total", r"七[)、.]{0,2}[总合]计"),
    ("carried_out", r"结转(?:至|到)?下(?:一)?年"),
)
REQUEST_ROWS = tuple(Row(key, label, REQUEST_COLUMNS) for key, label in _REQUEST_LABELS)
OUTCOME_ROWS = tuple(row.key for row in REQUEST_ROWS[2:23])

# --- table 四: review --------------------------------------------------------------------

REVIEW_ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
REVIEW_ROW_LABELS: dict[str, str] = {
    "reconsideration": r"行政复议",
    "litigation_direct": r"未经复议直接起诉",
    "litigation_after_reconsideration": r"复议后起诉",
}
REVIEW_OUTCOMES = ("upheld", "corrected", "other", "pending")
REVIEW_COLUMNS = (*REVIEW_OUTCOMES, "total")
REVIEW_COLUMN_LABELS: dict[str, str] = {
    "upheld": r"(?:结果)?维持(?:结果)?",
    "corrected": r"(?:结果)?纠正(?:结果)?",
    "other": r"其他(?:结果)?",
    "pending": r"尚未审结",
    "total": r"总计|合计",
}

# --- table 二: disclosure ----------------------------------------------------------------

_DOCUMENT_COLUMNS_2021 = ("made", "repealed", "in_force")
_DOCUMENT_COLUMNS_2019 = ("made", "published", "in_force")
_ITEM_COLUMNS_2019 = ("items_before", "change", "decisions")

DISCLOSURE_COLUMN_LABELS: dict[Form, dict[str, str]] = {
    "2021": {
        "made": r"本年制发",
        "repealed": r"本年废止",
        "in_force": r"现行有效",
        "decisions": r"处理决定数量",
        "amount": r"(?:本年)?收费(?:总)?金额",
    },
    "2019": {
        "made": r"本年新制作",
        "published": r"本年新公开",
        "in_force": r"对外公开总数量",
        "items_before": r"上一年项目数量",
        "change": r"本年增(?:[/\\]?减|/)",
        "decisions": r"处理决定数量",
        "projects": r"采购项目",
        "amount": r"(?:本年)?收费(?:总)?金额|采购(?:总)?金额",
    },
}
DISCLOSURE_ROWS: dict[Form, tuple[Row, ...]] = {
    "2021": (
        Row("regulations", r"规章(?!制度)", _DOCUMENT_COLUMNS_2021),
        Row("normative_documents", r"规范性文件", _DOCUMENT_COLUMNS_2021),
        Row("licences", r"行政许可", ("decisions",)),
        Row("penalties", r"行政处罚", ("decisions",)),
        Row("coercive_measures", r"行政强制", ("decisions",)),
        Row("fees", r"行政事业性收费", ("amount",)),
    ),
    "2019": (
        Row("regulations", r"规章(?!制度)", _DOCUMENT_COLUMNS_2019),
        Row("normative_documents", r"规范性文件", _DOCUMENT_COLUMNS_2019),
        Row("licences", r"行政许可", _ITEM_COLUMNS_2019),
        Row("other_external_management", r"其他对外管理服务", _ITEM_COLUMNS_2019),
        Row("penalties", r"行政处罚", _ITEM_COLUMNS_2019),
        Row("coercive_measures", r"行政强制", _ITEM_COLUMNS_2019),
        Row("fees", r"行政事业性收费", ("items_before", "change", "amount")),
        Row("procurement", r"政府集中采购", ("projects", "amount")),
    ),
}
DECIMAL_CELLS = frozenset({("fees", "amount"), ("procurement", "amount")})
SIGNED_COLUMNS = frozenset({"change"})

# --- arithmetic --------------------------------------------------------------------------


@lru_cache(maxsize=64)
@lru_cache(maxsize=64)  # reports print the same few sets of rows
def request_identities(rows: tuple[str, ...]) -> tuple[Identity, ...]:
    """The identities of table 三 among the rows that the source prints.

    ``rows`` are row keys; an identity that needs an absent row is left out
    (``handled_sum`` runs over the outcome rows that are there).
    """
    found: list[Identity] = []
    for row in rows:
        found.append(
            Identity(
                "requests.column_sum",
                "requests",
                f"requests.{row}",
                tuple((row, column) for column in APPLICANTS),
                ((row, "total"),),
            )
        )
    outcomes = tuple(row for row in OUTCOME_ROWS if row in rows)
    for column in REQUEST_COLUMNS:
        if "total" in rows and outcomes:
            found.append(
                Identity(
                    "requests.handled_sum",
                    "requests",
                    f"requests.total.{column}",
                    tuple((row, column) for row in outcomes),
                    (("total", column),),
                )
            )
        if {"new", "carried_in", "total", "carried_out"} <= set(rows):
            found.append(
                Identity(
                    "requests.balance",
                    "requests",
                    f"requests.{column}",
                    (("new", column), ("carried_in", column)),
                    (("total", column), ("carried_out", column)),
                )
            )
    return tuple(found)


@lru_cache(maxsize=1)
def review_identities() -> tuple[Identity, ...]:
    """The identities of table 四: outcomes add up to the total, in each of the three."""
    return tuple(
        Identity(
            "review.sum",
            "review",
            f"review.{row}",
            tuple((row, outcome) for outcome in REVIEW_OUTCOMES),
            ((row, "total"),),
        )
        for row in REVIEW_ROWS
    )


# --- topics ------------------------------------------------------------------------------

TOPICS: dict[str, str] = {
    "awareness": "思想认识",
    "staffing": "队伍力量",
    "training": "业务培训",
    "content": "公开内容",
    "timeliness": "公开时效",
    "channels": "渠道形式",
    "platform": "平台栏目",
    "interpretation": "政策解读",
    "interaction": "互动回应",
    "request": "依申请公开",
    "review": "审核保密",
    "system": "制度机制",
    "supervision": "监督考核",
    "balance": "基层平衡",
    "publicity": "宣传知晓",
    "other": "笼统其他",
}
