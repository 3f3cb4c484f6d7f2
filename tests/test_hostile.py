"""Hostile files, each read in a process of its own: one line of error, within seconds and memory."""

from __future__ import annotations

import pytest

from evaluate.hostile.files import FILES
from evaluate.hostile.measure import MOST_MEMORY, Measured, measure

# What each must be answered with; "" where it is read.
ANSWERS: dict[str, str] = {
    "encrypted PDF": "unreadable_input",
    "truncated PDF": "damaged_file",
    "PDF of 10,000 pages": "input_too_large",
    "PDF that unpacks to 56 MB": "input_too_large",
    "PDF of run lengths, 1.3 GB": "empty_input",
    "DOCX that unpacks to 300 MB": "input_too_large",
    "DOCX of 8 million elements": "input_too_large",
    "DOCX of 3 million attributes": "input_too_large",
    "DOCX of 400,000 files": "input_too_large",
    "DOCX, billion laughs": "damaged_file",
    "DOCX, entities in UTF-16": "damaged_file",
    "DOCX, external entity": "damaged_file",
    "HTML of a million nested tags": "input_too_large",
    "HTML, a million attributes": "",
    "HTML of open comments": "empty_input",
    "file of 200 MB": "input_too_large",
    "text of 3 million numbers": "input_too_large",
    "text of 500,000 labels": "input_too_large",
    "text under the bound, of labels": "",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_file_is_answered_in_one_line_within_bounds(name: str) -> None:
    found = measure(FILES[name]())
    assert (found.code, found.holds) == (ANSWERS[name], True), found
    assert found.memory < MOST_MEMORY
    if found.code:
        assert ":" in found.said, "says what to do"
        assert "/etc" not in found.said


@pytest.mark.parametrize(
    ("found", "holds"),
    [
        (Measured(1, 100, "", ""), True),
        (Measured(1, 100, "empty_input", "is empty"), True),
        (Measured(1, 100, "empty_input", "is\nempty"), False),
        (Measured(100, 100, "", ""), False),
        (Measured(1, 2000, "", ""), False),
    ],
)
def test_what_keeps_the_bounds(found: Measured, holds: bool) -> None:
    assert found.holds is holds
