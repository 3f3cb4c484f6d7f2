"""The network, untrained: whatever its weights are, it says its plan in order and whole."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from nlp.errors import MissingModel  # noqa: E402
from nlp.plan_items import Plan, PlanItem  # noqa: E402
from nlp.plan_tokens import BOS, EOS, MOST_SOURCE, SPECIALS, Vocabulary  # noqa: E402
from nlp.span_config import collate  # noqa: E402
from nlp.span_pointer import SpanPointerConfig, SpanPointerModel, progress_of  # noqa: E402
from nlp.summarizer import Summarizer  # noqa: E402
from nlp.words import cut  # noqa: E402

TEXTS = ("沅渚县林业局", "2022年", "主动公开信息128条，其中网站56条", "公开内容不够全面", "细化公开目录")
KINDS = ("agency", "year", "figure", "problem", "commitment")
PLAN = Plan(
    tuple(PlanItem(k, t, 0, len(t), False) for k, t in zip(KINDS, TEXTS, strict=True))  # type: ignore[arg-type]
)
VOCABULARY = Vocabulary([*SPECIALS, "公", "开"], [*SPECIALS, "，", "。", "将"])


def words(text: str) -> tuple[str, ...]:
    return tuple(cut(text))


def small(seed: int) -> SpanPointerModel:
    torch.manual_seed(seed)
    sizes = {"source_size": 6, "target_size": 7, "width": 16, "heads": 2, "feed_forward": 16}
    return SpanPointerModel(SpanPointerConfig(encoder_layers=1, decoder_layers=1, **sizes)).eval()


def test_progress_follows_the_copies() -> None:
    items = torch.tensor([[0, 1, 1, 1, 2]])
    ids = torch.tensor([[BOS, 7 + 1, 7 + MOST_SOURCE + 2, 4]])
    progress = progress_of(ids, items, 7)
    assert progress.action.tolist() == [[0, 1, 2, 0]]
    assert progress.item.tolist() == [[-1, 1, 1, 1]]
    assert progress.last.tolist() == [[-1, -1, 2, 2]]


@pytest.mark.parametrize("seed", range(4))
def test_any_weights_say_every_item_in_order(seed: int) -> None:
    drafts = Summarizer(small(seed), VOCABULARY, words).generate([PLAN], beams=2)[0]
    for draft in drafts:
        said = [copy.item for copy in draft.copies]
        assert said == sorted(said), "the plan's order is the order of saying"
        if draft.text.endswith("。") or len(draft.copies) < 40:
            assert set(said) <= set(range(len(TEXTS)))
        for copy in draft.copies:
            assert draft.text[copy.start : copy.end] == TEXTS[copy.item][copy.low : copy.high]
        places = [(copy.item, copy.low, copy.high) for copy in draft.copies]
        assert all(a[2] <= b[1] for a, b in pairwise(places) if a[0] == b[0])


def test_the_end_mark_waits_for_the_last_item() -> None:
    model = small(0)
    tokens = VOCABULARY.encode_plan(PLAN, words)
    batch = collate([tokens])
    last = len(tokens.ids) - 1
    for place, allowed in ((1, False), (last, True)):
        opened = next(i for i in range(place, -1, -1) if tokens.opens[i])
        ids = torch.tensor([[BOS, 7 + opened, 7 + MOST_SOURCE + place]])
        logits = model(**batch, decoder_input_ids=ids).logits[0, -1]
        assert (logits[EOS] > -1e3) == allowed


def test_a_batch_gives_what_each_plan_gives_alone() -> None:
    model = small(1)
    short = Plan(PLAN.items[:3])
    one = VOCABULARY.encode_plan(short, words)
    ids = torch.tensor([[BOS, 7, 7 + MOST_SOURCE]])
    alone = model(**collate([one]), decoder_input_ids=ids).logits[0]
    both = collate([one, VOCABULARY.encode_plan(PLAN, words)])
    together = model(**both, decoder_input_ids=ids.repeat(2, 1)).logits[0]
    assert torch.allclose(alone, together, atol=1e-4)


def test_saved_and_loaded_it_writes_the_same(tmp_path: Path) -> None:
    first = Summarizer(small(2), VOCABULARY, words)
    first.save_pretrained(tmp_path)
    second = Summarizer.from_pretrained(tmp_path, words)
    assert first.generate([PLAN], beams=1) == second.generate([PLAN], beams=1)


def test_a_plan_beyond_the_network_is_refused() -> None:
    tokens = VOCABULARY.encode_plan(Plan((PlanItem("problem", "公" * 600, 0, 600),)), words)
    with pytest.raises(ValueError, match="600 tokens"):
        collate([tokens])


def test_a_penalty_on_cuts_is_taken_while_generating_only() -> None:
    model = small(3)
    batch = collate([VOCABULARY.encode_plan(PLAN, words)])
    opened = torch.tensor([[BOS, 7 + 2]])
    free = model(**batch, decoder_input_ids=opened).logits[0, -1]
    model.config.cut_penalty = 2.0
    dear = model(**batch, decoder_input_ids=opened).logits[0, -1]
    ends = slice(7 + MOST_SOURCE, 7 + MOST_SOURCE + batch["breaks"].shape[1])
    cost = torch.where(batch["ends_well"][0] == 1, 0.6, 8.0) * (1 - batch["breaks"][0].float())
    assert torch.allclose(free[ends] - dear[ends], 2.0 * cost, atol=1e-2)
    assert torch.allclose(free[:7], dear[:7])


@pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
def test_a_damaged_model_is_named_in_one_line(name: str, tmp_path: Path) -> None:
    Summarizer(small(2), VOCABULARY, words).save_pretrained(tmp_path)
    (tmp_path / name).write_bytes(b"{\"model_type\": 1")
    with pytest.raises(MissingModel, match="no summarizer that can be read") as raised:
        Summarizer.from_pretrained(tmp_path, words)
    assert "\n" not in str(raised.value)


def test_writing_does_not_import_transformers() -> None:
    code = "import sys, nlp.analysis as a; a.chosen_summarizer(); sys.exit('transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
