"""How far the picture of a zone is complete, by what handhelds promised."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.sync.watermarks import NEVER, Journal, watermark

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BASE = timedelta(milliseconds=250)
COLD, DRY = "cold", "dry"

TALKING = Journal("h", complete_cut_at=NOON - MINUTE, granted=True)
SLOW = Journal("g", complete_cut_at=NOON - 5 * MINUTE)


@pytest.mark.parametrize(
    ("rtt", "change", "error_ms"),
    [(0, 0, 250), (40, 0, 270), (0, -600, 550), (200, 600, 650), (-5, 0, 250)],
)
def test_the_error_of_a_cut(rtt: float, change: float, error_ms: float) -> None:
    journal = replace(TALKING, rtt_ms=rtt, offset_change_ms=change)

    assert journal.error == timedelta(milliseconds=error_ms)
    assert journal.complete_through == NOON - MINUTE - journal.error


@pytest.mark.parametrize(
    ("journal", "cold", "dry", "house"),
    [
        (Journal("h"), False, False, False),  # enrolled, and nobody ever took it up
        (Journal("h", granted=True), True, True, True),
        (Journal("h", owes=True), True, True, True),
        (Journal("h", zones=frozenset({COLD})), True, False, True),
        (Journal("h", zones=frozenset({None})), False, False, True),
        (Journal("h", granted=True, parked=True), False, False, False),
        (Journal("h", zones=frozenset({COLD}), parked=True), False, False, False),
        (Journal("h", granted=True, owes=True, excluded=True), False, False, False),
    ],
)
def test_who_holds(journal: Journal, cold: bool, dry: bool, house: bool) -> None:  # noqa: FBT001
    assert (journal.holds(COLD), journal.holds(DRY), journal.holds(None)) == (cold, dry, house)


@pytest.mark.parametrize(
    ("journals", "through"),
    [
        ([], NOON),
        ([TALKING], NOON - MINUTE - BASE),
        ([replace(TALKING, parked=True)], NOON),
        ([TALKING, replace(SLOW, zones=frozenset({COLD}))], NOON - 5 * MINUTE - BASE),
        ([TALKING, replace(SLOW, zones=frozenset({DRY}))], NOON - MINUTE - BASE),
        # It never handed everything in: nothing of it is from before it was enrolled.
        ([TALKING, Journal("g", opened_at=NOON - 9 * MINUTE, granted=True)], NOON - 9 * MINUTE),
        ([TALKING, Journal("g", granted=True)], NEVER),  # a restored server knows nothing of it
    ],
)  # fmt: skip
def test_the_slowest_that_holds_a_zone_decides(journals: list[Journal], through: datetime) -> None:
    assert watermark(journals, COLD, NOON) == through


@pytest.mark.parametrize(
    ("contact", "silent"),
    [(None, True), (NOON - 31 * MINUTE, True), (NOON - 30 * MINUTE, False)],
)
def test_half_an_hour_is_silence(contact: datetime | None, silent: bool) -> None:  # noqa: FBT001
    assert replace(TALKING, last_contact=contact).silent(NOON) is silent
