"""A lock that is passed on in the order in which it was asked for.

Python's own locks go to whoever is awake: a thread that writes chunk after chunk takes them again
and again, and those who want to write one thing starve beside it.
"""

import threading
from collections import deque
from types import TracebackType


class Turnstile:
    """As `threading.RLock`, but fair; its holder may ask again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[tuple[int, threading.Lock]] = deque()
        self._holder: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        """Wait for the turn."""
        me = threading.get_ident()
        with self._guard:
            if self._holder is None or self._holder == me:
                self._holder = me
                self._depth += 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._line.append((me, turn))
        try:
            turn.acquire()  # whoever goes before opens it, and has made us the holder
        except BaseException:
            self._give_up((me, turn))
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Pass it on."""
        with self._guard:
            self._leave()

    def _leave(self) -> None:
        self._depth -= 1
        if self._depth:
            return
        self._holder = None
        if self._line:
            self._holder, turn = self._line.popleft()
            self._depth = 1
            turn.release()

    def _give_up(self, place: tuple[int, threading.Lock]) -> None:
        """Somebody stopped waiting; the turn may have come in the same moment."""
        with self._guard:
            if place in self._line:
                self._line.remove(place)
            else:
                self._leave()
