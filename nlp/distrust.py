"""Cells that an OCR read: what the form's arithmetic contradicts is not kept.

A printed report whose sums fail is read as printed. Where a picture was recognised, a sum that
fails is more likely a slip of the recognition, so that none of its cells is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .document import Document
from .report import Cell
from .solve import Known, Place, difference, identities_of


def distrust(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells of a recognised document with null for each that an identity does not support.

    A cell read is kept where no identity that holds it fails; a cell derived only where at
    least two identities that hold it are complete, for a lone one may rest on a slip.
    """
    lost: set[tuple[str, Place]] = set()
    support: dict[tuple[str, Place], int] = {}
    for identity in identities_of(cells):
        known: Known = {(c.row, c.column): c.value for c in cells if c.table == identity.table}
        gap = difference(identity, known)
        for place in (*identity.left, *identity.right):
            key = (identity.table, place)
            if gap == 0:
                support[key] = support.get(key, 0) + 1
            elif gap is not None:
                lost.add(key)
    return tuple(
        replace(cell, value=None, how="unread", start=None, end=None)
        if cell.value is not None and _unsure(cell, lost, support)
        else cell
        for cell in cells
    )


def rated(cells: Sequence[Cell], document: Document) -> tuple[Cell, ...]:
    """Cells with the confidence of the recogniser that read their numbers."""
    confidence = document.confidence
    return tuple(
        replace(cell, confidence=confidence[cell.start])
        if cell.start is not None and cell.start in confidence
        else cell
        for cell in cells
    )


def _unsure(
    cell: Cell, lost: set[tuple[str, Place]], support: dict[tuple[str, Place], int]
) -> bool:
    key = (cell.table, (cell.row, cell.column))
    return key in lost or (cell.how == "derived" and support.get(key, 0) < 2)
