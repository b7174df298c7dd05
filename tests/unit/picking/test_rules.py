"""Which goods serve a line, and in which order a picker walks."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.picking.rules import Candidate, allocate, usable, walking_order

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def some(holder: str, free: int, day: int = 0, expiry: str | None = None) -> Candidate:
    return Candidate(holder, holder, holder, "", free, DAY + timedelta(days=day), expiry)


def taken(wanted: int, rotation: str, *candidates: Candidate) -> list[tuple[str, int]]:
    takes = allocate(wanted, rotation, candidates)  # type: ignore[arg-type]
    return [(take.candidate.holder, take.quantity) for take in takes]


class TestAllocate:
    def test_the_oldest_the_newest_or_what_expires_first(self) -> None:
        old, new = some("old", 3, 0, "2027-01-01"), some("new", 3, 5, "2026-06-01")
        assert taken(4, "fifo", new, old) == [("old", 3), ("new", 1)]
        assert taken(4, "lifo", old, new) == [("new", 3), ("old", 1)]
        assert taken(4, "fefo", old, new) == [("new", 3), ("old", 1)]

    def test_what_never_expires_comes_last(self) -> None:
        assert taken(1, "fefo", some("never", 9), some("soon", 9, 5, "2026-02-01")) == [("soon", 1)]

    def test_among_equals_from_as_few_places_as_possible(self) -> None:
        assert taken(5, "fifo", some("a", 2), some("b", 5), some("c", 4)) == [("b", 5)]

    @given(st.lists(st.integers(0, 9), max_size=6), st.integers(0, 40))
    def test_takes_what_there_is_and_never_more(self, free: list[int], wanted: int) -> None:
        candidates = [some(str(n), quantity) for n, quantity in enumerate(free)]
        takes = allocate(wanted, "fifo", candidates)
        assert sum(take.quantity for take in takes) == min(wanted, sum(free))
        assert all(0 < take.quantity <= take.candidate.free for take in takes)


class TestUsable:
    def test_the_day_of_expiry_still_counts(self) -> None:
        assert usable("2026-01-01", date(2026, 1, 1), 0)
        assert not usable("2026-01-01", date(2026, 1, 2), 0)

    def test_a_customer_wants_some_life_left(self) -> None:
        assert usable("2026-01-11", date(2026, 1, 1), 10)
        assert not usable("2026-01-10", date(2026, 1, 1), 10)
        assert usable(None, date(2026, 1, 1), 999)


def test_a_walk_goes_up_one_aisle_and_down_the_next() -> None:
    places = [(f"{x}{y}", x, y, 0) for x in (1, 2) for y in (1, 2, 3)]
    assert walking_order(places) == ["11", "12", "13", "23", "22", "21"]
