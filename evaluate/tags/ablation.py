"""The fast tagger learned again without each thing that it reads, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from nlp.features import CONTEXT_BLOCKS
from nlp.ngrams import CHARACTERS, WORDS
from train.tagger import new_tagger, training_examples

from .refit import FOLDS, Refit, without_bare
from .study import Step


def _starts(*heads: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(heads)


def _never(*_: str) -> bool:
    return False


@dataclass(frozen=True)
class Without:
    """What a refit lacks: n-gram blocks, plain features (of both stages), neighbours' columns."""

    name: str
    block: Callable[[str, str], bool] = _never
    plain: Callable[[str], bool] = _never
    near: Callable[[str], bool] = _never


_OWN = _starts("cue=", "length<=")
ABLATIONS: tuple[Without, ...] = (
    Without("jieba words", block=lambda part, kind: kind == WORDS),
    Without("character n-grams", block=lambda part, kind: kind == CHARACTERS),
    Without("n-grams of the context", block=lambda part, kind: part in CONTEXT_BLOCKS),
    Without("cues", plain=lambda name: "cue=" in name or name.startswith(("lead=", "heading="))),
    Without("section", plain=_starts("section=", "first_of_section")),
    Without("heading", block=lambda part, kind: part == "heading",
            plain=_starts("heading=", "is_heading"), near=lambda name: name == "heading"),
    Without("lead-in and list", block=lambda part, kind: part == "lead_in",
            plain=_starts("lead=", "has_lead", "opens_list"), near=lambda name: name in ("lead-in", "list")),
    Without("frame (tense of what came before)", plain=lambda name: "frame=" in name),
    Without("clause before", block=lambda part, kind: part == "previous"),
    Without("ordinals", plain=_starts("ordinal")),
    Without("place and length", plain=_starts("place=", "length<=")),
    Without("year against the report's", plain=_starts("year_gap")),
    Without("neighbours' probabilities", near=lambda name: name != "own"),
    Without("all context, one stage", block=lambda part, kind: part in CONTEXT_BLOCKS,
            plain=lambda name: not _OWN(name) and name != "ordinal"),
)  # fmt: skip


def steps(seed: int = 0, folds: int = FOLDS) -> Iterator[Step]:
    """All refits, the whole one first; each learns when it is called."""
    made: list[Refit] = []

    def whole() -> Refit:
        if not made:
            made.append(Refit(training_examples(seed), new_tagger(seed=seed), folds=folds))
        return made[0]

    def without(one: Without) -> Any:
        refit = whole()
        first = ~refit.first_columns(one.block, one.plain)
        second = ~refit.second_columns(one.near, one.plain)
        return refit.fit(first, second, sequence="one stage" not in one.name)

    yield "everything", lambda: whole().fit()
    for one in ABLATIONS:
        yield f"without {one.name}", partial(without, one)
    yield "without the second stage", lambda: whole().fit(sequence=False)
    yield "without calibration", lambda: whole().fit(calibrated=False)
    yield "without the lexicon", lambda: _without_lexicon(seed, folds)
    yield "without report clauses as lone ones", lambda: _without_bare(seed, folds)


def _without_lexicon(seed: int, folds: int) -> Any:
    tagger = new_tagger(seed=seed)
    tagger.lexicon = ()
    return Refit(training_examples(seed), tagger, folds=folds).fit()


def _without_bare(seed: int, folds: int) -> Any:
    return Refit(without_bare(training_examples(seed)), new_tagger(seed=seed), folds=folds).fit()
