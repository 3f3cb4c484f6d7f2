"""Section five: what is lacking and what is promised, in the shapes and shares of STUDY.md 3–5."""

from __future__ import annotations

import random
from collections.abc import Sequence

from .bank import Bank, fill, jitter
from .gaps import PROBLEM_WEIGHTS, PROBLEMS, PROMISE_WEIGHTS, PROMISES
from .latent import Latent
from .parts import Clause, Paragraph, heading

_FROM_BANK = 0.42  # of the gaps and acts
_HAN = "一二三四五六七八"
Said = tuple[str, tuple[str, ...]]  # text without final mark, topics
_PRAISE = (
    "{Y}{we}政府信息公开工作取得了一定成效，", "一年来，{we}信息公开工作取得了一定成绩，", "{Y}{we}政府信息公开工作虽然取得了一定的成绩，",
    "{we}信息公开工作有序推进，", "总的来看，{we}政府信息公开工作有了新的进展，", "{Y}政府信息公开工作稳步开展，取得一定成果，",
)  # fmt: skip
_GENERAL = ("仍存在一些不足", "还存在一些问题和短板", "与上级的要求和人民群众的期待相比还有一定差距", "在实际工作中也存在一些问题", "仍有进一步改进和提升的空间",
            "与新形势下信息公开工作的要求相比还有一定距离", "工作中还存在一些亟待解决的问题")  # fmt: skip
# Several things that share one word, as most offices write it.
_SHARED = ("有待进一步加强", "还需进一步提高", "需要进一步完善", "有待进一步规范", "不够", "还有欠缺")
_BEFORE = ("从日常工作看，", "在信息公开工作中，", "对照《条例》规定和上级要求，", "与群众对信息公开的期望相比，", "由于日常事务多、工作任务重，", "从检查情况看，", "在推进政府信息公开的过程中，")
_EMPTY = ("存在的主要问题有：", "主要问题：", "存在的问题主要表现在：", "主要表现在以下方面：")
_LABELS = ("改进措施：", "整改措施：", "改进情况：", "下一步打算：")
_FRAMES = (("下一步，", 7), ("针对以上问题，", 4), ("针对存在的不足，", 2), ("{y1}年，", 4), ("为此，", 1), ("今后，", 3),
           ("下步工作中，", 2), ("接下来，", 1), ("结合存在的问题，", 2), ("下一年度，", 1))  # fmt: skip
_GOING = ("将从以下几个方面加以改进：", "将重点抓好以下工作：", "要做好以下几方面工作：")


def _weighted(dice: random.Random, weights: dict[str, int], without: Sequence[str]) -> str:
    names = [name for name in weights if name not in without] or list(weights)
    return dice.choices(names, [weights[name] for name in names])[0]


def _gap(dice: random.Random, latent: Latent, bank: Bank, topic: str) -> Said:
    units = bank.fitting("problems", topic, latent.body, latent.form)
    if units and dice.random() < _FROM_BANK:
        clause = dice.choice(units).clauses[0]
        return jitter(fill(clause.text, latent.body, latent.year), dice), clause.topics
    things, lacks, tasks = PROBLEMS[topic]
    words = lacks if dice.random() < 0.52 else tasks
    return dice.choice(things) + dice.choice(words), (topic,)


def _act(dice: random.Random, latent: Latent, bank: Bank, topic: str) -> Said:
    units = bank.fitting("promises", topic, latent.body, latent.form)
    if units and dice.random() < _FROM_BANK:
        clause = dice.choice(units).clauses[0]
        return jitter(fill(clause.text, latent.body, latent.year), dice), clause.topics
    return dice.choice(PROMISES[topic]), (topic,)


def _key(text: str) -> str:
    """A problem without the words that only lead to it."""
    return next((text.removeprefix(lead) for lead in _BEFORE if text.startswith(lead)), text)


def _joined(said: Sequence[Said], mark: str) -> Said:
    topics = tuple(dict.fromkeys(topic for _, own in said for topic in own))
    return mark.join(text for text, _ in said), topics


