"""The house itself: modules of a size to be read, each named, and data that goes one way."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NLP = ROOT / "nlp"
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in NLP.rglob("*.py"))
_LONGEST = 300


@pytest.mark.parametrize("module", MODULES)
def test_a_module_fits_in_a_head(module: str) -> None:
    assert len((ROOT / module).read_text("utf-8").splitlines()) <= _LONGEST


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, names: set[str]) -> set[str]:
    """Our modules that are imported where the module is loaded; those inside functions and for
    types alone do not count."""
    found: set[str] = set()
    package = _name(path).split(".") if path.stem == "__init__" else _name(path).split(".")[:-1]
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
        inside = {".".join([*base, alias.name]) for alias in node.names} & names
        found |= inside or {".".join(base)}
    return found - {_name(path)}


def test_no_module_reaches_back() -> None:
    paths = [ROOT / module for module in MODULES]
    names = {_name(path) for path in paths}
    TopologicalSorter({_name(path): _imported(path, names) for path in paths}).prepare()


def test_the_contract_imports_nothing_of_ours() -> None:
    assert _imported(NLP / "report.py", {_name(ROOT / module) for module in MODULES}) == set()


def test_each_module_has_a_place_in_the_list_of_rooms() -> None:
    rooms = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## How to")[0]
    flat = {module for module in MODULES if module.count("/") == 1} - {"nlp/__init__.py"}
    assert set(re.findall(r"`(nlp/\w+\.py)`", rooms)) == flat
