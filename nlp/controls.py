"""How long a summary may be and what it dwells on: two tables, read by planner and verifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from .plan_items import ItemKind

Length = Literal["short", "standard", "long"]
Focus = Literal["problems", "commitments", "figures"]
LENGTHS: tuple[Length, ...] = get_args(Length)
FOCUSES: tuple[Focus, ...] = get_args(Focus)
Worth = tuple[tuple[ItemKind, int], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Bounds of a paragraph in characters, and the room its plan gets.

    ``least`` holds where the plan has that much to say; ``frames`` is the room of what
    announces problems and promises and joins their groups; ``always`` items are taken
    whatever their length; ``whole`` tells whether room that is left goes to whole items;
    ``by_value`` that items are chosen by what they carry (:mod:`nlp.plan_choice`), not by the
    rows below, unless there is a focus.
    """

    least: int
    most: int
    room: int
    frames: int
    always: int
    whole: bool
    by_value: bool = False


SIZES: Mapping[Length, Size] = {
    "short": Size(20, 60, 58, 13, 1, False),
    "standard": Size(80, 180, 176, 16, 3, True, True),
    "long": Size(80, 300, 290, 20, 3, True, True),
}


def _rows(text: str) -> Worth:
    """``figure problem problem …``: the first figure, the first problem, the second problem."""
    short: dict[str, ItemKind] = {
        "f": "figure", "r": "request", "v": "review", "d": "deed", "p": "problem",
        "c": "commitment",
    }  # fmt: skip
    seen: dict[ItemKind, int] = {}
    rows: list[tuple[ItemKind, int]] = []
    for letter in text.split():
        kind = short[letter]
        rows.append((kind, seen.get(kind, 0)))
        seen[kind] = seen.get(kind, 0) + 1
    return tuple(rows)


# In order of worth: f figure, r requests, v reviews, d deed, p problem, c commitment; the first
# letter is the first of its kind, its second the second, as long as there is room.
_STANDARD = _rows("f p c r v p c p d c p d f c d p c d f d")
_LONG = _rows("f p c r v p c d p c p f c d p c d p c f d r d f d d d")
_SHORT = _rows("f p c r v p c d")
_FOCUSED: Mapping[Focus, Worth] = {
    "problems": _rows("p p p p p f r p p p c v p p"),
    "commitments": _rows("c c c c c f p c c c r c c"),
    "figures": _rows("f r v f f d d f d f d d p d c"),
}
_BY_LENGTH: Mapping[Length, Worth] = {"short": _SHORT, "standard": _STANDARD, "long": _LONG}


def worth(length: Length, focus: Focus | None) -> Worth:
    """What is said first where not all can be said."""
    return _FOCUSED[focus] if focus else _BY_LENGTH[length]


def check(length: str, focus: str | None) -> None:
    """
    Raises
    ------
    ValueError
        If either is none of the names known.
    """
    if length not in LENGTHS:
        raise ValueError(f"length is {length!r}; it can be {', '.join(LENGTHS)}")
    if focus is not None and focus not in FOCUSES:
        raise ValueError(f"focus is {focus!r}; it can be {', '.join(FOCUSES)}")
