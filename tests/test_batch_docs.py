"""The page on batch: its options are the command's, its three queries run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from nlp.batch import wide
from nlp.batch.outputs import FILES
from nlp.cli import batch, cli

PAGE = (Path(__file__).resolve().parents[1] / "nlp" / "batch" / "README.md").read_text("utf-8")


def test_every_option_and_every_output_is_on_the_page() -> None:
    options = {name for one in batch.params for name in one.opts if name.startswith("--")}
    assert [name for name in sorted(options) if name not in PAGE] == []
    assert [name for name in FILES if name not in PAGE] == []
    assert CliRunner().invoke(cli, ["batch", "--help"]).exit_code == 0


def test_a_call_without_inputs_says_what_to_give(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["batch", "--out", str(tmp_path)])
    assert result.exit_code == 2 and "give inputs" in result.output


def test_the_queries_of_the_page_run(report_text: str, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    from nlp.batch.command import call

    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(report_text, "utf-8")
    (source / "b.txt").write_text(report_text.replace("| 3 | 1 | 0 | 0 | 0 | 0 | 4", "| 3 | 1 | 0 | 0 | 0 | 0 | 5", 1))
    out = tmp_path / "results"
    call((str(source),), (), str(out), summary=False, workers=1, exports=("parquet",), quiet=True)
    queries = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
    first, second, third = (duckdb.sql(one.replace("results/", f"{out}/")).fetchall() for one in queries)
    assert first[0][0] == 2022 and first[0][2] == 1.0
    assert {"content", "timeliness"} <= {row[0] for row in second}
    assert third and all(row[0] == "沅渚县林业局" for row in third)


def test_a_row_has_a_place_for_every_cell(report_text: str) -> None:
    import nlp

    record = json.loads(json.dumps(nlp.analyze(report_text, as_="txt", summary=False).to_dict()))
    row = dict(zip((column.key for column in wide.COLUMNS), wide.row(record), strict=True))
    cells = {f"{c['table']}.{c['row']}.{c['column']}": c["value"] for c in record["cells"]}
    assert {key: row[key] for key in cells} == cells
    assert row["problems"] == 2 and row["agency"] == "沅渚县林业局"
