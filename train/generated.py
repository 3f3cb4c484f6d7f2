"""Generated plans with paragraphs: hand-made compressions recombined in varied frames.

A paragraph says its plan in order, so that what is learned is how to shorten and to join. In a
part of the items words are exchanged for others, so that copying is learned and not the words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from nlp.plan_items import ItemKind, Plan, PlanItem
from nlp.words import Cut

from .compressions import Compression
from .frames import ANNOUNCED, PROMISES_OF_A_YEAR
from .pairs_of_plans import Part, PlanPair

LONGEST = 150  # characters of cores in a paragraph
EXCHANGED = 0.25  # of the items get other words
Stock = Mapping[str, Sequence[Compression]]
_MOST: dict[ItemKind, int] = {
    "figure": 3, "request": 2, "review": 1, "deed": 3, "problem": 5, "commitment": 5,
}  # fmt: skip
_ORDERS: tuple[tuple[ItemKind, ...], ...] = (
    ("figure", "request", "review", "deed", "problem", "commitment"),
    ("figure", "request", "review", "deed", "problem", "commitment"),
    ("figure", "deed", "request", "review", "problem", "commitment"),
    ("deed", "figure", "request", "review", "problem", "commitment"),
    ("request", "review", "figure", "deed", "problem", "commitment"),
    ("problem", "commitment", "figure", "request", "review", "deed"),
)
Item = tuple[ItemKind, str, str]  # kind, text, core


def _exchange(
    text: str, core: str, words: Sequence[str], cut: Cut, dice: random.Random
) -> tuple[str, str]:
    """Both texts with some words exchanged for others."""
    own = {word for word in cut(text) if len(word) >= 2 and word in core and word.isalpha()}
    for word in sorted(own):
        if dice.random() < 0.4:
            other = dice.choice(words)
            text, core = text.replace(word, other), core.replace(word, other)
    return text, core


def _renumber(text: str, core: str, dice: random.Random) -> tuple[str, str]:
    for number in sorted(
        set(re.findall(r"(?<!\d)\d{1,5}(?![\d年.])", core)), key=len, reverse=True
    ):
        other = str(dice.randint(1, 10 ** len(number)))
        text = re.sub(rf"(?<!\d){number}(?!\d)", other, text)
        core = re.sub(rf"(?<!\d){number}(?!\d)", other, core)
    return text, core


def _items(
    stock: Stock, words: Sequence[str], cut: Cut, dice: random.Random
) -> dict[ItemKind, list[Item]]:
    """Some items of each kind that fit one paragraph."""
    room = dice.randint(60, LONGEST)
    found: dict[ItemKind, list[Item]] = {}
    kinds = [kind for kind, most in _MOST.items() for _ in range(dice.randint(0, most))]
    dice.shuffle(kinds)
    for kind in kinds or ["problem"]:
        one = dice.choice(stock[kind])
        text, core = _renumber(one.text, one.core, dice)
        if dice.random() < EXCHANGED:
            text, core = _exchange(text, core, words, cut, dice)
        if len(core) <= room or not found:
            found.setdefault(kind, []).append((kind, text, core))
            room -= len(core)
    return found


def _join(items: Sequence[Item], dice: random.Random) -> Iterator[tuple[str, Item | None]]:
    """Cores as a list: 、 between short ones, ， between long ones, ； where they have commas."""
    cores = [core for _, _, core in items]
    mark = "；" if any("，" in core or "；" in core for core in cores) else "，"
    if mark == "，" and len(items) > 1 and dice.random() < 0.3:
        mark = "；"
    if all(len(core) <= 12 and not re.search("[、，和]", core) for core in cores):
        mark = "、"
    for number, item in enumerate(items):
        if number:
            yield mark, None
        yield item[2], item


def _announce(kind: ItemKind, items: Sequence[Item], frame: str, dice: random.Random,
              ) -> Iterator[tuple[str, Item | None]]:  # fmt: skip
    before, after = frame.split("{}")
    if before:
        yield before, None
    yield from _join(items, dice)
    if after:
        yield after, None


def _agency(dice: random.Random) -> str:
    return "".join(dice.choice("青云沅栎蓼渚岭溪柏") for _ in range(2)) + dice.choice("县局镇市")


def generated_pair(
    stock: Stock, words: Sequence[str], cut: Cut, dice: random.Random
) -> PlanPair:
    """A plan of random compressions and the paragraph that says it."""
    year, agency = dice.randint(2008, 2025), _agency(dice)
    chosen = _items(stock, words, cut, dice)
    said: list[tuple[str, Item | None]] = []
    names: list[Item] = [("agency", agency, agency), ("year", f"{year}年", f"{year}年")]
    if dice.random() < 0.15:
        names.reverse()
        said += [(names[0][2], names[0]), ("，", None), (names[1][2], names[1])]
    else:
        said += [(item[2], item) for item in names]
    first = True
    for kind in dice.choice(_ORDERS):
        items = chosen.get(kind, [])
        if not items:
            continue
        facts = kind in ("figure", "request", "review")
        if not first:
            said.append((dice.choice("，；；") if facts else dice.choice("。。。；"), None))
        frame = dice.choice(ANNOUNCED[kind])
        if kind == "commitment" and dice.random() < 0.35:
            shown = f"{year + 1}年"
            said.append((shown, ("year", shown, shown)))
            frame = dice.choice(PROMISES_OF_A_YEAR)
        said += _announce(kind, items, frame, dice)
        first = False
    said.append(("。", None))
    plan_items = [item for _, item in said if item is not None]
    plan = Plan(tuple(PlanItem(kind, text, 0, len(text), False) for kind, text, _ in plan_items))
    places = iter(range(len(plan_items)))
    parts = tuple(
        Part(text, frozenset() if item is None else frozenset({next(places)}))
        for text, item in said
    )
    return PlanPair(plan, parts, "generated")
