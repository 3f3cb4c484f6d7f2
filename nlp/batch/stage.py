"""What is done to inputs: bytes in, lines out. The one code path of every engine.

A pure function of a group's bytes, names and options: what a group gives depends neither on
the process nor on the machine's load (but for inputs that take too long or too much memory,
which whoever watches over this process sees to).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..document import Document
from ..errors import NianbaoError, Unexpected
from ..report import Report
from .items import Input, Result
from .options import Options
from .outputs import csv_bytes

Job = tuple[Input, bytes]
Beat = Callable[["int | None"], None]  # which job is at work; None: the models, on all of them


def error_line(item: Input, code: str, message: str) -> bytes:
    """A line of ``errors.jsonl``."""
    source = {"name": item.name, "sha256": item.sha256}
    return _json({"source": source, "error": {"code": code, "message": message}})


def failed(item: Input, code: str, message: str, seconds: float = 0.0) -> Result:
    """What stands for an input that could not be analysed."""
    message = " ".join(message.split())
    line = error_line(item, code, message)
    return Result("failed", line, code=code, message=message, seconds=seconds)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def rendered(report: Report, seconds: float) -> Result:
    """A report as the bytes that are appended to the outputs."""
    source, agency, year = report.source.name, report.meta.agency, report.meta.year
    cells = csv_bytes(
        (source, agency, year, c.table, c.row, c.column, c.value, c.how) for c in report.tables.cells
    )
    statements = csv_bytes(
        (source, agency, year, s.id, s.section, s.label, s.score, ";".join(s.topics), s.start,
         s.end, s.text) for s in report.statements
    )  # fmt: skip
    wrong = sum(check.status == "fail" for check in report.checks)
    line = _json(report.to_dict())
    return Result("done", line, cells, statements, checks_failed=wrong, seconds=seconds)


class Stage:
    """The stages with their models, loaded once.

    Raises
    ------
    MissingModel, MissingExtra
        If a model or what runs it is not there.
    """

    def __init__(self, options: Options) -> None:
        from .. import analysis
        from ..cascade import tagger_for

        analysis.one_thread()
        tagger_for(options.tagger)
        if options.summary:
            import torch

            torch.set_num_threads(1)
            analysis.shipped_summarizer()
        self._analyze: Callable[..., Any] = analysis.analyze_documents
        self._choices = {"summary": options.summary, "tagger": options.tagger}

    def run(self, jobs: Sequence[Job], beat: Beat = lambda at: None) -> list[Result]:
        """One result a job, in order.

        Raises
        ------
        MemoryError
            If memory ran out; nothing else gets out.
        """
        results: dict[int, Result] = {}
        while True:
            attempt = _Attempt(jobs, results, beat)
            try:
                return self._attempt(attempt)
            except MemoryError:
                raise
            except Exception as error:
                if attempt.at is not None:
                    results = {**attempt.broken, attempt.at: _unexpected(attempt, attempt.at, error)}
                elif len(attempt.order) == 1:
                    at = attempt.order[0]
                    results = {**attempt.broken, at: _unexpected(attempt, at, error)}
                else:  # in the models: whoever fails alone is left out
                    return self._one_by_one(jobs, beat)

    def _one_by_one(self, jobs: Sequence[Job], beat: Beat) -> list[Result]:
        alone = []
        for number, job in enumerate(jobs):
            beat(number)
            alone += self.run([job])
        return alone

    def _attempt(self, attempt: _Attempt) -> list[Result]:
        outcomes = self._analyze(attempt.documents(), **self._choices)
        share = (time.perf_counter() - attempt.since) / max(1, len(attempt.order))
        results = dict(attempt.broken)
        for number, outcome in zip(attempt.order, outcomes, strict=True):
            item, seconds = attempt.jobs[number][0], attempt.seconds[number] + share
            if isinstance(outcome, Report):
                results[number] = rendered(outcome, seconds)
            else:
                results[number] = refused(item, outcome, seconds)
        return [results[number] for number in range(len(attempt.jobs))]


class _Attempt:
    """One go at a group: hands out its documents, and knows which is at work."""

    def __init__(self, jobs: Sequence[Job], broken: dict[int, Result], beat: Beat) -> None:
        self.jobs, self.broken, self._beat = jobs, dict(broken), beat
        self.at: int | None = None
        self.order: list[int] = []
        self.seconds: dict[int, float] = {}
        self.since = time.perf_counter()
        self._skip = set(broken)

    def documents(self) -> Iterator[Document]:
        from .. import readers

        for number, (item, data) in enumerate(self.jobs):
            if number in self._skip:
                continue
            self.at = number
            self._beat(number)
            began = time.perf_counter()
            try:
                document = readers.read(data, item.as_, item.name, item.charset)
            except NianbaoError as error:
                self.broken[number] = refused(item, error, time.perf_counter() - began)
                continue
            self.order.append(number)
            yield document
            self.seconds[number] = time.perf_counter() - began
        self.at = None
        self._beat(None)
        self.since = time.perf_counter()


def refused(item: Input, error: NianbaoError, seconds: float) -> Result:
    """An input that a stage refuses; one out of a crawl is passed over."""
    if item.sieve:
        return Result("passed_over", code=error.code, seconds=seconds)
    return failed(item, error.code, str(error), seconds)


def _unexpected(attempt: _Attempt, at: int, error: Exception) -> Result:
    message = (
        f"met a fault of this package ({type(error).__name__}: {error}); "
        "run `nianbao --debug analyze` on it and report the traceback"
    )
    return failed(attempt.jobs[at][0], Unexpected.code, message)
