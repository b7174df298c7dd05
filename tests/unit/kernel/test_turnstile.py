"""Whoever asked first goes first, even beside one who asks again and again."""

import threading
from queue import SimpleQueue

import pytest

from app.kernel.turnstile import Turnstile


def test_its_holder_may_ask_again() -> None:
    turnstile = Turnstile()

    with turnstile, turnstile:
        pass
    with turnstile:
        pass


def test_who_waits_goes_before_who_comes_back() -> None:
    """The greedy one lets go and asks at once; a plain lock would be its own again."""
    turnstile = Turnstile()
    order: SimpleQueue[str] = SimpleQueue()

    def wait(name: str) -> None:
        with turnstile:
            order.put(name)

    waiting = [threading.Thread(target=wait, args=(name,)) for name in ("first", "second")]
    with turnstile:
        for n, thread in enumerate(waiting, start=1):
            thread.start()
            while len(turnstile._line) < n:  # noqa: SLF001 - they stand in line now
                pass
    with turnstile:
        order.put("the greedy one")
    for thread in waiting:
        thread.join()

    assert [order.get() for _ in range(3)] == ["first", "second", "the greedy one"]


def test_nobody_is_ever_inside_twice() -> None:
    turnstile, inside, most, total = Turnstile(), 0, 0, 0

    def work() -> None:
        nonlocal inside, most, total
        for _ in range(2_000):
            with turnstile:
                inside += 1
                most = max(most, inside)
                total += 1
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (most, total) == (1, 12_000)


def test_an_error_inside_passes_it_on() -> None:
    turnstile = Turnstile()

    with pytest.raises(ZeroDivisionError), turnstile:
        _ = 1 / 0

    with turnstile:
        assert turnstile._depth == 1  # noqa: SLF001
