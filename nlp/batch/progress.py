"""How far a run is: a bar on a terminal, plain lines elsewhere, and a report at its end."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TextIO

from .items import Input, Result

_EVERY = 10.0  # seconds between plain lines
_WINDOW = 60.0  # seconds over which the rate is taken
_SLOWEST = 5


@dataclass
class Figures:
    """What this run did; what earlier runs did is the journal's."""

    done: int = 0
    failed: int = 0
    passed_over: int = 0
    duplicates: int = 0
    met: int = 0  # inputs met in all, those of earlier runs too
    total: int | None = None
    slowest: list[tuple[float, str]] = field(default_factory=list)
    marks: deque[tuple[float, int]] = field(default_factory=lambda: deque([(time.monotonic(), 0)]))

    def add(self, item: Input, result: Result) -> None:
        """Count an input that was settled."""
        setattr(self, result.status, getattr(self, result.status) + 1)
        heapq.heappush(self.slowest, (result.seconds, item.name))
        if len(self.slowest) > _SLOWEST:
            heapq.heappop(self.slowest)

    @property
    def settled(self) -> int:
        return self.done + self.failed + self.passed_over + self.duplicates

    def rate(self) -> float:
        """Inputs a second, over the last minute."""
        now = time.monotonic()
        self.marks.append((now, self.settled))
        while len(self.marks) > 2 and self.marks[0][0] < now - _WINDOW:
            self.marks.popleft()
        (then, before), (last, after) = self.marks[0], self.marks[-1]
        return (after - before) / (last - then) if last > then else 0.0

    def seconds_left(self, rate: float) -> float | None:
        """None where the number of inputs is not known."""
        if self.total is None or rate <= 0 or self.met > self.total:
            return None
        return (self.total - self.met) / rate


def spoken(seconds: float) -> str:
    """A span of time in words: ``45 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"


class Progress:
    """Says on a stream how far a run is.

    Parameters
    ----------
    stream : TextIO
        Standard error.
    quiet : bool
        Say nothing but what ends the run.
    """

    def __init__(self, stream: TextIO, quiet: bool = False) -> None:
        self._stream, self._quiet = stream, quiet
        self._fancy = not quiet and stream.isatty()
        self._last = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        self.figures = Figures()

    def say(self, line: str) -> None:
        """A line of its own."""
        if self._quiet:
            return
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=self._stream, flush=True)

    def complain(self, item: Input, result: Result) -> None:
        """One line for an input that failed."""
        self.say(f"nianbao: {item.name}: {result.message}")

    def count_in_background(self, count: Any) -> None:
        """Learn the number of inputs while the run goes on; ``count`` is called in a thread."""

        def run() -> None:
            try:
                self.figures.total = count()
            except Exception:  # the run itself meets whatever it is, and says so
                self.figures.total = None

        threading.Thread(target=run, daemon=True).start()

    @contextmanager
    def shown(self) -> Iterator[Progress]:
        """The bar stands while this is open."""
        if not self._fancy:
            yield self
            return
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Bar(*columns, console=Console(file=self._stream), transient=True) as bar:
            self._bar, self._task = bar, bar.add_task("starting", total=None)
            try:
                yield self
            finally:
                self._bar = None

    def tick(self) -> None:
        """Show the figures where it is time to."""
        figures, now = self.figures, time.monotonic()
        if self._quiet or (self._bar is None and now - self._last < _EVERY):
            return
        rate = figures.rate()
        left = figures.seconds_left(rate)
        words = f"{figures.settled:,} done, {figures.failed:,} failed, {rate:.1f}/s"
        if left is not None:
            words += f", about {spoken(left)} left"
        if self._bar is not None:
            self._bar.update(self._task, description=words, total=figures.total,
                             completed=figures.met)  # fmt: skip
        else:
            self._last = now
            print(f"nianbao: {words}", file=self._stream, flush=True)


def closing_lines(facts: dict[str, Any]) -> list[str]:
    """The report at the end of a run, from what ``run.json`` says."""
    counts = facts["counts"]
    lines = [
        f"{counts['reports']:,} reports, {counts['failed']:,} failed, "
        f"{counts['duplicates']:,} duplicates"
        + (f", {counts['passed_over']:,} pages that are no reports" if counts["passed_over"] else "")
        + f"; {facts['this_run']['settled']:,} of them now, in {spoken(facts['this_run']['seconds'])}"
        + f" ({facts['this_run']['rate']:.1f}/s)"
    ]
    if counts["checks_failed"]:
        lines.append(f"sums that do not hold in the sources: {counts['checks_failed']:,}")
    if facts["errors"]:
        kinds = ", ".join(f"{code} {count:,}" for code, count in facts["errors"].items())
        lines.append(f"failed by kind: {kinds}")
    if facts["this_run"]["workers_replaced"]:
        lines.append(f"workers replaced: {facts['this_run']['workers_replaced']:,}")
    slow = [one for one in facts["this_run"]["slowest"] if one["seconds"] >= 1]
    if slow:
        lines.append("slowest: " + "; ".join(f"{one['name']} {one['seconds']:.1f} s" for one in slow))
    return lines
