"""A whole run: from what was given to a folder of results."""

from __future__ import annotations

import platform
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from .. import __version__
from . import discover
from .containers import inputs_of
from .crew import Crew
from .exports import write_exports
from .feed import Feed
from .items import Group, Input, Result
from .options import Options, dependencies
from .planner import Planner
from .progress import Progress, closing_lines
from .target import Target


@dataclass(frozen=True)
class Request:
    """What a run is asked to do.

    Attributes
    ----------
    given : tuple of str
        Files, folders, globs, archives, URLs; ``-`` for a list on standard input.
    lists : tuple of str
        Files that list inputs, one a line.
    out : str
        The output folder, or the URL of one.
    exports : tuple of str
        Further outputs: ``parquet``, ``xlsx``, ``dta``.
    engine : str
        ``local`` or ``ray``.
    """

    given: tuple[str, ...]
    out: str
    lists: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    exports: tuple[str, ...] = ()
    engine: str = "local"
    redo: bool = False
    retry: bool = False


class Engine(Protocol):
    """Turns paths into committed groups' results, in order."""

    @property
    def replaced(self) -> int: ...

    def results(
        self, paths: Iterator[str], planner: Planner, stopped: Callable[[], bool]
    ) -> Iterator[tuple[Group, list[Result]]]: ...

    def close(self) -> None: ...


class LocalEngine:
    """Worker processes of this machine."""

    def __init__(self, options: Options, met: Callable[[], None]) -> None:
        self._options, self._met = options, met
        self._crew = Crew(options)

    @property
    def replaced(self) -> int:
        return self._crew.replaced

    def results(
        self, paths: Iterator[str], planner: Planner, stopped: Callable[[], bool]
    ) -> Iterator[tuple[Group, list[Result]]]:
        def found() -> Iterator[tuple[Input, bytes | None]]:
            for path in paths:
                yield from inputs_of(path)
                self._met()

        feed = Feed(planner.groups(found(), self._options.as_))
        try:
            yield from self._crew.results(feed, stopped)
        finally:
            feed.close()

    def close(self) -> None:
        self._crew.close()


class Stop:
    """The first Ctrl-C or SIGTERM asks for a clean end; a second Ctrl-C ends at once."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    @contextmanager
    def listening(self) -> Iterator[Stop]:
        def ask(number: int, frame: Any) -> None:
            if self.asked and number == signal.SIGINT:
                raise KeyboardInterrupt
            self.asked = True

        try:
            before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
        except ValueError:  # not in the main thread: whoever runs this listens
            yield self
            return
        try:
            yield self
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def run(request: Request, progress: Progress) -> dict[str, Any]:
    """Do it, or what is left of it; gives what ``run.json`` says.

    Raises
    ------
    NianbaoError
        If the run cannot begin or go on; what was done is kept, and the same call goes on.
    """
    began = time.monotonic()
    needs = dependencies(request.options)
    from .remote import staged

    with staged(request.out) as folder:
        target = Target(folder, needs, request.redo, request.retry)
        stop = Stop()
        engine: Engine | None = None
        try:
            with stop.listening(), progress.shown():
                engine = _engine(request, progress)
                _work(request, target, engine, progress, stop)
            target.sync()
            facts = _facts(request, target, needs, progress, time.monotonic() - began,
                           engine.replaced, stop.asked)  # fmt: skip
            target.write_run(facts)
            if not stop.asked:
                write_exports(folder, request.exports, progress.say)
        finally:
            if engine is not None:
                engine.close()
            target.close()
    if not stop.asked:
        for line in closing_lines(facts):
            progress.say(f"nianbao: {line}")
    return facts


def _engine(request: Request, progress: Progress) -> Engine:
    def met() -> None:
        progress.figures.met += 1

    if request.engine == "ray":
        from .ray_engine import RayEngine

        return RayEngine(request.options, met)
    return LocalEngine(request.options, met)


def _work(
    request: Request, target: Target, engine: Engine, progress: Progress, stop: Stop
) -> None:
    given: Sequence[str] = request.given
    progress.count_in_background(lambda: discover.count(given, request.lists))
    paths: Iterable[str] = discover.paths(given, request.lists, exclude=target.folder)
    planner = Planner(target.journal.known, target.journal.known_duplicate,
                      target.journal.last_group() + 1)  # fmt: skip
    for group, results in engine.results(iter(paths), planner, stop):
        for item, result in target.commit(group, results):
            progress.figures.add(item, result)
            if result.status == "failed":
                progress.complain(item, result)
        progress.figures.duplicates += sum(one.role == "duplicate" for one in group.entries)
        planner.committed(group)
        progress.tick()


def _facts(
    request: Request, target: Target, needs: dict[str, str], progress: Progress,
    seconds: float, replaced: int, stopped: bool,
) -> dict[str, Any]:  # fmt: skip
    """What ``run.json`` says: everything in the folder, then this run."""
    tally = target.journal.tally()
    count = {status: sum(n for s, _, n, _ in tally if s == status)
             for status in ("done", "failed", "passed_over", "duplicate")}  # fmt: skip
    errors = {code: n for status, code, n, _ in tally if status == "failed"}
    figures = progress.figures
    return {
        "nianbao": __version__,
        "state": "stopped" if stopped else "finished",
        "counts": {
            "reports": count["done"], "failed": count["failed"], "duplicates": count["duplicate"],
            "passed_over": count["passed_over"], "checks_failed": sum(row[3] for row in tally),
        },
        "errors": dict(sorted(errors.items(), key=lambda one: (-one[1], one[0]))),
        "depends_on": needs,
        "this_run": {
            "engine": request.engine, "workers": request.options.workers,
            "seconds": round(seconds, 2), "settled": figures.settled, "failed": figures.failed,
            "rate": round(figures.settled / seconds, 2) if seconds else 0.0,
            "workers_replaced": replaced, "python": platform.python_version(),
            "slowest": [{"name": name, "seconds": round(took, 3)}
                        for took, name in sorted(figures.slowest, reverse=True)],
        },
    }  # fmt: skip
