"""A seq2seq of the user's behind the plan and the check, with tiny random checkpoints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

from nlp.errors import MissingModel
from nlp.paragraph import PLAIN, summarize_pools
from nlp.plan_items import Plan, PlanItem
from nlp.seq2seq import draft_of, filled_in, load_writer, with_slots, written_out
from nlp.verify import faults
from train.base import fine_tune
from train.pairs_of_plans import Part, PlanPair

ITEMS = (
    ("agency", "沅渚县林业局"), ("year", "2022年"), ("figure", "主动公开政府信息128条"),
    ("request", "收到信息公开申请4件"), ("problem", "部分栏目更新不及时"), ("commitment", "每月检查一次栏目"),
)  # fmt: skip
REPORT = "。".join(text for _, text in ITEMS)
PLAN = Plan(tuple(PlanItem(k, t, REPORT.index(t), REPORT.index(t) + len(t)) for k, t in ITEMS))  # type: ignore[arg-type]
TARGET = "沅渚县林业局2022年主动公开政府信息128条，收到信息公开申请4件。存在的问题是部分栏目更新不及时，下一步将每月检查一次栏目。"
SPECIAL = ["<pad>", "</s>", "<unk>", "<s>"]


@pytest.fixture(autouse=True)
def same_weights_each_time() -> None:
    """Random checkpoints, but the same ones in every run and order."""
    torch.manual_seed(0)


def characters(text: str) -> tuple[str, ...]:
    return tuple(text)


def tokenizer() -> PreTrainedTokenizerFast:
    letters = sorted(set(written_out(PLAN)[0] + TARGET + "N0123456789"))
    vocabulary = {piece: n for n, piece in enumerate([*SPECIAL, *letters])}
    inner = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    inner.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", bos_token="<s>"
    )


def bert_tokenizer(folder: Path) -> Any:
    """T5-PEGASUS comes with a BERT tokenizer."""
    letters = sorted(set(written_out(PLAN)[0] + TARGET + "N0123456789"))
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    return transformers.BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False)


SMALL = {"d_model": 16, "vocab_size": 96}
T5 = {**SMALL, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_heads": 2, "decoder_start_token_id": 0}
WIDE = {
    **SMALL, "encoder_layers": 1, "decoder_layers": 1, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32,
    "encoder_attention_heads": 2, "decoder_attention_heads": 2, "max_position_embeddings": 256,
    "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 3, "decoder_start_token_id": 3, "forced_eos_token_id": 1,
}  # fmt: skip
CLASSES = {
    "mT5": ("MT5ForConditionalGeneration", "MT5Config", T5),
    "BART": ("BartForConditionalGeneration", "BartConfig", WIDE),
    "Pegasus": ("PegasusForConditionalGeneration", "PegasusConfig", WIDE),
    "T5-PEGASUS": ("MT5ForConditionalGeneration", "MT5Config", {**T5, "eos_token_id": 3}),
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_checkpoint_is_fine_tuned_and_writes_behind_plan_and_check(name: str, tmp_path: Path) -> None:
    model, config, values = CLASSES[name]
    base, out = tmp_path / "base", tmp_path / "out"
    base.mkdir()
    own = bert_tokenizer(base) if name == "T5-PEGASUS" else tokenizer()
    getattr(transformers, model)(getattr(transformers, config)(**values)).save_pretrained(base)
    own.save_pretrained(base)
    assert fine_tune(base, out, [PlanPair(PLAN, (Part(TARGET),), "x")], steps=2, seed=1) > 0
    writer = load_writer(out, characters)
    assert len(writer.generate([PLAN])[0]) >= 1
    # Random weights write nonsense: the check refuses it and the plan is put in a row.
    summary = summarize_pools([PLAN], [REPORT], writer, name)[0]
    assert summary is not None and summary.model == PLAIN and "128条" in summary.text


def test_what_a_seq2seq_writes_is_aligned_and_checked() -> None:
    source, slots = written_out(PLAN)
    assert "128" not in source and "沅渚县" not in source
    assert filled_in(with_slots(TARGET, slots), slots) == TARGET
    assert faults(draft_of(TARGET, PLAN, characters), PLAN, REPORT) == []
    invented = TARGET.replace("部分栏目", "多数栏目")
    assert "invented" in faults(draft_of(invented, PLAN, characters), PLAN, REPORT)


@pytest.mark.parametrize("files", [{}, {"config.json": "{}"}, {"config.json": "not json"}])
def test_a_folder_without_a_seq2seq_is_named(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(MissingModel, match=str(tmp_path)):
        load_writer(tmp_path, characters)
