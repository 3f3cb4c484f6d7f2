"""Pages that a crawl of authorities' sites holds and that are no yearly report, for the first
test: near in words, far in kind. Written for this purpose; places are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator

_PLACES = ("枫桴县", "沅渚县", "岚溪市", "栖梧区", "澄湾区", "云垭镇", "汀芷街道")
_BODIES = ("农业农村局", "教育体育局", "人民政府办公室", "住房和城乡建设局", "市场监督管理局")
_MENU = "".join(f"<a href='/{n}/'>{word}</a> " for n, word in enumerate(
    ("首页", "政务公开", "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"))
)  # fmt: skip

# Kind of page: title, and sentences of which some are drawn. {b} a body, {y} a year, {n} a number.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "guide": ("{b}政府信息公开指南", (
        "为方便公民、法人和其他组织获取政府信息，本机关编制本指南。", "一、主动公开的信息范围包括机构职能、政策文件、规划计划。",
        "二、依申请公开：申请人可以当面、邮寄或者网上提交申请表。", "受理时间为工作日上午九时至十二时。",
        "本机关收到申请后，能够当场答复的当场答复；不能当场答复的，自收到之日起20个工作日内答复。",
        "申请人认为本机关的行为侵犯其合法权益的，可以申请行政复议或者提起行政诉讼。")),
    "form of request": ("{b}依申请公开", (
        "请如实填写政府信息公开申请表。", "申请人信息：姓名、证件号码、联系电话。", "所需信息的内容描述、用途、提供方式。",
        "收费标准按照有关规定执行。", "查询申请办理进度请输入查询码。")),
    "law": ("政府信息公开条例（节选）", (
        "第一条 为了保障公民、法人和其他组织依法获取政府信息，制定本条例。", "第二十条 行政机关应当主动公开本机关的下列政府信息。",
        "第二十七条 除行政机关主动公开的信息外，公民可以申请获取相关政府信息。", "第三十六条 对申请，行政机关根据情况分别作出答复。",
        "第四十九条 县级以上部门应当在每年1月31日前提交上一年度政府信息公开工作年度报告并公布。",
        "第五十条 年度报告应当包括主动公开的情况、收到和处理申请的情况、因信息公开被申请行政复议、提起行政诉讼的情况、存在的主要问题及改进情况。")),
    "list of reports": ("政府信息公开年报", tuple(
        f"<a href='/r{n}.html'>{{b}}{2015 + n}年政府信息公开工作年度报告</a> {2016 + n}-01-2{n % 9}" for n in range(9))),
    "news of a training": ("{b}举办政府信息公开业务培训", (
        "{y}年3月，{b}举办政府信息公开业务培训班，共{n}人参加。", "培训围绕主动公开、依申请公开、年报编制等内容展开。",
        "会议指出，当前信息公开工作仍存在一些不足，下一步要提高认识。", "参训人员纷纷表示收获很大。")),
    "work points": ("{b}{y}年政务公开工作要点", (
        "一、聚焦重点领域公开，做好规划、财政、民生信息公开。", "二、优化政策解读，落实解读与文件同步审签。",
        "三、规范依申请公开办理，降低纠错率。", "四、强化保障，把政务公开纳入考核。", "各单位要在十二月底前报送落实情况。")),
    "notice on reports": ("关于做好{y}年政府信息公开工作年度报告编制工作的通知", (
        "各乡镇、各部门：根据条例规定，现就编制年度报告有关事项通知如下。", "一、按照统一格式填写三张表，注意勾稽关系。",
        "二、存在的主要问题及改进情况要实事求是。", "三、各单位请于{y}年1月20日前将年报报送我办，1月31日前发布。")),
    "rule of law report": ("{b}{y}年度法治政府建设工作报告", (
        "{y}年，{b}办理行政处罚{n}件，行政许可{n}件。", "收到行政复议{n}件，行政诉讼{n}件，均已按期答复。",
        "推进政务公开，加强信息公开平台建设，主动公开信息{n}条。", "存在的问题：执法队伍力量不足。", "下一步将加强培训。")),
    "budget": ("{b}{y}年度部门决算公开", (
        "一、部门概况：主要职责、机构设置。", "二、收入支出决算总体情况说明，{y}年度总收入{n}万元。",
        "三、三公经费支出{n}万元。", "四、名词解释。", "根据预算信息公开的规定，现予公开。")),
    "answer to a letter": ("关于{y}年第{n}号来信的答复", (
        "您好，来信收悉。", "您反映的道路照明问题已转城管部门处理。", "根据政府信息公开条例，您可以提出信息公开申请。", "感谢您的关注。")),
    "reply on a request": ("政府信息公开申请答复书（{y}）第{n}号", (
        "本机关于{y}年收到您提出的政府信息公开申请。", "经查，您申请公开的信息本机关不掌握。",
        "如对本答复不服，可以在60日内申请行政复议，或者在6个月内提起行政诉讼。")),
    "appraisal": ("{b}{y}年政务公开考核结果通报", (
        "{y}年度政务公开考核中，{n}个单位为优秀。", "一些单位存在栏目更新不及时、信息公开目录不完善的问题。",
        "依申请公开方面，{n}件申请全部按期答复。", "请各单位对照问题改进。")),
    "weather": ("{b}发布天气提示", ("今日多云，气温{n}度。", "请注意防火。", "明日有小雨。")),
}  # fmt: skip


def negatives(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Kind and bytes of pages that are no report."""
    dice = random.Random(f"negatives/{seed}")
    names = list(KINDS)
    for number in range(count):
        kind = names[number % len(names)]
        title, sentences = KINDS[kind]
        body = dice.choice(_PLACES) + dice.choice(_BODIES)
        chosen = [s for s in sentences if dice.random() < 0.85] or list(sentences)

        def filled(text: str, body: str = body) -> str:
            year, amount = dice.randrange(2010, 2026), dice.randrange(1, 3_000)
            return text.replace("{b}", body).replace("{y}", str(year)).replace("{n}", str(amount))

        menu = _MENU if dice.random() < 0.8 else ""
        words = "".join(f"<p>{filled(s)}</p>" for s in chosen)
        page = f"<html><head><title>{filled(title)}</title></head><body>{menu}<h1>{filled(title)}</h1>{words}</body></html>"
        encoding = dice.choice(("utf-8", "utf-8", "gb18030"))
        yield kind, page.encode(encoding)
