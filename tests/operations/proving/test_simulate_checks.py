"""The simulator's own eyes: each check sees what it is there for."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from sqlalchemy import func, select

from app.db import snapshot
from app.ledger.models import Balance
from app.proving.simulate.deeds import HIDDEN
from app.proving.simulate.planted import PLANTED
from app.proving.simulate.play import play
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.reordering import reordered
from app.proving.simulate.running import Wanted, counts, one
from app.proving.simulate.world import POISON
from app.sync.watermarks import NEVER


@pytest.fixture(scope="module")
def place() -> Iterator[Premises]:
    """Somewhere to play, furnished once."""
    with premises(None) as found:
        yield found


def test_a_watermark_that_stands_still_keeps_counts_waiting(place: Premises) -> None:
    with patch("app.sync.settling.watermark", return_value=NEVER):
        result = one(place, Wanted(1, 1), 1)

    assert "L1" in str(result["problems"])


def test_another_order_of_arrival_shows_a_missing_restate(place: Premises) -> None:
    with place.server.in_charge(2):
        play(place, 2, None, 8)
        with PLANTED["missing_restate"]():
            assert list(reordered(place, 2))
        assert list(reordered(place, 2)) == []


def test_the_book_holds_what_no_handheld_may_hear(place: Premises) -> None:
    place.fresh()
    with place.server.app.app_context(), snapshot() as session:
        held = session.scalar(
            select(func.sum(Balance.quantity)).where(
                Balance.holder == place.furnished.names.place(HIDDEN)
            )
        )

    assert POISON.search(f'{{"expected":{held}}}'.encode())
    assert not POISON.search(b'{"id":"01ba1b59-9300-7136-b686-41a67c4b2870","at":1898841210245}')


def test_a_seed_counts_with_enough_operations_and_faults() -> None:
    seed = {"operations": {"move": 99}, "injected": {"crash": 1, "clone": 1, "wipe": 2}}

    assert not counts(seed)
    assert counts({**seed, "operations": {"move": 100}})
    assert not counts({"operations": {"move": 100}, "injected": {"crash": 9, "re-applied": 3}})
