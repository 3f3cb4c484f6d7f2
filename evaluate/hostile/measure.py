"""One file read in a process of its own: seconds of processor time, peak memory, what was said."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The bounds that every file must keep.
MOST_SECONDS, MOST_MEMORY = 15.0, 1000.0
_PATIENCE = 120  # seconds of the clock; the machine may be busy

_CHILD = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
from nlp import readers
from nlp.errors import NianbaoError
from nlp.tables import extract_tables
code, said = "", ""
begun = resource.getrusage(resource.RUSAGE_SELF)
try:
    extract_tables(readers.read(sys.argv[2]), (), "2021")
except NianbaoError as error:
    code, said = error.code, str(error)
used = resource.getrusage(resource.RUSAGE_SELF)
seconds = used.ru_utime + used.ru_stime - begun.ru_utime - begun.ru_stime
peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
try:  # the former counts what the parent held when it forked
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) / 2**10 for line in status if line.startswith("VmHWM"))
except OSError:
    pass
print(json.dumps([seconds, peak, code, said]))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of processor time, peak memory in MiB of the whole process, and the error's code
    and words; code is empty where the file was read."""

    seconds: float
    memory: float
    code: str
    said: str

    @property
    def holds(self) -> bool:
        """Whether the bounds are kept, and what was said is one line."""
        return (
            self.seconds <= MOST_SECONDS
            and self.memory <= MOST_MEMORY
            and len(self.said.splitlines()) == bool(self.code)
        )


def measure(data: bytes) -> Measured:
    """Read the bytes, and their tables, in a new process.

    Raises
    ------
    RuntimeError
        The process ended without an answer: it crashed.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder, "input")
        path.write_bytes(data)
        try:
            done = subprocess.run([sys.executable, "-c", _CHILD, str(ROOT), str(path)], cwd=folder,
                                  capture_output=True, timeout=_PATIENCE, check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            return Measured(_PATIENCE, 0, "timeout", f"no answer in {_PATIENCE} s")
    if done.returncode:
        raise RuntimeError(f"ended with status {done.returncode}: {done.stderr[-600:].decode()}")
    return Measured(*json.loads(done.stdout))
