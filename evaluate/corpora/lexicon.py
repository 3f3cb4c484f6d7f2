"""How many terms of the domain come out of jieba as one word, with the lexicon and without.

``corpora/lexicon/marked.tsv`` holds clauses of the test passes with the terms that a reader of the
field takes as one word; it was marked by hand, by a reader who knew the lexicon, and terms that the
lexicon lacks are among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import BadCorpus
from nlp.words import LEXICON, Cut, read_lexicon, segmenter
from train.corpus import CORPORA

MARKED = "marked.tsv"
_COLUMNS = "text\tterms"


@dataclass(frozen=True, slots=True)
class Marked:
    """A clause, and the terms that are one word each time they stand in it."""

    text: str
    terms: tuple[str, ...]


def read_marked(path: Path) -> list[Marked]:
    """Marked clauses of a TSV file (columns text and terms, terms parted by ``|``).

    Raises
    ------
    BadCorpus
        With file and line, where a term does not stand in its clause.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[:1] != [_COLUMNS]:
        raise BadCorpus(f"{path.name}:1: columns text and terms are wanted")
    found = []
    for number, line in enumerate(lines[1:], 2):
        text, _, named = line.partition("\t")
        terms = tuple(term for term in named.split("|") if term)
        strange = [term for term in terms if term not in text]
        if not terms or strange:
            raise BadCorpus(f"{path.name}:{number}: terms that are not in the clause: {strange}")
        found.append(Marked(text, terms))
    return found


def _spans(words: tuple[str, ...]) -> set[tuple[int, int]]:
    position, found = 0, set()
    for word in words:
        found.add((position, position + len(word)))
        position += len(word)
    return found


def _places(clause: Marked) -> Iterator[tuple[str, tuple[int, int]]]:
    for term in clause.terms:
        start = clause.text.find(term)
        while start >= 0:
            yield term, (start, start + len(term))
            start = clause.text.find(term, start + 1)


def scored(clauses: list[Marked], cut: Cut) -> dict[str, Any]:
    """Terms that come out whole, and those that are cut or lie within a longer word.

    Returns
    -------
    dict
        ``terms``, ``whole``, ``share``, ``cut`` (names), ``within`` (names: the word is longer).
    """
    whole, pieces, within, total = 0, [], [], 0
    for clause in clauses:
        words = _spans(cut(clause.text))
        for term, (start, end) in _places(clause):
            total += 1
            if (start, end) in words:
                whole += 1
            elif any(a <= start and end <= b for a, b in words):
                within.append(term)
            else:
                pieces.append(term)
    return {"terms": total, "whole": whole, "share": round(whole / total, 4), "cut": pieces, "within": within}


def run(root: Path = CORPORA) -> dict[str, Any]:
    """Both segmentations over the marked clauses."""
    clauses = read_marked(root / "lexicon" / MARKED)
    lexicon = read_lexicon(root / "lexicon" / LEXICON)
    named = {term for clause in clauses for term in clause.terms}
    return {
        "clauses": len(clauses),
        "distinct": len(named),
        "in the lexicon": len(named & set(lexicon)),
        "jieba alone": scored(clauses, segmenter(())),
        "with the lexicon": scored(clauses, segmenter(lexicon)),
    }


def table(found: dict[str, Any]) -> str:
    """The figures as Markdown, then what still comes out in pieces."""
    lines = [
        f"{found['clauses']} clauses, {found['distinct']} distinct terms, {found['in the lexicon']} of them in the lexicon.\n",
        "| segmentation | terms | one word | within a longer word | cut |",
        "|---|---|---|---|---|",
    ]
    for name in ("jieba alone", "with the lexicon"):
        row = found[name]
        lines.append(f"| {name} | {row['terms']} | {row['whole']} ({row['share']:.0%}) | {len(row['within'])} | {len(row['cut'])} |")
    rest = found["with the lexicon"]
    lines.append("\nStill cut: " + " ".join(dict.fromkeys(rest["cut"])))
    lines.append("Within a longer word: " + " ".join(dict.fromkeys(rest["within"])))
    return "\n".join(lines)
