"""``python -m train.rarity``: the table of document frequencies that the planner's highlights need.

Counts, over the reports of the training passes, in how many reports each word and each pair of
neighbouring words of a deed stands. Terms of one report only are left out: unknown is rarest.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from nlp.artefacts import MANIFEST, write_manifest
from nlp.rarity import FILE, terms_of
from nlp.words import read_lexicon, segmenter

from .corpus import CORPORA, clauses_of, load

MODELS = CORPORA.parent / "models"
LEAST = 2  # reports


def count() -> dict[str, Any]:
    """The table: ``documents`` and ``counts`` of terms in at least ``LEAST`` of them."""
    cut = segmenter(read_lexicon(CORPORA / "lexicon" / "words.txt"))
    found: Counter[str] = Counter()
    reports = load("reports", "train")
    for report in reports:
        terms: set[str] = set()
        for clause in clauses_of(report):
            if clause["label"] == "done" and not clause["heading"]:
                words, pairs = terms_of(clause["text"], cut)
                terms.update(words, pairs)
        found.update(terms)
    kept = {term: found[term] for term in sorted(found) if found[term] >= LEAST}
    return {"documents": len(reports), "counts": kept}


def write(out: Path) -> int:
    """Write the table to a model's folder; the number of its terms."""
    table = count()
    text = json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":"))
    (out / FILE).write_text(text + "\n", encoding="utf-8")
    return len(table["counts"])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="train.rarity", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS / "summarizer")
    out: Path = parser.parse_args(argv).out
    terms = write(out)
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    files = {*manifest.pop("files"), FILE}
    write_manifest(out, sorted(files), manifest)
    print(f"{terms} terms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
