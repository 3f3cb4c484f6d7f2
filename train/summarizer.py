"""``python -m train.summarizer``: the span-pointing seq2seq from corpora to models/summarizer.

Seeded; about half an hour on two cores with the values below. First generated pairs alone,
then generated and hand-written ones in equal parts. Test reports are never read here.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from nlp.artefacts import write_manifest
from nlp.summarizer import (
    PlanTokens,
    SpanPointerConfig,
    SpanPointerModel,
    Summarizer,
    Vocabulary,
    collate,
)
from nlp.words import Cut, read_lexicon, segmenter

from .corpus import CORPORA, load
from .pairs_of_plans import (
    PlanPair,
    build_vocabulary,
    compressions_of,
    encode_target,
    generated_pair,
    written_pairs,
)

MODELS = CORPORA.parent / "models"
LEXICON = CORPORA / "lexicon" / "words.txt"
SEED = 20240108
BATCH = 24
Encoded = tuple[PlanTokens, list[int]]


def batch_of(encoded: Sequence[Encoded]) -> tuple[dict[str, Tensor], Tensor]:
    """Inputs of the network and labels (batch, steps), -100 for padding."""
    longest = max(len(ids) for _, ids in encoded)
    labels = [[*ids, *[-100] * (longest - len(ids))] for _, ids in encoded]
    return collate([tokens for tokens, _ in encoded]), torch.tensor(labels)


def encode(pairs: Sequence[PlanPair], vocabulary: Vocabulary, cut: Cut) -> list[Encoded]:
    """Pairs as numbers; those that cannot be written with this vocabulary are left out."""
    encoded = []
    for pair in pairs:
        tokens = vocabulary.encode_plan(pair.plan, cut)
        ids = encode_target(pair, tokens, vocabulary)
        if ids is not None:
            encoded.append((tokens, [one for one in ids if isinstance(one, int)]))
    return encoded


def _batches(pool: list[Encoded], dice: random.Random) -> Iterator[list[Encoded]]:
    """Endless batches of like length."""
    while True:
        dice.shuffle(pool)
        for first in range(0, len(pool), BATCH * 8):
            part = sorted(pool[first : first + BATCH * 8], key=lambda e: len(e[0].ids))
            rows = [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
            dice.shuffle(rows)
            yield from rows


def train(minutes: float, generated: int, out: Path, threads: int) -> dict[str, Any]:
    """Train for ``minutes`` of wall time and write the model to ``out``; gives the facts
    that the manifest carries."""
    torch.manual_seed(SEED)
    torch.set_num_threads(threads)
    dice = random.Random(SEED)
    cut = segmenter(read_lexicon(LEXICON))
    reports = load("reports", "train")
    written = written_pairs(reports)
    stock: dict[str, list[Any]] = {}
    for one in compressions_of(reports):
        stock.setdefault(one.kind, []).append(one)
    words = sorted(
        {
            w
            for group in stock.values()
            for one in group
            for w in cut(one.text)
            if len(w) >= 2 and w.isalpha()
        }
    )
    made = [generated_pair(stock, words, cut, dice) for _ in range(generated)]
    vocabulary = build_vocabulary([*written, *made], cut)
    hand, machine = encode(written, vocabulary, cut), encode(made, vocabulary, cut)
    print(f"{len(hand)} of {len(written)} hand-written pairs, {len(machine)} generated, "
          f"{sum(map(len, stock.values()))} compressions, {len(vocabulary.source)} source and "
          f"{len(vocabulary.target)} target pieces", flush=True)  # fmt: skip
    model = SpanPointerModel(
        SpanPointerConfig(source_size=len(vocabulary.source), target_size=len(vocabulary.target))
    )
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, weight_decay=0.01)
    started, step, seconds = time.monotonic(), 0, minutes * 60
    first, second = _batches(machine, dice), _batches(list(hand), dice)
    model.train()
    recent: list[float] = []
    while (spent := time.monotonic() - started) < seconds:
        done = spent / seconds
        rate = 1e-3 * min(1.0, (step + 1) / 100) * max(0.02, 1 - done)
        for group in optimizer.param_groups:
            group["lr"] = rate
        by_hand = done > 0.6 and step % 2 == 0
        inputs, labels = batch_of(next(second if by_hand else first))
        loss = model(**inputs, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        recent.append(float(loss.detach()))
        if step % 50 == 0:
            print(f"step {step} {spent:.0f} s loss {sum(recent) / len(recent):.3f} "
                  f"{'hand' if done > 0.6 else ''}", flush=True)  # fmt: skip
            recent.clear()
    Summarizer(model.half(), vocabulary, cut).save_pretrained(out)
    files = sorted(
        path.name
        for path in out.iterdir()
        if path.suffix in (".json", ".safetensors", ".txt") and path.name != "manifest.json"
    )
    facts = {
        "format": "nianbao-summarizer/1", "version": 1, "seed": SEED, "steps": step,
        "minutes": minutes, "written_pairs": len(hand), "generated_pairs": len(machine),
        "parameters": sum(p.numel() for p in model.parameters()),
    }  # fmt: skip
    write_manifest(out, files, facts)
    return facts


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="train.summarizer", description=__doc__)
    parser.add_argument("--minutes", type=float, default=25.0, help="wall time of training")
    parser.add_argument("--generated", type=int, default=12_000, help="generated pairs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=MODELS / "summarizer")
    arguments = parser.parse_args(argv)
    facts = train(arguments.minutes, arguments.generated, arguments.out, arguments.threads)
    print(json.dumps(facts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