def _gaps(dice: random.Random, latent: Latent, bank: Bank, clauses: int) -> list[Said]:
    """What each problem clause says: one gap (60 %), two (33 %) or more."""
    found: list[Said] = []
    used: list[str] = []
    for _ in range(clauses):
        several = dice.choices((1, 2, 3), (55, 38, 7) if clauses > 1 else (25, 50, 25))[0]
        said: list[Said] = []
        for _ in range(several):
            topic = _weighted(dice, PROBLEM_WEIGHTS, used)
            used.append(topic)
            one = _gap(dice, latent, bank, topic)
            if several > 1 and dice.random() < 0.6:
                one = dice.choice(PROBLEMS[topic][0]), (topic,)
            if not said or len(one[0]) + sum(len(text) for text, _ in said) < 56:
                said.append(one)
        found.append(_gap_clause(dice, said))
    return found


def _gap_clause(dice: random.Random, said: Sequence[Said]) -> Said:
    """Gaps joined; bare things share one word of lack or task (a gap that says its own comes last)."""
    things = [one for one in said if one[0] in PROBLEMS[one[1][0]][0]]
    whole = [one for one in said if one not in things]
    parts: list[Said] = []
    if things:
        names, topics = _joined(things, "、")
        parts.append((names + dice.choices(_SHARED, (4, 3, 3, 2, 4, 2))[0], topics))
    text, topics = _joined([*parts, *whole], "，")
    if dice.random() < 0.55 and len(text) < 34:
        text = dice.choice(_BEFORE) + text
    return text, topics


def _marked(dice: random.Random, said: Sequence[Said], label: str, style: str) -> list[Clause]:
    """Items of a list; the mark between items changes inside in one of five (study 3)."""
    stop = dice.choice("；；。")
    clauses = []
    for number, (text, topics) in enumerate(said):
        mark = {"一是": f"{_HAN[number]}是", "1.": f"{number + 1}.", "1、": f"{number + 1}、", "": ""}[style]
        last = number == len(said) - 1
        end = "。" if last or dice.random() < 0.1 else stop
        clauses.append(Clause(f"{mark}{text}{end}", label, topics, key=_key(text)))
    return clauses


def problems(dice: random.Random, latent: Latent, bank: Bank, clauses: int) -> list[Clause]:
    """The problem part in ``clauses`` problem clauses (at least one)."""
    year = dice.choice((f"{latent.year}年，", ""))
    praise = Clause(dice.choice(_PRAISE).format(Y=year, we=latent.body.we), "done")
    lead = dice.choices(("turn", "straight", "empty", "general"), (50, 25, 15, 8))[0]
    general = dice.choice(_GENERAL)
    if clauses == 1:
        if dice.random() < 0.22:  # the bare general gap is all
            text = ("但" if lead == "turn" else "我们也清醒看到，") + general
            return [*([praise] if lead == "turn" else []), Clause(text + "。", "problem", ("other",))]
        ((text, topics),) = _gaps(dice, latent, bank, 1)
        wrapped = dice.choice(("还存在{}等问题", "存在{}的问题", "{}", "{}", "{}"))
        said = wrapped.format(text) if len(text) < 40 else text
        if lead == "turn":
            return [praise, Clause(f"但{said}。", "problem", topics, key=_key(text))]
        if lead == "empty":
            return [Clause(dice.choice(_EMPTY)), Clause(text + "。", "problem", topics, key=_key(text))]
        return [Clause(said + "。", "problem", topics, key=_key(text))]
    first: list[Clause] = []
    items = clauses
    if lead == "turn" and dice.random() < 0.8:
        first, items = [praise, Clause(f"但{general}{dice.choice('：，。')}", "problem", ("other",))], clauses - 1
    elif lead == "general":
        first, items = [Clause(f"{general}：", "problem", ("other",))], clauses - 1
    elif lead == "empty":
        first = [Clause(dice.choice(_EMPTY))]
    said_ = _gaps(dice, latent, bank, items)
    style = dice.choices(("一是", "1.", "1、", ""), (60, 7, 5, 28))[0] if items > 1 else ""
    style = style if first or lead == "straight" else ""
    listed = _marked(dice, said_, "problem", style)
    if lead == "turn" and not first and style == "":
        first = [praise]
        listed[0] = Clause("但" + listed[0].text, "problem", listed[0].topics, key=listed[0].key)
    return [*first, *listed]


