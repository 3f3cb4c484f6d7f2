"""Right, null or silently wrong: a reading held against what the source prints."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from nlp.report import Notice
from nlp.tables import TablesReading

from .truth import Key


@dataclass(frozen=True)
class Score:
    """Counts of cells. ``lost`` are nulls where the number stands in the source;
    ``silent`` are nulls that no warning names."""

    documents: int = 0
    cells: int = 0
    right: int = 0
    null: int = 0
    lost: int = 0
    silent: int = 0
    wrong: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def _named(key: str, warnings: Collection[Notice]) -> bool:
    return any(w.where and (key == w.where or key.startswith(w.where + ".")) for w in warnings)


def score(
    truth: Mapping[Key, int | float],
    touched: Collection[Key],
    reading: TablesReading,
    nobody: Collection[Key] = (),
) -> tuple[Score, list[str]]:
    """One document's score, and what was wrong or lost, in words; cells of ``nobody`` (not
    printed, and against the sums) are left out."""
    read = {(c.table, c.row, c.column): c.value for c in reading.cells}
    right = null = lost = silent = wrong = 0
    remarks = []
    for key, value in truth.items():
        if key in nobody:
            continue
        got = read.get(key)
        name = ".".join(key)
        if got is None:
            null += 1
            lost += key not in touched
            silent += not _named(name, reading.warnings)
            if key not in touched:
                remarks.append(f"lost {name}")
        elif abs(got - value) < 1e-6:
            right += 1
        else:
            wrong += 1
            remarks.append(f"WRONG {name}: {got} for {value}")
    for key, got in read.items():
        if key not in truth and got is not None:
            wrong += 1
            remarks.append(f"WRONG {'.'.join(key)}: {got} where nothing stands")
    return Score(1, right + null + wrong, right, null, lost, silent, wrong), remarks
