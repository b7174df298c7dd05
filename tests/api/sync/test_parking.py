"""Parked: drained, signed off, waited for by nobody."""

import time

from sqlalchemy import update

from app.db import snapshot, writing
from app.kernel.clock import now
from app.kernel.ids import derived, uuid7
from app.people.models import Device, Grant
from app.pipeline.models import Epoch
from app.proving.handheld import Handheld
from app.sync.holding import journals
from app.sync.watermarks import Journal, watermark
from tests.api.sync.wiring import PUSH
from tests.operations.records import record
from tests.operations.settling import beat
from tests.properties.hands import answers, lay, rotate
from tests.warehouse import PIN, TEA, Warehouse

FLAG = "sync.unparked_offline"


def known(site: Warehouse) -> list[Journal]:
    with snapshot() as session:
        return journals(session, site.site, now())


def held(site: Warehouse) -> bool:
    """Somebody has to be waited for."""
    moment = now()
    return watermark(known(site), None, moment) < moment


def parked(site: Warehouse) -> Handheld:
    device = site.handheld()
    lay(site, device, TEA, 1, "A-01")
    device.push()
    site.clock.pass_(5)
    assert held(site)
    beat(device, parked=True)
    assert not held(site)
    site.clock.pass_(5)
    return device


class TestParked:
    def test_what_is_done_before_it_speaks_again_is_flagged(self, site: Warehouse) -> None:
        device = parked(site)
        device.grant = None  # a badge, and no network
        lay(site, device, TEA, 2, "A-01")
        device.push()

        assert FLAG in answers(device)[2][1]
        assert site.on_hand(TEA, "A-01") == 3
        assert held(site)
        lay(site, device, TEA, 3, "A-01")
        device.push()
        assert FLAG not in answers(device)[3][1]

    def test_who_takes_over_from_somebody_logged_in_is_not(self, site: Warehouse) -> None:
        """It was waited for again since the log-in, which needed the network."""
        device = parked(site)
        device.sign_in("B1", PIN)
        lay(site, device, TEA, 2, "A-01")
        device.grant = None  # another badge, in a dead spot
        lay(site, device, TEA, 3, "A-01")
        device.push()

        assert FLAG not in answers(device)[2][1]
        assert FLAG not in answers(device)[3][1]
        assert "sync.actor_unverified" in answers(device)[3][1]

    def test_also_if_a_heartbeat_comes_first(self, site: Warehouse) -> None:
        device = parked(site)
        device.grant = None
        lay(site, device, TEA, 2, "A-01")
        beat(device)
        site.clock.pass_(1)
        lay(site, device, TEA, 3, "A-01")
        device.push()

        assert FLAG in answers(device)[2][1]
        assert FLAG not in answers(device)[3][1]

    def test_in_every_push_of_a_long_queue(self, site: Warehouse) -> None:
        device = parked(site)
        device.grant = None
        for _ in range(3):
            lay(site, device, TEA, 1, "A-01")
        for _ in range(3):
            device.push_once(count=1)

        assert [FLAG in answers(device)[seq][1] for seq in (2, 3, 4)] == [True] * 3

    def test_a_log_in_unparks_it_and_its_work_is_no_exception(self, site: Warehouse) -> None:
        device = parked(site)
        device.sign_in("B1", PIN)
        assert held(site)
        lay(site, device, TEA, 2, "A-01")
        device.push()

        assert FLAG not in answers(device)[2][1]

    def test_a_grant_from_before_does_not_vouch_for_it(self, site: Warehouse) -> None:
        """An image of the handheld from before it was parked."""
        device = parked(site)
        lay(site, device, TEA, 2, "A-01")
        device.push()

        assert FLAG in answers(device)[2][1]


class TestWhoHolds:
    def test_nobody_at_work_holds_nothing(self, site: Warehouse) -> None:
        assert not held(site)

    def test_a_queue_that_was_told_of_holds_without_a_grant(self, site: Warehouse) -> None:
        device = site.handheld()
        without_grants(device)
        for _ in range(2):
            lay(site, device, TEA, 1, "A-01")
        device.push_once(count=1)
        assert held(site)

    def test_work_of_the_last_day_holds_its_zone(self, site: Warehouse) -> None:
        site.done("locations.save_zone", {"code": "COLD", "name": "Cold"})
        cold = derived(site.site, "zone:COLD")
        site.done("locations.save_location", {"code": "A-01", "kind": "bin", "zone": cold})
        device = site.handheld()
        without_grants(device)
        lay(site, device, TEA, 1, "A-01")
        device.push()

        (journal,) = known(site)
        assert journal.zones == {cold}

    def test_a_rotated_journal_goes_on_from_the_promise_of_the_old_one(
        self, site: Warehouse
    ) -> None:
        device = site.handheld()
        site.clock.ms = time.time() * 1000 - 3_600_000
        beat(device)
        promised = site.clock.ms
        site.clock.pass_(30)
        status, answer = rotate(device, uuid7())
        assert (status, answer["expected_seq"]) == (200, 1)

        (journal,) = known(site)
        through = journal.complete_through.timestamp() * 1000
        assert promised - 1_000 < through < promised
        assert journal.complete_cut_at is None

    def test_a_revoked_one_holds_nothing(self, site: Warehouse) -> None:
        device = site.handheld()
        beat(device)
        assert held(site)
        with writing() as session:
            session.get_one(Device, device.id).revoked_at = now()

        assert not held(site)


def without_grants(device: Handheld) -> None:
    """The twelve hours of a log-in are over."""
    device.grant = None
    with writing() as session:
        session.execute(update(Grant).where(Grant.device == device.id).values(expires_at=now()))


class TestAnEcho:
    def test_says_nothing_new(self, site: Warehouse) -> None:
        """A network held back what was said before work began, with the clock as it was then."""
        device = site.handheld()
        lay(site, device, TEA, 1, "A-01")
        device.push()
        device.clock.wrong_by = -90_000
        late = device.body(count=0, parked=True, pending=7)
        device.clock.wrong_by = 0
        site.clock.pass_(30)
        beat(device)
        before = record(Epoch, (device.id, 1))  # type: ignore[arg-type]
        assert device.call("POST", PUSH, late)[0] == 200

        after = record(Epoch, (device.id, 1))  # type: ignore[arg-type]
        assert (after.offset_ms, after.last_contact) == (0, before.last_contact)
        assert not after.parked
        assert record(Device, device.id).pending == 0
        assert held(site)
