"""Two taggers as one: who is asked, and what comes out."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.cascade import Cascade, Mix, tagger_for, unsure
from nlp.narrative import cut_line
from nlp.neighbours import lone_rows
from nlp.report import LABELS
from nlp.tagger import shipped


class Recorded:
    """An encoder that says ``label`` for all it is asked, and remembers what that was."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.asked: list[list[int] | None] = []

    def scores(self, clauses, wanted=None):
        self.asked.append(wanted)
        labels = np.zeros((len(clauses), 4), np.float32)
        labels[:, LABELS.index(self.label)] = 9
        topics = np.full((len(clauses), 16), -5, np.float32)
        topics[:, 0] = 5
        return labels, topics


LINES = "公开内容不够全面。今年共公开信息36条。联系电话见网站"


def cascade(encoder, threshold, weight=1.0, least=0.0):
    mix = Mix((1.0, weight), (1.0, weight), (0.0, 1.0, 0.0), threshold, least)
    return Cascade(shipped(), encoder, mix)


@pytest.mark.parametrize(
    ("chances", "read"),
    [
        ([0.99, 0.01, 0.0, 0.0], False),  # surely a problem
        ([0.9, 0.0, 0.1, 0.0], True),  # a problem, but not surely
        ([0.06, 0.0, 0.94, 0.0], True),  # a deed that could be a problem
        ([0.0, 0.0, 0.7, 0.3], False),  # a deed or nothing: of less weight
        ([0.0, 0.0, 0.55, 0.45], True),  # but not where it is a toss-up
    ],
)
def test_who_is_asked_hangs_on_whether_a_clause_may_admit_or_promise(chances, read):
    order = [("problem", "commitment", "done", "other").index(label) for label in LABELS]
    row = np.array([chances], np.float32)[:, order]
    assert unsure(row, 0.95, 0.6).tolist() == [read]


def test_a_sure_clause_is_never_read_twice():
    encoder = Recorded("done")
    clauses = cut_line(LINES)
    tags = cascade(encoder, 0.0).tag_clauses(clauses)
    assert encoder.asked == [[]]
    assert [tag.label for tag in tags] == [tag.label for tag in shipped().tag_clauses(clauses)]


def test_every_clause_is_read_where_the_threshold_is_above_all():
    encoder = Recorded("problem")
    tags = cascade(encoder, 1.01, weight=5.0).tag_clauses(cut_line(LINES))
    assert encoder.asked == [[0, 1, 2]]
    assert {tag.label for tag in tags} == {"problem"}
    assert {tag.topics[0] for tag in tags} == {"awareness"}  # the first key, as the encoder said


def test_only_the_unsure_clauses_change():
    clauses = cut_line(LINES)
    chances = shipped().predict_proba(clauses)
    least = int(chances.max(axis=1).argmin())
    encoder = Recorded("other")
    mixed = cascade(encoder, 0.0, least=float(chances.max(axis=1).min()) + 1e-4).predict_proba(clauses)
    assert encoder.asked == [[least]]
    same = [row for row in range(len(clauses)) if row != least]
    np.testing.assert_allclose(mixed[same], chances[same], rtol=1e-5)
    assert mixed[least].argmax() == LABELS.index("other")


def test_probabilities_add_up_to_one_and_nothing_gives_nothing():
    chances = cascade(Recorded("done"), 1.01).predict_proba(cut_line(LINES))
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)
    assert cascade(Recorded("done"), 1.01).predict_proba([]).shape == (0, 4)
    assert cascade(Recorded("done"), 1.01).tag_clauses([]) == []


def test_a_document_is_not_lone():
    assert lone_rows(cut_line("公开不够及时")).tolist() == [True]
    assert lone_rows(cut_line(LINES)).tolist() == [False] * 3


class TestTheShippedEncoder:
    @pytest.fixture(autouse=True)
    def _packages(self):
        pytest.importorskip("ctranslate2")
        pytest.importorskip("tokenizers")

    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("一是主动公开的内容还不够全面", "problem"),
            ("部分栏目更新滞后", "problem"),
            ("下一步,我局将加强业务培训", "commitment"),
            ("全年主动公开政府信息126条", "done"),
            ("未发现政府信息公开方面存在问题", "done"),
        ],
    )
    def test_reads_a_lone_line(self, line, label):
        assert tagger_for("accurate").predict(cut_line(line)) == [label]

    def test_the_cascade_is_what_one_gets(self):
        assert isinstance(tagger_for(None), Cascade)

    def test_a_long_line_is_answered_once(self):
        clauses = cut_line("公开" * 50_000)
        assert len(tagger_for("accurate").predict(clauses)) == len(clauses)
