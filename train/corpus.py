"""The labelled corpora: reading, checking, splits, and conversion of the authoring format.

``python -m train.corpus convert FILE…`` turns whole reports (.txt) and lone clauses (.tsv) in the
authoring formats that ``corpora/README.md`` describes into ``corpora/*/<pass>.jsonl``;
``python -m train.corpus counts`` prints counts by pass, with ``--write`` into the data cards.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nlp.errors import BadCorpus, NianbaoError
from nlp.form import TOPICS
from nlp.report import LABELS

if TYPE_CHECKING:
    import datasets

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
# Never learned from, never tuned on.
TEST_PASSES = frozenset(
    {"test-1", "test-2", "test-3", "test-4", "test-5", "test-6", "statement-8", "links-2", *(f"retold-{n}" for n in range(1, 9))}
)

Kind = Literal["reports", "statements", "links", "summaries", "retold"]
Split = Literal["train", "test"]
Record = dict[str, Any]

RETOLD_PASSES = frozenset({f"report-{letter}" for letter in "qrstu"})  # training passes after real reports
_REPORT_KEYS = {
    "id": str, "pass": str, "form": str, "year": int, "paragraphs": list,
    "tables": list, "cells": list, "summary": list, "short": list, "compressions": list,
    "pairs": list,
}  # fmt: skip
_RETOLD_KEYS = {"id": str, "pass": str, "kind": str, "form": str, "year": int, "paragraphs": list}
_LINK_KEYS = {"id": str, "kind": str, "first": str, "second": str, "link": str, "note": str}
LINKS = {
    "promise": ("kept", "partly", "silent", "contradicted"),
    "problem": ("repeated", "different"),
}
_SUMMARY_KEYS = {"report": str, "text": str, "build": str}
_STATEMENT_KEYS = {"pass": str, "text": str, "context": str, "label": str, "topics": list}


# --- reading -----------------------------------------------------------------------------


def split_of(pass_name: str) -> Split:
    """The split a writing pass belongs to; a pass is never divided."""
    return "test" if pass_name in TEST_PASSES else "train"


def read_jsonl(path: Path) -> Iterator[tuple[str, Record]]:
    """``(file:line, record)`` for each line of a JSON Lines file.

    Raises
    ------
    BadCorpus
        With file and line, where a line is not a JSON object.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path.name}:{number}"
            yield where, json_object(line, where)


def json_object(line: str, where: str) -> Record:
    """The object of one line of JSON Lines.

    Raises
    ------
    BadCorpus
        Beginning with ``where``, if the line is anything else.
    """
    try:
        found = json.loads(line)
    except ValueError as error:
        raise BadCorpus(f"{where}: not JSON ({error}); one object a line") from None
    if not isinstance(found, dict):
        raise BadCorpus(f"{where}: not a JSON object")
    return found


def load(kind: Kind, split: Split | None = None, root: Path = CORPORA) -> list[Record]:
    """All records of one corpus as plain dicts, checked, in order of file and line.

    Parameters
    ----------
    kind : {"reports", "statements", "links", "summaries", "retold"}
    split : {"train", "test"}, optional
        Both where left out.

    Raises
    ------
    BadCorpus
        Where the folder holds nothing or a record breaks the schema (file and line named).
    """
    check = _CHECKS[kind]
    records: list[Record] = []
    seen: set[str] = set()
    for path in sorted((root / kind).glob("*.jsonl")):
        for where, record in read_jsonl(path):
            check(record, where)
            if record.setdefault("pass", path.stem) != path.stem:
                raise BadCorpus(f"{where}: pass {record['pass']!r} in a file named {path.name}")
            if kind in ("reports", "links", "retold"):
                if record["id"] in seen:
                    raise BadCorpus(f"{where}: id {record['id']!r} is there twice")
                seen.add(record["id"])
            if split is None or split_of(record["pass"]) == split:
                records.append(record)
    if not records:
        raise BadCorpus(f"{root / kind}: no records; is this a full checkout?")
    return records


def load_dataset(kind: Kind, split: Split | None = None, root: Path = CORPORA) -> datasets.Dataset:
    """The same records as a ``datasets.Dataset`` (needs the package ``datasets``)."""
    import datasets

    return datasets.Dataset.from_list(load(kind, split, root))


