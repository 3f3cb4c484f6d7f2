"""The measures of ``corpora/STUDY.md``, section 10, taken of our own whole reports.

Targets and the number of real reports they rest on are data; :func:`measure` gives the same
figures for any labelled reports.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.document import fold
from nlp.report import LABELS
from train.corpus import clauses_of

Record = Mapping[str, Any]
_LACK = re.compile(r"不|未|没|缺|欠|偏|单一|薄弱|滞后|差|少|弱|低|慢")
_TASK = re.compile(r"有待|还需|仍需|尚需|亟待|需要|需|还要")
_FUTURE = re.compile(r"将")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of the study: ``low`` to ``high`` is what real short reports have."""

    name: str
    low: float
    high: float
    rests_on: str


TARGETS: tuple[Target, ...] = (
    Target("clauses a report, median", 15, 20, "25 reports"),
    Target("heading share", 0.30, 0.42, "434 clauses of 25 reports"),
    Target("other share", 0.10, 0.20, "434 clauses"),
    Target("done share", 0.26, 0.36, "434 clauses"),
    Target("problem share", 0.06, 0.10, "434 clauses"),
    Target("commitment share", 0.08, 0.13, "434 clauses"),
    Target("reports without a problem", 0.10, 0.16, "25 reports"),
    Target("problem clauses a report, mean", 1.5, 2.2, "40 reports"),
    Target("reports with one problem clause", 0.35, 0.55, "40 reports"),
    Target("problem clause with a task word (有待, 需)", 0.42, 0.57, "96 clauses"),
    Target("problem clause with a lack word", 0.42, 0.60, "96 clauses"),
    Target("problem clause, mean characters", 25, 36, "86 clauses"),
    Target("commitment clause, mean characters", 43, 60, "87 clauses"),
    Target("commitment clause with 将", 0.25, 0.40, "87 clauses"),
)  # fmt: skip


def is_short(report: Record) -> bool:
    """Whether a report is of the kind that the study could read whole: a township's, a street's
    or a bureau's of at most 730 characters."""
    characters = sum(len(clause["text"]) for clause in clauses_of(report))
    return characters <= 730 and report["kind"] in (None, "township", "street", "bureau")


def measure(reports: Sequence[Record]) -> dict[str, float]:
    """The figures of ``TARGETS`` for labelled reports, by the targets' names."""
    clauses = [list(clauses_of(report)) for report in reports]
    every = [clause for report in clauses for clause in report]
    shares = Counter("heading" if c["heading"] else c["label"] for c in every)
    problems = [[c for c in report if c["label"] == "problem"] for report in clauses]
    texts = {
        label: [fold(c["text"]) for c in every if c["label"] == label]
        for label in ("problem", "commitment")
    }

    def share(pattern: re.Pattern[str], label: str) -> float:
        return sum(bool(pattern.search(t)) for t in texts[label]) / max(1, len(texts[label]))

    figures = {
        "clauses a report, median": statistics.median(map(len, clauses)),
        **{f"{name} share": shares[name] / len(every) for name in ("heading", *LABELS)},
        "reports without a problem": sum(not p for p in problems) / len(problems),
        "problem clauses a report, mean": statistics.mean(map(len, problems)),
        "reports with one problem clause": sum(len(p) == 1 for p in problems) / len(problems),
        "problem clause with a task word (有待, 需)": share(_TASK, "problem"),
        "problem clause with a lack word": share(_LACK, "problem"),
        "problem clause, mean characters": statistics.mean(map(len, texts["problem"])),
        "commitment clause, mean characters": statistics.mean(map(len, texts["commitment"])),
        "commitment clause with 将": share(_FUTURE, "commitment"),
    }
    return {target.name: figures[target.name] for target in TARGETS}
