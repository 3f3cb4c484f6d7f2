"""Prose of the figures: totals, requests, reviews, fees, as offices word them.

The ways of saying none are those that STUDY.md 6 counts (no way holds a majority).
"""

from __future__ import annotations

import random
import re

from .latent import CHANNELS, Latent
from .parts import Clause

_NO_REQUESTS = (
    "{Y}{we}未收到政府信息公开申请", "{Y}{we}未收到公民、法人或其他组织的政府信息公开申请", "{Y}{we}收到政府信息公开申请0件",
    "{Y}无依申请公开事项", "{Y}{we}没有收到要求公开政府信息的申请", "{Y}{we}共受理政府信息公开申请0宗", "{Y}未接到信息公开申请",
    "{Y}{we}未受理依申请公开政府信息的事项", "{Y}政府信息公开申请数为零", "{Y}{we}无申请公开件", "{Y}未出现依申请公开的情况",
)  # fmt: skip
_NO_REVIEWS = (
    "{Y}{we}未发生因政府信息公开引起的行政复议、行政诉讼", "{Y}没有因政府信息公开申请行政复议、提起行政诉讼的情况",
    "{Y}{we}政府信息公开行政复议0件，行政诉讼0件", "{Y}无行政复议和行政诉讼案件", "{Y}不存在因信息公开被复议、诉讼的情况",
    "{Y}未出现针对{we}的有关政府信息公开事务的行政复议和行政诉讼", "{Y}没有发生复议、诉讼和申诉", "行政复议和诉讼均为零",
)  # fmt: skip
_NO_FEES = (
    "{Y}{we}未收取任何费用", "{Y}{we}未向公民收取信息公开费用", "{we}公开政府信息没有收费", "{Y}未收取检索、复制、邮寄等费用",
    "{Y}{we}没有向申请人收取任何费用", "信息公开收费0元", "{Y}未发生收费和减免情况",
)  # fmt: skip
_FEE_LINES = ("{Y}{we}未收取信息处理费", "按照规定，{Y}{we}发出收费通知0件、总金额0元、实际收取0元", "{Y}{we}没有收取信息处理费")
_TOTALS = (
    "{Y}{we}主动公开政府信息{n}条", "{Y}共主动公开信息{n}条", "{Y}{we}累计公开政府信息{n}条", "{Y}{we}公开各类政府信息{n}条",
    "{Y}通过各种渠道公开政府信息{n}条", "{Y}{we}在政府网站发布信息{n}条",
)  # fmt: skip
_OUTCOMES = (
    ("予以公开", ("granted",)), ("部分公开", ("partly_granted",)), ("不予公开", ("denied",)),
    ("无法提供", ("unavailable",)), ("不予处理", ("not_processed",)), ("其他处理", ("other",)),
)  # fmt: skip


_TIME = re.compile(r"^(?:20\d\d年度?，|全年|本年度，?)")


def core_of(text: str, latent: Latent) -> str:
    """A clause without its year, the body's word for itself and the final mark."""
    return _TIME.sub("", text).removeprefix(latent.body.we).rstrip("。；，")


def words_of(latent: Latent, dice: random.Random, template: str, **more: object) -> str:
    """A template with its year (often left out) and the body's word for itself."""
    year = dice.choice((f"{latent.year}年，", f"{latent.year}年，", f"{latent.year}年度，", "全年", "本年度", "本年度，"))
    return template.format(Y=year, we=latent.body.we, **more)


def _count(dice: random.Random, number: int) -> str:
    if number >= 20 and dice.random() < 0.1:  # study 6: 余 in 13 of 136, exact number and 余 in 5
        rounded = number if dice.random() < 0.4 else number // 10 * 10
        return f"{rounded}余"
    if number >= 20000 and dice.random() < 0.5:
        return f"{number / 10000:.2f}万".replace(".00万", "万")
    return f"{number:,}" if number >= 1000 and dice.random() < 0.1 else str(number)


