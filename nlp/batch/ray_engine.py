"""The same groups on a Ray cluster: placement, back-pressure and restarts are Ray's.

Two passes of Ray Data over a window of paths. The first opens each path where Ray puts it and
gives references with digests (members of archives, pages of a crawl that pass the first test);
the planner here forms groups of them, as it does for one machine. The second reads each group's
bytes by reference and runs it, by a crew of one worker in each actor: so an input that kills
its process is tried, given up and named just as on one machine, and a machine that is lost is
Ray's to replace. Results come back in order and are written here, by the same writer. Windows
keep memory flat and make a stopped run go on where it was.

Paths must mean the same on every node: a shared file system, or URLs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from ..errors import MissingExtra, NianbaoError, WorkerDied
from .containers import Found, inputs_of, load
from .crew import Crew
from .items import Entry, Group, Input, Reference, Result
from .options import Options
from .planner import Planner
from .stage import failed

_WINDOW = 20_000  # paths; models are loaded anew for each, which takes seconds
_FIELDS = ("line", "cells", "statements")  # of a result, as bytes


class RayEngine:
    """Groups on the cluster that ``RAY_ADDRESS`` names, else on one started here.

    Raises
    ------
    MissingExtra
        If Ray is not installed.
    """

    replaced = 0  # Ray counts its own

    def __init__(self, options: Options, met: Callable[[], None]) -> None:
        try:
            import ray
            import ray.data
        except ImportError:
            raise MissingExtra("--engine ray needs Ray: pip install 'nianbao[ray]'") from None
        self._options, self._met = options, met
        self._started = not ray.is_initialized()
        if self._started:
            ray.init(log_to_driver=False, configure_logging=False)
        self._actors = options.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)

    def results(
        self, paths: Iterator[str], planner: Planner, stopped: Callable[[], bool]
    ) -> Iterator[tuple[Group, list[Result]]]:
        """Groups with one result an input, in order."""
        groups = planner.groups(self._found(paths), self._options.as_)
        while not stopped():
            window = [group for group, _ in islice(groups, _WINDOW // 16)]
            if not window:
                return
            yield from self._run(window, stopped)

    def _found(self, paths: Iterator[str]) -> Iterator[Found]:
        """First pass: what is in each path, in order."""
        import ray

        while window := list(islice(paths, _WINDOW)):
            rows = ray.data.from_items([{"path": path.encode("utf-8", "surrogateescape")}
                                        for path in window])  # fmt: skip
            for row in rows.map(_looked_into).iter_rows():
                for item in json.loads(row["inputs"]):
                    yield _item(item), None
                self._met()

    def _run(
        self, window: list[Group], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Group, list[Result]]]:
        """Second pass: results of groups, in order."""
        import ray

        items = [{"number": group.number, "inputs": _to_json(group.inputs)} for group in window]
        blocks = min(len(items), max(1, len(items) // 4), 512)
        rows = ray.data.from_items(items, override_num_blocks=blocks).map(
            _Actor,
            fn_constructor_args=(asdict(replace(self._options, workers=1)),),
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=self._actors),
            num_cpus=1,
        )
        for group, row in zip(window, rows.iter_rows(), strict=True):
            if row["number"] != group.number:
                raise WorkerDied("Ray gave results out of order: report this")
            if row["error"]:
                raise NianbaoError(row["error"])
            yield group, _results(row)
            if stopped():
                return

    def close(self) -> None:
        """End the cluster if it was started here."""
        import ray

        if self._started:
            ray.shutdown()


class _Actor:
    """Runs groups in a worker process of its own; Ray makes as many of these as it has room for."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = Options(**options)
        self._crew = Crew(self._options)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        inputs = [_item(one) for one in json.loads(row["inputs"])]
        given: dict[str, bytes] = {}
        gone: dict[str, Result] = {}
        for item in inputs:
            try:
                given[item.sha256 or ""] = load(item)
            except NianbaoError as error:
                gone[item.sha256 or ""] = failed(item, error.code, str(error))
        here = tuple(Entry(item, "analyse") for item in inputs if item.sha256 in given)
        try:
            ran = iter(self._crew.run_one(Group(row["number"], here), given))
        except NianbaoError as error:
            return {**_row(row["number"], []), "error": f"{error.code}: {error}"}
        results = [gone[item.sha256 or ""] if item.sha256 in gone else next(ran) for item in inputs]
        return _row(row["number"], results)


def _looked_into(row: dict[str, Any]) -> dict[str, Any]:
    path = row["path"].decode("utf-8", "surrogateescape")
    return {"inputs": _to_json(tuple(item for item, _ in inputs_of(path)))}


def _to_json(inputs: tuple[Input, ...]) -> str:
    return json.dumps([asdict(item) for item in inputs])


def _item(data: dict[str, Any]) -> Input:
    error = data["error"]
    return Input(**{**data, "reference": Reference(**data["reference"]),
                    "error": tuple(error) if error else None})  # fmt: skip


def _row(number: int, results: list[Result]) -> dict[str, Any]:
    plain = [asdict(one) for one in results]
    return {
        "number": number,
        "error": "",
        "facts": json.dumps([{k: v for k, v in one.items() if k not in _FIELDS} for one in plain]),
        **{name: [one[name] for one in plain] for name in _FIELDS},
    }


def _results(row: dict[str, Any]) -> list[Result]:
    found = []
    for place, facts in enumerate(json.loads(row["facts"])):
        appended: dict[str, Any] = {name: bytes(row[name][place]) for name in _FIELDS}
        found.append(Result(**facts, **appended))
    return found
