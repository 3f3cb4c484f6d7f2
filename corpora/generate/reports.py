"""One generated report: its source as text or page, and its truth as a record."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import layout, summary
from .bank import Bank, read_bank
from .compose import compose
from .faults import Printed, print_tables
from .latent import Latent, draw_latent
from .noise import disturb, furnish
from .pages import page
from .parts import Clause, Paragraph, TableHere
from .rates import Rates

NOTICE = "Generated text, for stress, pretraining and distillation; never for a quality figure."
FORMS = ("free", "2019", "2021")
Format = Literal["text", "html", "mixed"]


@dataclass(frozen=True, slots=True)
class Generated:
    """A report's ``source`` (what a reader of files gets) and ``truth`` (a record of JSON)."""

    source: str
    truth: dict[str, Any]


def generate(
    count: int,
    seed: int,
    format_: Format = "text",
    *,
    rates: Rates | None = None,
    bank: Bank | None = None,
    forms: Sequence[str] = FORMS,
    first: int = 1,
) -> Iterator[Generated]:
    """Reports one after another; report ``n`` of a seed is the same whatever ``count`` is.

    Parameters
    ----------
    count, seed : int
    format_ : {"text", "html", "mixed"}
    rates : Rates, optional
        How often faults happen; those of the study where left out.
    bank : Bank, optional
        Clauses to recombine; the training passes where left out.
    forms : sequence of str
        Forms wanted, of "free", "2019", "2021".
    first : int
        Number of the first report, to go on with a run or to share it out.

    Raises
    ------
    BadCorpus
        If the corpora are not there.
    """
    bank, rates = bank or read_bank(), rates or Rates()
    for number in range(first, first + count):
        yield one(number, seed, format_, rates, bank, tuple(forms))


def one(number: int, seed: int, format_: Format, rates: Rates, bank: Bank, forms: tuple[str, ...] = FORMS) -> Generated:
    """Report ``number`` of a seed."""
    dice = random.Random(f"nianbao/{seed}/{number}")
    latent = draw_latent(dice, forms)
    done: list[str] = []
    blocks = compose(latent, dice, bank, rates, done)
    tables: dict[str, Printed] = {}
    if any(isinstance(block, TableHere) for block in blocks):
        tables = print_tables(latent, dice, rates, done)
    blocks = disturb(blocks, dice, rates, done)
    as_page = format_ == "html" or (format_ == "mixed" and dice.random() < 0.5)
    title = next(block.clauses[0].text for block in blocks if isinstance(block, Paragraph))
    if not as_page:
        blocks = furnish(blocks, latent, dice, rates, done)
    style = "tabs" if as_page else layout.draw_style(dice)
    text, labels = layout.lay_out(blocks, tables, style, dice.choice(("\n", "\n", "\n\n")))
    source = page(blocks, tables, latent, title, dice) if as_page else text
    truth = {
        "id": f"generated-{seed}-{number:06d}", "pass": "generated", "synthetic": True, "notice": NOTICE,
        "kind": latent.body.kind, "form": _form(latent, bool(tables)), "year": latent.year, "agency": latent.body.name,
        "published": _published(latent, source), "format": "html" if as_page else "text",
        "tables_as": style if tables and not as_page else "html" if tables else None,
        "bank": bank.digest, "faults": done, "text": text,
        "labels": [_label(label) for label in labels],
        "paragraphs": _paragraphs(labels, text),
        "tables": list(tables), "cells": list(_cells(tables)),
        "summary": [], "short": [],
        "compressions": [{"text": text[label.start : label.end].rstrip("。；，：！"), "core": key}
                         for label, key in summary.kept(labels, text)],
        "key_facts": summary.key_facts(labels, text),
        "pairs": summary.pairs(labels),
    }  # fmt: skip
    written = summary.summarize(labels, text, latent, dice)
    truth["summary"] = [written] if written else []
    return Generated(source, truth)


def _form(latent: Latent, tables: bool) -> str:
    """The form as the text shows it: an old form of table 二 is known by its headers alone."""
    return "2021" if latent.form == "2019" and latent.year > 2020 and not tables else latent.form


def _published(latent: Latent, source: str) -> str | None:
    day = latent.published
    shown = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日")
    return day.isoformat() if any(form in source for form in shown) else None


def _label(label: layout.Label) -> dict[str, Any]:
    clause = label.clause
    return {"start": label.start, "end": label.end, "label": clause.label, "topics": list(clause.topics),
            "heading": clause.heading, "section": label.section, "furniture": label.furniture}  # fmt: skip


def _paragraphs(labels: Sequence[layout.Label], text: str) -> list[list[dict[str, Any]]]:
    """Clauses by paragraph as the written corpora have them; furniture is left out."""
    found: dict[int, list[dict[str, Any]]] = {}
    for label in labels:
        if not label.furniture:
            clause: Clause = label.clause
            found.setdefault(label.paragraph, []).append({
                "text": text[label.start : label.end], "label": clause.label,
                "topics": list(clause.topics), "heading": clause.heading,
            })  # fmt: skip
    return list(found.values())


def _cells(tables: Mapping[str, Printed]) -> Iterator[dict[str, Any]]:
    """Every cell of the tables that are there: ``value`` as printed (null for a blank),
    ``meant`` too where a fault changed it."""
    for name, table in tables.items():
        for (row, column), value in table.values.items():
            cell = {"table": name, "row": row, "column": column, "value": value, "printed": table.prints[row, column]}
            if value != table.latent[row, column]:
                cell["meant"] = table.latent[row, column]
            yield cell
