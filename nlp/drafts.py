"""A paragraph that something wrote from a plan, and what it copied; read without torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """``text[start:end]`` of a draft is ``plan.items[item].text[low:high]``."""

    start: int
    end: int
    item: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as the network wrote it, with its copies; not yet verified.

    ``foreign`` is what is neither copied nor a linking word; the shipped network cannot write
    such, a seq2seq of the user's can.
    """

    text: str
    copies: tuple[Copy, ...]
    foreign: str = ""
