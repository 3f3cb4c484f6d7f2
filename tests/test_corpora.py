"""The corpora: they hold together, and what is tested was not learned."""

from __future__ import annotations

import re
import shutil
from collections import Counter

import pytest

from nlp.errors import BadCorpus
from nlp.form import TOPICS
from train.cards import CARDS, card, write_cards
from train.corpus import CORPORA, TEST_PASSES, clauses_of, load, parse_authoring, split_of
from train.overlap import near_duplicates, plain

REPORTS = load("reports")
STATEMENTS = load("statements")
RETOLD = load("retold")


def test_no_test_clause_is_nearly_a_training_clause() -> None:
    assert list(near_duplicates()) == []


def test_a_pass_is_in_one_split_and_both_splits_are_there() -> None:
    splits = Counter(split_of(record["pass"]) for record in REPORTS)
    assert splits["test"] >= 20 and splits["train"] >= 120
    assert {r["pass"] for r in (*REPORTS, *STATEMENTS, *RETOLD, *load("links"), *load("summaries"))} >= TEST_PASSES


def test_every_topic_and_label_is_learned_from() -> None:
    clauses = [c for r in REPORTS if split_of(r["pass"]) == "train" for c in clauses_of(r)]
    labels = Counter(clause["label"] for clause in clauses)
    assert labels["problem"] >= 600 and labels["commitment"] >= 600
    topics = Counter(topic for clause in clauses for topic in clause["topics"])
    assert set(topics) == set(TOPICS) and min(topics.values()) >= 20


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: f"{r['pass']}/{r['id']}")
def test_a_summary_has_no_number_that_its_report_lacks(report: dict) -> None:
    text = "".join(clause["text"] for clause in clauses_of(report)) + (report["agency"] or "")
    own = set(re.findall(r"\d[\d,.]*", text.replace("，", " ")))
    own |= {str(cell["value"]) for cell in report["cells"]} | {str(report["year"])}
    own |= {str(report["year"] + 1)}
    for summary in (*report["summary"], *report["short"]):
        strange = [n for n in re.findall(r"\d[\d,.]*\d|\d", summary) if n not in own]
        assert strange == [], summary


def test_links_over_two_years() -> None:
    links = load("links")
    counts = Counter((one["kind"], one["link"]) for one in links)
    assert len(links) >= 300 and min(counts.values()) >= 30 and len(counts) == 6
    assert {split_of(one["pass"]) for one in links} == {"train", "test"}


def test_no_address_and_no_telephone_number() -> None:
    number = re.compile(r"(?<!\d)(?!0000)(?:1[3-9]\d{9}|0\d{2,3}[-—]?\d{7,8})(?!\d)|\w+@(?!example|univ\.example)\w+\.\w+")
    for record in (*REPORTS, *STATEMENTS, *RETOLD):
        texts = [c["text"] for c in clauses_of(record)] if "paragraphs" in record else [record["text"]]
        assert [t for t in texts if number.search(t)] == []


def test_plain_text_for_comparing() -> None:
    assert plain("（一）２０２２年公开 1,204 条。") == "一0年公开0条"


def test_authoring_format(tmp_path) -> None:
    path = tmp_path / "report-x.txt"
    path.write_text(
        "@@ id=x1 kind=street form=2021 year=2022 agency=某街道办事处\nh 五、存在的问题\n\n"
        "p:content 一是内容不全；\nc:content 今后充实内容。\nt requests.new.natural_person=2\n"
        "t requests.granted.natural_person=2\nS 概要\nK 内容不全 => 内容不全\nF 内容不全\nL p1-c1\n",
        encoding="utf-8",
    )
    (report,) = parse_authoring(path)
    assert [len(p) for p in report["paragraphs"]] == [1, 2]
    assert {"table": "requests", "row": "total", "column": "total", "value": 2} in report["cells"]
    assert report["key_facts"] == ["内容不全"] and report["pairs"] == [[1, 1]]


@pytest.mark.parametrize("folder", CARDS)
def test_a_card_counts_what_its_files_hold(folder: str) -> None:
    stands = (CORPORA / folder / "README.md").read_text(encoding="utf-8")
    assert card(folder) == stands, "python -m train.corpus counts --write"


def test_cards_are_written_and_need_their_marks(tmp_path) -> None:
    shutil.copytree(CORPORA, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "generate"))
    path = tmp_path / "links" / "README.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("| 160 |", "| 7 |"), encoding="utf-8")
    assert write_cards(tmp_path) == ["links"] and path.read_text(encoding="utf-8") == text
    path.write_text("# links\n", encoding="utf-8")
    with pytest.raises(BadCorpus, match=r"links/README\.md"):
        card("links", tmp_path)


def test_as_many_pairs_and_compressions_as_the_summaries_need() -> None:
    paragraphs = sum(len(r["summary"]) for r in REPORTS) + len(load("summaries"))
    assert paragraphs >= 600 and sum(len(r["compressions"]) for r in REPORTS) >= 3000
