"""Where shipped models are: found in a wheel, a checkout or a folder of the user's, and verified.

A model is a folder with a ``manifest.json`` that names its format, version and the SHA-256 of
each file. Nothing here is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from .errors import MissingModel

MANIFEST = "manifest.json"
_PACKAGE = Path(__file__).resolve().parent


def model_roots() -> tuple[Path, ...]:
    """The folders that are searched, in order.

    ``$NIANBAO_MODELS``, the installed package, and the checkout (the folder beside
    ``pyproject.toml``).
    """
    chosen = os.environ.get("NIANBAO_MODELS")
    roots = [Path(chosen).expanduser()] if chosen else []
    return (*roots, _PACKAGE / "_models", _PACKAGE.parent / "models")


def find_model(name: str) -> Path:
    """The folder of the model ``name`` (``"tagger"``, ``"summarizer"``), verified.

    Raises
    ------
    MissingModel
        If no root holds it (the places tried are listed), or a file is not what its hash says.
    """
    tried = [root / name for root in model_roots()]
    for folder in tried:
        if (folder / MANIFEST).is_file():
            read_manifest(folder)
            return folder
    places = ", ".join(str(folder) for folder in tried)
    raise MissingModel(
        f"model {name!r} was not found in {places}; "
        f"reinstall the package, or set NIANBAO_MODELS to the folder that holds {name}/"
    )


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=32)
def _verified(folder: Path, stamp: tuple[int, int]) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(manifest["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise MissingModel(f"{folder / MANIFEST} is damaged ({error}); reinstall it") from None
    for name, wanted in files.items():
        path = folder / name
        if not path.is_file():
            raise MissingModel(f"{path} is missing; reinstall or retrain the model")
        if sha256(path) != wanted:
            raise MissingModel(
                f"{path} is not the file its manifest names (SHA-256 differs); "
                "reinstall or retrain the model"
            )
    return dict(manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder, after every file's SHA-256 has been checked.

    Raises
    ------
    MissingModel
        If a file is missing or differs, or the manifest is damaged.
    """
    try:
        stat = (folder / MANIFEST).stat()
    except OSError:
        raise MissingModel(f"{folder} has no {MANIFEST}") from None
    return _verified(folder.resolve(), (stat.st_mtime_ns, stat.st_size))


def write_manifest(folder: Path, files: Iterable[str], facts: Mapping[str, Any]) -> None:
    """Write ``manifest.json`` with ``facts`` (format, version, seed, …) and the files' hashes."""
    hashes = {name: sha256(folder / name) for name in sorted(files)}
    text = json.dumps({**facts, "files": hashes}, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
