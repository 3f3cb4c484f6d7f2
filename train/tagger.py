"""Train the fast tagger from ``corpora/`` into ``models/tagger``: ``python -m train.tagger``.

Seeded; a minute on two cores. The test passes are read only after training, to score what
came out; nothing is chosen by them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlp.errors import NianbaoError
from nlp.features import PLAIN_NAMES
from nlp.fitting import held_out_scores
from nlp.form import TOPICS
from nlp.ngrams import CHARACTERS, WORDS, keys_of_spans, normalise, spans
from nlp.report import LABELS
from nlp.tagger import Tagger
from nlp.words import LEXICON, read_lexicon, segmenter

from .added import read_added
from .corpus import CORPORA, load
from .examples import Example, bare_examples, report_examples, statement_examples

MODELS = Path(__file__).resolve().parents[1] / "models"
BARE_SHARE = 0.3  # of the report clauses, learned a second time without their context
VERSION = "1"
TWIN = "features.txt"
METRICS = "metrics.json"
CARD = "README.md"


def training_examples(seed: int = 0, root: Path = CORPORA) -> list[Example]:
    """All that the tagger learns from: report clauses, lone ones again, statements."""
    examples = [e for report in load("reports", "train", root) for e in report_examples(report)]
    bare = bare_examples(examples, BARE_SHARE, seed)
    return examples + statement_examples(load("statements", "train", root)) + bare


def new_tagger(root: Path = CORPORA, **parameters: Any) -> Tagger:
    """An untrained tagger with the domain's lexicon."""
    return Tagger(lexicon=read_lexicon(root / "lexicon" / LEXICON), **parameters)


def columns_of(
    examples: Sequence[Example],
) -> tuple[list[Any], list[str], list[tuple[str, ...]], list[str]]:
    """Clauses, labels, topics and groups, as :meth:`nlp.tagger.Tagger.fit` takes them."""
    return (
        [e.clause for e in examples],
        [e.label for e in examples],
        [e.topics for e in examples],
        [e.group for e in examples],
    )