def promises(dice: random.Random, latent: Latent, bank: Bank, admitted: Sequence[str], clauses: int) -> list[Clause]:
    """The promise part in ``clauses`` commitment clauses (at least one)."""
    used: list[str] = []

    def act() -> Said:
        own = [topic for topic in admitted if topic not in used and topic in PROMISE_WEIGHTS]
        topic = dice.choice(own) if own and dice.random() < 0.42 else _weighted(dice, PROMISE_WEIGHTS, used)
        used.append(topic)
        return _act(dice, latent, bank, topic)

    def sentence(most: int, least_characters: int) -> Said:
        said = [act()]
        while len(said) < most and sum(len(text) for text, _ in said) < least_characters:
            said.append(act())
        return _joined(said, "，" if dice.random() < 0.8 or any("，" in t for t, _ in said) else "、")

    names, weights = zip(*_FRAMES, strict=True)
    frame = dice.choices(names, weights)[0].format(y1=latent.year + 1)
    bare = dice.random() < 0.24  # only a label, then bare verbs
    us = dice.choice((latent.body.we, latent.body.we, "我们", ""))
    will = us + dice.choice(("将", "将", "将", "将", "将继续", "要", "")) if not bare else ""
    head = [] if not bare else [Clause(dice.choice(_LABELS))]
    if clauses == 1:
        text, topics = sentence(dice.choice((3, 4, 5, 6)), dice.choice((38, 50, 62, 76)))
        return [*head, Clause(("" if bare else frame + will) + text + "。", "commitment", topics, key=text)]
    lead = not bare and dice.random() < 0.4
    if lead:
        head.append(Clause(frame + us + dice.choice(_GOING), "commitment", ("other",)))
        clauses -= 1
    said = [sentence(dice.choice((2, 3, 4)), dice.choice((28, 42, 58))) for _ in range(clauses)]
    style = dice.choices(("一是", "1.", "1、", ""), (50, 18, 12, 20))[0] if clauses > 1 else ""
    listed = _marked(dice, said, "commitment", style)
    if not bare and not lead:
        start = frame + (will if style == "" else us + "将" if dice.random() < 0.8 else us)
        listed[0] = Clause(start + listed[0].text, "commitment", listed[0].topics, key=listed[0].key)
    return [*head, *listed]


def section_five(dice: random.Random, latent: Latent, bank: Bank) -> list[Paragraph]:
    """Paragraphs below the heading of section five; empty where nothing is admitted or promised."""
    short = latent.short
    count = dice.choices((0, 1, 2, 3, 4), (12, 46, 20, 14, 8))[0] if short else dice.choices((0, 1, 2, 3, 4, 5, 6), (4, 14, 16, 26, 22, 12, 6))[0]
    vows = dice.choices((1, 2, 3, 4, 5), (54, 10, 17, 12, 7))[0] if short else dice.choices((1, 2, 3, 4, 5, 6), (30, 12, 22, 20, 10, 6))[0]
    if count == 0:
        if dice.random() < 0.5:
            return []
        return [Paragraph("problems", tuple(promises(dice, latent, bank, (), 1)))]
    gaps = problems(dice, latent, bank, count)
    admitted = [topic for clause in gaps if clause.label == "problem" for topic in clause.topics if topic != "other"]
    acts = promises(dice, latent, bank, admitted, vows) if dice.random() < 0.97 else []
    if (acts and acts[0].label != "commitment" and dice.random() < 0.6) or dice.random() < 0.15:
        heads = dice.choice((("（一）存在的主要问题", "（二）改进措施"), ("（一）存在问题", "（二）改进情况"), ("1.存在的问题", "2.改进措施")))
        acts = [clause for clause in acts if clause.label == "commitment"]
        body = [heading("problems", heads[0]), Paragraph("problems", tuple(gaps))]
        return body + ([heading("problems", heads[1]), Paragraph("problems", tuple(acts))] if acts else [])
    if acts and dice.random() < 0.35:
        return [Paragraph("problems", (*gaps, *acts))]
    return [Paragraph("problems", tuple(gaps)), *([Paragraph("problems", tuple(acts))] if acts else [])]
