"""``python -m train.summarizer``: the span-pointing seq2seq from corpora to models/summarizer.

Seeded, so many steps and not so many minutes; about half an hour on two cores with the values
below. First generated pairs alone, then hand-written ones in a growing part. A state file lets an
interrupted run go on. Test reports are read only after training, to score what came out.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from nlp.artefacts import write_manifest
from nlp.plan_tokens import PlanTokens, Vocabulary
from nlp.span_config import collate
from nlp.span_pointer import SpanPointerConfig, SpanPointerModel
from nlp.summarizer import Summarizer
from nlp.words import Cut, read_lexicon, segmenter

from .compressions import compressions_of
from .corpus import CORPORA, load
from .generated import generated_pair
from .pairs_of_plans import PlanPair, build_vocabulary, encode_target, written_pairs
from .rarity import write as write_rarity

MODELS = CORPORA.parent / "models"
LEXICON = CORPORA / "lexicon" / "words.txt"
SEED = 20240108
BATCH = 24
RATE = 1.5e-3
WARM_UP = 200  # steps
BY_HAND = 0.5  # of the last batches are hand-written; none of the first
STATE_EVERY = 200  # steps
LONGEST_PLAN = 300  # tokens
CUT_PENALTY = 5.0  # while generating; chosen by reading drafts of training reports
Encoded = tuple[PlanTokens, list[int]]


def batch_of(encoded: Sequence[Encoded]) -> tuple[dict[str, Tensor], Tensor]:
    """Inputs of the network and labels (batch, steps), -100 for padding."""
    longest = max(len(ids) for _, ids in encoded)
    labels = [[*ids, *[-100] * (longest - len(ids))] for _, ids in encoded]
    return collate([tokens for tokens, _ in encoded]), torch.tensor(labels)


def encode(pairs: Sequence[PlanPair], vocabulary: Vocabulary, cut: Cut) -> list[Encoded]:
    """Pairs as numbers; those that cannot be written with this vocabulary, and those whose plan
    is longer than any that the planner makes, are left out."""
    encoded = []
    for pair in pairs:
        tokens = vocabulary.encode_plan(pair.plan, cut)
        ids = encode_target(pair, tokens, vocabulary)
        if ids is not None and len(tokens.ids) <= LONGEST_PLAN:
            encoded.append((tokens, ids))
    return encoded


def _batches(pool: Sequence[Encoded], dice: random.Random) -> Iterator[list[Encoded]]:
    """Endless batches of like length."""
    own = list(pool)
    while True:
        dice.shuffle(own)
        for first in range(0, len(own), BATCH * 16):
            part = sorted(own[first : first + BATCH * 16], key=lambda e: len(e[0].ids))
            rows = [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
            dice.shuffle(rows)
            yield from rows


def training_pairs(generated: int, cut: Cut) -> tuple[list[PlanPair], list[PlanPair], int]:
    """Hand-written pairs, generated pairs, and how many compressions those are made of."""
    reports = load("reports", "train")
    written = written_pairs(reports, cut, load("summaries", "train"))
    stock: dict[str, list[Any]] = {}
    for one in compressions_of(reports, cut):
        stock.setdefault(one.kind, []).append(one)
    texts = [one.text for group in stock.values() for one in group]
    counts = Counter(word for text in texts for word in cut(text))
    words = sorted(word for word in counts if len(word) >= 2 and word.isalpha())
    dice = random.Random(SEED)
    made = [generated_pair(stock, words, cut, dice) for _ in range(generated)]
    return written, made, len(texts)


def train(steps: int, generated: int, out: Path, threads: int, state: Path | None) -> None:
    """Train for ``steps`` and write the model to ``out``."""
    torch.manual_seed(SEED)
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    cut = segmenter(read_lexicon(LEXICON))
    written, made, compressions = training_pairs(generated, cut)
    vocabulary = build_vocabulary([*written, *made])
    hand, machine = encode(written, vocabulary, cut), encode(made, vocabulary, cut)
    print(f"{len(hand)} of {len(written)} hand-written pairs, {len(machine)} generated from "
          f"{compressions} compressions, {len(vocabulary.source)} source and "
          f"{len(vocabulary.target)} target pieces", flush=True)  # fmt: skip
    vocabulary.save_pretrained(out)
    model = SpanPointerModel(
        SpanPointerConfig(source_size=len(vocabulary.source), target_size=len(vocabulary.target))
    )
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(1.0, (n + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * min(1, n / steps))),
    )
    dice = random.Random(SEED)
    by_machine, by_hand = _batches(machine, dice), _batches(hand, dice)
    first = _load_state(state, model, optimizer, schedule)
    started, recent = time.monotonic(), list[float]()
    model.train()
    for step in range(first, steps):
        mixed = dice.random() < BY_HAND * (step / steps) ** 2
        inputs, labels = batch_of(next(by_hand if mixed else by_machine))
        loss = model(**inputs, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        recent.append(float(loss.detach()))
        if (step + 1) % 100 == 0:
            print(f"step {step + 1} of {steps}, {time.monotonic() - started:.0f} s, "
                  f"loss {sum(recent) / len(recent):.4f}", flush=True)  # fmt: skip
            recent.clear()
        if state is not None and (step + 1) % STATE_EVERY == 0:
            _save_state(state, step + 1, model, optimizer, schedule)
    model.eval()
    _write(out, model, vocabulary, cut, {
        "steps": steps, "written_pairs": len(hand), "generated_pairs": len(machine),
        "compressions": compressions, "seconds": round(time.monotonic() - started),
        "parameters": sum(p.numel() for p in model.parameters()),
    })  # fmt: skip


def _save_state(path: Path, step: int, *parts: Any) -> None:
    data = {"step": step, "parts": [part.state_dict() for part in parts]}
    torch.save(data, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _load_state(path: Path | None, *parts: Any) -> int:
    """The step to go on from; 0 where there is no state. Only tensors are read from the file."""
    if path is None or not path.is_file():
        return 0
    data = torch.load(path, weights_only=True)
    for part, saved in zip(parts, data["parts"], strict=True):
        part.load_state_dict(saved)
    print(f"going on from step {data['step']}", flush=True)
    return int(data["step"])


def _write(
    out: Path, model: SpanPointerModel, vocabulary: Vocabulary, cut: Cut, facts: dict[str, Any]
) -> None:
    """Weights as float16, then the scores on the test pass, the card and the manifest."""
    model.config.cut_penalty = CUT_PENALTY
    Summarizer(model.half(), vocabulary, cut).save_pretrained(out)
    write_rarity(out)
    written = {"format": "nianbao-summarizer/1", "version": 2, "seed": SEED, **facts}
    _manifest(out, written)
    describe(out, written)


def describe(out: Path, written: dict[str, Any]) -> None:
    """Score the model in ``out`` on the test passes and write metrics, card and manifest."""
    from evaluate.summaries.cards import card
    from evaluate.summaries.runs import score

    metrics = score(out)
    (out / "metrics.json").write_text(
        json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (out / "README.md").write_text(card(written, metrics), encoding="utf-8")
    _manifest(out, written)
    print(json.dumps(metrics["test-1"]["systems"]["nianbao"], ensure_ascii=False))


def _manifest(out: Path, facts: dict[str, Any]) -> None:
    files = sorted(
        path.name
        for path in out.iterdir()
        if path.suffix in (".json", ".safetensors", ".md") and path.name != "manifest.json"
    )
    write_manifest(out, files, facts)


def _fine_tune(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    from nlp.errors import MissingModel

    from .base import fine_tune

    if arguments.out == MODELS / "summarizer":
        parser.error("--base needs --out DIR: the shipped model is not overwritten")
    torch.set_num_threads(arguments.threads)
    cut = segmenter(read_lexicon(LEXICON))
    written, made, _ = training_pairs(arguments.generated, cut)
    try:
        loss = fine_tune(arguments.base, arguments.out, [*written, *made], arguments.steps, SEED)
    except MissingModel as error:
        parser.error(str(error))
    print(f"loss {loss:.4f}; use it with: nianbao summarize --model {arguments.out} …")
    return 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="train.summarizer", description=__doc__)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--generated", type=int, default=20_000, help="generated pairs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=MODELS / "summarizer")
    parser.add_argument("--state", type=Path, help="file to go on from when interrupted")
    parser.add_argument("--base", type=Path, metavar="DIR",
                        help="fine-tune the seq2seq in DIR (mT5, BART, Pegasus, T5-PEGASUS) instead")  # fmt: skip
    arguments = parser.parse_args(argv)
    if arguments.base is not None:
        return _fine_tune(parser, arguments)
    train(arguments.steps, arguments.generated, arguments.out, arguments.threads, arguments.state)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
