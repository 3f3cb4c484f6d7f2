"""Tables nobody has seen: random truths, every layout, every edit; right, or null with a warning."""

import contextlib
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluate.tables.edits import EDITS
from evaluate.tables.layouts import LAYOUTS, Layout
from evaluate.tables.runs import document, read, unsure
from evaluate.tables.scores import score
from nlp import readers
from nlp.checks import run_checks
from nlp.errors import NianbaoError
from nlp.tables import extract_tables

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
_PIECES = st.sampled_from([
    "规章", "行政许可", "予以公开", "本年新收政府信息公开申请数量", "（七）总计", "结果维持", "尚未审结", "复议后起诉",
    "行政复议", "信息内容", "自然人", "总计", "0", "3", "1,204", "3119.0", "／", "-", "—", "|", "||", "\t", "\n", "\n\n",
    "第 4 页 共 6 页", "- 4 -", "。", "（", "）", "３", "万元", "件", "无", "<td>", "</tr>", "<table>", "colspan='9'",
])  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("consistent", [True, False], ids=["consistent", "inconsistent"])
def test_a_clean_layout_is_read_in_full(layout: Layout, consistent: bool) -> None:
    if not layout.keeps_repeats:
        pytest.skip("nobody can read it in full")
    for number in range(3):
        rng = Random(f"clean {number}")
        truth, _, text = document(layout, "none", rng, consistent=consistent)
        reading = read(text, layout.format)
        total, remarks = score(truth.values, (), reading)
        assert (total.right, remarks) == (total.cells, [])
        failed = [c for c in run_checks(reading.cells, ()) if c.status == "fail"]
        assert bool(failed) is not consistent
        assert all(check.where in check.message and "差" in check.message for check in failed)


@settings(max_examples=150, deadline=None, suppress_health_check=_QUIET)
@given(
    st.sampled_from(LAYOUTS), st.sampled_from(sorted(EDITS)), st.integers(0, 10**9), st.booleans()
)
def test_no_edit_in_no_layout_gives_a_wrong_cell(
    layout: Layout, edit: str, seed: int, consistent: bool
) -> None:
    truth, report, text = document(layout, edit, Random(seed), consistent=consistent)
    touched = unsure(layout, report)
    reading = read(text, layout.format)
    total, remarks = score(truth.values, touched, reading, truth.disturbed & touched)
    assert total.wrong == 0, remarks
    assert total.silent == 0, remarks
    page = readers.read(text.encode(), layout.format).text
    for cell in reading.cells:
        assert (cell.value is None) == (cell.how == "unread")
        if cell.how == "read":
            assert cell.start is not None and cell.end is not None
            assert 0 < cell.end - cell.start <= 24 and page[cell.start : cell.end].strip()


@settings(max_examples=150, deadline=None, suppress_health_check=_QUIET)
@given(st.lists(_PIECES, min_size=1, max_size=300), st.sampled_from(["txt", "html"]))
def test_no_soup_of_table_pieces_crashes(pieces: list[str], form: str) -> None:
    try:
        document_ = readers.read(" ".join(pieces).encode(), form)
    except NianbaoError:
        return
    for cell in extract_tables(document_, (), "2021").cells:
        if cell.start is not None and cell.end is not None:
            assert 0 <= cell.start < cell.end <= len(document_.text)


@settings(max_examples=100, deadline=None, suppress_health_check=_QUIET)
@given(st.sampled_from(LAYOUTS), st.integers(0, 10**9), st.data())
def test_a_text_cut_or_scrambled_in_places_never_crashes(
    layout: Layout, seed: int, data: st.DataObject
) -> None:
    _, _, text = document(layout, "none", Random(seed), consistent=True)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    order = data.draw(st.permutations(range(len(pieces))))
    with contextlib.suppress(NianbaoError):
        read("".join(pieces[n] for n in order), layout.format)


def test_the_clock_holds_for_long_and_odd_documents() -> None:
    row = "一、本年新收政府信息公开申请数量 " + "0 " * 3000
    for text in (
        row * 20,
        "| " * 50_000,
        "尚未审结 结果维持 总计 " * 5000,
        "予以公开\n" * 20_000,
        "1 " * 100_000,
    ):
        extract_tables(readers.read(text.encode(), "txt"), (), "2021")
