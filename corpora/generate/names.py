"""Bodies that do not exist: places, names, what they call themselves, their trade.

Place names are pairs of rare characters of plants and waters, so that none is a real place's.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_FIRST = "枭榧椤楸桤柘桕榉棌梣樨槭橐薜蓼荻菖薅楝槲"
_SECOND = "洺浛湅淯滧溎漪泖渌沘汊滃沄泙渰潏洑澨埫岙"

# Words of a trade: a clause that has one fits only a body of that trade.
TRADES: dict[str, tuple[str, str]] = {
    "农业农村": ("农业农村局", r"农[机业技补药产]|种粮|耕地|畜|禽|疫病|渔|高标准农田|粮食生产"),
    "教育": ("教育局", r"教育|招生|学位|学校|教师|幼儿园|中考|学生"),
    "卫生健康": ("卫生健康局", r"卫生|医[疗院生]|疾控|诊所|健康"),
    "民政": ("民政局", r"民政|低保|养老|殡葬|婚姻|社会组织"),
    "住房和城乡建设": ("住房和城乡建设局", r"住建|房屋|物业|棚户区|保障房|商品房|燃气|老旧小区|公租房"),
    "自然资源": ("自然资源局", r"自然资源|国土|征地|不动产|矿|规划许可|宅基地|土地"),
    "市场监督管理": ("市场监督管理局", r"市场监管|食品|抽检|药品|特种设备|营业执照|商标|企业年报"),
    "审计": ("审计局", r"审计"),
    "财政": ("财政局", r"财政局|预算单位|政府采购|国资"),
    "交通运输": ("交通运输局", r"交通|公路|公交|客运|货运|班线|超限"),
    "水利": ("水利局", r"水利|河长|水库|防汛|取水|灌"),
    "文化和旅游": ("文化和旅游局", r"文旅|文化|旅游|图书馆|非遗|景区|演出"),
    "人力资源和社会保障": ("人力资源和社会保障局", r"人社|社保|就业|欠薪|职称|招聘|劳动"),
    "应急管理": ("应急管理局", r"应急|安全生产|危化|烟花"),
    "统计": ("统计局", r"统计局|统计公报|普查|统计数据|入户调查"),
    "司法": ("司法局", r"司法|律师|法律援助|公证|调解|普法"),
    "生态环境": ("生态环境局", r"环保|环境局|生态环境|环评|污染|排污|空气质量"),
    "林业": ("林业局", r"林业|林权|森林|造林"),
}
_TRADE_WORDS = {trade: re.compile(words) for trade, (_, words) in TRADES.items()}
_CONFINED = re.compile(
    r"气象|海关|税|公积金|体育|档案馆|科技局|商务局|城管|执法局|信访局|医保局|人防|检察|法院|消防|公安"
    r"|工信|残联|烟草|银行|电价|水价|供[水气热电]|停[水电气]|园区|开发区|管委会"
)

# Words of an area of one rank; a body of an area of another rank does not use them of itself.
_RANKS = {"县": re.compile(r"全县|县政府|县[长委]|县本级|县直|县常务"), "市": re.compile(r"全市|市政府|市[长委]|市本级|市直|市级|区县"),
          "区": re.compile(r"全区|区政府|区[长委]|区本级|区直")}  # fmt: skip

# What words a kind of body has for its own area; a clause with another kind's words does not fit.
_KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("township", re.compile(r"(?<![乡城各])镇(?![静定])|(?<!城)乡(?![镇村亲])|村|院坝|站所")),
    ("street", re.compile(r"街道|居民|社区|居委会|楼道|街办")),
    ("school", re.compile(r"[我本全]校|师生|学院|教代会|新生|院系|教职工|学年|校[长园务]|家长|学校|高校")),
    ("hospital", re.compile(r"患者|[我本全]院|门诊|住院|医院|就诊|院务")),
    ("utility", re.compile(r"公司|用户|电价|水价|抄表|供[水气热电]|停[水电气]|营业厅")),
    ("county", re.compile(r"全[县市区]|县政府|市政府|区政府|县[长委]|市[长委]|各县|各区|各乡镇|乡镇|各部门|各单位|常务会议|县[直级]|市[直级]|部门")),
    ("bureau", re.compile(r"局长|局机关|全局(?!面)|局党组|局务会|局办公室|局班子|股室|股站|各股|教体局")),
    ("department", re.compile(r"全省|省[政府直厅]|全系统|流域|直属单位")),
)
_FAMILY = {"city": "county", "zone": "county", "university": "school", "college": "school",
           "province_dept": "department", "ministry": "department"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """A body: ``places`` are its place names from the highest down, ``area`` its own area's word."""

    kind: str
    name: str
    we: str
    places: tuple[str, ...]
    trade: str | None = None

    @property
    def rank(self) -> str | None:
        """县, 市 or 区 where the body is an area's government."""
        return self.we[-1] if self.kind in ("county", "city") else None


