"""A floor that comes back at once is let in a few at a time, so that single scans pass beside it.

A large push costs as much as hundreds of single ones, and only one writes at any time: more of
them at work would only keep threads from those who scan one thing and wait for nothing else.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.kernel.problem import Problem

LARGE = 4 * 1024  # bytes of a body, packed or not: more than a few operations
INSIDE = 2  # one writes while the next one is read
WAITING = 6  # each holds a thread; PostgreSQL's processes have sixteen


@dataclass(eq=False)
class Crowded(Problem):
    """Many are sending at once: nothing was taken, come again in a moment."""

    code = "sync.crowded"
    status = 503


class Crowd:
    """A door for so many, and a line of a certain length before it."""

    def __init__(self, inside: int = INSIDE, waiting: int = WAITING) -> None:
        self._door = threading.Semaphore(inside)
        self._places = threading.Semaphore(inside + waiting)

    @contextmanager
    def turn(self, size: int | None) -> Iterator[None]:
        """Wait for a turn, or be sent away at once; who brings little passes by."""
        if size is not None and size <= LARGE:
            yield
            return
        if not self._places.acquire(blocking=False):
            raise Crowded
        try:
            with self._door:
                yield
        finally:
            self._places.release()
