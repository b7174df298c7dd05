"""A handheld that lost its memory says so; what it worked at is counted again."""

import json
from collections.abc import Iterator

from sqlalchemy import update

from app.db import db, snapshot, writing
from app.kernel.clock import millis, now
from app.kernel.ids import uuid7
from app.pipeline.models import Epoch, OpenException
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from app.work.models import CountTask
from tests.operations.records import all_of, record
from tests.properties.hands import lay, rotate
from tests.warehouse import DOCK, TEA, Warehouse

DAY_MS = 24 * 3_600_000


def wipe(device: Handheld, **over: object) -> None:
    """Its disk is empty: it comes back and knows its name only."""
    status, _ = rotate(device, uuid7(), **{"reason": "wiped", "lost": [2, None], **over})
    assert status == 200


def asked_for(site: Warehouse) -> dict[str, str]:
    """The codes of places that somebody shall count, and why."""
    codes = {row["id"]: row["code"] for row in locations(site)}
    return {codes[task.place]: task.why for task in all_of(CountTask) if task.state == "open"}


def locations(site: Warehouse) -> Iterator[dict[str, str]]:
    counter = site.handheld("C", "C1", roles=("counter",))
    counter.pull()
    yield from counter.all("location")


def gap() -> dict[str, object]:
    with snapshot() as session:
        (detail,) = [row.detail for row in session.query(OpenException) if row.code == "device_gap"]
        return dict(detail)


class TestDeclareLoss:
    def test_opens_a_gap_with_at_least_so_many_since(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 1, "A-01")
        device.push()
        complete = record(Epoch, (device.id, 1)).complete_cut_at  # type: ignore[arg-type]
        assert complete
        wipe(device, head_seq=7)

        assert ("device_gap", f"{device.id}|1") in site.exceptions()
        assert gap() == {"first": 2, "last": None, "at_least": 6, "since_ms": millis(complete)}

    def test_the_server_remembers_a_head_that_the_device_does_not(self, site: Warehouse) -> None:
        device = site.handheld()
        for _ in range(5):
            lay(site, device, TEA, 1, "A-01")
        device.push_once(count=1)  # and says that it has five
        wipe(device, head_seq=1)

        assert gap()["at_least"] == 4

    def test_asked_again_it_is_declared_once(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 1, "A-01")
        device.push()
        rotation = uuid7()
        for head in (3, 3, 9):  # a second device of the same rotation may know more
            answer = rotate(device, rotation, reason="wiped", lost=[2, None], head_seq=head)
            assert answer == (200, {"epoch": 2, "expected_seq": 1})

        assert gap()["at_least"] == 2


class TestCountsAfterALoss:
    def test_where_it_worked_the_day_before_is_counted(self, site: Warehouse) -> None:
        device, other = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        site.clock.ms -= 2 * DAY_MS
        lay(site, device, TEA, 1, "B-03")  # two days ago
        device.push()
        site.clock.ms += 2 * DAY_MS
        lay(site, device, TEA, 1, "A-01")
        site.receive(device, TEA, 4)
        site.carry(device, TEA, 4, DOCK, "A-02")
        device.push()
        lay(site, other, TEA, 1, "A-03")  # somebody else
        other.push()
        wipe(device, head_seq=4)

        assert asked_for(site) == {"A-01": "lost", "A-02": "lost", DOCK: "lost"}
        assert verify(site.playbook, db.engine).differences == ()

    def test_so_is_where_its_open_work_would_have_led(self, site: Warehouse) -> None:
        site.stock(TEA, 9, "B-02")
        site.order("SO-1", (TEA, 2))
        device = site.handheld()
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.push()
        wipe(device, head_seq=1)

        assert asked_for(site) == {"B-02": "lost"}

    def test_silent_for_a_week_it_is_its_last_day_that_counts(self, site: Warehouse) -> None:
        device = site.handheld()
        site.clock.ms -= 7 * DAY_MS
        lay(site, device, TEA, 1, "A-01")
        device.push()
        with writing() as session:
            before = now().replace(microsecond=0)
            silent = before.fromtimestamp(site.clock.ms / 1000, before.tzinfo)
            session.execute(update(Epoch).values(complete_cut_at=silent))
        site.clock.ms += 7 * DAY_MS
        wipe(device, head_seq=1)

        assert asked_for(site) == {"A-01": "lost"}

    def test_a_count_ends_what_was_asked(self, site: Warehouse) -> None:
        device, other = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, device, TEA, 3, "A-01")
        device.push()
        wipe(device, head_seq=1)
        site.clock.ms = millis(now()) + 1
        site.count(other, "A-01", (TEA, 3))
        other.push()

        assert asked_for(site) == {}

    def test_a_place_says_nothing_of_what_lies_there(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 3, "A-01")
        device.push()
        wipe(device, head_seq=1)
        counter = site.handheld("C", "C1", roles=("counter",))
        counter.pull()

        (row,) = counter.all("count_task")
        assert json.dumps(sorted(row)) == '["id", "not_for", "place", "why"]'
