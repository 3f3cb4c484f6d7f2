"""Blocks to one text, with the place of every label: ``text[start:end]`` is the clause."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .faults import Printed
from .parts import Block, Clause, Paragraph

# Study 7: pipes 12, a cell a line 21 of about 33; tabs are what other converters give.
STYLES: tuple[tuple[str, int], ...] = (("pipes", 36), ("tabs", 20), ("cell_a_line_pipe", 18), ("cell_a_line", 14), ("cell_a_line_blank", 12))


@dataclass(frozen=True, slots=True)
class Label:
    """A clause in the text. Offsets are code points, end exclusive."""

    start: int
    end: int
    clause: Clause
    section: str
    paragraph: int
    furniture: bool


def printed_rows(printed: Printed) -> list[list[str]]:
    """A table's cells as printed, row by row."""
    return [[printed.prints[c.place] if c.place else c.text for c in row] for row in printed.grid]


def table_text(printed: Printed, style: str) -> str:
    """A table flattened as converters do it."""
    rows = printed_rows(printed)
    if style == "pipes":
        return "".join("| " + " | ".join(row) + " |\n" for row in rows)
    if style == "tabs":
        return "".join("\t".join(row) + "\n" for row in rows)
    if style == "cell_a_line_pipe":
        return "".join(f"{cell} |\n" for row in rows for cell in row)
    gap = "\n\n" if style == "cell_a_line_blank" else "\n"
    return "".join(cell + gap for row in rows for cell in row)


def draw_style(dice: random.Random) -> str:
    """How this report's tables are flattened."""
    return dice.choices([name for name, _ in STYLES], [weight for _, weight in STYLES])[0]


def lay_out(
    blocks: Sequence[Block], tables: Mapping[str, Printed], style: str, between: str = "\n"
) -> tuple[str, list[Label]]:
    """The text, and the labels in its order.

    Parameters
    ----------
    blocks : sequence of Block
    tables : mapping
        The printed tables by name; empty where the report has none.
    style : str
        One of ``STYLES``.
    between : str
        What parts paragraphs: one line break or two.
    """
    pieces: list[str] = []
    labels: list[Label] = []
    length = 0
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            for clause in block.clauses:
                bare = clause.text.rstrip(" 　")
                labels.append(Label(length, length + len(bare), clause, block.section, number, block.furniture))
                pieces.append(clause.text)
                length += len(clause.text)
            pieces.append(between)
            length += len(between)
        else:
            flat = table_text(tables[block.name], style) + ("\n" if between != "\n" else "")
            pieces.append(flat)
            length += len(flat)
    return "".join(pieces), labels
