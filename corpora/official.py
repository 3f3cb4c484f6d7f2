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

# The appendix of 2014 to 2018 (国办发〔2014〕32号): key, label with ordinal, note, unit; no key and no
# unit for a heading.
APPENDIX: tuple[tuple[str, str, str, str], ...] = (
    ("", "一、主动公开情况", "", ""),
    ("disclosed", "（一）主动公开政府信息数", "（不同渠道和方式公开相同信息计1条）", "条"),
    ("disclosed.normative_documents", "其中：主动公开规范性文件数", "", "条"),
    ("normative_documents_made", "制发规范性文件总数", "", "件"),
    ("", "（二）通过不同渠道和方式公开政府信息的情况", "", ""),
    ("disclosed.gazette", "1.政府公报公开政府信息数", "", "条"),
    ("disclosed.website", "2.政府网站公开政府信息数", "", "条"),
    ("disclosed.weibo", "3.政务微博公开政府信息数", "", "条"),
    ("disclosed.wechat", "4.政务微信公开政府信息数", "", "条"),
    ("disclosed.other_ways", "5.其他方式公开政府信息数", "", "条"),
    ("", "二、回应解读情况", "", ""),
    ("responses.topics", "（一）回应公众关注热点或重大舆情数", "（不同方式回应同一热点或舆情计1次）", "次"),
    ("", "（二）通过不同渠道和方式回应解读的情况", "", ""),
    ("responses.press_conferences", "1.参加或举办新闻发布会总次数", "", "次"),
    ("responses.press_conferences.principal", "其中：主要负责同志参加新闻发布会次数", "", "次"),
    ("responses.interviews", "2.政府网站在线访谈次数", "", "次"),
    ("responses.interviews.principal", "其中：主要负责同志参加政府网站在线访谈次数", "", "次"),
    ("responses.interpretations", "3.政策解读稿件发布数", "", "篇"),
    ("responses.social_media", "4.微博微信回应事件数", "", "次"),
    ("responses.other_ways", "5.其他方式回应事件数", "", "次"),
    ("", "三、依申请公开情况", "", ""),
    ("requests.received", "（一）收到申请数", "", "件"),
    ("requests.in_person", "1.当面申请数", "", "件"),
    ("requests.fax", "2.传真申请数", "", "件"),
    ("requests.online", "3.网络申请数", "", "件"),
    ("requests.letter", "4.信函申请数", "", "件"),
    ("requests.completed", "（二）申请办结数", "", "件"),
    ("requests.on_time", "1.按时办结数", "", "件"),
    ("requests.extended", "2.延期办结数", "", "件"),
    ("requests.answered", "（三）申请答复数", "", "件"),
    ("answers.already_public", "1.属于已主动公开范围数", "", "件"),
    ("answers.granted", "2.同意公开答复数", "", "件"),
    ("answers.partly_granted", "3.同意部分公开答复数", "", "件"),
    ("answers.denied", "4.不同意公开答复数", "", "件"),
    ("denied.state_secret", "其中：涉及国家秘密", "", "件"),
    ("denied.business_secret", "涉及商业秘密", "", "件"),
    ("denied.privacy", "涉及个人隐私", "", "件"),
    ("denied.three_securities", "危及国家安全、公共安全、经济安全和社会稳定", "", "件"),
    ("denied.not_government_information", "不是《条例》所指政府信息", "", "件"),
    ("denied.other_laws", "法律法规规定的其他情形", "", "件"),
    ("answers.not_ours", "5.不属于本行政机关公开数", "", "件"),
    ("answers.not_existing", "6.申请信息不存在数", "", "件"),
    ("answers.to_correct", "7.告知作出更改补充数", "", "件"),
    ("answers.elsewhere", "8.告知通过其他途径办理数", "", "件"),
    ("reconsiderations", "四、行政复议数量", "", "件"),
    ("reconsiderations.upheld", "（一）维持具体行政行为数", "", "件"),
    ("reconsiderations.corrected", "（二）被依法纠错数", "", "件"),
    ("reconsiderations.other", "（三）其他情形数", "", "件"),
    ("lawsuits", "五、行政诉讼数量", "", "件"),
    ("lawsuits.upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "", "件"),
    ("lawsuits.corrected", "（二）被依法纠错数", "", "件"),
    ("lawsuits.other", "（三）其他情形数", "", "件"),
    ("complaints", "六、举报投诉数量", "", "件"),
    ("fees", "七、依申请公开信息收取的费用", "", "万元"),
    ("", "八、机构建设和保障经费情况", "", ""),
    ("offices", "（一）政府信息公开工作专门机构数", "", "个"),
    ("reading_points", "（二）设置政府信息公开查阅点数", "", "个"),
    ("staff", "（三）从事政府信息公开工作人员数", "", "人"),
    ("staff.full_time", "1.专职人员数", "（不包括政府公报及政府网站工作人员数）", "人"),
    ("staff.part_time", "2.兼职人员数", "", "人"),
    ("funds", "（四）政府信息公开专项经费", "（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    ("", "九、政府信息公开会议和培训情况", "", ""),
    ("meetings", "（一）召开政府信息公开工作会议或专题会议数", "", "次"),
    ("trainings", "（二）举办各类培训班数", "", "次"),
    ("trainees", "（三）接受培训人员数", "", "人次"),
)  # fmt: skip
