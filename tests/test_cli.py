"""What a user meets: commands, exit status, one clear line for each bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from nlp.cli import cli
from nlp.schema import json_schema

ROOT = Path(__file__).resolve().parents[1]


def call(*arguments: str, given: str | None = None):
    return CliRunner().invoke(cli, list(arguments), input=given)


@pytest.fixture
def folder(tmp_path: Path, report_text: str) -> Path:
    (tmp_path / "good.txt").write_text(report_text, encoding="utf-8")
    (tmp_path / "gb.txt").write_bytes(report_text.encode("gb18030"))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "zeros.bin").write_bytes(bytes(3000))
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "digits.txt").write_text("0\n" * 400)
    (tmp_path / "page.html").write_text("<html><body><p>今天天气很好。</p></body></html>", "utf-8")
    with zipfile.ZipFile(tmp_path / "notes.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<a/>")
    return tmp_path


def test_bad_inputs_do_not_stop_the_good_one(folder: Path) -> None:
    names = ["missing.txt", "notes.xlsx", "good.txt"]
    result = call("analyze", "--no-summary", *(str(folder / name) for name in names))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [line.get("error", {}).get("code") for line in lines] == [
        "unreadable_input",
        "unsupported_format",
        None,
    ]
    complaints = result.stderr.splitlines()
    assert len(complaints) == 2 and all(c.startswith("nianbao: ") for c in complaints)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.txt", "empty_input"),
        ("zeros.bin", "empty_input"),
        ("noise.bin", "unsupported_format"),
        ("digits.txt", "not_a_report"),
        ("page.html", "not_a_report"),
        ("", "unreadable_input"),
    ],
)
def test_each_kind_of_bad_input_has_its_own_word(folder: Path, name: str, code: str) -> None:
    path = folder / name if name else folder / "none"
    result = call("analyze", "--no-summary", str(path))
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == code


def test_encodings_give_the_same_cells(folder: Path) -> None:
    result = call("tables", str(folder / "good.txt"), str(folder / "gb.txt"), "--format", "json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    first, second = rows[:200], rows[200:]
    assert [r["value"] for r in first] == [r["value"] for r in second]
    assert result.exit_code == 0


def test_wide_tables_have_a_row_a_report(folder: Path) -> None:
    result = call("tables", str(folder / "good.txt"), "--wide")
    lines = result.stdout.splitlines()
    assert len(lines) == 2 and lines[0].count(",") == 202


def test_tag_reads_standard_input_line_by_line() -> None:
    result = call("tag", "--json", given="一是公开内容不够全面\n全年公开信息12条\n")
    labels = [json.loads(line)["label"] for line in result.stdout.splitlines()]
    assert labels == ["problem", "done"]


def test_tag_answers_before_standard_input_ends() -> None:
    command = [sys.executable, "-c", "from nlp.cli import main; main()", "tag"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("公开内容不够全面\n".encode())
        process.stdin.flush()
        assert process.stdout.readline().decode().startswith("problem")
        process.stdin.close()


def test_output_follows_its_schema(folder: Path) -> None:
    import jsonschema

    result = call("analyze", "--no-summary", str(folder / "good.txt"), str(folder / "none"))
    for line in result.stdout.splitlines():
        jsonschema.validate(json.loads(line), dict(json_schema()))


@pytest.mark.parametrize("command", ["analyze", "tag", "summarize", "tables", "batch", "schema"])
def test_every_command_is_in_the_readme_and_has_help(command: str) -> None:
    assert f"nianbao {command}" in (ROOT / "README.md").read_text("utf-8")
    assert f"nianbao {command}" in (ROOT / "README.zh.md").read_text("utf-8")
    assert call(command, "--help").exit_code == 0


def test_a_wrong_call_is_status_two() -> None:
    assert call("analyze").exit_code == 2
    assert call("analyze", "--no-such-option", "x").exit_code == 2
