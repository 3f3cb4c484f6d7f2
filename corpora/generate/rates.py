"""How often what is wrong in real reports is wrong here; each can be switched off.

Where ``corpora/STUDY.md`` counts it, the rate is the study's (its section is named); the others
are marked as set by judgement.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nlp.errors import BadCorpus

RATES: dict[str, float] = {
    # contents that disagree
    "sums": 0.06,  # a table's cell changed so that a sum fails (judgement)
    "prose": 0.05,  # the prose counts other requests than the table (judgement)
    "breakdown": 0.12,  # parts that do not add up: 6 of 46 (study 6)
    "basis": 0.04,  # an old or wrong legal basis: 5 of 136 (6)
    "preface": 0.04,  # the preface promises other parts than follow: 5 of 136 (6)
    # omissions
    "lost_tables": 0.32,  # tables as pictures, headings only: 21 of 66 (7)
    "blanks": 0.06,  # cells or rows left blank beside zeros (7)
    "odd_cells": 0.06,  # +3, 增3, /, 无, 万元 in the cell (7)
    "lost_numbers": 0.03,  # 共主动公开条 (judgement; seen in FIELD-GUIDE 6)
    "lost_headings": 0.08,  # no headings at all: 2 of 25 (9)
    # slips and conversion
    "typos": 0.07,  # a plain slip: 9 of 136 (9)
    "broken_lists": 0.05,  # 一是 lost, two 二是 (judgement; FIELD-GUIDE 4)
    "broken_dates": 0.04,  # lost 年 or 月: 6 of 136 (9)
    "glued": 0.24,  # headings on the line of their text: 6 of 25 (9)
    "page_numbers": 0.03,  # "- 2 -" between lines or in a sentence (9; judgement)
    "furniture": 0.35,  # lines of the page around the report (9; text only, pages always have it)
}


@dataclass(frozen=True)
class Rates:
    """Rates by name; who strikes notes what it did to the report in hand."""

    rates: Mapping[str, float] = field(default_factory=lambda: dict(RATES))

    def strike(self, name: str, dice: random.Random) -> bool:
        """Whether ``name`` happens in this report."""
        return dice.random() < self.rates[name]


def read_rates(without: Iterable[str] = (), changed: Iterable[str] = ()) -> Rates:
    """The rates with some at 0 (``without``; ``all`` is every one) and some ``NAME=RATE``.

    Raises
    ------
    BadCorpus
        For a name that is none or a rate outside 0 to 1.
    """
    rates = dict(RATES)
    for name in without:
        if name != "all" and name not in rates:
            raise BadCorpus(f"no fault is called {name!r}; there are: {', '.join(rates)}")
        rates.update(dict.fromkeys(rates, 0.0) if name == "all" else {name: 0.0})
    for item in changed:
        name, _, value = item.partition("=")
        try:
            rate = float(value)
        except ValueError:
            rate = -1.0
        if name not in rates or not 0 <= rate <= 1:
            raise BadCorpus(f"--rate {item}: wants NAME=RATE, rate 0 to 1, name one of {', '.join(rates)}")
        rates[name] = rate
    return Rates(rates)
