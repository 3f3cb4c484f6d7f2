"""Inputs that kill whoever reads them: the worker is replaced, the input named, the rest done."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from nlp.batch import worker
from nlp.batch.crew import Crew
from nlp.batch.feed import Feed
from nlp.batch.items import Entry, Group, Input, Reference, Result
from nlp.batch.options import Options
from nlp.batch.stage import Job
from nlp.batch.tasks import Death, Task
from nlp.errors import MissingModel, WorkerDied

OPTIONS = Options(summary=False, workers=2, timeout=1.0, memory=600)


class Poisoned:
    """A stage whose inputs say what they do to the process."""

    def __init__(self, options: Options) -> None:
        if options.tagger == "missing":
            raise MissingModel("model 'tagger' was not found")
        if options.tagger == "broken":
            os._exit(3)

    def run(self, jobs: Sequence[Job], beat) -> list[Result]:
        for number, (_, data) in enumerate(jobs):
            beat(number)
            deed = data.decode().split()
            if deed[0] == "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            elif deed[0] == "exit":
                os._exit(7)
            elif deed[0] == "sleep":
                time.sleep(60)
            elif deed[0] == "memory":
                bytearray(2 * 2**30)
            elif deed[0] == "once" and not Path(deed[1]).exists():
                Path(deed[1]).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        beat(None)
        if any(data.startswith(b"models") for _, data in jobs) and len(jobs) > 1:
            os.kill(os.getpid(), signal.SIGKILL)
        # The line says who was in the group: it must not depend on what happened to others.
        together = " ".join(item.name for item, _ in jobs).encode()
        return [Result("done", together) for _ in jobs]


def poisoned_main(pipe, options: Options) -> None:
    from nlp.batch import stage

    stage.Stage = Poisoned
    worker.main(pipe, options)


def groups(*deeds: Sequence[str]) -> list[tuple[Group, dict[str, bytes]]]:
    made, number = [], 0
    for place, some in enumerate(deeds, 1):
        entries, data = [], {}
        for deed in some:
            digest = f"{number:064x}"
            entries.append(Entry(Input(f"i{number}", Reference("x"), digest), "analyse"))
            data[digest] = deed.encode()
            number += 1
        made.append((Group(place, tuple(entries)), data))
    return made


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    one = Crew(OPTIONS, poisoned_main)
    yield one
    one.close()


def results(crew: Crew, *deeds: Sequence[str]) -> list[list[Result]]:
    feed = Feed(groups(*deeds))
    try:
        return [found for _, found in crew.results(feed)]
    finally:
        feed.close()


@pytest.mark.parametrize(
    ("deed", "code", "words"),
    [
        ("crash", "worker_died", "SIGSEGV"),
        ("exit", "worker_died", "status 7"),
        ("sleep", "timed_out", "longer than 1 s"),
        ("memory", "out_of_memory", "600 MiB"),
    ],
)
def test_the_culprit_is_named_and_the_others_are_done(
    crew: Crew, deed: str, code: str, words: str
) -> None:
    ((first, bad, last),) = results(crew, ["good", deed, "good"])
    assert (bad.status, bad.code) == ("failed", code) and words in str(bad.message)
    assert first.line == last.line == b"i0 i2"


def test_groups_come_in_order_whoever_dies(crew: Crew) -> None:
    found = results(crew, ["crash"], ["good"], ["good", "exit"], ["good"])
    assert [[one.status for one in some] for some in found] == [
        ["failed"], ["done"], ["done", "failed"], ["done"],
    ]  # fmt: skip


def test_a_worker_killed_from_outside_changes_nothing(crew: Crew, tmp_path: Path) -> None:
    (found,) = results(crew, ["good", f"once {tmp_path / 'mark'}", "good"])
    assert [one.line for one in found] == [b"i0 i1 i2"] * 3


def test_a_death_in_the_models_ends_in_each_alone(crew: Crew) -> None:
    (found,) = results(crew, ["good", "models", "good"])
    assert [one.line for one in found] == [b"i0", b"i1", b"i2"]


def test_a_missing_model_is_said_at_once() -> None:
    crew = Crew(Options(tagger="missing"), poisoned_main)
    with pytest.raises(MissingModel, match="not found"):
        results(crew, ["good"])
    crew.close()


def test_workers_that_never_start_are_not_started_for_ever() -> None:
    crew = Crew(Options(tagger="broken"), poisoned_main)
    with pytest.raises(WorkerDied, match="cannot start"):
        results(crew, ["good"])
    crew.close()


def test_a_suspect_that_lives_alone_is_cleared_once() -> None:
    """Dying twice in company and never alone is given up at last: the run must end."""
    ((group, data),) = groups(["a", "b", "c"])
    task = Task(group, [(entry.input, data[entry.input.sha256 or ""]) for entry in group.entries])
    death = Death("worker_died", "…")
    assert len(task.next_jobs()) == 3
    task.died(1, death)
    assert [item.name for item, _ in task.next_jobs()] == ["i1"]
    task.succeeded([Result("done")])
    assert len(task.next_jobs()) == 3
    task.died(1, death)
    assert [item.name for item, _ in task.next_jobs()] == ["i0", "i2"]
    task.succeeded([Result("done"), Result("done")])
    assert task.done and task.results[1].status == "failed"


def test_a_fault_of_the_package_is_the_inputs_error(report_text: str, monkeypatch) -> None:
    from nlp import analysis
    from nlp.batch.stage import Stage

    whole = analysis._structure

    def fails(document):
        if document.source.name == "bad":
            raise ZeroDivisionError("by zero")
        return whole(document)

    monkeypatch.setattr(analysis, "_structure", fails)
    digest = "0" * 64
    jobs = [(Input(name, Reference(name), digest), report_text.encode()) for name in ("a", "bad", "b")]
    found = Stage(Options(summary=False)).run(jobs)
    assert [one.status for one in found] == ["done", "failed", "done"]
    assert found[1].code == "unexpected_error" and "by zero" in str(found[1].message)
