"""The rules of the form held against the cells: pass, fail with by how much, or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from .form import Identity
from .report import TABLE_NAMES, Cell, Check, Fact, TableName
from .solve import Known, difference, identities_of

# Which cells a count in the prose should agree with: rule, table, places that add up.
_NARRATIVE: tuple[tuple[str, str, TableName, tuple[tuple[str, str], ...]], ...] = (
    ("requests_received", "narrative.requests", "requests", (("new", "total"),)),
    ("reconsiderations", "narrative.review", "review", (("reconsideration", "total"),)),
    ("lawsuits", "narrative.review", "review",
     (("litigation_direct", "total"), ("litigation_after_reconsideration", "total"))),
)  # fmt: skip


def _known(cells: Sequence[Cell], table: TableName) -> Known:
    return {(c.row, c.column): c.value for c in cells if c.table == table}


def _check(identity: Identity, known: Known) -> Check:
    gap = difference(identity, known)
    if gap is None:
        return Check(identity.rule, "unknown", identity.where, "有单元格未读出，无法核对")
    left = sum(known[place] or 0 for place in identity.left)
    right = sum(known[place] or 0 for place in identity.right)
    if gap == 0:
        return Check(identity.rule, "pass", identity.where, f"{left} = {right}")
    message = f"{identity.where}：各项之和 {left} ≠ {right}（差 {abs(gap)}）"
    return Check(identity.rule, "fail", identity.where, message)


def run_checks(cells: Sequence[Cell], facts: Sequence[Fact]) -> tuple[Check, ...]:
    """Every identity of the form as a check, and the prose's counts beside the tables'.

    ``narrative.*`` rules are made only where the prose gives such a count; the first one
    decides. Cells are never changed.
    """
    known_of = {table: _known(cells, table) for table in TABLE_NAMES}
    checks = [_check(identity, known_of[identity.table]) for identity in identities_of(cells)]
    for key, rule, table, places in _NARRATIVE:
        fact = next((one for one in facts if one.key == key), None)
        known = known_of[table]
        if fact is None or not known:
            continue
        where = f"{table}.{places[0][0]}.{places[0][1]}"
        values = [known.get(place) for place in places]
        if None in values:
            checks.append(Check(rule, "unknown", where, "表格中有单元格未读出，无法核对"))
            continue
        total = sum(value or 0 for value in values)
        agrees = total == fact.value
        message = f"正文“{fact.text}”与表格 {total} {'一致' if agrees else '不一致'}"
        checks.append(Check(rule, "pass" if agrees else "fail", where, message))
    return tuple(checks)
