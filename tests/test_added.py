"""Clauses of a user's own, in the formats that people have."""

from __future__ import annotations

import json

import pytest

from nlp.errors import BadCorpus
from train.added import read_added

ROW = ("更新不及时", "problem", ("timeliness",))
STUDIO = [
    {"data": {"text": "更新不及时。将加强培训。"}, "annotations": [{"result": [
        {"value": {"start": 0, "end": 5, "labels": ["problem"]}},
        {"value": {"start": 0, "end": 5, "choices": ["timeliness"]}},
        {"value": {"start": 6, "end": 11, "labels": ["承诺"]}},
    ]}]},
    {"data": {"text": "公开36条"}, "annotations": [{"result": [{"value": {"choices": ["done"]}}]}]},
    {"data": {"text": "nobody labelled this"}, "annotations": []},
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.csv", "\ufefftext,label,topics\n更新不及时,problem,timeliness\n"),
        ("own.tsv", "text\tlabel\ttopic\tdocument\n更新不及时\t问题\ttimeliness\t7\n"),
        ("own.jsonl", '{"text": "更新不及时", "label": "problem", "topics": ["timeliness"]}\n\n'),
    ],
)
def test_tables_and_lines_are_read(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (example,) = read_added(tmp_path / name)
    assert (example.clause.text, example.label, example.topics) == ROW


def test_spans_and_choices_of_label_studio_are_read(tmp_path):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(STUDIO), encoding="utf-8")
    found = [(e.clause.text, e.label, e.topics) for e in read_added(path)]
    assert found == [ROW, ("将加强培训", "commitment", ()), ("公开36条", "done", ())]


def test_context_is_taken_along(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("text,label,context\n加强培训,commitment,[五、存在的问题] 下一步：\n", encoding="utf-8")
    (example,) = read_added(path)
    assert (example.clause.section, example.clause.lead_in) == ("problems", "下一步")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("own.csv", "text\n更新不及时\n", "columns text and label"),
        ("own.csv", "text,label\n更新不及时,bad\n", "own.csv:2"),
        ("own.csv", "text,label,topics\n更新不及时,problem,weather\n", "weather"),
        ("own.csv", "text,label\n", "no labelled text"),
        ("own.jsonl", "{\n", "own.jsonl:1: not JSON .*; one object a line"),
        ("own.jsonl", "\n[]\n", "own.jsonl:2: not a JSON object"),
        ("own.json", "{}", "list of tasks"),
        ("own.json", '[{"data": {}}]', "task 1"),
        ("own.xlsx", "", "name it .csv"),
    ],
)
def test_a_bad_file_is_named_with_its_place(tmp_path, name, text, said):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadCorpus, match=said):
        read_added(tmp_path / name)