def total(latent: Latent, dice: random.Random, wrong_parts: bool) -> list[Clause]:
    """The total disclosed, often with its parts."""
    parts = list(latent.parts)
    by_channel = any(name in CHANNELS for name, _ in parts)
    template = dice.choice(_TOTALS[:-1] if by_channel else _TOTALS)  # the last names one channel
    core = words_of(latent, dice, template, n=_count(dice, latent.total))
    key = core_of(core, latent)
    if not parts or dice.random() < 0.35:
        return [Clause(core + "。", "done", key=key)]
    if wrong_parts:
        place = dice.randrange(len(parts))
        name, size = parts[place]
        gap = dice.choice((-10, -3, -2, -1, 1, 2, 5, 12))
        parts[place] = (name, size + (gap if size + gap > 0 else 5))
    listed = "、".join(f"{name}{'类' if name[-1] not in '栏号屏体博站' else ''}{size}条" for name, size in parts)
    if dice.random() < 0.3:
        return [Clause(f"{core}，其中{listed}。", "done", key=key)]
    return [Clause(core + dice.choice("，。"), "done", key=key), Clause(f"其中{listed}。", "done", key=listed)]


def requests(latent: Latent, dice: random.Random, stated: int) -> list[Clause]:
    """Requests of the year; ``stated`` is the number that the prose gives."""
    if not stated:
        text = words_of(latent, dice, dice.choice(_NO_REQUESTS))
        return [Clause(text + "。", "done", key=core_of(text, latent))]
    start = dice.choice(("收到政府信息公开申请{n}件", "新收政府信息公开申请{n}件", "共受理公开申请{n}件"))
    text = words_of(latent, dice, "{Y}{we}" + start, n=stated)
    key = start.format(n=stated)
    cells = latent.requests
    carried = int(cells["carried_in", "total"])
    rest = []
    if carried:
        rest.append(f"上年结转{carried}件")
    if dice.random() < 0.6 or carried or latent.carried_out:
        rest.append(f"办结{latent.handled}件" if latent.carried_out or dice.random() < 0.5 else "均已按时答复")
    if latent.carried_out:
        rest.append(f"结转下年度继续办理{latent.carried_out}件")
    clauses = [Clause("，".join((text, *rest)) + "。", "done", key=key)]
    if latent.handled and dice.random() < 0.5:
        counts = []
        for name, groups in _OUTCOMES:
            count = sum(int(v) for (row, c), v in cells.items() if c == "total" and row.partition(".")[0] in groups)
            counts += [f"{name}{count}件"] if count else []
        clauses.append(Clause("其中" + "、".join(counts) + "。", "done", key="、".join(counts)))
    return clauses


def review(latent: Latent, dice: random.Random) -> list[Clause]:
    """Reconsiderations and lawsuits."""
    if not latent.reconsiderations and not latent.lawsuits:
        text = words_of(latent, dice, dice.choice(_NO_REVIEWS))
        return [Clause(text + "。", "done", key=core_of(text, latent))]
    parts = []
    if latent.reconsiderations:
        detail = [f"{name}{latent.review['reconsideration', key]}件" for name, key in
                  (("维持", "upheld"), ("纠正", "corrected")) if latent.review["reconsideration", key]]  # fmt: skip
        parts.append(f"因政府信息公开被申请行政复议{latent.reconsiderations}件" + ("，其中" + "、".join(detail) if detail else ""))
    else:
        parts.append("未发生行政复议")
    parts.append(f"行政诉讼{latent.lawsuits}件" if latent.lawsuits else "无行政诉讼")
    text = "；".join(parts)
    return [Clause(words_of(latent, dice, "{Y}") + text + "。", "done", key=parts[0].partition("，")[0])]


def fees(latent: Latent, dice: random.Random) -> list[Clause]:
    """The section on fees of the free form."""
    return [Clause(words_of(latent, dice, dice.choice(_NO_FEES)) + "。", "done")]


def fee_line(latent: Latent, dice: random.Random) -> Clause:
    """The line on fees in section six."""
    return Clause(words_of(latent, dice, dice.choice(_FEE_LINES)) + "。", "done")


def trainings(latent: Latent, dice: random.Random) -> Clause:
    """A deed whose figures are the report's own."""
    text = dice.choice(("举办政府信息公开业务培训{n}次，参训{m}人次", "开展信息公开培训{n}场，培训{m}人次")).format(
        n=latent.trainings, m=latent.trainees)  # fmt: skip
    return Clause(text + dice.choice("。；"), "done", key=text.partition("，")[0])


def interpretations(latent: Latent, dice: random.Random) -> Clause:
    """A deed whose figure is the report's own."""
    text = dice.choice(("发布政策解读{n}篇", "发布政策解读材料{n}条", "制作图解、文字等各类政策解读{n}篇"))
    text = text.format(n=latent.interpretations)
    return Clause(text + dice.choice("。；"), "done", key=text)
