"""Where the time goes in one process: seconds by stage, against plain jieba and the readers."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .material import SHARES

_SUFFIXES = {"html": ".html", "text": ".txt", "pdf": ".pdf"}


def _files(folder: Path, count: int) -> list[Path]:
    """The first files of each kind in the shares of the mix."""
    found: list[Path] = []
    for kind, share in SHARES:
        found += sorted(folder.rglob(f"*{_SUFFIXES[kind]}"))[: round(count * share)]
    return found


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    value = run()
    return value, time.process_time() - began


def _rates(count: int, size: int, seconds: float) -> dict[str, float]:
    return {"seconds": round(seconds, 2), "reports_a_second": round(count / seconds, 1),
            "MB_a_second": round(size / 1e6 / seconds, 2)}  # fmt: skip


def measure(folder: Path, count: int, summary: bool, picture: str | None) -> dict[str, Any]:
    """CPU seconds of each stage over the same files, in the order that a run has them.

    The first pass over the tagger is cold (words are cut for the first time), the second warm.
    """
    _, importing = _timed(lambda: importlib.import_module("nlp.analysis"))
    from nlp import analysis, readers, tagger
    from nlp.batch.stage import rendered
    from nlp.errors import NianbaoError

    files = _files(folder, count)
    data = [path.read_bytes() for path in files]
    size = sum(map(len, data))
    _, loading = _timed(tagger.shipped)

    def read(some: Iterable[int]) -> list[Any]:
        return [readers.read(data[n], None, files[n].name) for n in some]

    by_kind: dict[str, Any] = {}
    documents: list[Any] = []
    for kind, _ in SHARES:
        numbers = [n for n, path in enumerate(files) if path.suffix == _SUFFIXES[kind]]
        if numbers:
            some, seconds = _timed(lambda numbers=numbers: read(numbers))
            by_kind[kind] = _rates(len(numbers), sum(len(data[n]) for n in numbers), seconds)
            documents += some

    def structured() -> list[Any]:
        made = []
        for document in documents:
            try:
                made.append(analysis._structure(document))
            except NianbaoError:
                continue
        return made

    structures, structure = _timed(structured)
    clauses = [clause for _, some in structures for clause in some]
    _, cold = _timed(lambda: _tag(tagger.shipped(), structures))
    _, warm = _timed(lambda: _tag(tagger.shipped(), structures))
    reports, whole = _timed(lambda: _analyzed(analysis, documents))
    lines, rendering = _timed(lambda: [rendered(report, 0.0) for report in reports])
    reading = sum(one["seconds"] for one in by_kind.values())
    stages = {"read": reading, "sections, tables, facts, checks": structure, "tag": cold,
              "statements and pairs": max(0.0, whole - structure - warm), "write lines": rendering}  # fmt: skip
    found: dict[str, Any] = {
        "files": len(files), "MB": round(size / 1e6, 1), "clauses": len(clauses),
        "import_seconds": round(importing, 2), "tagger_load_seconds": round(loading, 2),
        "reading_by_kind": by_kind, "tag_warm": _rates(len(files), size, warm),
        "bytes_of_a_line": round(sum(len(one.line) for one in lines) / max(1, len(lines))),
    }  # fmt: skip
    if summary:
        some = reports[: max(32, len(reports) // 8)]
        _, loading = _timed(analysis.shipped_summarizer)
        _, seconds = _timed(lambda: [analysis.summarize_many(some[at : at + 16]) for at in range(0, len(some), 16)])
        stages["summarise"] = seconds * len(reports) / len(some)
        found["summarizer_load_seconds"] = round(loading, 2)
    found["stages"] = {name: _rates(len(files), size, max(seconds, 1e-9)) for name, seconds in stages.items()}
    found["all_stages"] = _rates(len(files), size, sum(stages.values()))
    found["peers"] = _peers([document.text for document in documents], size)
    found["peers"]["readers alone"] = _rates(len(files), size, reading)
    if picture:
        _draw(stages, len(files), Path(picture))
    return found


def _tag(tagger: Any, structures: list[Any]) -> None:
    for at in range(0, len(structures), 16):
        tagger.tag_clauses([c for _, some in structures[at : at + 16] for c in some])


def _analyzed(analysis: Any, documents: list[Any]) -> list[Any]:
    from nlp.report import Report

    found: list[Any] = []
    for at in range(0, len(documents), 16):
        found += analysis.analyze_documents(documents[at : at + 16], False)
    return [one for one in found if isinstance(one, Report)]


def _peers(texts: list[str], size: int) -> dict[str, Any]:
    """Plain jieba over the same texts; govnianbao's parser of the tables where it is installed."""
    import jieba

    jieba.initialize()
    _, seconds = _timed(lambda: [jieba.lcut(text) for text in texts])
    found: dict[str, Any] = {"plain jieba": _rates(len(texts), size, seconds)}
    try:
        parser = importlib.import_module("govnianbao.annual_report_parser")
    except ImportError:
        found["govnianbao"] = "not installed"
    else:
        _, seconds = _timed(lambda: [parser.parse_annual_report_text(text) for text in texts])
        found["govnianbao"] = _rates(len(texts), size, seconds)
    return found


def _draw(stages: dict[str, float], count: int, path: Path) -> None:
    """The profile as a picture: milliseconds a report by stage."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "nianbao"
    from matplotlib import pyplot

    names, values = list(stages), [1000 * seconds / count for seconds in stages.values()]
    figure, axes = pyplot.subplots(figsize=(7, 0.5 * len(names) + 1))
    bars = axes.barh(names[::-1], values[::-1], color="#4477aa")
    axes.bar_label(bars, fmt="%.1f", padding=3)
    axes.set_xlabel("CPU milliseconds a report, one core")
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
