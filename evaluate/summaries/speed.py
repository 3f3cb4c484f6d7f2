"""Speed of drafting, in one run and on one thread: the shipped network; the same weights by
transformers' own ``generate`` (all steps anew at each) and as int8; and transformers with random
weights of the shapes of mT5-small and BART-base, same beams, like lengths. Then whole analyses in
a process of their own: reports a processor second, time to the first summary, peak memory.

Processor seconds are taken beside the clock: on a busy machine only those compare.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import torch

from nlp.beam_search import search_beams
from nlp.plan import choose_items
from nlp.plan_items import Plan
from nlp.span_config import MOST_TARGET, collate
from nlp.span_network import Parts
from nlp.span_pointer import SpanPointerModel
from nlp.summarizer import BATCH, BEAMS, Summarizer
from train.corpus import load
from train.examples import render
from train.pairs_of_plans import pool_of

from .runs import cut_of_the_domain

_SOURCE, _TARGET = 200, 60  # tokens of a plan, and of a summary in a tokenizer's pieces
_THREADS = 1


def int8(model: Parts) -> Parts:
    """A copy of the model with dynamically quantised linear layers but for the encoder's, whose
    fused layers cannot take such."""
    quantised = torch.ao.quantization.quantize_dynamic(
        deepcopy(model), {torch.nn.Linear}, dtype=torch.qint8
    )
    quantised.encoder = model.encoder
    return cast(Parts, quantised)


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


# A process of its own: one report, then all of them in batches; figures as JSON.
_WHOLE = """
import json, os, sys, time
os.environ["OMP_NUM_THREADS"] = "1"
from nlp.many import analyze_all
from nlp.report import Report
files = [(path, path) for path in sys.argv[1:]]
def run(some):
    return [one for _, one in analyze_all(some, "txt", True, "fast") if isinstance(one, Report) and one.summary]
assert run(files[:1])
first = time.process_time()
done = len(run(files))
used = time.process_time() - first
with open("/proc/self/status") as status:  # ru_maxrss would count the parent's before exec
    peak = next(int(line.split()[1]) / 2**10 for line in status if line.startswith("VmHWM"))
print(json.dumps({"first": first, "done": done, "used": used, "peak": peak}))
"""


def whole(count: int) -> str:
    """What whole analyses with summaries take, fast tagger, as a sentence; ``count`` test reports.
    Linux only: peak memory is read from ``/proc``."""
    root = Path(__file__).parents[2]
    with TemporaryDirectory() as folder:
        paths = []
        for report in load("reports", "test")[:count]:
            path = Path(folder) / f"{report['id']}.txt"
            path.write_text(render(report)[0].text, "utf-8")
            paths.append(str(path))

        def started(paths: list[str]) -> dict[str, float]:
            run = [sys.executable, "-c", _WHOLE, *paths]
            return dict(json.loads(subprocess.run(run, check=True, cwd=root, capture_output=True).stdout))

        wall, _ = _timed(lambda: started(paths[:1]))
        seen = started(paths)
    return (f"Whole analyses with summaries, fast tagger, batches of 32: {seen['done'] / seen['used']:.1f} "
            f"reports a processor second ({seen['done']} reports); peak memory {seen['peak']:.0f} MB. "
            f"From a new interpreter to the first summary: {seen['first']:.1f} processor seconds; to its end "
            f"(two analyses) {wall:.1f} s by the clock.")  # fmt: skip


def measure(folder: Path, count: int = 32) -> str:
    """A table: drafts a second by the clock and by processor time, and the ratio to ours; then
    :func:`whole`."""
    analyses = whole(count)  # first: the large shapes fill the memory
    torch.set_num_threads(_THREADS)
    torch.manual_seed(1)
    plans = plans_of_the_tests(count)
    summarizer = Summarizer.from_pretrained(folder, cut_of_the_domain())
    model = summarizer.as_transformers()
    batches = [collate([summarizer.vocabulary.encode_plan(plan, summarizer.cut) for plan in part])
               for part in (plans[at : at + BATCH] for at in range(0, count, BATCH))]  # fmt: skip
    summarizer.generate(plans[:2])  # memory warm
    few = max(2, count // 8)
    works: list[tuple[str, Callable[[], Any], int]] = [
        ("nianbao", lambda: [search_beams(summarizer.model, batch, BEAMS) for batch in batches], count),
        ("the same weights, transformers' `generate`",
         lambda: [by_transformers(model, batch, BEAMS) for batch in batches], count),
    ]  # fmt: skip
    for name, other in _architectures().items():
        works.append((name, lambda other=other: _generate(other.eval(), few), few))  # type: ignore[misc]
    quantised = int8(summarizer.model)
    works.insert(2, ("the same weights, int8",
                     lambda: [search_beams(quantised, batch, BEAMS) for batch in batches], count))  # fmt: skip
    rows, ours = [], 0.0
    for name, work, done in works:
        wall, used = _timed(work)
        ours = ours or used / done
        rows.append(f"| {name} | {done / wall:.1f} | {done / used:.1f} | {used / done / ours:.1f} |")
    return "\n".join([
        f"Beam {BEAMS}, batch {BATCH}, one thread, {count} plans ({few} for the large shapes).", "",
        "| writer | plans a second | a processor second | processor time to ours |", "|---|---|---|---|",
        *rows, "", analyses,
    ])  # fmt: skip
