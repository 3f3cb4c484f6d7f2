"""A tagger over the test passes, and its baselines, as plain figures."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nlp.clause_tags import ClauseTag, Tags
from nlp.errors import BadCorpus
from nlp.form import TOPICS
from nlp.pairs import pair
from nlp.report import CALLED_FOR, LABELS, Statement
from nlp.statements import merge
from train.corpus import Record, load
from train.examples import (
    Example,
    clause_in_context,
    render,
    report_examples,
    statement_examples,
)

from .baselines import cue_word_labels
from .scores import (
    boundary_scores,
    calibration_error,
    label_scores,
    pair_scores,
    span_scores,
    topic_scores,
)


def score(examples: Sequence[Example], tags: Sequence[ClauseTag]) -> dict[str, Any]:
    """All figures of one run: labels, topics, calibration, errors to read."""
    gold = [example.label for example in examples]
    labels = [tag.label for tag in tags]
    both = [
        (example.topics, tag.topics)
        for example, tag in zip(examples, tags, strict=True)
        if example.label == tag.label and example.label in CALLED_FOR
    ]
    wrong = [
        {"gold": example.label, "label": tag.label, "score": tag.score,
         "text": example.clause.text, "lead_in": example.clause.lead_in,
         "section": example.clause.section, "group": example.group}
        for example, tag in zip(examples, tags, strict=True)
        if example.label != tag.label
    ]  # fmt: skip
    right = [g == p for g, p in zip(gold, labels, strict=True)]
    return {
        "labels": label_scores(gold, labels),
        "topics": topic_scores([g for g, _ in both], [p for _, p in both]),
        "ece": calibration_error([tag.score for tag in tags], right),
        "errors": wrong,
    }


def test_examples() -> dict[str, list[Example]]:
    """The test passes, cut as at run time and as the writers cut them.

    ``retold`` passes follow real reports clause by clause in other words (``corpora/README.md``);
    they are the nearest to real text that the repository holds.
    """
    reports = load("reports", "test")
    found: dict[str, list[Example]] = {}
    for name in sorted({report["pass"] for report in reports}):
        own = [report for report in reports if report["pass"] == name]
        found[name] = [e for report in own for e in report_examples(report)]
        found[f"{name} (writer's cuts)"] = [
            e for report in own for e in report_examples(report, "labelled")
        ]
    retold = load("retold")
    for name in sorted({report["pass"] for report in retold}):
        own = [report for report in retold if report["pass"] == name]
        found[name] = [e for report in own for e in report_examples(report)]
    found["retold, all"] = [e for report in retold for e in report_examples(report)]
    statements = load("statements", "test")
    for name in sorted({record["pass"] for record in statements}):
        found[name] = statement_examples([r for r in statements if r["pass"] == name])
    return found


def run_test(tagger: Tags) -> dict[str, Any]:
    """The tagger on each test pass; errors are left out (:func:`score` has them)."""
    results = {}
    for name, examples in test_examples().items():
        result = score(examples, tagger.tag_clauses([e.clause for e in examples]))
        result.pop("errors")
        results[name] = result
    return results


def baseline_runs(training: Sequence[Example], seed: int = 0) -> dict[str, Any]:
    """Cue words, and the same model without context, on the test reports."""
    from train.tagger import columns_of, new_tagger

    examples = [e for report in load("reports", "test") for e in report_examples(report)]
    clauses, gold = [e.clause for e in examples], [e.label for e in examples]
    blind = new_tagger(context=False, sequence=False, seed=seed).fit(*columns_of(training))
    return {
        "cue words": {"labels": label_scores(gold, cue_word_labels(clauses))},
        "the same model without context": {"labels": label_scores(gold, blind.predict(clauses))},
    }


# --- parts of the test passes ------------------------------------------------------------


def parts_run(tagger: Tags, reports: Sequence[Record], statements: Sequence[Record]) -> str:
    """A table by form and kind of body of reports, and by phenomenon of lone statements."""
    groups: dict[str, list[Example]] = {}
    for report in reports:
        examples = report_examples(report)
        for name in (f"form {report['form']}", report["kind"]):
            groups.setdefault(name, []).extend(examples)
    for record, example in zip(statements, statement_examples(statements), strict=True):
        groups.setdefault(record.get("phenomenon", "hard statements"), []).append(example)
    lines = ["| part | clauses | accuracy | problem | commitment |", "|---|---|---|---|---|"]
    for name, examples in sorted(groups.items()):
        tags = tagger.tag_clauses([example.clause for example in examples])
        found = score(examples, tags)["labels"]
        by_label = [f"{found['labels'][label]['f1']:.3f}" for label in CALLED_FOR]
        lines.append(f"| {name} | {len(examples)} | {found['accuracy']:.3f} | {' | '.join(by_label)} |")
    return "\n".join(lines)


# --- statements ---------------------------------------------------------------------------


def _spans(statements: Sequence[Statement], label: str) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in statements if s.label == label]


def statement_run(tagger: Tags, reports: Sequence[Record]) -> dict[str, dict[str, float]]:
    """Statements, as the program merges its clauses, against the writers' clauses merged alike."""
    gold, found = [], []
    for report in reports:
        written = report_examples(report, "labelled")
        text = render(report)[0].text
        right = [ClauseTag(e.label, 1.0, {}, e.topics) for e in written]  # type: ignore[arg-type]
        gold.append(merge(text, [e.clause for e in written], right))
        clauses = [e.clause for e in report_examples(report)]
        found.append(merge(text, clauses, tagger.tag_clauses(clauses)))
    return {
        label: span_scores([_spans(s, label) for s in gold], [_spans(s, label) for s in found])
        for label in CALLED_FOR
    }


