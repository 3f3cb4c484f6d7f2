"""A whole report out of its latent facts: blocks in order, every clause labelled."""

from __future__ import annotations

import random
from collections.abc import Sequence

from . import figures, wording
from .bank import Bank, fill, jitter
from .five import section_five
from .latent import Latent
from .parts import Block, Clause, Paragraph, TableHere, heading
from .rates import Rates


class _Writer:
    """What the sections of one report share: its facts, dice, bank, and which deeds were told."""

    def __init__(self, latent: Latent, dice: random.Random, bank: Bank, rates: Rates, done: list[str]) -> None:
        self.latent, self.dice, self.bank = latent, dice, bank
        self.school = latent.body.kind in ("university", "school")
        self.done = done
        self.wrong_parts = rates.strike("breakdown", dice)
        self.stated = latent.received
        if rates.strike("prose", dice):
            self.stated += dice.choice((1, 2, -1)) if self.stated > 1 else 1
        self.wrong_basis = rates.strike("basis", dice)
        self.wrong_contents = rates.strike("preface", dice)
        lost = rates.strike("lost_tables", dice)
        self.tables = latent.form != "free" and not lost
        if lost and latent.form != "free":
            done.append("lost_tables")
        self.told: set[str] = set()
        self.large = latent.body.kind in ("county", "city", "department")
        self.year_of_school = latent.body.kind == "university"

    def own_deeds(self) -> list[Clause]:
        """Trainings and interpretations, told once."""
        if "own" in self.told:
            return []
        self.told.add("own")
        both = [figures.trainings(self.latent, self.dice), figures.interpretations(self.latent, self.dice)]
        return both if self.dice.random() < 0.7 else both[:1]

    def total(self) -> list[Clause]:
        """The total disclosed; a wrong breakdown is a fault only where it is told."""
        clauses = figures.total(self.latent, self.dice, self.wrong_parts)
        if self.wrong_parts and "其中" in clauses[-1].text:
            self.done.append("breakdown")
        return clauses

    def requests(self) -> list[Clause]:
        """The requests; another number than the facts' is a fault only where it is told."""
        if self.stated != self.latent.received and "prose" not in self.done:
            self.done.append("prose")
        return figures.requests(self.latent, self.dice, self.stated)

    def say(self, template: str, label: str = "other", **more: object) -> Clause:
        year = self.latent.year
        text = template.format(y=year, y0=year - 1, y1=year + 1, we=self.latent.body.we, agency=self.latent.body.name, **more)
        return Clause(text, label)

    def deeds(self, section: str, count: int) -> list[Clause]:
        """Up to ``count`` clauses of deeds of a section, from the bank or the stock."""
        found: list[Clause] = []
        units = self.bank.fitting("deeds", section, self.latent.body, self.latent.form)
        stock = wording.LEADERS[self.latent.form]
        for _ in range(count * 2):
            if len(found) >= count:
                break
            if self.dice.random() < (0.22 if self.latent.short else 0.1) and section in ("overview", "supervision", "management"):
                text = self.dice.choice(stock)
                added = [Clause(text, "done")]
            elif units:
                drawn = [self.dice.choice(units) for _ in range(6)]  # dull offices write long
                unit = max(drawn, key=lambda u: sum(len(c.text) for c in u.clauses) / len(u.clauses))
                added = [Clause(self._filled(c.text), c.label, key=_core(self._filled(c.text)) if c.label == "done" else None) for c in unit.clauses]
            else:
                break
            if added[0].text[:12] not in self.told:
                self.told.add(added[0].text[:12])
                found += added
        return found

    def _filled(self, text: str) -> str:
        return jitter(fill(text, self.latent.body, self.latent.year), random.Random(hash_of(text, self.latent)))


def hash_of(text: str, latent: Latent) -> int:
    """A number that depends on a text and a report alone (``hash`` is salted by process)."""
    return sum((i + 1) * ord(c) for i, c in enumerate(text)) + latent.total * 7919 + latent.year


def _core(text: str) -> str | None:
    core = text.rstrip("。；，：")
    return core if 6 <= len(core) <= 26 else None


