"""What the contract's keys are called in Chinese, for people to read; data only.

Names of rows and columns are the form's own, shortened to fit a terminal.
"""

from __future__ import annotations

ROWS: dict[str, str] = {
    "regulations": "规章", "normative_documents": "行政规范性文件", "licences": "行政许可",
    "other_external_management": "其他对外管理服务事项", "penalties": "行政处罚",
    "coercive_measures": "行政强制", "fees": "行政事业性收费", "procurement": "政府集中采购",
    "new": "一、本年新收申请", "carried_in": "二、上年结转申请", "granted": "（一）予以公开",
    "partly_granted": "（二）部分公开", "denied.state_secret": "（三）1 国家秘密",
    "denied.forbidden_by_law": "（三）2 法律法规禁止", "denied.three_securities": "（三）3 三安全一稳定",
    "denied.third_party": "（三）4 第三方权益", "denied.internal_affairs": "（三）5 内部事务",
    "denied.process_information": "（三）6 过程性信息", "denied.enforcement_files": "（三）7 执法案卷",
    "denied.administrative_inquiry": "（三）8 行政查询", "unavailable.not_held": "（四）1 本机关不掌握",
    "unavailable.needs_creation": "（四）2 需另行制作",
    "unavailable.unclear_after_correction": "（四）3 补正后仍不明确",
    "not_processed.complaint": "（五）1 信访举报投诉", "not_processed.repeated": "（五）2 重复申请",
    "not_processed.publication": "（五）3 公开出版物", "not_processed.excessive": "（五）4 大量反复申请",
    "not_processed.reconfirmation": "（五）5 确认或重新出具",
    "other.no_correction_in_time": "（六）1 逾期不补正", "other.fee_unpaid": "（六）2 逾期未缴费",
    "other.other": "（六）其他", "total": "（七）总计", "carried_out": "四、结转下年度",
    "reconsideration": "行政复议", "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}  # fmt: skip
COLUMNS: dict[str, str] = {
    "made": "制发", "repealed": "废止", "in_force": "有效", "published": "新公开", "decisions": "处理决定",
    "items_before": "上年项目", "change": "增/减", "projects": "采购项目", "amount": "金额（万元）",
    "natural_person": "自然人", "business": "商业企业", "research": "科研机构", "social": "公益组织",
    "legal_service": "法律服务", "other_org": "其他", "total": "总计", "upheld": "维持",
    "corrected": "纠正", "other": "其他结果", "pending": "未审结",
}  # fmt: skip
FACTS: dict[str, str] = {
    "proposals": "建议提案", "hotline": "热线", "messages": "留言咨询", "requests_carried": "申请结转",
    "requests_answered": "申请答复", "requests_received": "收到申请", "reconsiderations": "行政复议",
    "lawsuits": "行政诉讼", "interpretations": "解读", "press_conferences": "发布会",
    "normative_documents": "规范性文件", "trainings": "培训", "trainees": "参训", "inspections": "检查",
    "corrections": "整改", "visits": "访问", "followers": "关注", "published_wechat": "微信发布",
    "published_weibo": "微博发布", "published_website": "网站发布", "published_gazette": "公报",
    "published_boards": "公示栏", "published": "公开信息", "published_class": "分类公开", "staff": "人员",
    "fees": "收费", "share": "占比", "other": "其他", "requests_in_person": "当面申请",
    "requests_fax": "传真申请", "requests_online": "网络申请", "requests_letter": "信函申请",
    "complaints": "举报投诉", "interviews": "在线访谈", "hot_topics": "回应热点", "meetings": "会议",
    "reading_points": "查阅点", "funds": "经费",
}  # fmt: skip
