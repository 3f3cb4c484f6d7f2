"""Fine-tuning of a seq2seq that a user has (``python -m train.summarizer --base DIR``).

Any encoder-decoder of transformers with a tokenizer: mT5, BART, Pegasus, T5-PEGASUS. It learns to
write the paragraph from the plan written out as text, with numbers, years and the agency as
slots (:mod:`nlp.seq2seq`); planner and check stay the same. On a GPU where there is one, in bf16.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from nlp.seq2seq import MOST_SOURCE, MOST_TARGET, load_seq2seq, with_slots, written_out

from .pairs_of_plans import PlanPair

_RATE, _BATCH, _SAY_EVERY = 3e-4, 8, 50


def texts_of(pairs: Sequence[PlanPair]) -> list[tuple[str, str]]:
    """(plan written out, paragraph with slots) of each pair."""
    found = []
    for pair in pairs:
        source, slots = written_out(pair.plan)
        found.append((source, with_slots(pair.target, slots)))
    return found


def batch_of(rows: Sequence[tuple[str, str]], tokenizer: Any) -> dict[str, torch.Tensor]:
    """Inputs and labels, -100 for padding; the paragraph ends with the tokenizer's end mark."""
    sources = tokenizer([source for source, _ in rows], return_tensors="pt", padding=True,
                        truncation=True, max_length=MOST_SOURCE)  # fmt: skip
    end = tokenizer.eos_token_id if tokenizer.eos_token_id is not None else tokenizer.sep_token_id
    ids = []
    for _, target in rows:
        row = tokenizer(target, truncation=True, max_length=MOST_TARGET - 1)["input_ids"]
        ids.append(row if not row or end is None or row[-1] == end else [*row, end])
    longest = max(map(len, ids))
    labels = torch.tensor([[*row, *[-100] * (longest - len(row))] for row in ids])
    return {"input_ids": sources["input_ids"], "attention_mask": sources["attention_mask"], "labels": labels}


def fine_tune(
    base: Path, out: Path, pairs: Sequence[PlanPair], steps: int, seed: int
) -> float:
    """Fine-tune the checkpoint in ``base`` and save it, with its tokenizer, to ``out``.

    Returns
    -------
    float
        The loss of the last step.

    Raises
    ------
    nlp.errors.MissingModel
        If ``base`` holds no encoder-decoder that can be read.
    """
    torch.manual_seed(seed)
    model, tokenizer = load_seq2seq(base)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    rows, dice = texts_of(pairs), random.Random(seed)
    optimizer = torch.optim.AdamW(model.parameters(), _RATE)
    started, last = time.monotonic(), 0.0
    for step in range(steps):
        part = dice.sample(rows, min(_BATCH, len(rows)))
        batch = {key: value.to(device) for key, value in batch_of(part, tokenizer).items()}
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            loss = model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        last = float(loss.detach())
        if (step + 1) % _SAY_EVERY == 0:
            print(f"step {step + 1} of {steps}, {time.monotonic() - started:.0f} s, loss {last:.4f}", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    model.to("cpu").eval().save_pretrained(out)
    tokenizer.save_pretrained(out)
    return last
