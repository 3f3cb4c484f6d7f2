"""Fine-tune the accurate tagger: ``python -m train.encoder``; about half an hour on two cores.

Starts from the first layers of the pretrained encoder of :mod:`train.e5`. Reads windows of
clauses (:mod:`nlp.windows`), divided anew in each epoch; two heads answer for each clause: its
label, and its topics where it admits or promises. Seeded; resumable with ``--state``. The test
passes are never read while learning; ``DEV_PASSES`` are held out for the weights and the
threshold of the cascade (:mod:`train.cascade`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from nlp.artefacts import write_manifest
from nlp.encoder import CLOSING, FORMAT, HEADS, OPENING, TOKENIZER
from nlp.errors import NianbaoError
from nlp.report import CALLED_FOR

from .cascade import f1
from .corpus import RETOLD_PASSES, load
from .e5 import SPECIAL, encoder_of, kept_pieces, read_pretrained, tokenizer_of
from .encoder_network import Network, loss_of, predict
from .examples import Example, report_examples, statement_examples
from .own_encoder import Base, load_base
from .tagger import MODELS, corpora_digest
from .window_items import Item, batches, items_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEV_PASSES = frozenset({"report-k", "report-p"})
LAYERS, EPOCHS = 6, 6
VERSION = "1"
_RATE, _HEAD_RATE = 8e-5, 1e-3


def split_documents() -> tuple[list[list[Example]], list[list[Example]]]:
    """Training and development documents: reports, and lone statements as documents of one.

    Reports retold from real ones stand twice, in windows divided otherwise: they are a sixth of
    the text and the nearest to what the tagger will meet.
    """
    learn: list[list[Example]] = []
    check: list[list[Example]] = []
    for report in load("reports", "train"):
        copies = 2 if report["pass"] in RETOLD_PASSES else 1
        (check if report["pass"] in DEV_PASSES else learn).extend([report_examples(report)] * copies)
    learn += [[example] for example in statement_examples(load("statements", "train"))]
    return learn, check


def quick_scores(network: Network, items: Sequence[Item]) -> dict[str, float]:
    """Accuracy, F1 of the two labels that matter, and primary topic, on development windows."""
    scores, topics = predict(network, items)
    best = scores.argmax(1)
    gold = np.array([label for item in items for label in item.labels])
    gold_topics = np.array([named for item in items for named in item.topics])
    result = {"accuracy": float((best == gold).mean())}
    result |= {label: f1(best, gold, label) for label in CALLED_FOR}
    named = np.flatnonzero(gold_topics.sum(1))
    if named.size:
        result["topic"] = float(gold_topics[named, topics[named].argmax(1)].mean())
    return {name: round(value, 4) for name, value in result.items()}


def learn_network(
    network: Network, tokenizer: Tokenizer, learn: Sequence[Sequence[Example]],
    check: Sequence[Sequence[Example]], epochs: int, seed: int, state: Path | None,
    marks: tuple[int, int] = (OPENING, CLOSING),
) -> list[dict[str, float]]:  # fmt: skip
    """Fine-tune in place; the development scores after each epoch."""
    network.encoder.embeddings.requires_grad_(False)
    heads = [*network.labels.parameters(), *network.topics.parameters()]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": _RATE, "weight_decay": 0.01}, {"params": heads, "lr": _HEAD_RATE}]
    )
    total = epochs * len(batches(items_of(tokenizer, learn, 1, marks), 1))
    warm = max(total // 20, 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(total - n, 0) / (total - warm))
    )
    held = items_of(tokenizer, check, None, marks)
    history: list[dict[str, float]] = []
    parts = (network, optimizer, schedule)
    began, done, recent = time.perf_counter(), 0, 0.0
    network.train()
    for epoch in range(_load_state(state, parts), epochs):
        for batch in batches(items_of(tokenizer, learn, seed * 1000 + epoch, marks), epoch):
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            recent += float(loss.detach())
            if done % 50 == 0:
                print(f"step {done}, {time.perf_counter() - began:.0f} s, loss {recent / 50:.3f}",
                      file=sys.stderr, flush=True)  # fmt: skip
                recent = 0.0
        history.append({"epoch": epoch + 1, **(quick_scores(network, held) if held else {})})
        print(json.dumps(history[-1]), file=sys.stderr, flush=True)
        _save_state(state, epoch + 1, parts)
    network.eval()
    return history


def _save_state(path: Path | None, epoch: int, parts: Sequence[Any]) -> None:
    if path is not None:
        saved = {"epoch": epoch, "parts": [part.state_dict() for part in parts]}
        torch.save(saved, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)


def _load_state(path: Path | None, parts: Sequence[Any]) -> int:
    """The epoch to go on with; only tensors and numbers are read from the file."""
    if path is None or not path.is_file():
        return 0
    data = torch.load(path, weights_only=True)
    for part, saved in zip(parts, data["parts"], strict=True):
        part.load_state_dict(saved)
    return int(data["epoch"])


def export(network: Network, tokenizer: Tokenizer, out: Path, base: Base | None = None) -> None:
    """The network in int8 for CTranslate2, its heads as arrays, its tokenizer."""
    from ctranslate2.converters import TransformersConverter
    from transformers import PreTrainedTokenizerFast

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        network.encoder.save_pretrained(folder)
        config = Path(folder) / "config.json"
        facts = json.loads(config.read_text()) | {"position_embedding_type": "absolute"}
        config.write_text(json.dumps(facts))
        PreTrainedTokenizerFast(tokenizer_object=tokenizer, **(base.tokens if base else SPECIAL)).save_pretrained(folder)
        TransformersConverter(folder).convert(str(out), quantization="int8", force=True)
    tokenizer.save(str(out / TOKENIZER))
    arrays = {
        "labels": network.labels.weight.T, "labels.bias": network.labels.bias,
        "topics": network.topics.weight.T, "topics.bias": network.topics.bias,
    }  # fmt: skip
    heads = {name: a.detach().numpy() for name, a in arrays.items()}
    np.savez(out / HEADS, **heads, **({"marks": np.array(base.marks)} if base else {}))


def train(
    out: Path, layers: int, epochs: int, seed: int, threads: int, state: Path | None, base: Path | None = None
) -> None:
    """Learn, export, fit the cascade, score on the test passes, and write the card."""
    from . import cascade

    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    began = time.perf_counter()
    own = load_base(base) if base else None
    if own:
        tokenizer, network, marks = own.tokenizer, Network(own.model), own.marks
        layers, pieces = own.model.config.num_hidden_layers, tokenizer.get_vocab_size()
    else:
        pretrained = read_pretrained()
        kept = kept_pieces(pretrained)
        tokenizer, marks, pieces = tokenizer_of(pretrained, kept), (OPENING, CLOSING), len(kept)
        network = Network(encoder_of(pretrained, kept, layers))
    learn, check = split_documents()
    history = learn_network(network, tokenizer, learn, check, epochs, seed, state, marks)
    export(network, tokenizer, out, own)
    facts = {
        "version": VERSION, "seed": seed, "layers": layers, "epochs": epochs,
        "pieces": pieces, "base": base.name if base else None, "corpora": corpora_digest(), "development": history,
        "clauses": sum(len(document) for document in learn), "held_passes": sorted(DEV_PASSES),
        "seconds": round(time.perf_counter() - began),
    }  # fmt: skip
    manifest(out, facts)
    cascade.finish(out, check, facts)


def manifest(out: Path, facts: dict[str, Any]) -> None:
    """Hash what is in ``out``."""
    files = [p.name for p in out.iterdir() if p.suffix in (".json", ".bin", ".npz", ".md")
             and p.name != "manifest.json"]  # fmt: skip
    short = {name: facts[name] for name in ("version", "seed", "corpora")}
    write_manifest(out, files, {"format": FORMAT, **short})


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="train.encoder", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS / "encoder")
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--state", type=Path, help="file to go on from when interrupted")
    parser.add_argument("--base", type=Path, metavar="DIR",
                        help="start from an encoder of your own (BERT, RoBERTa, XLM-R; needs --out)")  # fmt: skip
    arguments = parser.parse_args(argv)
    if arguments.base and arguments.out == MODELS / "encoder":
        parser.error("--base needs --out DIR: the shipped encoder is never written over")
    try:
        train(**vars(arguments))
    except (NianbaoError, OSError) as error:
        print(f"train.encoder: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
