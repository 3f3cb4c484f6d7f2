"""A group on its way through workers that may die of it: what to try next, and when to give up.

The rule: an input at which a worker died is tried once more, alone. Where it dies again it is
given up and the group runs without it; where it lives, something else had killed the worker,
and the whole group runs again. So the results of the others never depend on chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .items import Group, Result
from .stage import Job, failed


@dataclass(frozen=True, slots=True)
class Death:
    """Why a worker ended: the code and message of the error that its input gets."""

    code: str
    message: str


@dataclass(slots=True)
class Task:
    """A group with what is known of it so far."""

    group: Group
    jobs: Sequence[Job]
    results: dict[int, Result] = field(default_factory=dict)  # given up, or done alone
    running: tuple[int, ...] = ()  # jobs that the worker was given
    done: bool = False
    _suspect: int | None = None
    _cleared: set[int] = field(default_factory=set)
    _deaths_in_models: int = 0

    def next_jobs(self) -> list[Job]:
        """What a worker is to do now."""
        if self._suspect is not None:
            self.running = (self._suspect,)
        else:
            left = [n for n in range(len(self.jobs)) if n not in self.results]
            self.running = tuple(left[:1] if self._one_by_one else left)
        return [self.jobs[number] for number in self.running]

    @property
    def _one_by_one(self) -> bool:
        return self._deaths_in_models > 1

    def succeeded(self, results: Sequence[Result]) -> None:
        """The worker did what it was given."""
        if self._suspect is not None and not self._one_by_one:
            self._cleared.add(self._suspect)
            self._suspect = None
            return
        self._suspect = None
        self.results.update(zip(self.running, results, strict=True))
        self.done = len(self.results) == len(self.jobs)

    def died(self, at: int | None, death: Death) -> None:
        """The worker died at the ``at``-th of the jobs it was given, or in the models."""
        if at is None and len(self.running) > 1:
            self._deaths_in_models += 1
            return
        number = self.running[at or 0]
        if self._suspect == number or number in self._cleared:
            self.results[number] = failed(self.jobs[number][0], death.code, death.message)
            self._suspect = None
            self.done = len(self.results) == len(self.jobs)
        else:
            self._suspect = number