# --- checking ----------------------------------------------------------------------------


def _need(condition: bool, where: str, message: str) -> None:
    if not condition:
        raise BadCorpus(f"{where}: {message}")


def _check_keys(record: Mapping[str, Any], keys: Mapping[str, type], where: str) -> None:
    for key, kind in keys.items():
        _need(key in record, where, f"key {key!r} is missing")
        _need(isinstance(record[key], kind), where, f"{key!r} is not {kind.__name__}")


def _check_clause(clause: Mapping[str, Any], where: str) -> None:
    _check_keys(clause, {"text": str, "label": str, "topics": list}, where)
    _need(bool(clause["text"].strip()), where, "empty text")
    _need("\n" not in clause["text"], where, "a clause is one line")
    _need(clause["label"] in LABELS, where, f"unknown label {clause['label']!r}")
    unknown = [topic for topic in clause["topics"] if topic not in TOPICS]
    _need(not unknown, where, f"unknown topic {unknown}")
    wanted = clause["label"] in ("problem", "commitment")
    _need(
        bool(clause["topics"]) == wanted,
        where,
        f"label {clause['label']} with topics {clause['topics']}: {clause['text'][:30]}",
    )


def check_statement(record: Mapping[str, Any], where: str) -> None:
    """Raise :class:`BadCorpus` unless ``record`` is a labelled statement."""
    _check_keys(record, _STATEMENT_KEYS, where)
    _check_clause(record, where)


def check_link(record: Mapping[str, Any], where: str) -> None:
    """Raise :class:`BadCorpus` unless ``record`` links statements of two years."""
    _check_keys(record, _LINK_KEYS, where)
    known = LINKS.get(record["kind"], ())
    _need(record["link"] in known, where, f"{record['kind']!r} with link {record['link']!r}")


def check_summary(record: Mapping[str, Any], where: str) -> None:
    """Raise :class:`BadCorpus` unless ``record`` is a further summary of a report."""
    _check_keys(record, _SUMMARY_KEYS, where)
    _need(80 <= len(record["text"]) <= 180, where, f"{len(record['text'])} characters")


def check_retold(record: Mapping[str, Any], where: str) -> None:
    """Raise :class:`BadCorpus` unless ``record`` is a labelled report without more than labels."""
    _check_keys(record, _RETOLD_KEYS, where)
    _check_paragraphs(record, where)


def _check_paragraphs(record: Mapping[str, Any], where: str) -> None:
    _need(record["form"] in ("2021", "2019", "free"), where, f"unknown form {record['form']!r}")
    for paragraph in record["paragraphs"]:
        _need(bool(paragraph), where, "empty paragraph")
        for clause in paragraph:
            _check_clause(clause, where)


def check_report(record: Mapping[str, Any], where: str) -> None:
    """Raise :class:`BadCorpus` unless ``record`` is a labelled report that holds together."""
    _check_keys(record, _REPORT_KEYS, where)
    _check_paragraphs(record, where)
    clauses = list(clauses_of(record))
    texts = [clause["text"] for clause in clauses]
    for compression in record["compressions"]:
        _need(
            any(compression["text"] in text for text in texts),
            where,
            f"compression of a text that is in no clause: {compression['text'][:30]}",
        )
    whole = "".join(texts)
    for fact in record.get("key_facts", ()):
        _need(fact in whole, where, f"key fact that does not stand in the text: {fact[:30]}")
    counts = Counter(clause["label"][0] for clause in clauses)
    for problem, commitment in record["pairs"]:
        good = 1 <= problem <= counts["p"] and 1 <= commitment <= counts["c"]
        _need(good, where, f"pair {problem}-{commitment} points at nothing")


_CHECKS: dict[Kind, Callable[[Mapping[str, Any], str], None]] = {
    "reports": check_report,
    "statements": check_statement,
    "links": check_link,
    "summaries": check_summary,
    "retold": check_retold,
}


def clauses_of(report: Mapping[str, Any]) -> Iterator[Record]:
    """The clauses of a report in order."""
    for paragraph in report["paragraphs"]:
        yield from paragraph


