"""Labelled clauses of a user's own: CSV, TSV, JSON Lines, or an export of Label Studio.

Tables and JSON Lines have ``text`` and ``label``, and may have ``topics`` (comma separated, or a
list; primary first), ``context`` (``[heading] what stands before``) and ``document``. From Label
Studio (JSON export) both kinds of task are read: spans with labels over a text, and one choice
for the whole text.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nlp.errors import BadCorpus
from nlp.form import TOPICS
from nlp.report import LABELS

from .corpus import json_object
from .examples import Example, clause_in_context

_CHINESE = {"问题": "problem", "承诺": "commitment", "已做": "done", "其他": "other"}
Row = tuple[str, Mapping[str, Any]]


def read_added(path: Path) -> list[Example]:
    """Examples of a file; the group is the document, or the row where none is named.

    Raises
    ------
    BadCorpus
        With file and line or task, where text is missing or a label or topic is unknown.
    """
    readers = {".csv": _table, ".tsv": _table, ".jsonl": _lines, ".json": _label_studio}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadCorpus(f"{path.name}: name it .csv, .tsv, .jsonl, or .json (Label Studio)")
    found = [_example(where, row, path.stem) for where, row in reader(path)]
    if not found:
        raise BadCorpus(f"{path.name}: no labelled text in it")
    return found


def _table(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        if not {"text", "label"} <= set(rows.fieldnames or ()):
            raise BadCorpus(f"{path.name}: columns text and label are wanted")
        for number, row in enumerate(rows, 2):
            yield f"{path.name}:{number}", row


def _lines(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        where = f"{path.name}:{number}"
        if line.strip():
            yield where, json_object(line, where)


def _label_studio(path: Path) -> Iterator[Row]:
    try:
        tasks = json.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise BadCorpus(f"{path.name}: not JSON ({error})") from None
    if not isinstance(tasks, list):
        raise BadCorpus(f"{path.name}: an export of Label Studio is a list of tasks")
    for number, task in enumerate(tasks, 1):
        where = f"{path.name}: task {number}"
        try:
            yield from _task(task, number, where)
        except (KeyError, TypeError, IndexError):
            raise BadCorpus(f"{where}: not a task of Label Studio's JSON export") from None


def _task(task: Mapping[str, Any], number: int, where: str) -> Iterator[Row]:
    text = task["data"]["text"]
    spans: dict[tuple[int, int], dict[str, Any]] = {}
    for annotation in task["annotations"][:1]:  # the first one is the one submitted
        for result in annotation["result"]:
            value = result["value"]
            span = (value.get("start", 0), value.get("end", len(text)))
            row = spans.setdefault(span, {"text": text[span[0] : span[1]], "topics": [], "document": number})
            for name in value.get("labels") or value.get("choices") or ():
                if _CHINESE.get(name, name) in LABELS:
                    row["label"] = name
                else:
                    row["topics"].append(name)
    for span in sorted(spans):
        yield where, spans[span]


def _example(where: str, row: Mapping[str, Any], source: str) -> Example:
    text = str(row.get("text") or "").strip()
    label = str(row.get("label") or "").strip()
    label = _CHINESE.get(label, label)
    named = row.get("topics") or row.get("topic") or ()
    topics = tuple(t.strip() for t in (named.split(",") if isinstance(named, str) else named))
    topics = tuple(t for t in topics if t)
    if not text or label not in LABELS:
        raise BadCorpus(f"{where}: text is missing or label {label!r} is none of {', '.join(LABELS)}")
    if set(topics) - set(TOPICS):
        raise BadCorpus(f"{where}: unknown topics {sorted(set(topics) - set(TOPICS))}")
    group = f"{source}:{row.get('document') or where}"
    return Example(clause_in_context(text, str(row.get("context") or "")), label, topics, group, source)
