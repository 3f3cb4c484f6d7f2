"""What goes through a batch run: inputs, groups of them, and results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Literal

Status = Literal["done", "failed", "passed_over"]
Role = Literal["analyse", "failed", "duplicate"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an input's bytes are: a path or URL, and the member or record of an archive."""

    path: str
    member: str | None = None
    offset: int | None = None  # of a WARC record, or of a tar member's header, in its file


@dataclass(frozen=True, slots=True)
class Input:
    """One input as found, known by the SHA-256 of its bytes.

    ``sha256`` is None and ``error`` (code, message) is set where the bytes could not be had.
    ``sieve`` says that it comes out of a crawl: where it is no report, it is passed over.
    """

    name: str
    reference: Reference
    sha256: str | None = None
    size: int = 0
    charset: str | None = None  # what HTTP said
    as_: str | None = None
    sieve: bool = False
    error: tuple[str, str] | None = None

    @property
    def key(self) -> bytes:
        """32 bytes: the digest of the content, or of name and fault where there is none."""
        if self.sha256 is not None:
            return bytes.fromhex(self.sha256)
        code = self.error[0] if self.error else ""
        return hashlib.sha256(f"{code}\0{self.name}".encode("utf-8", "surrogatepass")).digest()

    def failed(self, code: str, message: str) -> Input:
        """The same input with what is wrong with it."""
        return replace(self, error=(code, message))


@dataclass(frozen=True, slots=True)
class Entry:
    """An input and what is to be done with it; ``of`` names the first with the same bytes."""

    input: Input
    role: Role
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that are analysed and committed together, in order."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Those to be analysed."""
        return tuple(entry.input for entry in self.entries if entry.role == "analyse")


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker makes of one input: bytes ready to be appended, and figures."""

    status: Status
    line: bytes = b""  # of reports.jsonl or errors.jsonl, with its line end
    cells: bytes = b""
    statements: bytes = b""
    code: str | None = None
    message: str | None = None
    checks_failed: int = 0
    seconds: float = 0.0
