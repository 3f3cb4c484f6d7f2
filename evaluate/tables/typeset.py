"""Documents set by a real typesetter: LibreOffice makes PDF of DOCX and HTML, many at a call."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_PER_CALL = 80
_SECONDS, _SECONDS_EACH = 300, 20


def available() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def to_pdf(documents: Sequence[bytes], suffix: str) -> list[bytes | None]:
    """Each document as PDF, in order; None for one that LibreOffice did not set.

    Parameters
    ----------
    documents : sequence of bytes
        All of one format.
    suffix : str
        Its name: ``docx`` or ``html``.
    """
    found: list[bytes | None] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for low in range(0, len(documents), _PER_CALL):
            part = documents[low : low + _PER_CALL]
            sources = []
            for number, data in enumerate(part):
                path = home / f"{number}.{suffix}"
                path.write_bytes(data)
                sources.append(str(path))
            writer = "writer_web_pdf_Export" if suffix == "html" else "writer_pdf_Export"
            for _ in range(2):  # LibreOffice now and then ends without a word: once more
                left = [s for s in sources if not Path(s).with_suffix(".pdf").exists()]
                if left:
                    _set(left, home, writer)
            for source in sources:
                made = Path(source).with_suffix(".pdf")
                found.append(made.read_bytes() if made.exists() else None)
                made.unlink(missing_ok=True)
                Path(source).unlink()
    return found


def _set(sources: Sequence[str], home: Path, writer: str) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):  # what was made by then counts
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless",
             "--convert-to", f"pdf:{writer}", "--outdir", str(home), *sources],
            check=False, capture_output=True, timeout=_SECONDS + _SECONDS_EACH * len(sources),
        )  # fmt: skip
