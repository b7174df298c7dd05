"""When a whole floor sends at once, large pushes stand in line and single scans pass by."""

from contextlib import ExitStack

from app.sync import views
from app.sync.crowding import INSIDE, WAITING
from tests.warehouse import TEA, Warehouse

MANY = 40


def test_with_a_full_house_large_pushes_are_sent_away_and_single_ones_taken(
    site: Warehouse,
) -> None:
    """What is sent away is not lost, not even looked at, and taken when there is room."""
    many, one = site.handheld(), site.handheld()
    for _ in range(MANY):
        site.receive(many, TEA, 1)
    site.receive(one, TEA, 1)

    with ExitStack() as others:
        for _ in range(WAITING):
            others.enter_context(views.CROWD._places)  # noqa: SLF001 - a full line
        for _ in range(INSIDE):
            others.enter_context(views.CROWD.turn(None))
        status, answer = many.push_once()
        assert (status, answer["code"]) == (503, "sync.crowded")
        one.push()
    many.push()

    assert site.on_hand(TEA) == MANY + 1


def test_a_door_lets_in_as_many_as_it_says() -> None:
    assert INSIDE >= 2  # one is read while another one writes
    assert INSIDE + WAITING < 16  # threads of a process on PostgreSQL
