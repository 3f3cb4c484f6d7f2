"""Many inputs: read and analysed in batches, and over worker processes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from .analysis import Input, Wanted, analyze_documents, one_thread, read
from .cascade import Mode
from .document import Document
from .errors import NianbaoError
from .report import Report

_BATCH = 32  # reports tagged and summarised together


def analyze_all(
    sources: Iterable[tuple[str, Input]], as_: str | None = None, summary: bool | Wanted = True,
    tagger: Mode | None = None,
) -> Iterator[tuple[str, Report | NianbaoError]]:
    """``(name, report or error)`` for each ``(name, input)``, in order; none stops the others."""
    batch: list[tuple[str, Document | NianbaoError]] = []
    for name, source in sources:
        try:
            batch.append((name, read(source, as_, name)))
        except NianbaoError as error:
            batch.append((name, error))
        if len(batch) >= _BATCH:
            yield from _flush(batch, summary, tagger)
            batch = []
    yield from _flush(batch, summary, tagger)


def _flush(
    batch: Sequence[tuple[str, Document | NianbaoError]], summary: bool | Wanted, tagger: Mode | None
) -> Iterator[tuple[str, Report | NianbaoError]]:
    documents = [one for _, one in batch if isinstance(one, Document)]
    outcomes = iter(analyze_documents(documents, summary, tagger))
    for name, one in batch:
        yield name, next(outcomes) if isinstance(one, Document) else one


def analyze_many(
    paths: Iterable[str | os.PathLike[str]], workers: int = 1, *, summary: bool | Wanted = True,
    tagger: Mode | None = None,
) -> Iterator[Report]:
    """Reports of many paths, in order.

    Parameters
    ----------
    paths : iterable of path
    workers : int
        Processes; each loads the models once.

    Raises
    ------
    NianbaoError
        At the first input that fails; :func:`analyze_all` goes on instead.
    """
    named = [(os.fspath(path), path) for path in paths]
    for name, outcome in analyze_in_parallel(named, workers, summary, tagger=tagger):
        if isinstance(outcome, NianbaoError):
            raise type(outcome)(f"{name}: {outcome}")
        yield outcome


def _work(
    job: tuple[Sequence[tuple[str, Input]], str | None, bool | Wanted, Mode | None],
) -> list[tuple[str, Report | NianbaoError]]:
    named, as_, summary, tagger = job
    return list(analyze_all(named, as_, summary, tagger))


def analyze_in_parallel(
    named: Sequence[tuple[str, Input]], workers: int, summary: bool | Wanted = True, as_: str | None = None,
    tagger: Mode | None = None,
) -> Iterator[tuple[str, Report | NianbaoError]]:
    """:func:`analyze_all` over worker processes, in order."""
    if workers <= 1 or len(named) < 2:
        yield from analyze_all(named, as_, summary, tagger)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    jobs = [(named[i : i + _BATCH], as_, summary, tagger) for i in range(0, len(named), _BATCH)]
    with ProcessPoolExecutor(workers, get_context("spawn"), one_thread) as pool:
        for outcomes in pool.map(_work, jobs):
            yield from outcomes
