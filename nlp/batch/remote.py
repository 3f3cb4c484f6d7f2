"""Output folders in object stores: made here, then copied there.

An object store cannot be appended to. So the folder is kept in the user's cache, where a
stopped run finds it again, and is copied when the run ends, stopped or not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import TargetUnwritable
from .discover import file_system, is_url


@contextmanager
def staged(out: str) -> Iterator[Path]:
    """The local folder to write to for ``out``; where that is a URL, its files are copied there
    at the end.

    Raises
    ------
    TargetUnwritable
        If they cannot be copied; they stay where they are.
    """
    if not is_url(out):
        yield Path(out)
        return
    file_system(out)  # before the work, not after it
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    folder = cache / "nianbao" / "batch" / hashlib.sha256(out.encode()).hexdigest()[:16]
    yield folder
    system, root = file_system(out)
    try:
        system.makedirs(root, exist_ok=True)
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith("."):
                system.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
                system.put_file(str(path), f"{root}/{name}")
    except Exception as error:  # each object store has its own errors
        raise TargetUnwritable(
            f"{out} cannot be written ({error}); the results are in {folder}: copy them, or call "
            "the same command again"
        ) from None
