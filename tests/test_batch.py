"""Many files into a folder: nothing lost, nothing twice, the same bytes whatever happens."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlp.batch import discover
from nlp.batch.items import Entry, Group, Input, Reference, Result
from nlp.batch.outputs import FILES, Outputs
from nlp.batch.planner import Planner
from nlp.batch.target import Target
from nlp.errors import TargetDiffers, TargetInUse, TargetUnwritable

ROOT = Path(__file__).resolve().parents[1]


def batch(*arguments: str | Path, wait: bool = True, **more):
    command = [sys.executable, "-c", "from nlp.cli import main; main()", "batch", "--no-summary",
               *map(str, arguments)]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8",
                   "OMP_NUM_THREADS": "1"}  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
                               env=environment, encoding="utf-8", **more)  # fmt: skip
    if not wait:
        return process
    _, process.said = process.communicate()
    return process


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory, report_text: str) -> Path:
    """40 different reports in two folders, one of them there three times, and three bad files."""
    folder = tmp_path_factory.mktemp("inputs")
    for number in range(40):
        text = report_text.replace("沅渚县林业局", f"沅渚县第{number + 1}林业局")
        path = folder / f"part-{number % 2}" / f"r{number:02}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("gb18030" if number % 3 else "utf-8"))
    again = (folder / "part-0" / "r00.txt").read_bytes()
    (folder / "z-again.txt").write_bytes(again)
    (folder / "z-once-more.txt").write_bytes(again)
    (folder / "bad-empty.txt").write_bytes(b"")
    (folder / "bad-binary.doc").write_bytes(bytes(range(256)) * 20)
    (folder / "bad-pipe.html").unlink(missing_ok=True)
    os.mkfifo(folder / "bad-pipe.html")
    (folder / ".hidden.txt").write_text("not looked at")
    return folder


@pytest.fixture(scope="module")
def done(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undisturbed run with one worker, and every export."""
    out = tmp_path_factory.mktemp("done") / "out"
    process = batch(inputs, "--out", out, "--workers", 1, "--parquet", "--xlsx", "--dta")
    assert process.returncode == 1, process.said
    assert "Traceback" not in process.said
    return out


# --- what comes out ----------------------------------------------------------------------


def test_every_input_is_in_one_of_the_outputs(done: Path) -> None:
    assert len(lines(done / "reports.jsonl")) == 40
    errors = {Path(one["source"]["name"]).name: one["error"]["code"] for one in lines(done / "errors.jsonl")}
    assert errors == {"bad-empty.txt": "empty_input", "bad-binary.doc": "unsupported_format",
                      "bad-pipe.html": "unreadable_input"}  # fmt: skip
    duplicates = lines(done / "duplicates.jsonl")
    assert [Path(one["source"]["name"]).name for one in duplicates] == ["z-again.txt", "z-once-more.txt"]
    assert all(one["duplicate_of"].endswith("r00.txt") for one in duplicates)


def test_reports_are_those_of_analyze_in_the_order_of_names(inputs: Path, done: Path) -> None:
    import nlp

    reports = lines(done / "reports.jsonl")
    names = [one["source"]["name"] for one in reports]
    assert names == sorted(names)
    alone = nlp.analyze(names[3], summary=False).to_dict()
    assert reports[3] == json.loads(json.dumps(alone))


def test_csv_opens_in_excel_and_has_a_row_a_cell(done: Path) -> None:
    cells = (done / "cells.csv").read_bytes()
    assert cells.startswith(b"\xef\xbb\xbfsource,agency,year,table,row,column,value,how\n")
    assert cells.count(b"\n") == 1 + sum(len(one["cells"]) for one in lines(done / "reports.jsonl"))
    statements = (done / "statements.csv").read_text("utf-8-sig").splitlines()
    assert statements[0].startswith("source,agency,year,id,section,label,score,topics")