def _closed(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Clauses of a paragraph, the last one ending as a sentence does."""
    last = clauses[-1]
    if last.text.endswith(("；", "，", ";", ",")):
        last = Clause(last.text[:-1] + "。", last.label, last.topics, key=last.key)
    return (*clauses[:-1], last)


def _preface(w: _Writer, parts: Sequence[str]) -> list[Paragraph]:
    latent, dice = w.latent, w.dice
    basis = wording.SCHOOL_BASIS if w.year_of_school else (wording.OLD_BASIS if w.wrong_basis else wording.BASIS)[latent.form]
    if not w.wrong_basis and not w.year_of_school and dice.random() < 0.5:
        basis = "《中华人民共和国政府信息公开条例》"
    elif w.wrong_basis and not w.year_of_school:
        w.done.append("basis")
    clauses = [w.say(dice.choice(wording.PREFACES), basis=basis)]
    if dice.random() < (0.35 if latent.short else 0.6):
        listed = list(parts)
        if w.wrong_contents and len(parts) > 2:
            listed.pop()
            w.done.append("preface")
        number = wording.HAN[len(listed) - 1]
        clauses.append(w.say(dice.choice(wording.CONTENTS), parts="、".join(listed), n=number))
    if dice.random() < (0.5 if latent.short else 0.8):
        clauses.append(w.say(dice.choice(wording.SCHOOL_PERIODS if w.year_of_school else wording.PERIODS)))
    if dice.random() < (0.35 if latent.short else 0.6):
        clauses.append(w.say(dice.choice(wording.CONTACTS)))
    if len(clauses) > 2 and dice.random() < 0.5:  # the last two as one sentence
        clauses[-2:] = [Clause(clauses[-2].text.rstrip("。") + "，" + clauses[-1].text)]
    return [Paragraph("intro", tuple(clauses))]


def _overview(w: _Writer) -> list[Block]:
    latent, dice = w.latent, w.dice
    opening = [w.say(dice.choice(wording.OPENINGS[latent.form]), "done")] if dice.random() < 0.85 else []
    figures_here = latent.form != "free"
    if latent.form != "free" and not w.school:
        style = dice.choices(("all", "some", "none"), (5, 17, 78) if latent.short else (85, 10, 5) if w.large else (60, 20, 20))[0]
        if style != "none":
            blocks: list[Block] = [Paragraph("overview", tuple(opening))] if opening else []
            heads = wording.SUB_HEADS if style == "all" else wording.SUB_HEADS[: dice.choice((2, 3))]
            tail = dice.choice(("", "情况", "方面"))
            inline = dice.random() < 0.3
            for number, (name, section) in enumerate(heads):
                title = f"（{wording.HAN[number]}）{name}{tail}"
                body = _closed(_part(w, section, 1 if latent.short else dice.choice((5, 8, 11, 14) if w.large else (1, 2, 3, 4))))
                if inline:
                    blocks.append(Paragraph("overview", (Clause(title + "。"), *body)))
                else:
                    blocks += [heading("overview", title), Paragraph("overview", body)]
            return blocks
    count = dice.choice((0, 1, 1, 2) if latent.form == "free" else (1, 2, 2, 3)) if latent.short else dice.choice((12, 16, 22) if w.large else (3, 5, 7, 9))
    clauses = [*opening, *(w.total() if figures_here else [])]
    clauses += w.deeds("overview", count)
    if figures_here and dice.random() < 0.35:
        clauses += w.requests()
    if not latent.short and dice.random() < 0.6:
        clauses += w.own_deeds()
    if not clauses:
        clauses = [w.say(wording.OPENINGS[latent.form][0], "done")]
    if latent.short or dice.random() < 0.4:
        return [Paragraph("overview", _closed(clauses))]
    middle = len(clauses) // 2
    return [Paragraph("overview", _closed(part)) for part in (clauses[:middle], clauses[middle:]) if part]


def _part(w: _Writer, section: str, count: int) -> list[Clause]:
    """A subsection of the overview; never empty."""
    latent, dice = w.latent, w.dice
    if section == "disclosure":
        return w.total() + w.deeds(section, count - 1)
    if section == "requests":
        return w.requests()
    found = w.deeds(section, count)
    if section == "supervision" and (not found or dice.random() < 0.3):
        found += w.own_deeds()
    return found or [Clause(dice.choice(wording.LEADERS[latent.form]), "done")]


def _free_body(w: _Writer, section: str) -> list[Block]:
    latent, dice = w.latent, w.dice
    if section == "overview":
        return _overview(w)
    if section == "disclosure":
        clauses = w.total() + w.deeds(section, dice.choice((0, 1, 1)) if latent.short else dice.choice((10, 14, 18) if w.large else (3, 5, 8)))
        if not latent.short:
            clauses += w.own_deeds()
    elif section == "requests":
        clauses = w.requests()
    elif w.school and section in wording.SCHOOL_FACTS:
        clauses = [w.say(dice.choice(wording.SCHOOL_FACTS[section]), "done")]
    else:
        clauses = figures.fees(latent, dice) if section == "fees" else figures.review(latent, dice)
    return [Paragraph(section if section != "fees" else "other", _closed(clauses))]


def _other(w: _Writer) -> list[Block]:
    dice = w.dice
    style = dice.choices(("none", "fee", "mini"), (62, 25, 13))[0]
    if style == "fee" and not w.school:
        clauses = [figures.fee_line(w.latent, dice)]
    elif style == "mini" and (found := w.deeds("other", 1)):
        clauses = found
    else:
        clauses = [w.say(dice.choice(wording.OTHER)[0])]
    return [Paragraph("other", _closed(clauses))]


def _table_section(w: _Writer, section: str) -> list[Block]:
    latent, dice = w.latent, w.dice
    blocks: list[Block] = []
    if section != "disclosure" and dice.random() < (0.2 if w.tables else 0.25):
        told = w.requests() if section == "requests" else figures.review(latent, dice)
        blocks.append(Paragraph(section, tuple(told)))
    elif w.tables and dice.random() < 0.08:
        blocks.append(Paragraph(section, (Clause(dice.choice(wording.AS_FOLLOWS)),)))
    if w.tables:
        blocks.append(TableHere(section))
    return blocks


def _order(w: _Writer, has_five: bool) -> list[str]:
    if w.latent.form != "free":
        return ["overview", "disclosure", "requests", "review", "problems", "other"]
    dice = w.dice
    middle = ["requests", "fees", "review"]
    if w.latent.short:
        middle = [name for name, share in (("requests", 0.82), ("fees", 0.5), ("review", 0.55)) if dice.random() < share]
    elif dice.random() < 0.3:
        middle = ["requests", "review", "fees"]
    last = (["problems"] if has_five else []) + (["other"] if dice.random() < (0.08 if w.latent.short else 0.45) else [])
    return ["overview", "disclosure", *middle, *last]


def compose(latent: Latent, dice: random.Random, bank: Bank, rates: Rates, done: list[str]) -> list[Block]:
    """The blocks of a report; faults of its contents are told to ``done``.

    Parameters
    ----------
    latent : Latent
    dice : random.Random
    bank : Bank
    rates : Rates
    done : list of str
        Names of the faults that happened are added.
    """
    w = _Writer(latent, dice, bank, rates, done)
    five = section_five(dice, latent, bank)
    order = _order(w, bool(five))
    table = wording.SCHOOL_HEADINGS if w.school else wording.FORM_HEADINGS if latent.form != "free" else wording.FREE_HEADINGS
    names = {section: dice.choice(table[section]) for section in order}
    titles = wording.SCHOOL_TITLES if w.year_of_school else wording.TITLES
    blocks: list[Block] = [Paragraph("intro", (Clause(w.say(dice.choice(titles)).text, heading=True),))]
    if dice.random() < (0.72 if latent.short else 0.9):
        blocks += _preface(w, [names[section] for section in order])
    mark = dice.choices(("、", "、", ". ", " 、"), (80, 10, 5, 5))[0]
    for number, section in enumerate(order):
        kind = "other" if section == "fees" else section
        blocks.append(heading(kind, f"{wording.HAN[number]}{mark}{names[section]}"))
        if section == "problems":
            blocks += five or ([Paragraph("problems", (w.say("无。"),))] if dice.random() < 0.5 else [])
        elif section == "other":
            blocks += _other(w)
        elif latent.form != "free" and section != "overview":
            blocks += _table_section(w, section)
        else:
            blocks += _free_body(w, section)
    if dice.random() < (0.27 if latent.short else 0.85):
        day = latent.published
        date = f"{day.year}年{day.month}月{day.day}日"
        blocks += [Paragraph("footer", (Clause(latent.body.name),)), Paragraph("footer", (Clause(date),))]
    return blocks
