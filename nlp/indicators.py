"""The appendix of reports up to 2018 as data: 政府信息公开情况统计表, its rows, units and sums.

Source: 国办发〔2014〕32号, the uniform table for the years 2014 to 2018; a few rows of the tables
that provinces used before (申请总数, 电子邮件申请数) stand beside them where they count the same.

An indicator becomes a cell of the later form (``cell``) only where both count the same thing:

- 收到申请数 and 新收政府信息公开申请: what came in this year. 同意部分公开, 涉及国家秘密 and 危及国家安全、
  公共安全、经济安全和社会稳定 are results of the later form under the same words.
- 制发规范性文件总数 and 本年制发件数.
- 行政复议数量, 维持 and 纠错. 其他情形 is none: there the rest of all cases stands, those still
  pending among them, while the later form counts 其他结果 and 尚未审结 apart.

All else stays a fact of its own: 同意公开 leaves out what was public already, which 予以公开 holds;
涉及商业秘密 and 个人隐私 are one row (第三方合法权益) later; 信息不存在 and 不属于本机关 became 不掌握;
lawsuits are not parted by 复议; 依申请公开信息收取的费用 is none of 行政事业性收费.
"""

from __future__ import annotations

from dataclasses import dataclass

from .report import TableName

PREFIX = "indicators."  # of the facts' keys


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row: its key, the label as printed, the pattern of its variants (whole, without ordinal
    and note, in compact text), its unit, and the cell of the later form that counts the same."""

    key: str
    label: str
    pattern: str
    unit: str
    cell: tuple[TableName, str, str] | None = None


_N = r"(?:总)?[条件]?(?:数量?)?"
_T = r"(?:总)?[次期]?(?:数量?)?"
INDICATORS: tuple[Indicator, ...] = (
    Indicator("disclosed", "主动公开政府信息数", rf"(?:本年度?)?主动公开(?:的)?(?:政府)?信息{_N}", "条"),
    Indicator("disclosed.normative_documents", "主动公开规范性文件数", rf"主动公开(?:行政)?规范性文件{_N}", "条"),
    Indicator("normative_documents_made", "制发规范性文件总数", rf"制发(?:的)?(?:行政)?规范性文件{_N}", "件",
              ("disclosure", "normative_documents", "made")),
    Indicator("disclosed.gazette", "政府公报公开政府信息数", rf"政府公报公开(?:政府)?信息{_N}", "条"),
    Indicator("disclosed.website", "政府网站公开政府信息数", rf"(?:政府)?(?:门户)?网站公开(?:政府)?信息{_N}", "条"),
    Indicator("disclosed.weibo", "政务微博公开政府信息数", rf"(?:政务|政府)?微博公开(?:政府)?信息{_N}", "条"),
    Indicator("disclosed.wechat", "政务微信公开政府信息数", rf"(?:政务|政府)?微信公开(?:政府)?信息{_N}", "条"),
    Indicator("disclosed.other_ways", "其他方式公开政府信息数", rf"其他(?:方式|渠道|形式)公开(?:政府)?信息{_N}", "条"),
    Indicator("responses.topics", "回应公众关注热点或重大舆情数", rf"回应公众关注热点(?:或|和|及|、)重大舆情{_T}", "次"),
    Indicator("responses.press_conferences", "参加或举办新闻发布会总次数", rf"(?:参加(?:或|和|、))?举办新闻发布会{_T}", "次"),
    Indicator("responses.press_conferences.principal", "主要负责同志参加新闻发布会次数", rf"主要负责(?:同志|人)参加新闻发布会{_T}", "次"),
    Indicator("responses.interviews", "政府网站在线访谈次数", rf"(?:政府)?网站在线访谈{_T}", "次"),
    Indicator("responses.interviews.principal", "主要负责同志参加政府网站在线访谈次数", rf"主要负责(?:同志|人)参加(?:政府)?网站在线访谈{_T}", "次"),
    Indicator("responses.interpretations", "政策解读稿件发布数", rf"(?:发布政策解读稿件|政策解读稿件(?:发布)?){_N}", "篇"),
    Indicator("responses.social_media", "微博微信回应事件数", rf"(?:政务)?微博(?:、)?(?:政务)?微信回应事件{_T}", "次"),
    Indicator("responses.other_ways", "其他方式回应事件数", rf"其他方式回应事件{_T}", "次"),
    Indicator("requests.received", "收到申请数", rf"收到(?:的)?(?:政府信息公开)?申请{_N}|申请总数", "件", ("requests", "new", "total")),
    Indicator("requests.in_person", "当面申请数", rf"当面申请{_N}", "件"),
    Indicator("requests.fax", "传真申请数", rf"传真申请{_N}", "件"),
    Indicator("requests.email", "电子邮件申请数", rf"(?:电子邮件|电子邮箱)申请{_N}", "件"),
    Indicator("requests.online", "网络申请数", rf"网[络上]申请{_N}", "件"),
    Indicator("requests.letter", "信函申请数", rf"信函申请{_N}", "件"),
    Indicator("requests.other_ways", "其他形式申请数", rf"其他(?:形式|方式)申请{_N}", "件"),
    Indicator("requests.completed", "申请办结数", rf"申请办结{_N}", "件"),
    Indicator("requests.on_time", "按时办结数", rf"按时办结{_N}", "件"),
    Indicator("requests.extended", "延期办结数", rf"延期办结{_N}", "件"),
    Indicator("requests.answered", "申请答复数", rf"申请答复{_N}|对申请的?答复{_N}", "件"),
    Indicator("answers.already_public", "属于已主动公开范围数", rf"属于已主动公开范围{_N}", "件"),
    Indicator("answers.granted", "同意公开答复数", rf"同意公开答复{_N}", "件"),
    Indicator("answers.partly_granted", "同意部分公开答复数", rf"同意部分公开答复{_N}", "件", ("requests", "partly_granted", "total")),
    Indicator("answers.denied", "不同意公开答复数", rf"(?:不同意|不予|否决)公开答复{_N}", "件"),
    Indicator("denied.state_secret", "涉及国家秘密", rf"涉及国家秘密{_N}", "件", ("requests", "denied.state_secret", "total")),
    Indicator("denied.business_secret", "涉及商业秘密", rf"涉及商业秘密{_N}", "件"),
    Indicator("denied.privacy", "涉及个人隐私", rf"涉及个人隐私{_N}", "件"),
    Indicator("denied.three_securities", "危及国家安全、公共安全、经济安全和社会稳定",
              rf"危及国家安全、?公共安全、?经济安全(?:和|、|及)?社会稳定{_N}", "件", ("requests", "denied.three_securities", "total")),
    Indicator("denied.not_government_information", "不是《条例》所指政府信息", rf"(?:不是|非)[《<]*条例[》>]*所指政府信息{_N}", "件"),
    Indicator("denied.other_laws", "法律法规规定的其他情形", rf"法律、?法规规定的?其他情形{_N}", "件"),
    Indicator("answers.not_ours", "不属于本行政机关公开数", rf"不属于本(?:行政)?机关公开(?:范围)?{_N}", "件"),
    Indicator("answers.not_existing", "申请信息不存在数", rf"申请(?:的)?信息不存在{_N}", "件"),
    Indicator("answers.to_correct", "告知作出更改补充数", rf"告知作出更改、?补充{_N}", "件"),
    Indicator("answers.elsewhere", "告知通过其他途径办理数", rf"告知通过其他途径办理{_N}", "件"),
    Indicator("reconsiderations", "行政复议数量", r"行政复议(?:案件)?(?:总)?数量?", "件", ("review", "reconsideration", "total")),
    Indicator("reconsiderations.upheld", "维持具体行政行为数", rf"维持(?:具体|原)?(?:具体)?行政行为{_N}", "件", ("review", "reconsideration", "upheld")),
    Indicator("reconsiderations.corrected", "被依法纠错数", rf"被依法纠[错正]{_N}", "件", ("review", "reconsideration", "corrected")),
    Indicator("reconsiderations.other", "其他情形数", rf"其他情形{_N}", "件"),
    Indicator("lawsuits", "行政诉讼数量", r"行政诉讼(?:案件)?(?:总)?数量?", "件"),
    Indicator("lawsuits.upheld", "维持具体行政行为或者驳回原告诉讼请求数", rf"维持(?:具体|原)?(?:具体)?行政行为(?:或者?|、)驳回原告诉讼请求{_N}", "件"),
    Indicator("lawsuits.corrected", "被依法纠错数", rf"被依法纠[错正]{_N}", "件"),
    Indicator("lawsuits.other", "其他情形数", rf"其他情形{_N}", "件"),
    Indicator("complaints", "举报投诉数量", rf"举报、?投诉{_N}", "件"),
    Indicator("fees", "依申请公开信息收取的费用", r"依申请公开(?:政府)?信息收取(?:的)?费用(?:总[数额])?", "万元"),
    Indicator("offices", "政府信息公开工作专门机构数", rf"政府信息公开(?:工作)?专门机构{_N}", "个"),
    Indicator("reading_points", "设置政府信息公开查阅点数", rf"设[置立]政府信息公开查阅(?:点|场所){_N}", "个"),
    Indicator("staff", "从事政府信息公开工作人员数", rf"从事政府信息公开工作(?:的)?人员{_N}", "人"),
    Indicator("staff.full_time", "专职人员数", rf"专职人员{_N}", "人"),
    Indicator("staff.part_time", "兼职人员数", rf"兼职人员{_N}", "人"),
    Indicator("funds", "政府信息公开专项经费", r"政府信息公开(?:工作)?专项经费(?:数|总额)?", "万元"),
    Indicator("meetings", "召开政府信息公开工作会议或专题会议数", rf"召开政府信息公开工作会议(?:或|和|、)专题会议{_T}", "次"),
    Indicator("trainings", "举办各类培训班数", rf"举办(?:各类)?培训班{_T}", "次"),
    Indicator("trainees", "接受培训人员数", rf"接受培训(?:的)?人员{_N}", "人次"),
)  # fmt: skip
BY_KEY = {row.key: row for row in INDICATORS}
ORDER = {row.key: number for number, row in enumerate(INDICATORS)}
# Printed under 复议 and under 诉讼 alike: which of the two is told by the rows before.
TWICE: dict[str, int] = {"corrected": 2, "other": 3}
RANKS: dict[str, int] = {"": 0, "upheld": 1, **TWICE}

# Rows that hold no number, and the words of title and header.
HEADINGS = (
    r"主动公开(?:政府信息)?情况", r"通过不同渠道和?方式公开政府信息的?情况", r"(?:政策)?回应解读情况",
    r"通过不同渠道和?方式回应解读的?情况", r"依申请公开(?:政府信息)?情况", r"机构建设和?(?:保障)?经费(?:保障)?情况",
    r"政府信息公开会议和?培训情况", r"(?:申请情况|申请处理情况|行政复议情况|行政诉讼情况|行政复议、?行政诉讼情况)",
)  # fmt: skip
HEADS = (
    r"(?:附[件表][一二三四五\d]{0,2}:?)?(?:20\d\d年?(?:度)?)?.{0,24}?政府信息公开(?:工作)?情况统计表(?:\((?:20\d\d年?度?)?\))?",
    r"附[件表][一二三四五\d]{0,2}:?", r"(?:统计)?指标(?:名称)?", r"(?:计量)?单位", r"统计数(?:量|据)?|数量|数值|数据",
    r"\(?(?:20\d\d)?年?度\)?",
)  # fmt: skip
# Words of a header that name further columns of numbers: the row's number is then not the only one.
COLUMNS_BESIDE = (
    r"(?:本年|历年|上年|去年)?累计(?:数|总数)?|(?:历年|上年|去年|上期|本期实际|同比|第?[一二三四1-4]季度)(?:统计)?(?:数|增减|情况)?"
    r"|序号|代码|行次|编号|备注|说明|.{0,6}(?:本级|区直|市直|县直|乡镇|街道|下级|部门)(?:单位)?(?:统计)?数?"
)

# whole = sum of parts; the last are parts only where they are printed.
SUMS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("indicators.requests_by_way", "requests.received",
     ("requests.in_person", "requests.fax", "requests.online", "requests.letter"),
     ("requests.email", "requests.other_ways")),
    ("indicators.completed", "requests.completed", ("requests.on_time", "requests.extended"), ()),
    ("indicators.answered", "requests.answered",
     ("answers.already_public", "answers.granted", "answers.partly_granted", "answers.denied",
      "answers.not_ours", "answers.not_existing", "answers.to_correct", "answers.elsewhere"), ()),
    ("indicators.denied", "answers.denied",
     ("denied.state_secret", "denied.business_secret", "denied.privacy", "denied.three_securities",
      "denied.not_government_information", "denied.other_laws"), ()),
    ("indicators.reconsiderations", "reconsiderations",
     tuple(f"reconsiderations.{one}" for one in ("upheld", "corrected", "other")), ()),
    ("indicators.lawsuits", "lawsuits", tuple(f"lawsuits.{one}" for one in ("upheld", "corrected", "other")), ()),
    ("indicators.staff", "staff", ("staff.full_time", "staff.part_time"), ()),
)  # fmt: skip
# 其中: a part is at most its whole.
PARTS: tuple[tuple[str, str], ...] = (
    ("disclosed", "disclosed.normative_documents"),
    ("responses.press_conferences", "responses.press_conferences.principal"),
    ("responses.interviews", "responses.interviews.principal"),
)