def test_run_json_counts_and_names_the_models(done: Path) -> None:
    run = json.loads((done / "run.json").read_text("utf-8"))
    assert run["state"] == "finished"
    assert run["counts"] == {"reports": 40, "failed": 3, "duplicates": 2, "passed_over": 0,
                             "checks_failed": run["counts"]["checks_failed"]}  # fmt: skip
    assert len(run["depends_on"]["models/tagger"]) == 64


def test_exports_hold_the_same(done: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    pandas = pytest.importorskip("pandas")
    reports = pq.read_table(done / "parquet" / "reports").to_pylist()
    assert {one["source"]["name"] for one in reports} == {
        one["source"]["name"] for one in lines(done / "reports.jsonl")
    }
    assert {one["year"] for one in reports} == {2022}
    assert (done / "parquet" / "cells" / "year=2022" / "part.parquet").exists()
    stata = pandas.read_stata(done / "stata" / "reports.dta")
    assert len(stata) == 40 and set(stata["q_new_total"]) == {4}
    sheet = pandas.read_excel(done / "reports.xlsx", sheet_name="reports")
    assert set(sheet["requests.new.total"]) == {4} and len(sheet) == 40


def test_stata_names_fit_and_differ() -> None:
    from nlp.batch import stata, wide

    names = [stata.variable(column.key) for column in wide.COLUMNS]
    assert len(set(names)) == len(names) and max(map(len, names)) <= 32


# --- again, otherwise, stopped -----------------------------------------------------------


def test_three_workers_give_the_bytes_of_one(inputs: Path, done: Path, tmp_path: Path) -> None:
    batch(inputs, "--out", tmp_path / "out", "--workers", 3, "--quiet")
    assert outputs(tmp_path / "out") == outputs(done)


def test_called_again_nothing_is_done_twice(inputs: Path, done: Path) -> None:
    before = outputs(done)
    process = batch(inputs, "--out", done)
    assert process.returncode == 1 and outputs(done) == before
    assert "0 of them now" in process.said


@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_killed_it_goes_on_and_ends_the_same(
    victim: str, inputs: Path, done: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = batch(inputs, "--out", out, "--workers", 2, wait=False)
    while not (out / "reports.jsonl").exists() or not (out / "reports.jsonl").stat().st_size:
        assert process.poll() is None
        time.sleep(0.01)
    if victim == "parent":
        process.kill()
        process.communicate()
        with (out / "reports.jsonl").open("ab") as file:
            file.write(b'{"half a li')  # as a kill within a write leaves it
        process = batch(inputs, "--out", out, "--workers", 1)
    else:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children[-1:]:
            os.kill(int(child), signal.SIGKILL)
        process.communicate()
    assert process.returncode == 1 and outputs(out) == outputs(done)


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(inputs: Path, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = batch(inputs, "--out", out, "--workers", 1, wait=False)
    while not (out / "reports.jsonl").exists() or not (out / "reports.jsonl").stat().st_size:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    if process.returncode != 1:  # not done before the signal came
        assert process.returncode == 130 and "goes on" in said and "Traceback" not in said
        assert json.loads((out / "run.json").read_text())["state"] == "stopped"
    batch(inputs, "--out", out)
    assert outputs(out) == outputs(done)


def test_a_second_run_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    first = Target(tmp_path / "out", {"nianbao": "1"})
    with pytest.raises(TargetInUse, match=f"process {os.getpid()}"):
        Target(tmp_path / "out", {"nianbao": "1"})
    first.close()
    Target(tmp_path / "out", {"nianbao": "1"}).close()  # a lock that nobody holds is no lock


def test_other_models_are_refused_until_redo(tmp_path: Path) -> None:
    Target(tmp_path / "out", {"models/tagger": "a" * 64}).close()
    with pytest.raises(TargetDiffers, match=r"models/tagger a{12} is now b{12}.*--redo"):
        Target(tmp_path / "out", {"models/tagger": "b" * 64})
    Target(tmp_path / "out", {"models/tagger": "b" * 64}, redo=True).close()


def test_files_of_another_origin_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_text("mine\n")
    with pytest.raises(TargetDiffers, match="no run of batch"):
        Target(tmp_path, {})
    assert (tmp_path / "reports.jsonl").read_text() == "mine\n"


def test_outputs_cut_by_hand_are_noticed(tmp_path: Path) -> None:
    target = Target(tmp_path, {})
    target.commit(group(1, "a"), [Result("done", b"{}\n")])
    target.close()
    (tmp_path / "reports.jsonl").write_bytes(b"")
    with pytest.raises(TargetDiffers, match="changed by hand"):
        Target(tmp_path, {})


def test_retry_tries_only_what_failed(inputs: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "good.txt").write_bytes((inputs / "part-0" / "r00.txt").read_bytes())
    (folder / "later.txt").symlink_to(folder / "not-yet")
    assert batch(folder, "--out", out).returncode == 1
    (folder / "not-yet").write_bytes((inputs / "part-0" / "r02.txt").read_bytes())
    process = batch(folder / "good.txt", folder / "later.txt", "--out", out, "--retry")
    assert process.returncode == 0, process.said
    assert len(lines(out / "reports.jsonl")) == 2 and not lines(out / "errors.jsonl")


def test_lists_come_from_files_and_standard_input(inputs: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_text(f"{inputs}/part-0/r00.txt\n\n{inputs}/part-1/r01.txt\n")
    assert batch("--from", listed, "--out", tmp_path / "a").returncode == 0
    process = batch("-", "--out", tmp_path / "b", wait=False)
    process.communicate(listed.read_text())
    assert outputs(tmp_path / "a") == outputs(tmp_path / "b")


# --- a disk that is full, a target that cannot be written --------------------------------


def test_a_full_disk_is_said_and_nothing_is_broken(inputs: Path, done: Path, tmp_path: Path) -> None:
    """A bound on the size of files stands for the full disk: a write ends in the middle."""
    out = tmp_path / "out"

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    process = batch(inputs, "--out", out, preexec_fn=bounded)
    assert process.returncode == 2
    assert "cannot be written" in process.said and "goes on" in process.said
    assert "Traceback" not in process.said
    for name in ("reports.jsonl", "cells.csv", "errors.jsonl"):
        assert (out / name).read_bytes() == (done / name).read_bytes()[: (out / name).stat().st_size]
    assert batch(inputs, "--out", out).returncode == 1
    assert outputs(out) == outputs(done)


def test_a_target_that_cannot_be_made_is_said(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    process = batch(inputs, "--out", tmp_path / "file" / "out")
    assert process.returncode == 2 and "cannot be written" in process.said
    assert "Traceback" not in process.said


def group(number: int, *names: str) -> Group:
    def made(name: str) -> Entry:
        digest = f"{abs(hash(name)) % 16**8:064x}"
        return Entry(Input(name, Reference(name), digest), "analyse")

    return Group(number, tuple(map(made, names)))


def test_a_write_that_fails_half_way_is_cut_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target(tmp_path, {})
    target.commit(group(1, "a"), [Result("done", b'{"a": 1}\n', b"a\n", b"a\n")])
    whole = Outputs._write

    def fails(self: Outputs, name: str, data: bytes) -> None:
        if name == "cells.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(self, name, data)

    monkeypatch.setattr(Outputs, "_write", fails)
    with pytest.raises(TargetUnwritable, match="No space left"):
        target.commit(group(2, "b"), [Result("done", b'{"b": 1}\n', b"b\n", b"b\n")])
    assert (tmp_path / "reports.jsonl").read_bytes() == b'{"a": 1}\n'
    target.close()


def test_bytes_that_power_loss_took_are_done_again(tmp_path: Path) -> None:
    """The journal may reach the disk before the outputs: what was not synced is checked."""
    target = Target(tmp_path, {})
    for number, name in enumerate("abc", 1):
        target.commit(group(number, name), [Result("done", name.encode() * 9 + b"\n")])
    target._outputs.close()
    target.journal.close()
    target._lock.release()
    path = tmp_path / "reports.jsonl"
    path.write_bytes(path.read_bytes()[:10] + b"\0" * 20)  # lengths as they were, bytes lost
    again = Target(tmp_path, {})
    assert path.read_bytes() == b"aaaaaaaaa\n"
    assert again.journal.tally() == [("done", "", 1, 0)]
    assert again.journal.last_group() == 1
    again.close()


# --- planning and finding ----------------------------------------------------------------


def planner(known: dict[bytes, str] | None = None) -> Planner:
    return Planner((known or {}).get, lambda key, name: False, 1)


def named(*names: str) -> list[tuple[Input, bytes]]:
    return [(Input(name, Reference(name), f"{int(name[1:]):064x}"), b"") for name in names]


def test_groups_close_by_count_and_take_up_where_they_were() -> None:
    found = named(*(f"r{number}" for number in range(40)))
    whole = [group for group, _ in planner().groups(found)]
    assert [len(group.entries) for group in whole] == [16, 16, 8]
    known = {entry.input.key: entry.input.name for entry in whole[0].entries}
    rest = [group for group, _ in planner(known).groups(found)]
    assert [group.entries for group in rest] == [group.entries for group in whole[1:]]


def test_the_same_bytes_are_analysed_once() -> None:
    first, second = named("r1", "r1")[0], (Input("r2", Reference("r2"), f"{1:064x}"), b"")
    ((made, _),) = planner().groups([first, second, second, first])
    assert [(entry.role, entry.of) for entry in made.entries] == [("analyse", None), ("duplicate", "r1")]


def test_names_are_sorted_the_same_in_memory_and_on_disk() -> None:
    names = [f"{number * 7919 % 1000:03}报告" for number in range(1000)]
    assert list(discover.in_order(names, 64)) == list(discover.in_order(names)) == sorted(names)


def test_the_output_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "reports.jsonl").write_text("x")
    found = list(discover.paths([str(tmp_path)], exclude=tmp_path / "out"))
    assert found == [str(tmp_path / "a.txt")]


def test_urls_are_walked_through_fsspec(report_text: str) -> None:
    fsspec = pytest.importorskip("fsspec")
    from nlp.batch.containers import inputs_of

    store = fsspec.filesystem("memory")
    store.pipe("/reports/b.txt", report_text.encode())
    store.pipe("/reports/2023/a.txt", report_text.encode())
    found = list(discover.paths(["memory://reports"]))
    assert [one.rpartition("/")[2] for one in found] == ["b.txt", "a.txt"]
    assert [data for one in found for _, data in inputs_of(one)] == [report_text.encode()] * 2


def test_a_tagger_that_cannot_be_chosen_is_said(inputs: Path, tmp_path: Path) -> None:
    from inspect import signature

    from nlp import analysis

    if "tagger" in signature(analysis.analyze_documents).parameters:
        pytest.skip("taggers can be chosen")
    process = batch(inputs, "--out", tmp_path / "out", "--tagger", "accurate", "--workers", 1)
    assert process.returncode == 2 and "no choice of taggers" in process.said


def test_a_link_to_a_folder_is_not_followed_and_said(tmp_path: Path) -> None:
    from nlp.batch.containers import inputs_of

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (path,) = discover.paths([str(tmp_path / "in")])
    ((item, data),) = inputs_of(path)
    assert data is None and item.error is not None and "link to a folder" in item.error[1]


def test_pages_are_shown_on_a_terminal_and_lines_elsewhere() -> None:
    import io

    from nlp.batch.progress import Progress, spoken

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    progress = Progress(stream)
    with progress.shown():
        progress.figures.total, progress.figures.met = 10, 5
        progress.figures.add(Input("a", Reference("a")), Result("done", seconds=2.0))
        progress.tick()
        progress.say("nianbao: a line")
    assert "1 done, 0 failed" in stream.getvalue() and "a line" in stream.getvalue()
    assert [spoken(n) for n in (12, 600, 12_000)] == ["12 s", "10 min", "3 h 20 min"]
