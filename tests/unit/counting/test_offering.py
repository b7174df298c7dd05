"""Whom a bin may be offered to for counting."""

from datetime import UTC, datetime, timedelta

import pytest

from app.counting.offering import Known, may_count

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("counters", "counted_at", "shown", "offered"),
    [
        ((), None, None, True),
        (("ann",), None, None, False),  # her own count waits for a verdict
        (("ben",), NOON, None, True),
        ((), None, NOON, False),  # never counted, and she knows what should be there
        ((), NOON, NOON - HOUR, True),  # counted since
        ((), NOON, NOON + HOUR, False),
        (("ann",), NOON, NOON - HOUR, False),
    ],
)
def test_not_who_counted_and_not_who_knows(
    counters: tuple[str, ...],
    counted_at: datetime | None,
    shown: datetime | None,
    offered: bool,  # noqa: FBT001
) -> None:
    known = Known(counters, counted_at, {"ann": shown} if shown else {})

    assert may_count("ann", known) is offered
