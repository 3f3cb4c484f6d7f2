"""Beams found with remembered keys and values are those of transformers' own ``generate``.

In double precision: in single precision two beams whose scores agree to seven digits may change
places (2 of 304 beams of the test reports).
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from evaluate.summaries.runs import cut_of_the_domain  # noqa: E402
from evaluate.summaries.speed import by_transformers, plans_of_the_tests  # noqa: E402
from nlp.artefacts import find_model  # noqa: E402
from nlp.beam_search import search_beams  # noqa: E402
from nlp.paragraph import in_whole  # noqa: E402
from nlp.plan_items import Plan, PlanItem  # noqa: E402
from nlp.plan_tokens import EOS, SPECIALS, Vocabulary  # noqa: E402
from nlp.span_config import collate  # noqa: E402
from nlp.span_pointer import SpanPointerConfig, SpanPointerModel  # noqa: E402
from nlp.summarizer import Summarizer  # noqa: E402
from nlp.words import cut  # noqa: E402

ITEMS = (
    PlanItem("agency", "沅渚县林业局", 0, 6, False), PlanItem("year", "2022年", 0, 5, False),
    PlanItem("figure", "主动公开信息128条，其中网站56条", 0, 17, False),
    PlanItem("problem", "公开内容不够全面", 0, 8, False),
    PlanItem("commitment", "细化公开目录", 0, 6, False, whole=True),
)  # fmt: skip
PLANS = [Plan(ITEMS), Plan(ITEMS[:2]), Plan(ITEMS[1:4])]
VOCABULARY = Vocabulary([*SPECIALS, "公", "开"], [*SPECIALS, "，", "。", "将"])


def ended(rows: Sequence[Sequence[Sequence[int]]]) -> list[list[list[int]]]:
    """Ids up to the end mark; the two pad differently behind it."""
    return [[[*row[: row.index(EOS) if EOS in row else len(row)]] for row in beams] for beams in rows]


def untrained(seed: int, penalty: float) -> SpanPointerModel:
    torch.manual_seed(seed)
    config = SpanPointerConfig(
        source_size=6, target_size=7, width=16, heads=2, feed_forward=16, encoder_layers=1,
        decoder_layers=2, cut_penalty=penalty,
    )  # fmt: skip
    return SpanPointerModel(config).double().eval()


@pytest.mark.parametrize("beams", [1, 2, 4])
@pytest.mark.parametrize(("seed", "penalty"), [(1, 0.0), (2, 5.0), (3, 5.0)])
def test_untrained_weights_give_the_beams_of_transformers(
    seed: int, penalty: float, beams: int
) -> None:
    model = untrained(seed, penalty)
    tokens = [VOCABULARY.encode_plan(plan, lambda text: tuple(cut(text))) for plan in PLANS]
    batch = collate(tokens)
    found = search_beams(model, batch, beams, 40)
    assert ended(found) == ended(by_transformers(model, batch, beams, 40))


@pytest.mark.parametrize("beams", [1, 4])
def test_the_shipped_weights_give_the_beams_of_transformers(beams: int) -> None:
    summarizer = Summarizer.from_pretrained(find_model("summarizer"), cut_of_the_domain())
    model = summarizer.as_transformers().double()
    plans = plans_of_the_tests(8)
    plans += [in_whole(plan) for plan in plans[:2]]
    batch = collate([summarizer.vocabulary.encode_plan(plan, summarizer.cut) for plan in plans])
    assert ended(search_beams(model, batch, beams)) == ended(by_transformers(model, batch, beams))


def test_a_plan_is_written_alike_whoever_stands_beside_it_in_the_batch() -> None:
    model = untrained(4, 5.0)
    tokens = [VOCABULARY.encode_plan(plan, lambda text: tuple(cut(text))) for plan in PLANS]
    alone = [search_beams(model, collate([one]), 4, 40)[0] for one in tokens]
    assert ended(search_beams(model, collate(tokens), 4, 40)) == ended(alone)
