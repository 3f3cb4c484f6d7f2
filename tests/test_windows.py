"""What the encoder reads: runs of clauses, each clause findable in its window's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import windows
from nlp.clauses import Clause
from nlp.document import fold
from nlp.encoder import token_spans
from nlp.narrative import cut_line

LIST = [
    Clause(0, 6, "下一步,我局将", heading="五、存在的问题", paragraph=0),
    Clause(7, 15, "一是拓展公开内容", heading="五、存在的问题", lead_in="下一步,我局将", previous="下一步,我局将", ordinal=1, paragraph=1),
    Clause(16, 22, "二是加强培训", heading="五、存在的问题", lead_in="下一步,我局将", previous="一是拓展公开内容", ordinal=2, paragraph=2),
]  # fmt: skip


def test_a_window_begins_with_what_governs_its_first_clause():
    window = windows.build(LIST, [2])
    assert window.text == "五、存在的问题 / 下一步,我局将 / 一是拓展公开内容 → 二是加强培训"
    assert [window.text[a:b] for a, b in window.spans] == ["二是加强培训"]


def test_nothing_stands_before_a_clause_without_context():
    assert windows.build(LIST, [0], context=False).text == "下一步,我局将"
    assert windows.build(cut_line("公开不够及时"), [0]).text == "公开不够及时"


def test_clauses_of_a_window_are_divided_by_line_ends():
    assert windows.build(LIST, [0, 1], context=False).text == "下一步,我局将 / 一是拓展公开内容"


@pytest.mark.parametrize(
    ("wanted", "runs"),
    [([0], [[0, 1, 2]]), ([1, 2], [[0, 1, 2]]), ([3], [[3]]), ([2, 3], [[0, 1, 2], [3]]), ([], [])],
)
def test_a_wanted_clause_is_read_in_the_same_company_as_where_all_are_read(wanted, runs):
    clauses = [*LIST, *cut_line("公开不够及时")]
    assert list(windows.holding(wanted, clauses, [0, 0, 0, 1])) == runs


CLAUSES = st.lists(
    st.tuples(st.text("公开信息不够,。 （）0", max_size=400), st.integers(0, 1)), min_size=1, max_size=30
)


@given(CLAUSES)
def test_a_partition_holds_every_row_once_in_order(drawn):
    clauses = [Clause(0, len(text), text, paragraph=place) for place, (text, _) in enumerate(drawn)]
    documents = sorted(document for _, document in drawn)
    runs = list(windows.partition(clauses, documents))
    assert [row for run in runs for row in run] == list(range(len(clauses)))
    for run in runs:
        assert len({documents[row] for row in run}) == 1
        window = windows.build(clauses, run)
        for row, (start, end) in zip(run, window.spans, strict=True):
            assert window.text[start:end] == fold(clauses[row].text[:360]).replace("\n", " ")
        assert len(run) == 1 or sum(end - start for start, end in window.spans) <= windows.LONGEST


@pytest.mark.parametrize(
    ("offsets", "span", "tokens"),
    [
        ([(0, 1), (1, 3), (3, 4)], (1, 4), (1, 3)),
        ([(0, 4)], (1, 3), (0, 1)),  # a token over both ends
        ([(0, 2)], (5, 6), (0, 1)),  # cut off: the last token stands for it
        ([], (0, 3), (0, 1)),
    ],
)
def test_each_stretch_has_at_least_one_token(offsets, span, tokens):
    assert token_spans(offsets, [span]) == [tokens]
