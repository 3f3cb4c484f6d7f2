"""The words that the official form prints: rows, columns, outcomes.

Written out here, apart from the patterns by which the reader knows them, so that a fault in
those shows. The generator and the stress kit of the tables print with these.
"""

from __future__ import annotations

ROWS = {
    "regulations": "规章", "normative_documents": "行政规范性文件", "licences": "行政许可",
    "other_external_management": "其他对外管理服务事项", "penalties": "行政处罚",
    "coercive_measures": "行政强制", "fees": "行政事业性收费", "procurement": "政府集中采购",
}  # fmt: skip
COLUMNS: dict[str, dict[str, str]] = {
    "2021": {"made": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数",
             "decisions": "本年处理决定数量", "amount": "本年收费金额（单位：万元）"},
    "2019": {"made": "本年新制作数量", "published": "本年新公开数量", "in_force": "对外公开总数量",
             "items_before": "上一年项目数量", "change": "本年增/减", "decisions": "处理决定数量",
             "projects": "采购项目数量", "amount": "本年收费金额（单位：万元）"},
}  # fmt: skip
APPLICANTS = {
    "natural_person": "自然人", "business": "商业企业", "research": "科研机构",
    "social": "社会公益组织", "legal_service": "法律服务机构", "other_org": "其他", "total": "总计",
}  # fmt: skip
OUTCOMES = {
    "upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结",
    "total": "总计",
}  # fmt: skip
REVIEWS = {
    "reconsideration": "行政复议", "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}  # fmt: skip
