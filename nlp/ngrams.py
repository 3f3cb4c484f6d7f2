"""Hashed n-grams of characters and words.

All texts are hashed at once in numpy (a polynomial hash of any span comes from two prefix
values), so a report of sixty clauses costs about a millisecond besides jieba.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Ints
from .clauses import ordinal_of
from .document import fold
from .words import Cut

HASH_BITS = 20
CHARACTERS, WORDS = "characters", "words"
_LONGEST = 4  # characters
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)  # odd numbers have one, so a span can be shifted to 0
_SALTS = {CHARACTERS: np.uint64(0x51ED27), WORDS: np.uint64(0xC2B2AE)}
_NUMBER = re.compile(r"\d[\d,.]*")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """A clause for its n-grams: folded, without its ordinal, spaces or the values of numbers.

    >>> normalise("二是全年公开１,９１４ 条")
    '全年公开0条'
    """
    folded = fold(text)
    return _NUMBER.sub("0", _SPACE.sub("", folded[ordinal_of(folded)[1] :]))


@dataclass(frozen=True)
class Grams:
    """Distinct n-grams of texts: ``keys[i]`` occurs in text ``rows[i]``; rows ascend."""

    rows: Ints
    keys: Ints


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    power = np.full(count + 1, base, np.uint64)
    power[0] = 1
    with np.errstate(over="ignore"):
        return np.cumprod(power, dtype=np.uint64)


def _span_keys(codes: NDArray[np.uint64], starts: Ints, ends: Ints, salt: np.uint64) -> Ints:
    """Keys of spans: the polynomial in their codes alone, wherever they stand."""
    with np.errstate(over="ignore"):
        prefix = np.zeros(codes.size + 1, np.uint64)
        np.cumsum(codes * _powers(_BASE, codes.size)[:-1], out=prefix[1:])
        value = (prefix[ends] - prefix[starts]) * _powers(_INVERSE, codes.size)[starts]
        value = (value ^ salt) * np.uint64(0xFF51AFD7ED558CCD)
        value ^= value >> np.uint64(32)
        value *= np.uint64(0xC4CEB9FE1A85EC53)
    keys: Ints = (value >> np.uint64(64 - HASH_BITS)).astype(np.int64)
    return keys


def _distinct(rows: Ints, keys: Ints) -> Grams:
    # Sorted by hand: numpy's own unique hashes since 2.3, which takes forty times as long here.
    both = np.sort((rows << HASH_BITS) | keys)
    if both.size:
        both = both[np.concatenate([[True], both[1:] != both[:-1]])]
    return Grams(both >> HASH_BITS, both & ((1 << HASH_BITS) - 1))


def _codes(text: str) -> NDArray[np.uint64]:
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes: NDArray[np.uint64] = raw.astype(np.uint64) + np.uint64(1)
    return codes


def character_spans(texts: Sequence[str]) -> tuple[str, Ints, Ints, Ints]:
    """All character 1- to 4-grams of ``^text$``: joined text, rows, starts, ends."""
    marked = [f"^{text}$" for text in texts]
    lengths = np.array([len(text) for text in marked], np.int64)
    row_of = np.repeat(np.arange(len(marked)), lengths)
    stop_of = np.repeat(np.cumsum(lengths), lengths)
    places = np.arange(int(lengths.sum()), dtype=np.int64)
    rows, starts, ends = [], [], []
    for length in range(1, _LONGEST + 1):
        fits = places + length <= stop_of
        rows.append(row_of[fits])
        starts.append(places[fits])
        ends.append(places[fits] + length)
    return "".join(marked), np.concatenate(rows), np.concatenate(starts), np.concatenate(ends)


_NO_WORD = re.compile(r"[^\w]+")


def word_spans(texts: Sequence[str], cut: Cut) -> tuple[str, Ints, Ints, Ints]:
    """All word 1- and 2-grams: joined text, rows, starts, ends. Words end with a blank."""
    pieces: list[str] = []
    rows: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for row, text in enumerate(texts):
        before = -1
        for word in cut(text):
            if _NO_WORD.fullmatch(word):
                before = -1
                continue
            pieces.append(word)
            stop = position + len(word)
            for start in (position, before) if before >= 0 else (position,):
                rows.append(row)
                starts.append(start)
                ends.append(stop)
            before = position
            pieces.append(" ")
            position = stop + 1
    as_array = (np.array(values, np.int64) for values in (rows, starts, ends))
    return ("".join(pieces), *as_array)  # type: ignore[return-value]


def spans(texts: Sequence[str], kind: str, cut: Cut) -> tuple[str, Ints, Ints, Ints]:
    """The n-grams of one kind as spans of a joined text."""
    return character_spans(texts) if kind == CHARACTERS else word_spans(texts, cut)


def grams(texts: Sequence[str], kind: str, cut: Cut) -> Grams:
    """Hashed n-grams of each text, each key once a text."""
    joined, rows, starts, ends = spans(texts, kind, cut)
    return _distinct(rows, _span_keys(_codes(joined), starts, ends, _SALTS[kind]))


def keys_of_spans(joined: str, starts: Ints, ends: Ints, kind: str) -> Ints:
    """The keys of spans, for a model's text twin, which names what a key stands for."""
    return _span_keys(_codes(joined), starts, ends, _SALTS[kind])
