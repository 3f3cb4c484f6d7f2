"""ROUGE by characters against Lin's worked example, a character for a word."""

from __future__ import annotations

import doctest

import pytest

from evaluate.summaries import rouge


def test_the_docstrings_hold() -> None:
    assert doctest.testmod(rouge).failed == 0


# Lin 2004, section 3: "police killed the gunman" and three candidates; w = 甲乙丙丁 word for word.
@pytest.mark.parametrize(("candidate", "longest"), [("甲杀丙丁", 0.75), ("丙丁杀甲", 0.5)])
def test_longest_common_subsequence(candidate: str, longest: float) -> None:
    assert rouge.rouge_l("甲乙丙丁", candidate) == longest


def test_numbers_are_single_tokens() -> None:
    assert rouge.rouge_n("公开1914件", "公开1915件", 1) == pytest.approx(0.75)
    assert rouge.best(["甲乙", "丙丁"], "丙丁")["rouge1"] == 1.0
