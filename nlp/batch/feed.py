"""Groups made ready in a thread, so that a slow disk or a long archive keeps no worker waiting."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Iterable, Mapping

from .items import Group

_AHEAD = 2
Fed = tuple[Group, Mapping[str, bytes]]


class Feed:
    """A bounded queue in front of an iterable of groups.

    Attributes
    ----------
    waker : int
        A file descriptor that is readable when something was put in, or the end is reached.
    ended : bool
        Whether everything was taken out.
    """

    def __init__(self, groups: Iterable[Fed]) -> None:
        self._queue: queue.Queue[Fed | BaseException | None] = queue.Queue(_AHEAD)
        self.waker, self._bell = os.pipe()
        os.set_blocking(self.waker, False)
        self.ended = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, args=(groups,), daemon=True)
        self._thread.start()

    def _run(self, groups: Iterable[Fed]) -> None:
        try:
            for one in groups:
                self._put(one)
                if self._closed:
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, one: Fed | BaseException | None) -> None:
        while not self._closed:
            try:
                self._queue.put(one, timeout=0.5)
            except queue.Full:
                continue
            os.write(self._bell, b".")
            return

    def take(self) -> Fed | None:
        """The next group where one is ready.

        Raises
        ------
        NianbaoError, OSError
            What went wrong in making it.
        """
        if self.ended:
            return None
        try:
            one = self._queue.get_nowait()
        except queue.Empty:
            return None
        if one is None:
            self.ended = True
        elif isinstance(one, BaseException):
            self.ended = True
            raise one
        else:
            return one
        return None

    def woken(self) -> None:
        """Take the ringing out of ``waker``."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.waker, 64)

    def close(self) -> None:
        """Let the thread end; what it made is dropped. A thread that reads is not waited for."""
        self._closed = True
        self._thread.join(1.0)
        if not self._thread.is_alive():
            os.close(self.waker)
            os.close(self._bell)
