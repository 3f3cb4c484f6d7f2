"""nianbao: reads Chinese government information disclosure annual reports.

>>> import nlp
>>> report = nlp.analyze("report.html")           # doctest: +SKIP
>>> report.tables.requests["new"]["total"]        # doctest: +SKIP
12
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Report", "Summarizer", "Tagger", "analyze", "analyze_many", "tag"]

if TYPE_CHECKING:
    from .analysis import analyze, tag
    from .many import analyze_many
    from .report import Report
    from .summarizer import Summarizer
    from .tagger import Tagger

# Imported when first asked for, so that `import nlp` loads none of the heavy libraries.
_HOMES = {
    "analyze": ".analysis",
    "analyze_many": ".many",
    "tag": ".analysis",
    "Report": ".report",
    "Summarizer": ".summarizer",
    "Tagger": ".tagger",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
