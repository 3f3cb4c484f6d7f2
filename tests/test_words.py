"""Segmentation: jieba's words, whichever engine cuts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import words
from nlp.artefacts import find_model
from nlp.ngrams import normalise
from train.corpus import load

LEXICON = words.read_lexicon(find_model("tagger") / words.LEXICON)
REFERENCE = words._jieba(LEXICON)


def test_words_joined_are_the_text():
    assert "".join(words.cut("一是依申请公开办理不规范，2023年 OA-3系统停用。")) == (
        "一是依申请公开办理不规范，2023年 OA-3系统停用。"
    )


def test_the_lexicon_keeps_terms_whole():
    assert "依申请公开" in words.cut("依申请公开办理不规范")


class TestTheFasterEngine:
    @pytest.fixture(autouse=True)
    def _installed(self):
        pytest.importorskip("rjieba")

    def test_agrees_with_jieba_on_every_clause_of_the_corpora(self):
        quick = words.segmenter(LEXICON)
        texts = {
            normalise(clause["text"])
            for report in load("reports", "train")[::3]
            for paragraph in report["paragraphs"]
            for clause in paragraph
        }
        differ = [text for text in texts if tuple(REFERENCE(text)) != quick(text)]
        assert differ == []

    @given(st.text("公开信息机关不够及时的和与ABC0129-._%+#&,。（）：α中國①", max_size=30))
    def test_agrees_with_jieba_on_any_text(self, text):
        assert words.segmenter(LEXICON)(text) == tuple(REFERENCE(text))
