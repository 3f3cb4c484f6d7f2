"""Generated reports: same seed, same bytes; the truth holds; they are like the study's reports."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import nlp
from corpora.generate import RATES, Rates, generate, read_rates
from corpora.generate.__main__ import main
from corpora.generate.bank import read_bank
from evaluate.distance.measures import TARGETS, is_short, measure
from nlp.errors import BadCorpus
from nlp.form import TOPICS
from nlp.report import LABELS, Cell
from nlp.solve import difference, identities_of
from train.corpus import check_report, split_of
from train.overlap import shingles

ROOT = Path(__file__).resolve().parents[1]
CLEAN = read_rates(["all"])
SAMPLE = [report.truth for report in generate(400, 8, "mixed")]


def cells_of(truth: dict) -> list[Cell]:
    return [Cell(c["table"], c["row"], c["column"], c["value"], "read") for c in truth["cells"]]


def broken_sums(truth: dict) -> list[str]:
    cells = cells_of(truth)
    known = {(c.table, c.row, c.column): c.value for c in cells}
    gaps = []
    for one in identities_of(cells):
        own = {(row, column): value for (table, row, column), value in known.items() if table == one.table}
        if difference(one, own) not in (None, 0):
            gaps.append(one.where)
    return gaps


def test_same_seed_same_bytes_in_any_process() -> None:
    command = [sys.executable, "-m", "corpora.generate", "--count", "30", "--seed", "4", "--format", "mixed", "--out", "-"]
    runs = [
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env={"PYTHONHASHSEED": salt}).stdout
        for salt in ("1", "2")
    ]
    assert runs[0] == runs[1] and runs[0].count(b"\n") == 30


def test_a_report_does_not_depend_on_how_many_are_made() -> None:
    (alone,) = generate(1, 8, "mixed", first=7)
    assert alone.truth == SAMPLE[6]
    assert next(generate(1, 9, "mixed")).truth["text"] != SAMPLE[0]["text"]


def test_offsets_are_those_of_the_clauses() -> None:
    for truth in SAMPLE:
        places = [label for label in truth["labels"] if not label["furniture"]]
        clauses = [clause for paragraph in truth["paragraphs"] for clause in paragraph]
        assert [truth["text"][one["start"] : one["end"]] for one in places] == [c["text"] for c in clauses]
        assert all(a["end"] <= b["start"] for a, b in zip(truth["labels"], truth["labels"][1:], strict=False))


def test_the_truth_is_a_labelled_report_of_the_corpora() -> None:
    for truth in SAMPLE:
        check_report(truth, truth["id"])
        assert truth["synthetic"] and "never for a quality figure" in truth["notice"]
        assert all(fact in truth["text"] for fact in truth["key_facts"])
        labels = {clause["label"] for paragraph in truth["paragraphs"] for clause in paragraph}
        assert labels <= set(LABELS)


def test_a_text_is_its_source_and_a_page_shows_the_same_clauses() -> None:
    for report in generate(20, 3, "text"):
        assert report.source == report.truth["text"]
    for report in generate(20, 3, "html", rates=CLEAN):
        text = nlp.analyze(report.source.encode(), "html", summary=False).text
        for paragraph in report.truth["paragraphs"]:
            for clause in paragraph:
                assert clause["text"].strip() in text or clause["heading"]


def test_prose_tables_and_summary_follow_one_set_of_facts() -> None:
    for report in generate(150, 12, rates=CLEAN):
        truth = report.truth
        assert truth["faults"] == [] and broken_sums(truth) == []
        if truth["tables"]:
            checks = nlp.analyze(report.source, "txt", summary=False).checks
            failed = [c for c in checks if c.status == "fail"]
            assert failed == [], truth["id"]
        assert all(80 <= len(summary) <= 180 for summary in truth["summary"])


@pytest.mark.parametrize("fault", sorted(RATES))
def test_a_fault_strikes_when_asked_for_and_only_then(fault: str) -> None:
    only = read_rates(["all"], [f"{fault}=1"])
    struck = Counter(name for report in generate(40, 5, rates=only) for name in report.truth["faults"])
    assert set(struck) == {fault}, struck


def test_faults_are_told() -> None:
    sums = [r.truth for r in generate(60, 6, rates=read_rates(["all"], ["sums=1"])) if r.truth["tables"]]
    assert sums and all(broken_sums(truth) for truth in sums)
    blank = [r.truth for r in generate(60, 6, rates=read_rates(["all"], ["blanks=1"])) if r.truth["tables"]]
    assert all(any(c["value"] is None and "meant" in c for c in truth["cells"]) for truth in blank)


def misread(rates: Rates, seed: int, count: int = 60) -> tuple[list[tuple], float]:
    """Cells read as another number than is printed, and the share of printed numbers read."""
    wrong, read, there = [], 0, 0
    for report in generate(count, seed, "mixed", rates=rates, forms=("2019", "2021")):
        truth = report.truth
        as_ = "html" if truth["format"] == "html" else "txt"
        cells = nlp.analyze(report.source.encode(), as_, summary=False).tables.cells
        printed = {(c["table"], c["row"], c["column"]): c for c in truth["cells"]}
        there += sum(cell["value"] is not None for cell in printed.values())
        for got in cells:
            cell = printed.get((got.table, got.row, got.column))
            if got.value is None:
                continue
            read += 1
            settled = cell and cell["value"] is None and got.how == "derived" and got.value == cell["meant"]
            if not settled and (cell is None or got.value != cell["value"]):
                wrong.append((truth["id"], truth["faults"], cell, got))
    return wrong, read / there


def test_cells_are_read_right_or_null() -> None:
    """Through the whole pipeline, every fault at its real rate but that of sums."""
    wrong, share = misread(read_rates(["sums"]), seed=4)
    assert wrong == [] and share > 0.97


def test_cells_of_tables_that_do_not_add_up_are_read_right_or_null() -> None:
    wrong, _ = misread(read_rates([], ["sums=1", "lost_tables=0"]), seed=4)
    assert wrong == []


def test_short_reports_are_in_the_ranges_of_the_study() -> None:
    short = [r.truth for r in generate(1200, 2026) if is_short(r.truth)]
    figures = measure(short)
    assert len(short) > 400
    assert {t.name: figures[t.name] for t in TARGETS if not t.low <= figures[t.name] <= t.high} == {}


def test_every_kind_form_topic_and_layout_is_there() -> None:
    assert {truth["form"] for truth in SAMPLE} == {"free", "2019", "2021"}
    assert len({truth["kind"] for truth in SAMPLE}) >= 9
    topics = {t for truth in SAMPLE for p in truth["paragraphs"] for c in p for t in c["topics"]}
    assert topics == set(TOPICS)
    assert len({truth["tables_as"] for truth in SAMPLE}) >= 6


def test_the_bank_holds_training_passes_only() -> None:
    bank = read_bank("train")
    assert {split_of(name) for name in bank.passes} == {"train"}
    with pytest.raises(BadCorpus, match="only the training passes"):
        read_bank("test")


def test_no_generated_clause_is_nearly_a_test_clause() -> None:
    from train.overlap import LIKE, _texts, plain, stock

    formula, root = stock(), ROOT / "corpora"
    tests = [shingles(text) for text in _texts("test", root) if not formula.fullmatch(plain(text))]
    holders: dict[str, list[int]] = {}
    for number, grams in enumerate(tests):
        for gram in grams:
            holders.setdefault(gram, []).append(number)
    made = {c["text"] for truth in SAMPLE for p in truth["paragraphs"] for c in p if not c["heading"]}
    for text in made:
        grams = shingles(text)
        if len(plain(text)) < 15:
            continue
        shared = Counter(number for gram in grams for number in holders.get(gram, ()))
        for number, count in shared.most_common(1):
            assert count / (len(grams) + len(tests[number]) - count) < LIKE, text


def test_more_than_two_thousand_a_minute() -> None:
    read_bank()
    began = time.process_time()
    for _ in generate(300, 1, "mixed"):
        pass
    assert 300 / (time.process_time() - began) > 2000 / 60


def test_the_command_writes_a_folder_and_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made"
    assert main(["--count", "5", "--seed", "1", "--out", str(out), "--format", "mixed", "--without", "typos"]) == 0
    truths = [json.loads(line) for line in (out / "truth.jsonl").read_text("utf-8").splitlines()]
    assert len(truths) == 5 and all((out / truth["file"]).read_text("utf-8") for truth in truths)
    assert json.loads((out / "run.json").read_text("utf-8"))["rates"]["typos"] == 0
    capsys.readouterr()
    for wrong, message in (
        (["--out", str(out)], "not an empty folder"), (["--out", "-", "--bank", "test"], "only the training passes"),
        (["--out", "-", "--without", "rain"], "no fault is called 'rain'"), (["--out", "-", "--rate", "typos=2"], "rate 0 to 1"),
    ):  # fmt: skip
        assert main(["--count", "1", *wrong]) == 1
        assert message in capsys.readouterr().err
