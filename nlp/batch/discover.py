"""Paths, one after another, in an order that depends on names alone; ten million take no memory.

A folder's names are sorted one folder at a time; where a folder holds more than fit in memory
comfortably, a temporary SQLite table on disk sorts them.
"""

from __future__ import annotations

import glob
import os
import sqlite3
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import MissingExtra, UnreadableInput

_SORTED_IN_MEMORY = 100_000  # names of one folder


def is_url(path: str) -> bool:
    """Whether a path is of an object store or another remote file system."""
    return "://" in path


def file_system(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path in it.

    Raises
    ------
    MissingExtra
        If fsspec, or what it needs for this protocol, is not installed.
    UnreadableInput
        If the protocol is unknown.
    """
    try:
        import fsspec
    except ImportError:
        raise MissingExtra(f"{url} needs fsspec: pip install 'nianbao[batch]'") from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise MissingExtra(f"{url}: {error}") from None
    except ValueError as error:
        raise UnreadableInput(f"{url}: {error}") from None
    return system, str(path)


def in_order(names: Iterable[str], most: int = _SORTED_IN_MEMORY) -> Iterator[str]:
    """The names sorted by their bytes, on disk where they are more than ``most``."""
    held: list[bytes] = []
    database: sqlite3.Connection | None = None
    try:
        for name in names:
            held.append(os.fsencode(name))
            if len(held) >= most:
                if database is None:
                    database = sqlite3.connect("")  # a temporary one, gone when closed
                    database.execute("CREATE TABLE names (name BLOB)")
                database.executemany("INSERT INTO names VALUES (?)", [(one,) for one in held])
                held.clear()
        if database is None:
            yield from map(os.fsdecode, sorted(held))
            return
        database.executemany("INSERT INTO names VALUES (?)", [(one,) for one in held])
        held.clear()
        for (one,) in database.execute("SELECT name FROM names ORDER BY name"):
            yield os.fsdecode(one)
    finally:
        if database is not None:
            database.close()


def _marked(folder: str) -> Iterator[str]:
    """Names in a folder that are not hidden, those of folders with a slash at the end."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                yield entry.name + "/" * entry.is_dir(follow_symlinks=False)


def _walk(folder: str, excluded: str | None) -> Iterator[str]:
    if excluded is not None and os.path.realpath(folder) == excluded:
        return
    try:
        names = in_order(_marked(folder))
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith("/"):
                yield from _walk(path[:-1], excluded)
            else:
                yield path
    except OSError:
        yield folder  # and whoever opens it says what is wrong


def _walk_url(url: str) -> Iterator[str]:
    system, root = file_system(url)
    if system.isfile(root):
        yield url
        return
    protocol = url.split("://", 1)[0]
    found = False
    for folder, _, files in system.walk(root):
        for name in sorted(files):
            found = True
            yield f"{protocol}://{folder}/{name}" if name[0] != "." else ""
    if not found:
        yield url


def listed(source: str) -> Iterator[str]:
    """The lines of a list of inputs, ``-`` for standard input; blank lines are left out.

    Raises
    ------
    UnreadableInput
        If the list cannot be opened.
    """
    if source == "-":
        lines: Iterable[bytes] = sys.stdin.buffer
        yield from (os.fsdecode(line.strip(b"\r\n")) for line in lines if line.strip())
        return
    try:
        with open(source, "rb") as file:
            yield from (os.fsdecode(line.strip(b"\r\n")) for line in file if line.strip())
    except OSError as error:
        raise UnreadableInput(f"{source}: the list cannot be read ({error.strerror})") from None


def paths(
    given: Iterable[str], lists: Iterable[str] = (), exclude: Path | None = None
) -> Iterator[str]:
    """Files of what is given and listed: files, folders, globs, URLs, ``-`` for a list on
    standard input.

    Folders give their files in the order of their names, hidden ones left out; so do globs.
    What is not there is given back as it is, for whoever opens it to complain.

    Parameters
    ----------
    exclude : Path, optional
        A folder that is not walked into: the output's.
    """
    excluded = os.path.realpath(exclude) if exclude is not None else None
    for one in _given(given, lists):
        if is_url(one):
            yield from filter(None, _walk_url(one))
        elif os.path.isdir(one):
            yield from _walk(one.rstrip("/") or "/", excluded)
        elif not os.path.lexists(one) and glob.has_magic(one):
            empty = True
            for path in in_order(glob.iglob(one, recursive=True)):
                empty = False
                yield from _walk(path, excluded) if os.path.isdir(path) else (path,)
            if empty:
                yield one
        else:
            yield one


def _given(given: Iterable[str], lists: Iterable[str]) -> Iterator[str]:
    for one in given:
        yield from listed(one) if one == "-" else (one,)
    for one in lists:
        yield from listed(one)


def count(given: Iterable[str], lists: Iterable[str] = ()) -> int | None:
    """How many paths there are, for the time left; None where that is not known beforehand.

    Cheaper than :func:`paths`: nothing is sorted.
    """
    if "-" in given or "-" in lists:
        return None
    total = 0
    for one in _given(given, lists):
        if is_url(one):
            return None
        if os.path.isdir(one):
            for _, folders, files in os.walk(one):
                folders[:] = [name for name in folders if name[0] != "."]
                total += sum(name[0] != "." for name in files)
        elif not os.path.lexists(one) and glob.has_magic(one):
            total += sum(1 for _ in glob.iglob(one, recursive=True))
        else:
            total += 1
    return total


def is_regular(path: str) -> bool:
    """Whether a path is a regular file; pipes and devices never end."""
    return stat.S_ISREG(os.stat(path).st_mode)
