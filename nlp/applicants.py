"""The order of table 三's columns: kinds of applicants, by the words of the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .form import REQUEST_COLUMN_LABELS, REQUEST_COLUMNS

_GROUP = re.compile(r"法人(?:或|和|及)?其他组织")
_WORDS = {c: re.compile(label) for c, label in REQUEST_COLUMN_LABELS.items()}
_OTHER = re.compile(r"(?<![或和及人])其他(?!组织|法律法|法律行|处理|对外)")
_KINDS = ("natural_person", "research", "social", "legal_service")
_SURE = 3  # rows that add up in one order only, where some add up in none
_FEWEST, _NEAR = 3, 60  # of those beside 商业企业, and the characters within which they stand
# 其 above 他, in a column as wide as one character
_BROKEN_OTHER = re.compile(r"(?<![或和及人])其(?!他).{0,12}他")


def headed(text: str) -> bool:
    """Whether a text holds the header of the table: kinds of applicants that no prose names together."""
    begin = text.rfind("商业企")
    if begin < 0:
        begin = text.rfind("商业")
    near = text[max(0, begin - _NEAR) : begin + _NEAR]
    return begin >= 0 and sum(_WORDS[column].search(near) is not None for column in _KINDS) >= _FEWEST


def columns_of(header: str) -> tuple[str, ...] | None:
    """The order of the columns by the header's words; that of the form where it has none.

    A header says 自然人, 法人或其他组织, 总计 first and below the second the five kinds; read in
    order the five may come last although 总计 is the last column. None where words are missing
    and the rest stand in another order than the form's.
    """
    begin = max(header.rfind("勾稽"), 0) or max(header.rfind("申请人情况"), 0)
    header = header[begin:]  # what stands before is another table's
    at: dict[str, int] = {}
    for column, word in _WORDS.items():
        matches = list((_OTHER if column == "other_org" else word).finditer(header))
        if matches:
            at[column] = matches[-1].start()
    if "other_org" not in at and (broken := _BROKEN_OTHER.search(header)):
        at["other_org"] = broken.start()
    middle = REQUEST_COLUMNS[1:-1]
    five = sorted((c for c in middle if c in at), key=at.__getitem__)
    if not at.keys() & set(middle[:-1]):
        return REQUEST_COLUMNS
    if len(five) < len(middle):
        return REQUEST_COLUMNS if _between(header, at, five) else None
    group = list(_GROUP.finditer(header))
    if not group:
        if len(at) < len(REQUEST_COLUMNS):
            return REQUEST_COLUMNS if five == list(middle) else None
        if at["total"] < max(at[c] for c in five):
            return None  # the form's header without its middle cell, or a table of another shape
        return tuple(sorted(REQUEST_COLUMNS, key=at.__getitem__))
    order: list[str] = []
    parts = {"natural_person": at.get("natural_person", -1), "group": group[-1].start(),
             "total": at.get("total", len(header))}  # fmt: skip
    for part in sorted(parts, key=parts.__getitem__):
        order += five if part == "group" else [part]
    return tuple(order)


def ordered_by_sums(
    columns: tuple[str, ...], rows: Sequence[Sequence[float | None]]
) -> tuple[str, ...] | None:
    """The order in which rows add up: a header whose 总计 is not its last word has that column
    there, or a cell over two lines that was flattened first. None where the sums do not decide.

    >>> ordered_by_sums(("total", *REQUEST_COLUMNS[:-1]), [[3, 1, 0, 0, 0, 0, 4]])[-1]
    'total'
    """
    last = (*(column for column in columns if column != "total"), "total")
    full = [row for row in rows if len(row) == len(columns) and any(row)]
    votes = dict.fromkeys((columns, last), 0)
    neither = 0
    for row in full:
        twice = sum(value or 0 for value in row)
        held = [order for order in votes if 2 * (row[order.index("total")] or 0) == twice]
        if len(held) == 1:
            votes[held[0]] += 1
        neither += not held
    least, most = sorted(votes, key=votes.__getitem__)
    if not full or (not votes[least] and votes[most] >= (_SURE if neither else 1)):
        return most if full else last
    return None


def _between(header: str, at: dict[str, int], five: Sequence[str]) -> bool:
    """Whether the five kinds stand in the form's order, each unknown word between two known."""
    middle = REQUEST_COLUMNS[1:-1]
    if list(five) != [c for c in middle if c in at] or middle[0] not in at or middle[-1] not in at:
        return False
    for before, lost, after in zip(middle, middle[1:], middle[2:], strict=False):
        if lost not in at and (before not in at or after not in at or at[after] - at[before] < 6):
            return False
    return True
