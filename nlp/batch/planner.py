"""Inputs to groups: what is new, what is a duplicate, what was done before.

Which inputs a group holds follows from the inputs' order and from what the journal knows, and
groups are committed whole and in order. So a run that is taken up again forms the very groups
that an undisturbed one would have formed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .items import Entry, Group, Input
from .options import GROUP_BYTES, GROUP_ENTRIES, GROUP_INPUTS

# The name under which content is known, and whether (content, name) is a known duplicate.
Known = Callable[[bytes], "str | None"]
KnownDuplicate = Callable[[bytes, str], bool]


class Planner:
    """Forms groups; remembers only what is planned and not yet committed.

    Attributes
    ----------
    skipped : int
        Inputs met that an earlier run, or an earlier mention, took care of.
    """

    def __init__(self, known: Known, known_duplicate: KnownDuplicate, first: int) -> None:
        self._known, self._known_duplicate = known, known_duplicate
        self._planned: dict[bytes, str] = {}
        self._duplicates: set[tuple[bytes, str]] = set()
        self._next = first
        self.skipped = 0

    def role(self, item: Input) -> Entry | None:
        """What is to be done with an input; None where nothing is."""
        key = item.key
        first = self._planned.get(key) or self._known(key)
        if first is None:
            self._planned[key] = item.name
            return Entry(item, "failed" if item.error else "analyse")
        if item.error or first == item.name:
            self.skipped += 1
            return None
        if (key, item.name) in self._duplicates or self._known_duplicate(key, item.name):
            self.skipped += 1
            return None
        self._duplicates.add((key, item.name))
        return Entry(item, "duplicate", first)

    def groups(
        self, found: Iterable[tuple[Input, bytes | None]], as_: str | None = None
    ) -> Iterator[tuple[Group, dict[str, bytes]]]:
        """Groups with the bytes of their inputs by digest."""
        entries: list[Entry] = []
        bytes_of: dict[str, bytes] = {}
        inputs = held = 0
        for item, data in found:
            entry = self.role(replace(item, as_=as_) if as_ and not item.sieve else item)
            if entry is None:
                continue
            if entry.role == "analyse":
                if inputs and held + item.size > GROUP_BYTES:
                    yield self._group(entries), bytes_of
                    entries, bytes_of, inputs, held = [], {}, 0, 0
                inputs, held = inputs + 1, held + item.size
                if data is not None and item.sha256 is not None:
                    bytes_of[item.sha256] = data
            entries.append(entry)
            if inputs >= GROUP_INPUTS or len(entries) >= GROUP_ENTRIES:
                yield self._group(entries), bytes_of
                entries, bytes_of, inputs, held = [], {}, 0, 0
        if entries:
            yield self._group(entries), bytes_of

    def _group(self, entries: list[Entry]) -> Group:
        group = Group(self._next, tuple(entries))
        self._next += 1
        return group

    def committed(self, group: Group) -> None:
        """The journal knows a group's inputs from now on."""
        for entry in group.entries:
            if entry.role == "duplicate":
                self._duplicates.discard((entry.input.key, entry.input.name))
            else:
                self._planned.pop(entry.input.key, None)
