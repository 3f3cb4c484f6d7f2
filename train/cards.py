"""The counts that the corpora's cards quote, written between two marks of each ``README.md``.

``python -m train.corpus counts --write`` brings the cards up to date; a test holds them against
the files, so that no card says of a corpus what it is no longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nlp.errors import BadCorpus
from nlp.report import LABELS
from nlp.words import LEXICON, read_lexicon

from .corpus import CORPORA, Record, clauses_of, load, read_jsonl, split_of

OPENING = "<!-- counts, by `python -m train.corpus counts --write` -->"
CLOSING = "<!-- end of counts -->"
_EXTRAS = ("summary", "short", "compressions", "key_facts", "pairs")


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    def cell(value: Any) -> str:
        return f"{value:,}" if isinstance(value, int) else str(value)

    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    return "\n".join(lines)


def _by_pass(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record["pass"], []).append(record)
    return dict(sorted(found.items(), key=lambda item: _natural(item[0])))


def _natural(name: str) -> tuple[str, int]:
    """``statement-10`` after ``statement-9``.

    >>> _natural("statement-10")
    ('statement-', 10)
    """
    stem = name.rstrip("0123456789")
    return stem, int(name[len(stem) :] or 0)


def _labels(clauses: Iterable[Record]) -> list[int]:
    counts = Counter(clause["label"] for clause in clauses)
    return [counts[label] for label in LABELS]


def _with_sums(rows: Iterator[list[Any]], texts: int) -> list[list[Any]]:
    """Rows and, by split where there are both, their sums; ``texts`` columns hold no figures."""
    found = list(rows)
    for split in sorted({row[1] for row in found}, reverse=True):
        own = [row for row in found if row[1] == split]
        if len(own) > 1:
            sums = [sum(column) for column in list(zip(*own, strict=True))[texts:]]
            found.append(["**all**", split, *[""] * (texts - 2), *sums])
    return found


def _report_rows(kind: str, root: Path) -> Iterator[list[Any]]:
    for name, reports in _by_pass(load(kind, root=root)).items():  # type: ignore[arg-type]
        clauses = [clause for report in reports for clause in clauses_of(report)]
        forms = Counter(report["form"] for report in reports)
        shown = ", ".join(f"{form} {forms[form]}" for form in ("free", "2019", "2021") if forms[form])
        row = [name, split_of(name), shown, len(reports), len(clauses), *_labels(clauses)]
        yield row + [sum(len(r.get(key, ())) for r in reports) for key in _EXTRAS if kind == "reports"]


def _reports(root: Path) -> str:
    heads = ("pass", "split", "forms", "reports", "clauses", *LABELS, "summaries", "short ones", "compressions",
             "key facts", "pairs")  # fmt: skip
    return _table(heads, _with_sums(_report_rows("reports", root), 3))


def _retold(root: Path) -> str:
    heads = ("pass", "split", "forms", "reports or parts", "clauses", *LABELS)
    return _table(heads, _with_sums(_report_rows("retold", root), 3))


def _statements(root: Path) -> str:
    records = load("statements", root=root)
    rows = ([name, split_of(name), len(own), *_labels(own)] for name, own in _by_pass(records).items())
    named = Counter(record.get("phenomenon") or "not named" for record in records)
    first = _table(("pass", "split", "clauses", *LABELS), _with_sums(rows, 2))
    return f"{first}\n\nBy phenomenon: " + ", ".join(f"{name} {count}" for name, count in named.most_common()) + "."


def _summaries(root: Path) -> str:
    further = load("summaries", root=root)
    reports = load("reports", root=root)
    first = sum(len(report["summary"]) for report in reports)
    short = sum(len(report["short"]) for report in reports)
    cores = sum(len(report["compressions"]) for report in reports)
    builds = Counter(one["build"].replace("-", " ") for one in further)
    rows = [[name, split_of(name), len(own)] for name, own in _by_pass(further).items()]
    return (
        _table(("pass", "split", "summaries"), rows)
        + "\n\nBuilds: " + ", ".join(f"{name} {count}" for name, count in builds.most_common())
        + f".\n\nWritten by hand in all, these and those of `../reports/`: {first + len(further):,} pairs of a report and a "
        f"paragraph of 80 to 180 characters\n({first:,} by the reports' writers, {len(further):,} here), "
        f"{short:,} pairs with one of at most 60, {cores:,} compressions of a clause."
    )  # fmt: skip


def _links(root: Path) -> str:
    links = load("links", root=root)
    kinds = sorted({(one["kind"], one["link"]) for one in links}, reverse=True)
    rows = (
        [name, split_of(name), len(own), *[sum((o["kind"], o["link"]) == k for o in own) for k in kinds]]
        for name, own in _by_pass(links).items()
    )
    return _table(("pass", "split", "pairs", *(f"{kind}: {link}" for kind, link in kinds)), rows)


def _adversarial(root: Path) -> str:
    records = [record for path in sorted((root / "adversarial").glob("*.jsonl")) for _, record in read_jsonl(path)]
    traps = Counter(record["trap"] for record in records)
    return _table(("trap", "reports"), [*sorted(traps.items()), ("**all**", len(records))])


def _lexicon(root: Path) -> str:
    words = read_lexicon(root / "lexicon" / LEXICON)
    marked = (root / "lexicon" / "marked.tsv").read_text("utf-8").splitlines()[1:]
    terms = sum(len(line.partition("\t")[2].split("|")) for line in marked)
    lengths = Counter(min(len(word), 6) for word in words)
    shown = ", ".join(f"{count} of {length}{' or more' if length == 6 else ''}" for length, count in sorted(lengths.items()))
    return f"{len(words)} words (characters: {shown}); {len(marked)} clauses with {terms} terms marked."


CARDS: dict[str, Callable[[Path], str]] = {
    "reports": _reports, "retold": _retold, "statements": _statements, "summaries": _summaries,
    "links": _links, "adversarial": _adversarial, "lexicon": _lexicon,
}  # fmt: skip


def card(folder: str, root: Path = CORPORA) -> str:
    """The card of a corpus with its counts as the files have them.

    Raises
    ------
    BadCorpus
        Where the card lacks the marks.
    """
    path = root / folder / "README.md"
    text = path.read_text(encoding="utf-8")
    before, opening, rest = text.partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    if not (opening and closing):
        raise BadCorpus(f"{folder}/README.md: wanted, each on a line of its own: {OPENING} and {CLOSING}")
    return f"{before}{OPENING}\n{CARDS[folder](root)}\n{CLOSING}{after}"


def write_cards(root: Path = CORPORA) -> list[str]:
    """Bring all cards up to date; the folders whose card was not."""
    stale = []
    for folder in CARDS:
        path, text = root / folder / "README.md", card(folder, root)
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            stale.append(folder)
    return stale
