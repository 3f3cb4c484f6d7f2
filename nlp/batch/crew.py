"""Worker processes kept busy, watched and replaced; results in the order of the groups."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import connection, get_context
from typing import Any

from .. import errors
from ..errors import NianbaoError, OutOfMemory, TimedOut, WorkerDied
from .feed import Feed
from .items import Group, Result
from .options import Options
from .tasks import Death, Task
from .worker import main

_START = 600.0  # seconds that a worker may take to load its models on a busy machine
_TICK = 0.5  # seconds between looks at the clock
_STARTS_IN_VAIN = 3


Main = Callable[[connection.Connection, Options], None]  # what a worker process runs


class _Worker:
    """One process, the pipe to it, and what it is doing."""

    def __init__(self, options: Options, main: Main) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=main, args=(theirs, options), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.task: Task | None = None
        self.at: int | None = None
        self.since = time.monotonic()

    def give(self, task: Task) -> None:
        jobs = task.next_jobs()
        self.task, self.at, self.since = task, None, time.monotonic()
        with contextlib.suppress(OSError):  # it died waiting: the pipe says so soon
            self.pipe.send(jobs)

    def overdue(self, timeout: float) -> bool:
        if not self.ready:
            return time.monotonic() - self.since > _START
        if self.task is None:
            return False
        at_once = 1 if self.at is not None else len(self.task.running) + 1
        return time.monotonic() - self.since > timeout * at_once

    def kill(self) -> None:
        """End the process and what it started."""
        pid = self.process.pid
        if pid is not None and sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Crew:
    """``options.workers`` processes that turn groups into results.

    Attributes
    ----------
    replaced : int
        Workers that died or were killed and replaced.
    """

    def __init__(self, options: Options, main: Main = main) -> None:
        self._options, self._main = options, main
        self._in_vain = 0
        self.replaced = 0
        self._workers = [_Worker(options, main) for _ in range(options.workers)]
        self._waiting: deque[Task] = deque()  # to be given out, what died first
        self._open: deque[Task] = deque()  # in order, not yet handed on

    def close(self) -> None:
        """End all workers, at once."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    # --- the loop ------------------------------------------------------------------------

    def results(
        self, feed: Feed, stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Group, list[Result]]]:
        """Groups with one result an input, in order, until the feed ends or it is stopped."""
        most_open = 4 * self._options.workers + 4
        while not stopped():
            while len(self._open) < most_open and len(self._waiting) < 2 and (one := feed.take()):
                self.add(*one)
            self._give_out()
            while self._open and self._open[0].done:
                task = self._open.popleft()
                yield task.group, [task.results[number] for number in range(len(task.jobs))]
            if not self._open and feed.ended:
                return
            if not (self._open and self._open[0].done):
                self._listen(feed)

    def run_one(self, group: Group, bytes_of: Mapping[str, bytes]) -> list[Result]:
        """The results of a single group."""
        self.add(group, bytes_of)
        task = self._open[0]
        while not task.done:
            self._give_out()
            self._listen(None)
        self._open.popleft()
        return [task.results[number] for number in range(len(task.jobs))]

    def add(self, group: Group, bytes_of: Mapping[str, bytes]) -> None:
        """A further group to work on."""
        jobs = [(item, bytes_of[item.sha256 or ""]) for item in group.inputs]
        task = Task(group, jobs, done=not jobs)
        self._open.append(task)
        if jobs:
            self._waiting.append(task)

    def _give_out(self) -> None:
        for worker in self._workers:
            if worker.ready and worker.task is None and self._waiting:
                worker.give(self._waiting.popleft())

    def _listen(self, feed: Feed | None) -> None:
        """Wait for news of workers or feed, and take them in."""
        pipes = {worker.pipe: worker for worker in self._workers}
        wakers: list[Any] = [*pipes]
        room = len(self._waiting) < 2 and len(self._open) < 4 * self._options.workers + 4
        if feed is not None and room and not feed.ended:
            wakers.append(feed.waker)
        for waker in connection.wait(wakers, _TICK):
            if feed is not None and waker is feed.waker:
                feed.woken()
            elif waker in pipes:
                self._hear(pipes[waker])
        for number, worker in enumerate(self._workers):
            if worker.overdue(self._options.timeout):
                self._bury(number, _overdue(self._options.timeout))

    # --- what workers say ----------------------------------------------------------------

    def _hear(self, worker: _Worker) -> None:
        number = self._workers.index(worker)
        try:
            kind, *rest = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._bury(number, _ended(worker.process.exitcode))
            return
        if kind == "at":
            worker.at, worker.since = rest[0], time.monotonic()
        elif kind == "ready":
            worker.ready, self._in_vain = True, 0
        elif kind == "unfit":
            raise _as_error(*rest)
        elif kind == "memory":
            self._bury(number, Death(OutOfMemory.code, _MEMORY.format(self._options.memory)))
        else:
            task, worker.task = worker.task, None
            if task is not None:
                task.succeeded(rest[0])
                if not task.done:
                    self._waiting.appendleft(task)

    def _bury(self, number: int, death: Death) -> None:
        """Replace a worker that died; its task is tried again or gives its input up."""
        worker = self._workers[number]
        worker.kill()
        if not worker.ready:
            self._in_vain += 1
            if self._in_vain >= _STARTS_IN_VAIN:
                raise WorkerDied(f"workers cannot start: {death.message}")
        self.replaced += 1
        task = worker.task
        if task is not None:
            task.died(worker.at, death)
            if not task.done:
                self._waiting.appendleft(task)
        self._workers[number] = _Worker(self._options, self._main)


_MEMORY = "needs more memory than a worker is given ({} MiB): give more with --memory"


def _overdue(timeout: float) -> Death:
    return Death(TimedOut.code, f"took longer than {timeout:g} s, twice: give more with --timeout")


def _ended(code: int | None) -> Death:
    what = f"ended with status {code}"
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            what = f"was ended by {signal.Signals(-code).name}"
    return Death(WorkerDied.code, f"the process that read it {what}, twice: open it and see if it is sound")


def _as_error(code: str, message: str) -> NianbaoError:
    kinds: Sequence[type] = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        if issubclass(kind, NianbaoError) and kind.code == code:
            return kind(message)
    return NianbaoError(message)
