"""Random true tables of the two forms, consistent or, on demand, inconsistent as printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from nlp.form import (
    APPLICANTS,
    DISCLOSURE_ROWS,
    OUTCOME_ROWS,
    REQUEST_COLUMNS,
    REVIEW_OUTCOMES,
    REVIEW_ROWS,
)

Key = tuple[str, str, str]
Values = dict[Key, "int | float"]
FormName = Literal["2021", "2019"]


@dataclass(frozen=True)
class Truth:
    """What a source prints: a number a cell, ``(table, row, column)`` the key. ``disturbed`` are
    the cells whose number breaks a sum: where it is not printed, nobody can know it."""

    form: FormName
    values: Values
    one_row_other: bool
    consistent: bool
    disturbed: frozenset[Key] = field(default_factory=frozenset)


def _count(rng: Random, size: str) -> int:
    """A count as reports have them: mostly 0, now and then large."""
    if size == "empty" or rng.random() < {"small": 0.8, "middle": 0.5, "large": 0.15}[size]:
        return 0
    top = {"small": 6, "middle": 40, "large": 2500}[size]
    return 1 + int((top - 1) * rng.random() ** 3)


def _requests(rng: Random, size: str, outcomes: tuple[str, ...]) -> Values:
    table: dict[tuple[str, str], int] = {}
    for column in APPLICANTS:
        thin = size if column == "natural_person" else {"large": "middle"}.get(size, size)
        for row in outcomes:
            table[row, column] = _count(rng, thin)
        handled = sum(table[row, column] for row in outcomes)
        table["total", column] = handled
        out = _count(rng, thin)
        carried = min(_count(rng, thin), handled + out)
        table["carried_in", column] = carried
        table["carried_out", column] = out
        table["new", column] = handled + out - carried
    rows = ("new", "carried_in", *outcomes, "total", "carried_out")
    for row in rows:
        table[row, "total"] = sum(table[row, column] for column in APPLICANTS)
    return {
        ("requests", row, column): table[row, column] for row in rows for column in REQUEST_COLUMNS
    }


def _disclosure(rng: Random, size: str, form: FormName) -> Values:
    found: Values = {}
    for row in DISCLOSURE_ROWS[form]:
        for column in row.columns:
            value: int | float = _count(rng, size)
            if column == "decisions" and size == "large":
                value = rng.randrange(4_000_000)
            elif column == "change":
                value = rng.choice((-1, 1)) * int(value)
            elif column == "amount" and rng.random() < 0.5:
                value = round(rng.random() * 10 ** rng.randrange(1, 5), rng.randrange(1, 5))
                value = int(value) if value == int(value) else value
            found["disclosure", row.key, column] = value
    return found


def _review(rng: Random, size: str) -> Values:
    found: Values = {}
    for row in REVIEW_ROWS:
        counts = [_count(rng, size) for _ in REVIEW_OUTCOMES]
        for column, value in zip((*REVIEW_OUTCOMES, "total"), (*counts, sum(counts)), strict=True):
            found["review", row, column] = value
    return found


def _disturb(rng: Random, values: Values, outcomes: tuple[str, ...]) -> None:
    """Make printed numbers disagree, in one of the ways real reports do."""
    rows = ("new", "carried_in", *outcomes, "total", "carried_out")
    by = rng.randrange(1, 9)
    way = rng.randrange(5)
    column = rng.choice(APPLICANTS)
    if way == 0:  # a row's total
        values["requests", rng.choice(rows), "total"] += by
    elif way == 1:  # a cell and its row's total, so that only the columns disagree
        row = rng.choice(rows)
        values["requests", row, column] += by
        values["requests", row, "total"] += by
    elif way == 2:  # a cell alone
        values["requests", rng.choice(rows), column] += by
    elif way == 3:  # a total of the reviews that says 0
        row = rng.choice(REVIEW_ROWS)
        values["review", row, "upheld"] += by
        values["review", row, "total"] = 0
    else:  # the carried-over row left at 0
        for one in REQUEST_COLUMNS:
            values["requests", "carried_out", one] = 0
        values["requests", "new", column] += by
        values["requests", "new", "total"] += by


def random_truth(rng: Random, *, consistent: bool = True, form: FormName | None = None) -> Truth:
    """A true set of tables; ``consistent=False`` breaks at least one identity."""
    form = form or ("2021" if rng.random() < 0.7 else "2019")
    one_row = (form == "2019" and rng.random() < 0.7) or rng.random() < 0.05
    outcomes = tuple(
        row
        for row in OUTCOME_ROWS
        if not one_row or row not in ("other.no_correction_in_time", "other.fee_unpaid")
    )
    size = rng.choice(("empty", "small", "small", "middle", "large"))
    values = _disclosure(rng, size, form) | _requests(rng, size, outcomes) | _review(rng, size)
    true = dict(values)
    if not consistent:
        _disturb(rng, values, outcomes)
    disturbed = {key for key, value in values.items() if value != true[key]}
    disturbed |= {(t, row, "total") for t, row, _ in disturbed if t == "review"}
    return Truth(form, values, one_row, consistent, frozenset(disturbed))
