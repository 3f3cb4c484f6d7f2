"""An encoder of a user's own as accurate tagger: learned, served, refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("ctranslate2")

import transformers

from nlp.encoder import Encoder
from nlp.errors import MissingModel
from train import encoder as command
from train.corpus import clauses_of, load
from train.encoder import export, learn_network
from train.encoder_network import Network, predict
from train.examples import report_examples
from train.own_encoder import load_base
from train.window_items import items_of

REPORTS = load("reports", "train")[:3]
_SIZES = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


def _tokenizer(folder: Path) -> int:
    from tokenizers import Tokenizer, models, pre_tokenizers

    characters = sorted({x for report in REPORTS for c in clauses_of(report) for x in c["text"]})
    # The marks are in other places than those of the shipped encoder.
    words = ["[UNK]", "[PAD]", "[MASK]", "[SEP]", "[CLS]", *characters]
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]",
    ).save_pretrained(folder)  # fmt: skip
    return len(words)


@pytest.fixture(scope="module", params=["bert", "roberta", "xlm-roberta", "distilbert"])
def base(request, tmp_path_factory) -> Path:
    """A random encoder of few weights, as transformers saves it."""
    folder = tmp_path_factory.mktemp(request.param)
    size = _tokenizer(folder)
    sizes = {**_SIZES, "vocab_size": size, "max_position_embeddings": 514}
    if request.param == "distilbert":
        sizes = {"vocab_size": size, "dim": 32, "n_layers": 2, "n_heads": 2, "hidden_dim": 64}
    config = transformers.AutoConfig.for_model(request.param, pad_token_id=1, **sizes)
    transformers.AutoModel.from_config(config).save_pretrained(folder)
    return folder


def test_what_is_served_answers_as_what_was_learned(base, tmp_path) -> None:
    own = load_base(base)
    assert own.marks == (4, 3)
    documents = [report_examples(report) for report in REPORTS]
    network = Network(own.model)
    learn_network(network, own.tokenizer, documents, [], 1, 0, None, own.marks)
    export(network, own.tokenizer, tmp_path, own)
    served = Encoder(tmp_path, threads=1)
    assert served.marks == own.marks
    learned, _ = predict(network, items_of(own.tokenizer, documents, None, own.marks))
    answered, topics = served.scores([e.clause for document in documents for e in document])
    assert topics.shape == (len(learned), 16)
    assert np.corrcoef(learned.ravel(), answered.ravel())[0, 1] > 0.99  # int8 beside float


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda folder: (folder / "config.json").unlink(), "no config.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "no JSON"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "gpt2"}'), "model_type 'gpt2'"),
        (lambda folder: [p.unlink() for p in folder.glob("*.safetensors")], "no .safetensors"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"x"), "cannot be read"),
        (lambda folder: _changed(folder, position_embedding_type="relative_key"), "absolute positions"),
        (lambda folder: _changed(folder, model_type="roberta", pad_token_id=0), "only 1 can be served"),
        (lambda folder: _changed(folder, vocab_size=7), "cannot be read|tokens"),
    ],
)
def test_a_checkpoint_that_cannot_serve_is_one_line(broken, said, tmp_path, capsys) -> None:
    size = _tokenizer(tmp_path)
    config = transformers.BertConfig(**_SIZES, vocab_size=size, max_position_embeddings=512)
    transformers.BertModel(config).save_pretrained(tmp_path)
    broken(tmp_path)
    with pytest.raises(MissingModel, match=said):
        load_base(tmp_path)
    assert command.main(["--base", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("train.encoder:")]
    assert len(lines) == 1 and not (tmp_path / "out").exists()


def test_too_short_an_encoder_is_refused(tmp_path) -> None:
    size = _tokenizer(tmp_path)
    config = transformers.BertConfig(**_SIZES, vocab_size=size, max_position_embeddings=128)
    transformers.BertModel(config).save_pretrained(tmp_path)
    with pytest.raises(MissingModel, match="at most 128 tokens"):
        load_base(tmp_path)


def test_the_shipped_encoder_is_never_written_over(tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        command.main(["--base", str(tmp_path)])
    assert "needs --out" in capsys.readouterr().err


def _changed(folder: Path, **facts) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))
