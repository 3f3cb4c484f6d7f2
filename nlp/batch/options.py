"""What a run is asked for, and the digest of what its results depend on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..artefacts import MANIFEST, find_model, read_manifest
from ..cascade import Mode

GROUP_INPUTS = 16  # tagged and summarised together; more gains under 2% of time
GROUP_BYTES = 8 * 2**20  # a group closes when it holds as many
GROUP_ENTRIES = 256  # failed and duplicate ones count too, so that they are committed in time


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a run.

    Attributes
    ----------
    summary : bool
    tagger : {"fast", "cascade", "accurate"} or None
        Name of the tagger, None for the package's default.
    as_ : str or None
        Format where the bytes do not tell.
    workers : int
    timeout : float
        Seconds that one input may take.
    memory : int
        MiB of data that one worker may hold (Linux).
    """

    summary: bool = True
    tagger: Mode | None = None
    as_: str | None = None
    workers: int = 1
    timeout: float = 60.0
    memory: int = 3072


def dependencies(options: Options) -> dict[str, str]:
    """All that decides a report's line besides its bytes: version, options, models' digests.

    Raises
    ------
    MissingModel
        If a model is missing or damaged.
    """
    tagger = find_model("tagger")
    found = {"nianbao": __version__, "tagger_option": options.tagger or "default",
             "as": options.as_ or "", "summary": str(options.summary)}  # fmt: skip
    for folder in sorted(path.parent for path in tagger.parent.glob(f"*/{MANIFEST}")):
        if folder.name != "summarizer":
            found[f"models/{folder.name}"] = _digest(folder)
    if options.summary:
        found["models/summarizer"] = _digest(find_model("summarizer"))
    return found


def _digest(folder: Path) -> str:
    read_manifest(folder)  # every file is what the manifest says
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What is no longer the same, in words."""
    changed = []
    for key in sorted(set(old) | set(new)):
        before, after = old.get(key, "none"), new.get(key, "none")
        if before != after:
            changed.append(f"{key} {before[:12] or 'none'} is now {after[:12] or 'none'}")
    return changed
