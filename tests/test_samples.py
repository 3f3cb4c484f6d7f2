"""The shipped samples: every cell and the meta as ``expected.json`` has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import nlp

SAMPLES = Path(__file__).resolve().parents[1] / "corpora" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))


def test_expected_names_every_sample() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.suffix in (".txt", ".html")}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_cell_of_a_sample(name: str) -> None:
    expected = EXPECTED[name]
    report = nlp.analyze(SAMPLES / name, summary=False)
    meta = report.meta
    assert (meta.agency, meta.year, meta.published, meta.form) == tuple(
        expected[key] for key in ("agency", "year", "published", "form")
    )
    found = {cell.key: cell.value for cell in report.tables.cells}
    assert {key: value for key, value in found.items() if value != 0} == expected["cells"]
    assert all(check.status == "pass" for check in report.checks)
    assert report.problems and report.commitments
