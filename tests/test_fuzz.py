"""Bytes of any kind, and real files with damage: an error by its cause, or cells that are right,
null, or contradicted by a check."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluate.hostile.files import docx, word
from evaluate.tables.layouts import LAYOUTS, Layout
from evaluate.tables.runs import document
from nlp import readers
from nlp.checks import run_checks
from nlp.errors import NianbaoError
from nlp.report import Cell
from nlp.tables import extract_tables

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
DATA = Path(__file__).parent / "data"
FILES = {path.suffix: path.read_bytes() for path in sorted(DATA.glob("county-bureau-2023.*"))
         if path.suffix in (".pdf", ".docx")}  # fmt: skip
HEADS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body>", b"\xff\xfe", b"\xef\xbb\xbf", b"{\\rtf1",
         b"From: a\nTo: b\nMIME-Version: 1.0\n\n", b"GIF89a", b"BM", b"\xfe\xff\x4e\x00"]  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=_QUIET)
@given(st.sampled_from(HEADS), st.binary(max_size=600), st.sampled_from([None, "txt", "html"]))
def test_bytes_are_read_or_refused_by_cause(head: bytes, tail: bytes, form: str | None) -> None:
    with contextlib.suppress(NianbaoError):
        found = readers.read(head + tail, form)
        extract_tables(found, (), "2021")
        for block in found.blocks:
            for cell in block.cells:
                assert 0 <= cell.start <= cell.end <= len(found.text)


@settings(max_examples=60, deadline=None, suppress_health_check=_QUIET)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_damaged_documents_are_read_or_refused_by_cause(form: str, data: st.DataObject) -> None:
    content = bytearray(FILES[form])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] ^= data.draw(st.integers(1, 255))
    end = data.draw(st.integers(len(content) // 2, len(content)))
    with contextlib.suppress(NianbaoError):
        extract_tables(readers.read(bytes(content[:end])), (), "2021")


def wrong_unseen(cells: tuple[Cell, ...], truth: dict[tuple[str, str, str], float]) -> list[str]:
    """Cells of another value than the truth's, where no check of their table fails."""
    failed = {
        check.where.split(".")[0] for check in run_checks(cells, ()) if check.status == "fail"
    }
    return [
        f"{cell.key}: {cell.value}"
        for cell in cells
        if cell.value is not None
        and cell.value != truth.get((cell.table, cell.row, cell.column))
        and cell.table not in failed
    ]


def drop_tags(text: str, dice: Random) -> str:
    """A few closing or opening tags of rows and cells lost, as a broken template loses them."""
    pieces = re.split(r"(</?(?:td|tr|tbody|table|p|div)\b[^>]*>)", text)
    for at in dice.sample(range(1, len(pieces), 2), 3):
        if pieces[at].startswith("</"):
            pieces[at] = ""
    return "".join(pieces)


def cut(text: str, dice: Random) -> str:
    """The end lost, at the end of a line."""
    lines = text.split("\n")
    return "\n".join(lines[: dice.randrange(len(lines) // 2, len(lines))])


def garble(text: str, dice: Random) -> str:
    """Characters of labels and sentences replaced; digits stay."""
    letters = list(text)
    places = [n for n, letter in enumerate(letters) if "一" <= letter <= "鿿"]
    for at in dice.sample(places, min(6, len(places))):
        letters[at] = "\ufffd"
    return "".join(letters)


@pytest.mark.parametrize("damage", [drop_tags, cut, garble])
@settings(max_examples=60, deadline=None, suppress_health_check=_QUIET)
@given(st.integers(0, 10**9), st.data())
def test_damage_gives_no_wrong_cell_unseen(damage, seed: int, data: st.DataObject) -> None:
    layouts = [one for one in LAYOUTS if damage is not drop_tags or one.format == "html"]
    layout: Layout = data.draw(st.sampled_from(layouts))
    dice = Random(seed)
    truth, _, text = document(layout, "none", dice, consistent=True)
    broken = damage(text, dice)
    try:
        found = readers.read(broken.encode(), layout.format)
    except NianbaoError:
        return
    form = "2021"
    assert wrong_unseen(extract_tables(found, (), form).cells, truth.values) == []


@settings(max_examples=60, deadline=None, suppress_health_check=_QUIET)
@given(st.integers(0, 10**9))
def test_swapped_cells_of_summed_tables_fail_a_check(seed: int) -> None:
    dice = Random(seed)
    layout = next(one for one in LAYOUTS if one.name == "html")
    _, _, text = document(layout, "none", dice, consistent=True)
    first = text.index("本年新收政府信息公开申请数量")
    cells = [m for m in re.finditer(r"<td[^>]*>(\d+)</td>", text) if m.start() > first]
    a, b = sorted(dice.sample(cells, 2), key=lambda m: m.start())
    swapped = text[: a.start(1)] + b[1] + text[a.end(1) : b.start(1)] + a[1] + text[b.end(1) :]
    found = extract_tables(readers.read(swapped.encode(), "html"), (), "2021").cells
    assert a[1] == b[1] or any(check.status == "fail" for check in run_checks(found, ()))


@settings(max_examples=60, deadline=None, suppress_health_check=_QUIET)
@given(st.lists(st.sampled_from(["<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
                                 "</w:tc>", "<w:r><w:t>规章</w:t></w:r>", "<w:r><w:t>3</w:t></w:r>",
                                 "<w:tcPr><w:gridSpan w:val='9999'/></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>",
                                 "<w:sdt>", "</w:sdt>", "<w:br/>", "&#0;", "&lt;"]), max_size=60))  # fmt: skip
def test_no_soup_of_word_tags_crashes(pieces: list[str]) -> None:
    with contextlib.suppress(NianbaoError):
        extract_tables(readers.read(docx(word("".join(pieces)))), (), "2021")
