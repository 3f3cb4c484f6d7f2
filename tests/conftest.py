"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "reports"
_ROWS = (
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果 | （一）予以公开", "（二）部分公开", "（三）不予公开 | 1.属于国家秘密",
    "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
    "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
    "（四）无法提供 | 1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确", "（五）不予处理 | 1.信访举报投诉类申请", "2.重复申请",
    "3.要求提供公开出版物", "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他",
    "（七）总计", "四、结转下年度继续办理",
)  # fmt: skip
_THREE = ("3 | 1 | 0 | 0 | 0 | 0 | 4", "0 | 0 | 0 | 0 | 0 | 0 | 0")
_HEAD = """沅渚县林业局2022年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》编制本报告。
一、总体情况
2022年，我局主动公开政府信息128条，其中通过微信公众号发布56条。
全年收到政府信息公开申请4件，答复4件。
二、主动公开政府信息情况
| 第二十条第（一）项 |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | 2 | 1 | 9 |
| 第二十条第（五）项 |
| 信息内容 | 本年处理决定数量 |
| 行政许可 | 1,204 |
| 第二十条第（六）项 |
| 信息内容 | 本年处理决定数量 |
| 行政处罚 | 37 |
| 行政强制 | 0 |
| 第二十条第（八）项 |
| 信息内容 | 本年收费金额（单位：万元） |
| 行政事业性收费 | 12.5 |
三、收到和处理政府信息公开申请情况
| 申请人情况 |
| 自然人 | 法人或其他组织 | 总计 |
| 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
"""
_TAIL = """四、政府信息公开行政复议、行政诉讼情况
| 行政复议 | 行政诉讼 |
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
| 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
五、存在的主要问题及改进情况
我局政府信息公开工作还存在以下不足：一是公开内容不够全面；二是信息更新不够及时。
下一步，我局将细化主动公开目录，及时更新各栏目信息，加强业务培训。
六、其他需要报告的事项
2022年，我局未收取信息处理费。
沅渚县林业局
2023年1月12日
"""


def _request_rows() -> str:
    lines = []
    for number, label in enumerate(_ROWS):
        values = {0: _THREE[0], 2: _THREE[0], 23: _THREE[0]}.get(number, _THREE[1])
        lines.append(f"| {label} | {values} |")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def report_text() -> str:
    """A small county bureau's report, form 2021, 200 cells, tables flattened to pipes."""
    return _HEAD + _request_rows() + _TAIL


@pytest.fixture(scope="session")
def real_report() -> Path:
    """A real report as scraped, where the checkout has it beside."""
    path = SHARED / "000_f5a9199cbe66440d.txt"
    if not path.exists():
        pytest.skip("no real reports beside this checkout")
    return path