# --- the authoring format ----------------------------------------------------------------


def parse_authoring(path: Path) -> list[Record]:
    """Whole reports from a file in the authoring format; the file's name is the pass.

    Raises
    ------
    BadCorpus
        With file and line, where a line has no known code or a key is wrong.
    """
    reports: list[Record] = []
    paragraph: list[Record] = []
    leaves: dict[str, dict[str, float]] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where, line = f"{path.name}:{number}", raw.strip()
        if not line:
            paragraph = []
            continue
        if line.startswith("@@"):
            reports.append(_new_report(line, path.stem, where))
            paragraph, leaves = [], {}
            continue
        _need(bool(reports), where, "text before the first @@ line")
        report = reports[-1]
        code, _, rest = line.partition(" ")
        rest = rest.strip()
        _need(bool(rest), where, f"nothing after code {code!r}")
        if code == "t":
            paragraph = []
            _add_cell(report, leaves, rest, where)
        elif code in ("S", "T"):
            report["summary" if code == "S" else "short"].append(rest)
        elif code == "K":
            source, arrow, core = (part.strip() for part in rest.partition("=>"))
            _need(bool(arrow and source and core), where, "K wants: stretch => core")
            report["compressions"].append({"text": source, "core": core})
        elif code == "F":
            report["key_facts"].append(rest)
        elif code == "L":
            report["pairs"] += [_pair(item, where) for item in rest.split()]
        else:
            clause = _clause(code, rest, where)
            if clause["heading"] or not paragraph:
                paragraph = []
                report["paragraphs"].append(paragraph)
            paragraph.append(clause)
            if clause["heading"]:
                paragraph = []
    for report in reports:
        check_report(report, f"{path.name} ({report['id']})")
    return reports


_CODES = {"h": "other", "o": "other", "d": "done", "p": "problem", "c": "commitment"}


def _clause(code: str, text: str, where: str) -> Record:
    letter, _, topics = code.partition(":")
    _need(letter in _CODES, where, f"unknown code {code!r}")
    return {
        "text": text,
        "label": _CODES[letter],
        "topics": topics.split(",") if topics else [],
        "heading": letter == "h",
    }


def _new_report(line: str, pass_name: str, where: str) -> Record:
    meta = dict(item.split("=", 1) for item in line[2:].split() if "=" in item)
    for key in ("id", "kind", "form", "year", "agency"):
        _need(key in meta, where, f"@@ line lacks {key}")
    _need(meta["year"].isdigit(), where, f"year {meta['year']!r} is not a number")
    return {
        "id": meta["id"],
        "pass": pass_name,
        "kind": meta["kind"],
        "form": meta["form"],
        "year": int(meta["year"]),
        "agency": meta["agency"],
        "published": meta.get("published"),
        "paragraphs": [],
        "tables": [],
        "cells": [],
        "summary": [],
        "short": [],
        "compressions": [],
        "key_facts": [],
        "pairs": [],
    }


def _pair(item: str, where: str) -> list[int]:
    problem, _, commitment = item.partition("-")
    good = problem[:1] == "p" and commitment[:1] == "c"
    _need(good and problem[1:].isdigit() and commitment[1:].isdigit(), where, f"bad pair {item!r}")
    return [int(problem[1:]), int(commitment[1:])]


