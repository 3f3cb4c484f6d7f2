"""The numbers that Word counts itself: 一、 before a heading, 1. before a table's row label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A counting numeral from 1 to 99; Arabic beyond.

    >>> chinese(3), chinese(10), chinese(12), chinese(20), chinese(25)
    ('三', '十', '十二', '二十', '二十五')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return lead + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


# Formats of ECMA-376 17.18.59 as they are met in Chinese documents; others print Arabic.
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese, "chineseCountingThousand": chinese, "ideographDigital": chinese,
    "japaneseCounting": chinese, "taiwaneseCounting": chinese, "taiwaneseCountingThousand": chinese,
    "koreanDigital2": chinese, "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled, "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}  # fmt: skip
_SILENT = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """Labels of numbered paragraphs, counted in the order they are asked for.

    Parameters
    ----------
    numbering, styles : lxml element or None
        Roots of ``numbering.xml`` and ``styles.xml``.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # abstract id to its levels
        self._lists: dict[str, str] = {}  # numId to abstract id
        self._styles: dict[str, tuple[str, int]] = {}  # style to numId and level
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None and self._lists:
            for style in styles.iterfind(f"{_W}style"):
                found = _of(style)
                if found and found[0]:
                    self._styles[style.get(f"{_W}styleId", "")] = (found[0], found[1] or 0)

    def _read_lists(self, root: Any) -> None:
        for abstract in root.iterfind(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.iterfind(f"{_W}lvl"):
                levels[_int(level.get(f"{_W}ilvl"))] = _Level(
                    _val(level, "numFmt") or "decimal",
                    _val(level, "lvlText") or "",
                    _int(_val(level, "start"), 1),
                )
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for one in root.iterfind(f"{_W}num"):
            self._lists[one.get(f"{_W}numId", "")] = _val(one, "abstractNumId") or ""

    def label(self, paragraph: Any) -> str:
        """The label of a paragraph, "" where it has none or a bullet."""
        if not self._lists:
            return ""
        number, level = _of(paragraph) or (None, None)
        style = _val(paragraph, "pPr", "pStyle")
        inherited = self._styles.get(style or "")
        if number is None and inherited:
            number, level = inherited[0], inherited[1] if level is None else level
        depth = level or 0
        abstract = self._lists.get(number or "", "")
        levels = self._levels.get(abstract, {})
        own = levels.get(depth)
        if own is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, own.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if own.format in _SILENT:
            return ""

        def print_level(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels.get(at)
            if form is None:
                return ""
            return _FORMATS.get(form.format, str)(counts.get(at, form.start))

        return re.sub(r"%([1-9])", print_level, own.text)


def _val(element: Any, *path: str) -> str | None:
    found = element.find("/".join(_W + step for step in path))
    return None if found is None else found.get(f"{_W}val")


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


def _of(element: Any) -> tuple[str | None, int | None] | None:
    """numId and level that a paragraph or style names; ("0", …) says that there is none."""
    properties = element.find(f"{_W}pPr/{_W}numPr")
    if properties is None:
        return None
    level = _val(properties, "ilvl")
    return _val(properties, "numId"), None if level is None else _int(level)
