"""A walk is held for a shift; after that others may have it, and nothing done is lost."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from app.documents.models import SalesOrderLine
from app.kernel.clock import millis, now
from app.picking.leases import expire_walks
from app.picking.rules import GRACE, LEASE
from app.pipeline.office import Author, Request, submit
from app.proving.handheld import Handheld
from app.work.models import PickLine, PickTask
from tests.operations.records import all_of, record
from tests.warehouse import TEA, Warehouse


def walking(site: Warehouse) -> tuple[Handheld, str]:
    """H1 holds the only order: three of tea."""
    site.stock(TEA, 10, "A-01")
    site.order("SO-1", (TEA, 3))
    one = site.handheld("H1", "B1")
    one.record("picking.take_work", {"orders": 1, "scans": []})
    one.sync()
    one.base = None  # the test's clock is eight hours behind: no stamp may lean on this pull
    (task,) = one.all("pick_task")
    return one, task["id"]


def look(site: Warehouse, moment: datetime) -> int:
    return expire_walks(site.app.extensions["tallyman_playbook"], moment)


def late() -> datetime:
    return now() + LEASE + GRACE + timedelta(minutes=1)


def test_within_its_time_and_grace_a_walk_stays_where_it_is(site: Warehouse) -> None:
    one, task = walking(site)

    assert look(site, now() + LEASE + GRACE - timedelta(minutes=1)) == 0

    one.pull()
    (row,) = one.all("pick_task")
    kept = record(PickTask, task)
    assert row["expires_at"] == millis(kept.taken_at + LEASE)
    assert kept.state == "active"


def test_a_walk_kept_too_long_is_free_for_everybody(site: Warehouse) -> None:
    one, task = walking(site)
    two = site.handheld("H2", "B2")

    assert look(site, late()) == 1
    assert look(site, late()) == 0

    one.pull()
    assert one.all("pick_task") == one.all("pick_line") == []
    assert {stop.quantity for stop in all_of(PickLine)} == {0}
    assert record(PickTask, task).lease == 2
    two.record("picking.take_work", {"orders": 1, "scans": []})
    two.sync()
    assert [stop["quantity"] for stop in two.all("pick_line")] == [3]


def test_who_was_given_it_meanwhile_keeps_it(site: Warehouse) -> None:
    """The look that found the old lease comes too late for the new one."""
    _, task = walking(site)
    two = site.handheld("H2", "B2")
    site.done("picking.reassign", {"task": task, "device": two.id, "note": None})

    answer = submit(
        site.app.extensions["tallyman_playbook"],
        Author(site.org, site.site, device="system"),
        Request("system.expire_walk", {"task": task, "lease": 1}),
    )

    assert (answer.outcome, answer.codes) == ("refused", ("picking.newer_lease",))
    assert record(PickTask, task).state == "active"


@pytest.mark.parametrize("order", list(permutations(("expire", "late", "again"))))
def test_what_was_picked_in_a_dead_spot_counts_whenever_it_is_told(
    site: Warehouse, order: tuple[str, ...]
) -> None:
    """The first picker had the tea in his tote all along; surplus is flagged, never refused."""
    one, task = walking(site)
    line = site.line(record(PickTask, task).order, 1)
    site.pick(one, line, TEA, 3, "A-01", None)
    two = site.handheld("H2", "B2")
    site.pick(two, line, TEA, 3, "A-01", None)
    steps = {"expire": lambda: look(site, late()), "late": one.push, "again": two.push}

    for name in order:
        steps[name]()

    assert record(SalesOrderLine, line).picked == 6
    assert site.on_hand(TEA, "A-01") == 4
    assert site.exceptions() == {("over_pick", line)}
