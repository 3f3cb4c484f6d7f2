"""What writing and conversion do to a composed report, block by block; labels stay with the words.

Each function takes blocks and gives new ones, or None where there is nothing to strike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from .latent import Latent
from .parts import Block, Clause, Paragraph
from .rates import Rates

Change = Callable[[Sequence[Block], random.Random], "list[Block] | None"]
# Slips of the kind that study 9 met: like sounds, turned words, doubled and lost characters.
_SLIPS = (("时效", "实效"), ("存在", "存生"), ("其他", "他其"), ("及时", "及是"), ("公开", "公开公开"), ("政府信息", "政府信"), ("工作", "工做"),
          ("进一步", "进步"), ("完善", "完普"), ("群众", "群从"), ("的", "的的"), ("主动", "住动"), ("加强", "加前"), ("栏目", "拦目"))  # fmt: skip


def _places(blocks: Sequence[Block], fits: Callable[[Clause], bool]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        for j, clause in enumerate(block.clauses)
        if fits(clause)
    ]


def _with(blocks: Sequence[Block], place: tuple[int, int], text: str) -> list[Block]:
    i, j = place
    block = blocks[i]
    assert isinstance(block, Paragraph)
    clauses = list(block.clauses)
    clauses[j] = replace(clauses[j], text=text)
    return [*blocks[:i], replace(block, clauses=tuple(clauses)), *blocks[i + 1 :]]


def _text(blocks: Sequence[Block], place: tuple[int, int]) -> str:
    block = blocks[place[0]]
    assert isinstance(block, Paragraph)
    return block.clauses[place[1]].text


def _typo(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    good, bad = dice.choice(_SLIPS)
    places = _places(blocks, lambda c: not c.heading and good in c.text)
    if not places:
        return None
    place = dice.choice(places)
    return _with(blocks, place, _text(blocks, place).replace(good, bad, 1))


def _lost_number(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    number = re.compile(r"(?<![\d.,])\d[\d,]*(?=余?[条件篇次场])")
    places = _places(blocks, lambda c: c.label == "done" and number.search(c.text) is not None)
    if not places:
        return None
    place = dice.choice(places)
    return _with(blocks, place, number.sub("", _text(blocks, place), count=1))


def _broken_list(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    mark = re.compile(r"^[但]?[一二三四五六七八]是")
    places = _places(blocks, lambda c: mark.match(c.text) is not None)
    if not places:
        return None
    place = dice.choice(places)
    text = _text(blocks, place)
    broken = dice.choice((text[2:], text[1:], "二" + text[1:]))
    return _with(blocks, place, broken if broken != text else text[2:])


def _broken_date(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    date = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
    places = _places(blocks, lambda c: not c.heading and date.search(c.text) is not None and len(c.text) > 14)
    if not places:
        return None
    place = dice.choice(places)
    form = dice.choice((r"\1\2月\3日", r"\1\2\3日", r"\1年\2\3日"))
    return _with(blocks, place, date.sub(form, _text(blocks, place)))


def _is_heading(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and len(block.clauses) == 1 and block.clauses[0].heading


def _glue(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    """Headings on the line of their text; in two of three the whole body is one line."""
    whole = dice.random() < 0.67
    gap = dice.choice((" ", " ", "", "　"))
    glued: list[Block] = []
    for number, block in enumerate(blocks):
        last = glued[-1] if glued else None
        if not (isinstance(block, Paragraph) and isinstance(last, Paragraph)) or number < 2 or block.section == "footer":
            glued.append(block)
            continue
        tail = last.clauses[-1]
        if not (whole or tail.heading):
            glued.append(block)
            continue
        joined = (*last.clauses[:-1], replace(tail, text=tail.text + (gap or (" " if _is_heading(block) else ""))))
        glued[-1] = replace(last, clauses=(*joined, *block.clauses))
    return glued


def _lose_headings(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    return [block for number, block in enumerate(blocks) if number == 0 or not _is_heading(block)]


def _page_number(blocks: Sequence[Block], dice: random.Random) -> list[Block] | None:
    page = dice.randint(1, 6)
    if dice.random() < 0.3:
        places = _places(blocks, lambda c: not c.heading and len(c.text) > 30)
        if places:
            place = dice.choice(places)
            text = _text(blocks, place)
            cut = dice.randint(8, len(text) - 8)
            return _with(blocks, place, f"{text[:cut]} - {page} - {text[cut:]}")
    at = dice.randrange(1, len(blocks) + 1)
    line = Paragraph("other", (Clause(dice.choice((f"- {page} -", f"第{page}页", f"— {page} —"))),), furniture=True)
    return [*blocks[:at], line, *blocks[at:]]


_CHANGES: tuple[tuple[str, Change], ...] = (
    ("typos", _typo), ("lost_numbers", _lost_number), ("broken_lists", _broken_list), ("broken_dates", _broken_date),
    ("lost_headings", _lose_headings), ("glued", _glue), ("page_numbers", _page_number),
)  # fmt: skip


def disturb(blocks: Sequence[Block], dice: random.Random, rates: Rates, done: list[str]) -> list[Block]:
    """Blocks with slips and the marks of conversion; what struck is told to ``done``."""
    current = list(blocks)
    for name, change in _CHANGES:
        if rates.strike(name, dice):
            changed = change(current, dice)
            if changed is not None and changed != current:
                current = changed
                done.append(name)
    return current


# Lines of the page around a report and how many of 136 have them (study 9).
_ABOVE: tuple[tuple[str, float], ...] = (
    ("当前位置：首页 > 政务公开 > 政府信息公开年报", 0.11), ("索引号：000000000/{y1}-00{m}", 0.10), ("发布时间：{date} 来源：{agency}", 0.25),
    ("浏览次数：{hits}", 0.12), ("字体：[大 中 小]", 0.07), ("打印 关闭", 0.04),
)  # fmt: skip
_BELOW: tuple[tuple[str, float], ...] = (
    ("相关附件：年度报告.docx", 0.06), ("扫一扫在手机打开当前页", 0.04), ("主办单位：{agency}  备案号：00000000号", 0.03), ("上一篇：下一篇：", 0.03),
)


def furnish(blocks: Sequence[Block], latent: Latent, dice: random.Random, rates: Rates, done: list[str]) -> list[Block]:
    """Blocks with lines of the page above and below; about a third of the texts have any."""
    if not rates.strike("furniture", dice):
        return list(blocks)
    values = {"y1": latent.year + 1, "m": latent.published.month, "date": latent.published.isoformat(),
              "agency": latent.body.name, "hits": latent.total * 3 + 17}  # fmt: skip

    def lines(stock: tuple[tuple[str, float], ...]) -> list[Block]:
        chosen = [text for text, share in stock if dice.random() < share / 0.35]
        return [Paragraph("intro", (Clause(text.format(**values)),), furniture=True) for text in chosen]

    above, below = lines(_ABOVE), lines(_BELOW)
    if above or below:
        done.append("furniture")
    title = blocks[0]
    return [*above, title, *blocks[1:], *below] if dice.random() < 0.5 else [title, *above, *blocks[1:], *below]