# --- cuts and pairs ----------------------------------------------------------------------


def cut_scores(reports: Sequence[Record]) -> dict[str, float]:
    """Where the program begins clauses against where the writers did."""
    gold: set[int] = set()
    predicted: set[int] = set()
    shift = 0
    for report in reports:
        for units, places in (("labelled", gold), ("cut", predicted)):
            found = report_examples(report, units)  # type: ignore[arg-type]
            places |= {shift + example.clause.start for example in found}
        shift += len(render(report)[0].text) + 1
    return boundary_scores(gold, predicted)


def pair_run(reports: Sequence[Record]) -> dict[str, float]:
    """Pairing on the writers' own problems, commitments and topics, against their links."""
    gold, predicted = [], []
    for report in reports:
        if not report["pairs"]:
            continue
        _, spans = render(report)
        document, _ = render(report)
        statements, place = [], {}
        counts = dict.fromkeys(CALLED_FOR, 0)
        for number, span in enumerate(spans):
            if span.label not in CALLED_FOR:
                continue
            counts[span.label] += 1
            name = f"s{number}"
            place[name] = counts[span.label]
            statements.append(
                Statement(name, "problems", span.start, span.end,
                          document.text[span.start : span.end], span.label,  # type: ignore[arg-type]
                          1.0, span.topics)
            )  # fmt: skip
        gold.append({(p, c) for p, c in report["pairs"]})
        predicted.append({(place[p.problem], place[p.commitment]) for p in pair(statements)})
    return pair_scores(gold, predicted)


# --- a file of one's own -----------------------------------------------------------------


def external_examples(path: Path) -> list[Example]:
    """Labelled clauses from a TSV with columns text, context, label, topic (and doc).

    Rows of one ``doc`` that follow each other are read as one document in order.

    Raises
    ------
    BadCorpus
        With file and line, where a column is missing or a label or topic is unknown.
    """
    examples: list[Example] = []
    position, document = 0, None
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"text", "context", "label", "topic"} - set(rows.fieldnames or ())
        if missing:
            raise BadCorpus(f"{path.name}: columns {sorted(missing)} are missing")
        for number, row in enumerate(rows, 2):
            topics = tuple(t for t in (row["topic"] or "").replace("|", ",").split(",") if t)
            if row["label"] not in LABELS or set(topics) - set(TOPICS):
                raise BadCorpus(f"{path.name}:{number}: unknown label or topic")
            clause = clause_in_context(row["text"].strip(), row["context"] or "")
            group = row.get("doc") or f"{path.name}:{number}"
            position = position if group == document else 0
            document = group
            clause = replace(clause, start=position, end=position + len(clause.text))
            position = clause.end + 1
            examples.append(Example(clause, row["label"], topics, group, path.stem))
    if not examples:
        raise BadCorpus(f"{path.name}: no rows")
    return examples
