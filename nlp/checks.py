"""The rules of the form held against the cells: pass, fail with by how much, or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from .arithmetic import Number
from .form import Identity
from .indicator_table import Reading
from .indicators import PARTS, PREFIX, SUMS
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


def _sums(rule: str, where: str, left: Number, right: Number, gap: Number) -> Check:
    """Whether two sides are the same, ``gap`` being left minus right."""
    if gap == 0:
        return Check(rule, "pass", where, f"{left} = {right}")
    message = f"{where}：各项之和 {left} ≠ {right}（差 {abs(gap)}）"
    return Check(rule, "fail", where, message)


def _check(identity: Identity, known: Known) -> Check:
    gap = difference(identity, known)
    if gap is None:
        return Check(identity.rule, "unknown", identity.where, "有单元格未读出，无法核对")
    left = sum(known[place] or 0 for place in identity.left)
    right = sum(known[place] or 0 for place in identity.right)
    return _sums(identity.rule, identity.where, left, right, gap)


def _appendix(rows: Sequence[Reading]) -> list[Check]:
    """Sums of the appendix up to 2018, where the whole and one of its parts are printed; a part
    that is not printed leaves the sum unknown. 其中: a part is at most its whole."""
    known = {row.key: row.value for row in rows}
    checks = []
    for rule, whole, parts, further in SUMS:
        if whole not in known or not any(part in known for part in parts):
            continue
        every = (*parts, *(part for part in further if part in known))
        values = [known.get(key) for key in (whole, *every)]
        where = PREFIX + whole
        if None in values:
            checks.append(Check(rule, "unknown", where, "有指标未读出或未列出，无法核对"))
            continue
        right, left = values[0] or 0, sum(value or 0 for value in values[1:])
        checks.append(_sums(rule, where, left, right, left - right))
    for whole, part in PARTS:
        if whole not in known or part not in known:
            continue
        most, least = known[whole], known[part]
        where = PREFIX + part
        if most is None or least is None:
            checks.append(Check("indicators.part", "unknown", where, "有指标未读出，无法核对"))
        elif least <= most:
            checks.append(Check("indicators.part", "pass", where, f"{least} ≤ {most}"))
        else:
            message = f"{where}：其中项 {least} 大于总数 {most}（差 {least - most}）"
            checks.append(Check("indicators.part", "fail", where, message))
    return checks


def run_checks(
    cells: Sequence[Cell], facts: Sequence[Fact], indicators: Sequence[Reading] = ()
) -> tuple[Check, ...]:
    """Every identity of the form as a check, and the prose's counts beside the tables'.
    ``indicators`` are the rows of the appendix up to 2018.

    ``narrative.*`` rules are made only where the prose gives such a count; the first one
    decides. Cells are never changed.
    """
    known_of = {table: _known(cells, table) for table in TABLE_NAMES}
    checks = [_check(identity, known_of[identity.table]) for identity in identities_of(cells)]
    for key, rule, table, places in _NARRATIVE:
        fact = next((one for one in facts if one.key == key), None)
        known = known_of[table]
        if fact is None or not all(place in known for place in places):
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
    return (*checks, *_appendix(indicators))