def _add_cell(
    report: Record, leaves: dict[str, dict[str, float]], line: str, where: str
) -> None:
    """One ``t`` line; the report's cells are made anew with their totals."""
    key, _, value = line.partition("=")
    table, _, cell = key.strip().partition(".")
    _need(table in ("disclosure", "requests", "review"), where, f"unknown table {table!r}")
    if table not in report["tables"]:
        report["tables"].append(table)
    if cell == "none":
        return
    try:
        leaves.setdefault(table, {})[cell] = float(value)
    except ValueError:
        raise BadCorpus(f"{where}: {value!r} is not a number") from None
    report["cells"] = [
        {"table": name, "row": row, "column": column, "value": _plain(number)}
        for name in report["tables"]
        for (row, column), number in _with_totals(name, leaves.get(name, {})).items()
    ]


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _with_totals(table: str, leaves: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Leaf cells and the non-zero totals that follow from them (a cell not listed is 0)."""
    cells: dict[tuple[str, str], float] = {}
    for key, value in leaves.items():
        row, _, column = key.rpartition(".")
        cells[row, column] = value
    if table == "disclosure":
        return cells
    totals: Counter[tuple[str, str]] = Counter()
    for (row, column), value in cells.items():
        totals[row, "total"] += value  # type: ignore[assignment]
        if table == "requests":
            sign = 1 if row in ("new", "carried_in") else -1
            for name in (column, "total"):
                totals["carried_out", name] += sign * value  # type: ignore[assignment]
                if sign < 0:
                    totals["total", name] += value  # type: ignore[assignment]
    cells.update({place: value for place, value in totals.items() if value})
    return cells


_STATEMENT_COLUMNS = ["phenomenon", "section", "context", "text", "label", "topics"]


def parse_statements(path: Path) -> list[Record]:
    """Labelled clauses from a TSV file (``corpora/README.md`` names its columns); the file's
    name is the pass.

    Raises
    ------
    BadCorpus
        With file and line, where a row has other columns or breaks the schema.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    _need(lines[:1] == ["\t".join(_STATEMENT_COLUMNS)], f"{path.name}:1", "wrong header")
    records: list[Record] = []
    for number, line in enumerate(lines[1:], 2):
        where = f"{path.name}:{number}"
        fields = line.split("\t")
        _need(len(fields) == len(_STATEMENT_COLUMNS), where, f"{len(fields)} columns")
        row = dict(zip(_STATEMENT_COLUMNS, fields, strict=True))
        record: Record = {
            "pass": path.stem,
            "phenomenon": row["phenomenon"],
            "text": row["text"].strip(),
            "context": f"[{row['section']}] {row['context']}".strip(),
            "label": row["label"],
            "topics": [topic for topic in row["topics"].split(",") if topic],
        }
        check_statement(record, where)
        records.append(record)
    return records


# --- command -----------------------------------------------------------------------------


def counts(root: Path = CORPORA) -> list[Record]:
    """One row a pass: documents and clauses by label."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for kind in ("reports", "statements"):
        for record in load(kind, root=root):  # type: ignore[arg-type]
            row = rows.setdefault((kind, record["pass"]), Counter())
            clauses = list(clauses_of(record)) if kind == "reports" else [record]
            row["documents"] += kind == "reports"
            row["clauses"] += len(clauses)
            row.update(clause["label"] for clause in clauses)
    return [
        {"corpus": kind, "pass": name, "split": split_of(name), **row}
        for (kind, name), row in rows.items()
    ]


def write_jsonl(path: Path, records: list[Record]) -> None:
    """Records as UTF-8 JSON Lines, keys in the order given."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="train.corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    convert = commands.add_parser("convert", help="authoring format (.txt, .tsv) to JSON Lines")
    convert.add_argument("files", nargs="+", type=Path)
    convert.add_argument("--out", type=Path, help="folder (default: reports/ or statements/)")
    count = commands.add_parser("counts", help="documents and labels, pass by pass")
    count.add_argument("--write", action="store_true", help="bring the counts in corpora/*/README.md up to date")
    arguments = parser.parse_args(argv)
    try:
        if arguments.command == "convert":
            for path in arguments.files:
                kind = "statements" if path.suffix == ".tsv" else "reports"
                records = parse_statements(path) if path.suffix == ".tsv" else parse_authoring(path)
                target = (arguments.out or CORPORA / kind) / f"{path.stem}.jsonl"
                write_jsonl(target, records)
                print(f"{target.name}: {len(records)} {kind}")
        elif arguments.write:
            from .cards import write_cards

            print("cards brought up to date: " + (", ".join(write_cards()) or "none, all were"))
        else:
            keys = ("corpus", "pass", "split", "documents", "clauses", *LABELS)
            print("| " + " | ".join(keys) + " |\n|" + "---|" * len(keys))
            for row in counts():
                print("| " + " | ".join(str(row.get(key, 0)) for key in keys) + " |")
    except (NianbaoError, OSError) as error:
        print(f"train.corpus: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