def family(kind: str | None) -> str | None:
    """Kinds that speak alike under one name."""
    return _FAMILY.get(kind, kind) if kind else None


def kinds_of_words(text: str) -> frozenset[str]:
    """The families of kinds whose own words a text has; empty where any body could say it."""
    return frozenset(name for name, words in _KIND_WORDS if words.search(text))


def ranks_of_words(text: str) -> frozenset[str]:
    """The ranks of area (县, 市, 区) whose own words a text has."""
    return frozenset(rank for rank, words in _RANKS.items() if words.search(text))


def trade_of_words(text: str) -> str | None:
    """The trade whose words a text has, ``"?"`` where it is one that no body here has or several
    could be meant, None where none."""
    if _CONFINED.search(text):
        return "?"
    found = [trade for trade, words in _TRADE_WORDS.items() if words.search(text)]
    if not found:
        return None
    return found[0] if len(found) == 1 else "?"


def _place(dice: random.Random) -> str:
    return dice.choice(_FIRST) + dice.choice(_SECOND)


def draw_body(dice: random.Random, kind: str) -> Body:
    """A body of a kind."""
    high, low = _place(dice), _place(dice)
    area = dice.choice("县县县区市")
    if kind == "township":
        suffix = dice.choice("镇镇乡")
        return Body(kind, f"{high}{area}{low}{suffix}人民政府", f"我{suffix}", (high, low))
    if kind == "street":
        lead = f"{high}{dice.choice('区区市')}" if dice.random() < 0.8 else ""
        return Body(kind, f"{lead}{low}街道办事处", dice.choice(("我街道", "街道", "我街道", "我办事处")), (high, low))
    if kind == "bureau":
        trade = dice.choice(tuple(TRADES))
        return Body(kind, f"{high}{area}{TRADES[trade][0]}", "我局", (high,), trade)
    if kind == "department":
        trade = dice.choice(tuple(TRADES))
        return Body(kind, f"{high}省{trade}厅", "我厅", (high,), trade)
    if kind in ("county", "city"):
        suffix = "市" if kind == "city" else dice.choice("县县区")
        return Body(kind, f"{high}{suffix}人民政府", dice.choice((f"我{suffix}", f"全{suffix}")), (high,))
    if kind == "zone":
        return Body(kind, f"{high}{dice.choice(('经济技术开发区', '高新技术产业开发区'))}管理委员会", "管委会", (high,))
    if kind == "university":
        return Body(kind, f"{high}{dice.choice(('大学', '学院', '师范学院', '职业技术学院'))}", "学校", (high,))
    if kind == "school":
        return Body(kind, f"{high}{area}第{dice.choice('一二三四')}中学", "我校", (high,))
    if kind == "hospital":
        return Body(kind, f"{high}{area}{dice.choice(('人民医院', '中医医院', '妇幼保健院'))}", "我院", (high,))
    return Body(kind, f"{high}{area}{dice.choice(('自来水', '燃气', '供热'))}公司", "公司", (high,))
