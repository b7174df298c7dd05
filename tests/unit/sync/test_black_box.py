"""What a process notes outlives it; what it only waited for does not count against anybody."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.sync.black_box import SLOTS, BlackBox

A, B = "0d6d1a34-7e5c-7a10-8a2b-000000000001", "0d6d1a34-7e5c-7a10-8a2b-000000000002"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="one process only")


def dies(home: Path, doing: Callable[[BlackBox], object]) -> None:
    """A process of its own carries a box, does something, and is gone without a word."""
    child = os.fork()
    if child == 0:
        try:
            doing(BlackBox(home))
        finally:
            os._exit(9)
    assert os.waitpid(child, 0)[1]


def at_it(box: BlackBox) -> None:
    with box.trying(A, 1, 4, 6) as begin, box.trying(B, 2, 9, 9):
        begin()  # B waits for its turn
        os._exit(9)


def done_with_it(box: BlackBox) -> None:
    with box.trying(A, 1, 4, 6) as begin:
        begin()


class TestABlackBox:
    def test_tells_what_was_tried_but_not_who_waited(self, tmp_path: Path) -> None:
        dies(tmp_path, at_it)
        box = BlackBox(tmp_path)
        assert box.deaths() == {(A, 1, 4): 1, (A, 1, 5): 1, (A, 1, 6): 1}
        box.close()

    def test_counts_each_death_once_and_forgets_what_is_over(self, tmp_path: Path) -> None:
        for _ in range(2):
            dies(tmp_path, at_it)
        dies(tmp_path, done_with_it)
        box = BlackBox(tmp_path)
        assert set(box.deaths().values()) == {2}
        box.clear((A, 1, 5))
        box.close()
        again = BlackBox(tmp_path)
        assert again.deaths() == {(A, 1, 4): 2, (A, 1, 6): 2}
        again.close()

    def test_of_the_living_is_left_alone(self, tmp_path: Path) -> None:
        living = BlackBox(tmp_path)
        with living.trying(A, 1, 1, 1) as begin:
            begin()
            other = BlackBox(tmp_path)
            assert other.deaths() == {}
            other.close()
        living.close()

    def test_who_lives_on_hears_of_the_dead(self, tmp_path: Path) -> None:
        living = BlackBox(tmp_path)
        dies(tmp_path, at_it)
        assert living.deaths() == {}  # nobody has looked yet
        BlackBox(tmp_path).close()
        assert (A, 1, 4) in living.deaths()
        living.close()

    def test_has_room_for_everybody_and_turns_nobody_away(self, tmp_path: Path) -> None:
        box = BlackBox(tmp_path)
        held = [box.trying(A, 1, n, n) for n in range(1, SLOTS + 5)]
        for each in held:
            each.__enter__()()
        for each in held:
            each.__exit__(None, None, None)
        with box.trying(B, 1, 1, 1) as begin:
            begin()
        box.close()
        assert not list(box.folder.glob("*.box"))
