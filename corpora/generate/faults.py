"""How the cells of the tables are printed, faults included; the truth is what is printed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.form import DECIMAL_CELLS, DISCLOSURE_ROWS, SIGNED_COLUMNS

from .latent import Cells, Latent
from .rates import Rates
from .tables import Grid, Place, disclosure_grid, requests_grid, review_grid

TABLES = ("disclosure", "requests", "review")


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as printed. ``values`` are what the prints say (None: blank), ``latent`` what was
    meant: they differ where a fault struck."""

    name: str
    grid: Grid
    prints: Mapping[Place, str]
    values: Mapping[Place, int | float | None]
    latent: Cells


def _print(value: int | float) -> str:
    return str(value)


def print_tables(latent: Latent, dice: random.Random, rates: Rates, done: list[str]) -> dict[str, Printed]:
    """The three tables of a report's form by name."""
    grids = {
        "disclosure": disclosure_grid(latent.form),
        "requests": requests_grid({row for row, _ in latent.requests}),
        "review": review_grid(),
    }
    meant: dict[str, dict[Place, int | float]] = {name: dict(getattr(latent, name)) for name in TABLES}
    keys = {(row.key, column) for row in DISCLOSURE_ROWS[latent.form] for column in row.columns}
    meant["disclosure"] = {place: meant["disclosure"].get(place, 0) for place in _places(grids["disclosure"]) if place in keys}
    values: dict[str, dict[Place, int | float | None]] = {name: dict(cells) for name, cells in meant.items()}
    if rates.strike("sums", dice):
        _break_sum(values["requests"], dice)
        done.append("sums")
    prints = {name: {place: _print(value or 0) for place, value in cells.items()} for name, cells in values.items()}
    if rates.strike("blanks", dice):
        _blank(grids, prints, values, dice)
        done.append("blanks")
    if rates.strike("odd_cells", dice):
        _odd(prints["disclosure"], values["disclosure"], dice)
        done.append("odd_cells")
    return {name: Printed(name, grids[name], prints[name], values[name], meant[name]) for name in TABLES}


def _places(grid: Grid) -> list[Place]:
    return [cell.place for row in grid for cell in row if cell.place]


def _break_sum(values: dict[Place, int | float | None], dice: random.Random) -> None:
    """One cell of table 三 changed: a total forgotten, or a number too many."""
    filled = [place for place, value in values.items() if value]
    totals = [place for place in filled if place[0] == "total" or place[1] == "total"]
    if totals and dice.random() < 0.6:
        values[dice.choice(totals)] = 0
    else:
        place = dice.choice(filled or list(values))
        values[place] = (values[place] or 0) + dice.choice((1, 1, 2))


def _blank(grids: Mapping[str, Grid], prints: dict[str, dict[Place, str]],
           values: dict[str, dict[Place, int | float | None]], dice: random.Random) -> None:  # fmt: skip
    """Some cells, a row, or the total column of a table left blank."""
    name = dice.choice(("requests", "requests", "disclosure", "review"))
    places = _places(grids[name])
    style = dice.choice(("cells", "row", "column") if name == "requests" else ("cells", "row"))
    if style == "cells":
        chosen: Sequence[Place] = dice.sample(places, dice.choice((1, 1, 2, 4)))
    elif style == "row":
        row = dice.choice(places)[0]
        chosen = [place for place in places if place[0] == row]
    else:
        chosen = [place for place in places if place[1] == "total"]
    sign = dice.choice(("", "", "-", "/", "—"))
    for place in chosen:
        prints[name][place], values[name][place] = sign, None


def _odd(prints: dict[Place, str], values: dict[Place, int | float | None], dice: random.Random) -> None:
    """Values written in another way than the form asks for (study 7)."""
    for place, value in values.items():
        if value is None:
            continue
        if place[1] in SIGNED_COLUMNS and value > 0:
            prints[place] = dice.choice((f"+{value}", f"增{value}", f"+{value}"))
        elif place[1] in SIGNED_COLUMNS and value < 0:
            prints[place] = dice.choice((str(value), f"减{-value}"))
        elif place in DECIMAL_CELLS and value:
            prints[place] = f"{value}万元"
        elif place[0] == "regulations" and value == 0 and dice.random() < 0.5:
            prints[place] = dice.choice(("/", "无"))
            values[place] = None if prints[place] == "/" else 0
        elif value and value >= 1000:
            prints[place] = f"{value:,}"