def corpora_digest(root: Path = CORPORA) -> str:
    """SHA-256 over all that the tagger is learned from and measured on."""
    digest = hashlib.sha256()
    for pattern in ("reports/*.jsonl", "statements/*.jsonl", f"lexicon/{LEXICON}"):
        for path in sorted(root.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def held_out_metrics(tagger: Tagger, examples: Sequence[Example]) -> dict[str, Any]:
    """Grouped cross-validation over the training passes, report clauses only."""
    from evaluate.tags.scores import label_scores

    clauses, labels, _, groups = columns_of(examples)
    _, last, _ = held_out_scores(tagger, clauses, labels, groups)
    rows = [row for row, e in enumerate(examples) if "/" in e.group and e.clause.section]
    predicted = [LABELS[int(number)] for number in last[rows].argmax(axis=1)]
    return label_scores([labels[row] for row in rows], predicted)


def text_twin(tagger: Tagger, examples: Sequence[Example], top: int = 40) -> str:
    """The weightiest features of each label and topic, for a person to read."""
    names = _names(tagger, [example.clause.text for example in examples])
    arrays = tagger._arrays
    lines = ["# Weightiest features: what the tagger has learned, for reading only.", ""]
    for number, label in enumerate(LABELS):
        lines.append(f"## {label}")
        for kind in (CHARACTERS, WORDS):
            weights = arrays[f"clause.{kind}"][:, number]
            lines.append(f"{kind}: " + _top(weights, [names[kind].get(int(k), "?") for k in
                         arrays[f"{kind}.keys"]], top))  # fmt: skip
        lines.append("cues: " + _top(arrays["plain"][:, number], list(PLAIN_NAMES), top))
        lines.append("")
    for number, topic in enumerate(TOPICS):
        weights = arrays[f"topics.{WORDS}"][:, number]
        keys = [names[WORDS].get(int(k), "?") for k in arrays[f"{WORDS}.keys"]]
        lines.append(f"topic {topic}: {_top(weights, keys, 15)}")
    return "\n".join(lines) + "\n"


def _names(tagger: Tagger, texts: Sequence[str]) -> dict[str, dict[int, str]]:
    """For each kind, the commonest n-gram behind a key."""
    cut = segmenter(tagger.lexicon)
    named: dict[str, dict[int, str]] = {}
    plain = [normalise(text) for text in texts]
    for kind in (CHARACTERS, WORDS):
        joined, _, starts, ends = spans(plain, kind, cut)
        keys = keys_of_spans(joined, starts, ends, kind)
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for key, start, end in zip(keys.tolist(), starts.tolist(), ends.tolist(), strict=True):
            counts[key][joined[start:end]] += 1
        named[kind] = {key: found.most_common(1)[0][0] for key, found in counts.items()}
    return named


def _top(weights: Any, names: Sequence[str], count: int) -> str:
    best = np.argsort(-np.asarray(weights, np.float32))[:count]
    return " · ".join(f"{names[n].replace(' ', '+')} {float(weights[n]):.2f}" for n in best)


def card(metrics: dict[str, Any]) -> str:
    """The model's card, made from its metrics."""
    test = metrics["test"]

    def row(name: str, scores: dict[str, Any]) -> str:
        figures = " | ".join(f"{scores['labels'][label]['f1']:.3f}" for label in LABELS)
        return f"| {name} | {scores['clauses']} | {scores['accuracy']:.3f} | {figures} |"

    rows = [
        row("training passes, grouped cross-validation", metrics["held_out"]),
        *(row(f"pass {name}", result["labels"]) for name, result in test.items()),
        *(
            row(f"{name}, on the test reports", scores["labels"])
            for name, scores in metrics["baselines"].items()
        ),
    ]
    topics = [
        f"{name} {result['topics']['strict']:.3f} strict, {result['topics']['lenient']:.3f} when a "
        "secondary gold topic counts"
        for name, result in test.items()
        if "(" not in name
    ]
    errors = [f"{name} {result['ece']:.3f}" for name, result in test.items() if "(" not in name]
    return f"""# tagger: problems, commitments, deeds

The fast tagger of nianbao, version {metrics["version"]}: logistic regression over jieba words (1- and 2-grams),
character 1- to 4-grams of the clause and of its context, and cues; a second stage that reads the
neighbours' probabilities. Trained by `python -m train.tagger` (seed {metrics["seed"]}) on
{metrics["learned_from"]["clauses"]} labelled clauses of {metrics["learned_from"]["documents"]} whole reports and {metrics["learned_from"]["statements"]} isolated statements
(`corpora/`, SHA-256 {metrics["corpora"][:16]}…). Generated from `metrics.json`.

| scored on | clauses | accuracy | {" | ".join(f"{label} F1" for label in LABELS)} |
|---|---|---|{"---|" * len(LABELS)}
{chr(10).join(rows)}

Rows named with (writer's cuts) score the clauses as the writer cut them, the others as the program does.
`statement-8` holds isolated hard statements. Primary topic where the label was right: {"; ".join(topics)}.
Calibration error (ECE, 10 bins): {", ".join(errors)}.

What each part brings, how much more text pays, and how much of a refit is noise: `evaluate/tags/STUDIES.md`.

**Read this before you trust the figures.** All passes were written for this project, in the
register of real reports but not by their authors; text of one's own flatters. On clauses of real
reports expect several points less; `python -m evaluate.tags --clauses FILE.tsv` scores a file of
your own. A lone line without its report has no section and no list: bare verb phrases are then
undecidable, and the score says so.

Files: `weights.npz` (arrays, float16; no pickle), `config.json`, `words.txt` (jieba lexicon),
`features.txt` (what was learned, for reading), `metrics.json`, `manifest.json` (SHA-256 of each).
Licence: Apache-2.0, like the corpora it comes from.
"""


def learn_added(added: Sequence[Example], out: Path, seed: int = 0) -> str:
    """Learn from the corpora and a user's examples; a table of what the user's own gain.

    A quarter of the user's documents (at least one) is kept back to score the shipped tagger
    and one that learned from the corpora and the other three quarters. What is written to
    ``out`` has learned from everything.
    """
    from evaluate.tags.scores import label_scores

    groups = sorted({example.group for example in added})
    random.Random(seed).shuffle(groups)
    kept = set(groups[: max(len(groups) // 4, 1)]) if len(groups) > 1 else set()
    check = [example for example in added if example.group in kept]
    learn = [example for example in added if example.group not in kept]
    corpora = training_examples(seed)
    lines = ["| tagger | clauses | accuracy | problem F1 | commitment F1 |", "|---|---|---|---|---|"]
    if check:
        after = new_tagger(seed=seed).fit(*columns_of([*corpora, *learn]))
        for name, tagger in (("shipped", Tagger.load()), ("with yours", after)):
            found = label_scores([e.label for e in check], tagger.predict([e.clause for e in check]))
            figures = " | ".join(f"{found['labels'][k]['f1']:.3f}" for k in ("problem", "commitment"))
            lines.append(f"| {name} | {len(check)} | {found['accuracy']:.3f} | {figures} |")
    else:
        lines.append("| one document only: nothing can be kept back to score | | | | |")
    final = new_tagger(seed=seed).fit(*columns_of([*corpora, *added]))
    facts = {"version": f"{VERSION}+own", "seed": seed, "corpora": corpora_digest(), "added": len(added)}
    final.save(out, facts)
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="train.tagger", description=__doc__)
    parser.add_argument("--out", type=Path, help="folder to write (default: models/tagger)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--add", type=Path, metavar="FILE", action="append", default=[],
        help="also learn from clauses of your own (.csv, .tsv, .jsonl, Label Studio's .json); needs --out",
    )  # fmt: skip
    arguments = parser.parse_args(argv)
    if arguments.add and arguments.out is None:
        parser.error("--add needs --out DIR: the shipped tagger is never written over")
    try:
        if arguments.add:
            added = [example for path in arguments.add for example in read_added(path)]
            print(learn_added(added, arguments.out, arguments.seed))
        else:
            train(arguments.out or MODELS / "tagger", arguments.seed)
    except (NianbaoError, OSError) as error:
        print(f"train.tagger: {error}", file=sys.stderr)
        return 1
    return 0


def train(out: Path, seed: int = 0) -> None:
    """Learn, score on the test passes, and write everything into ``out``."""
    from evaluate.tags.runs import baseline_runs, run_test

    began = time.perf_counter()
    examples = training_examples(seed)
    tagger = new_tagger(seed=seed)
    print(f"{len(examples)} examples", file=sys.stderr)
    tagger.fit(*columns_of(examples))
    print(f"learned in {time.perf_counter() - began:.0f} s; scoring", file=sys.stderr)
    in_reports = [e for e in examples if "/" in e.group and e.clause.section is not None]
    statements = [e for e in examples if "/" not in e.group]
    metrics = {
        "version": VERSION,
        "seed": seed,
        "corpora": corpora_digest(),
        "learned_from": {
            "clauses": len(in_reports),
            "documents": len({e.group for e in in_reports}),
            "statements": len(statements),
        },
        "held_out": held_out_metrics(tagger, examples),
        "test": run_test(tagger),
        "baselines": baseline_runs(examples, seed),
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / TWIN).write_text(text_twin(tagger, examples), encoding="utf-8")
    (out / METRICS).write_text(
        json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (out / CARD).write_text(card(metrics), encoding="utf-8")
    facts = {"version": VERSION, "seed": seed, "corpora": metrics["corpora"]}
    tagger.save(out, facts, also=(TWIN, METRICS))
    print(f"written to {out.name} in {time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
