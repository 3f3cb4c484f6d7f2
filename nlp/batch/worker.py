"""A worker process: models loaded once, groups in, results out, over one pipe.

It tells which input it is at, so that whoever watches knows which one killed it. It ignores the
keyboard, holds no more memory than it is given, and ends when the pipe closes.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

from ..errors import NianbaoError
from .options import Options

# Set before numpy or torch are imported: threads of several workers would fight for the cores.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TOKENIZERS_PARALLELISM")


def _settle(memory: int) -> None:
    """A process group of its own, no keyboard, no chatter, bounded memory."""
    for name in _ONE_THREAD:
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    if sys.platform == "win32":
        return
    os.setpgid(0, 0)  # what it starts (LibreOffice) dies with it
    if sys.platform.startswith("linux"):
        import resource

        bound = memory * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _die_with_parent()


def _die_with_parent() -> None:
    """The kernel ends this process when the one that started it ends, whatever it is doing."""
    import ctypes

    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)


def main(pipe: Connection, options: Options) -> None:
    """Work until the pipe closes.

    Sends ``("ready",)`` or ``("unfit", code, message)`` first; then for each list of jobs
    ``("at", number or None)`` as it goes, and ``("done", results)`` or ``("memory",)``.
    """
    _settle(options.memory)
    from .stage import Stage

    def say(*message: Any) -> None:
        try:
            pipe.send(message)
        except OSError:
            os._exit(0)  # nobody listens any more

    try:
        stage = Stage(options)
    except NianbaoError as error:
        say("unfit", error.code, str(error))
        return
    say("ready")
    while True:
        try:
            jobs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            results = stage.run(jobs, lambda at: say("at", at))
        except MemoryError:
            say("memory")
            os._exit(1)
        say("done", results)
