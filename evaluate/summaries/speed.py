"""Speed of drafting, in one run: the shipped network, the same as int8, and transformers' own
``generate`` with random weights of the shapes of mT5-small and BART-base, same batch and lengths.

Processor seconds are taken beside the clock: on a busy machine only those compare.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from nlp.plan import choose_items
from nlp.plan_items import Plan
from nlp.span_config import MOST_TARGET
from nlp.span_pointer import SpanPointerModel
from nlp.summarizer import BATCH, BEAMS, Summarizer
from train.corpus import load
from train.examples import render
from train.pairs_of_plans import pool_of

from .runs import cut_of_the_domain

_SOURCE, _TARGET = 200, 60  # tokens of a plan, and of a summary in a tokenizer's pieces
_THREADS = 2


def int8(model: torch.nn.Module) -> torch.nn.Module:
    """The model with dynamically quantised linear layers; torch's fused encoder cannot take such,
    so it is switched off in this process."""
    torch.backends.mha.set_fastpath_enabled(False)
    return torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)


def plans_of_the_tests(count: int) -> list[Plan]:
    """Plans of the test reports, over again where ``count`` is more than there are."""
    reports = load("reports", "test")[:count]
    plans = [choose_items(pool_of(report), render(report)[0].text) for report in reports]
    return [plans[n % len(plans)] for n in range(count)]


@torch.inference_mode()
def by_transformers(
    model: SpanPointerModel, batch: Mapping[str, torch.Tensor], beams: int, most: int = MOST_TARGET
) -> list[list[list[int]]]:
    """What :func:`nlp.beam_search.search_beams` gives, by transformers' own ``generate``, which
    computes all steps anew at each."""
    found: list[list[int]] = model.generate(
        **batch, num_beams=beams, num_return_sequences=beams, do_sample=False,
        max_new_tokens=most, use_cache=False, length_penalty=1.0,
    )[:, 1:].tolist()  # fmt: skip
    return [found[first : first + beams] for first in range(0, len(found), beams)]


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    wall, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - used


def _architectures() -> dict[str, torch.nn.Module]:
    from transformers import (
        BartConfig,
        BartForConditionalGeneration,
        MT5Config,
        MT5ForConditionalGeneration,
    )  # fmt: skip

    return {
        "mT5-small shape, transformers": MT5ForConditionalGeneration(
            MT5Config(vocab_size=250_112, d_model=512, d_kv=64, d_ff=1024, num_layers=8, num_heads=6,
                      decoder_start_token_id=0)),
        "BART-base shape, transformers": BartForConditionalGeneration(
            BartConfig(vocab_size=50_265, d_model=768, encoder_layers=6, decoder_layers=6,
                       encoder_ffn_dim=3072, decoder_ffn_dim=3072, encoder_attention_heads=12,
                       decoder_attention_heads=12)),
    }  # fmt: skip


def _generate(model: Any, count: int) -> None:
    ids = torch.randint(5, 40_000, (count, _SOURCE))
    with torch.inference_mode():
        for first in range(0, count, BATCH):
            part = ids[first : first + BATCH]
            model.generate(
                input_ids=part, attention_mask=torch.ones_like(part), num_beams=BEAMS,
                do_sample=False, min_new_tokens=_TARGET, max_new_tokens=_TARGET,
            )  # fmt: skip


def cold_start() -> float:
    """Seconds from a new interpreter to the first summary."""
    code = (
        "from nlp.analysis import analyze; import sys;"
        "analyze(sys.argv[1])"
    )  # fmt: skip
    sample = next((Path(__file__).parents[2] / "corpora" / "samples").glob("*.txt"))
    return _timed(lambda: subprocess.run([sys.executable, "-c", code, str(sample)], check=True))[0]


def measure(folder: Path, count: int = 32) -> str:
    """A table: reports a second by the clock and by processor time, and the ratio to ours."""
    torch.set_num_threads(_THREADS)
    torch.manual_seed(1)
    plans = plans_of_the_tests(count)
    summarizer = Summarizer.from_pretrained(folder, cut_of_the_domain())
    summarizer.generate(plans[:2])  # words cut, memory warm
    quantised = Summarizer(int8(summarizer.model), summarizer.vocabulary, summarizer.cut)  # type: ignore[arg-type]
    works: dict[str, tuple[Callable[[], Any], int]] = {
        "nianbao, float32": (lambda: summarizer.generate(plans), count),
        "nianbao, int8": (lambda: quantised.generate(plans), count),
    }
    few = max(2, count // 8)
    for name, model in _architectures().items():
        works[name] = (lambda model=model: _generate(model.eval(), few), few)  # type: ignore[misc]
    rows, ours = [], 0.0
    for name, (work, done) in works.items():
        wall, used = _timed(work)
        ours = ours or used / done
        rows.append(f"| {name} | {done / wall:.1f} | {done / used:.1f} | {used / done / ours:.1f} |")
    return "\n".join([
        f"Beam {BEAMS}, batch {BATCH}, {_THREADS} threads, {count} plans ({few} for the large shapes).", "",
        "| writer | drafts a second | a processor second | processor time to ours |", "|---|---|---|---|",
        *rows, "", f"Cold start to the first summary: {cold_start():.1f} s by the clock.",
    ])  # fmt: skip
