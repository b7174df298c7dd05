"""Two handhelds by one name: one keeps it, the other is enrolled anew and loses nothing."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from app.db import snapshot
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.people.models import Device
from app.pipeline.models import Epoch
from app.proving.handheld import GENESIS, Handheld
from app.sync.enrolment import issue_code
from app.sync.holding import journals
from tests.api.sync.wiring import PUSH, problem, send
from tests.operations.records import all_of, record
from tests.properties.hands import lay, rewritten
from tests.warehouse import TEA, Warehouse

DEVICES, RESCUE, ROTATE = "/api/v1/devices", "/api/v1/sync/rescue", "/api/v1/sync/rotate"
Enrol = Callable[[Handheld], Handheld]


def image_of(device: Handheld) -> Handheld:
    twin = copy.copy(device)
    twin.queue, twin.results = list(device.queue), dict(device.results)
    return twin


@pytest.fixture
def enrol(site: Warehouse) -> Enrol:
    def again(device: Handheld) -> Handheld:
        """Enrol it as the app does: with what it still has, in the name it goes by."""
        asked = {
            "enrolment_code": issue_code(site.site), "label": "H", "replaces": device.id,
        }  # fmt: skip
        welcome = send(site, DEVICES, asked, device=device).get_json()
        joined = copy.copy(device)
        joined.id, joined.epoch = welcome["device"], welcome["epoch"]
        joined.credential = welcome["credential"]
        return joined

    return again


@pytest.fixture
def twins(site: Warehouse) -> tuple[Handheld, Handheld]:
    """Both have handed in one tea; each goes on by itself."""
    first = site.handheld()
    lay(site, first, TEA, 1, "A-01")
    first.push()
    second = image_of(first)
    lay(site, first, TEA, 10, "A-01")
    first.push()
    lay(site, second, TEA, 100, "A-02")
    lay(site, second, TEA, 100, "A-02")
    return first, second


def waited_for(site: Warehouse, device: str, epoch: int) -> bool:
    """Whether this journal, besides the one that is gone on in, is known to hold more."""
    stands = record(Epoch, (device, epoch))  # type: ignore[arg-type]
    with snapshot() as session:
        owing = [row for row in journals(session, site.site, now()) if row.owes]
    return not stands.closed and bool(owing)


def rescue(by: Handheld, device: Handheld, first: int) -> tuple[int, dict[str, Any]]:
    body = {"device": device.id, "epoch": device.epoch, "first_seq": first}
    return by.call("POST", RESCUE, {**body, "ops": device.queue[first - 1 :]})


class TestWhoseNameItIs:
    def test_the_first_to_be_enrolled_keeps_it(
        self, twins: tuple[Handheld, Handheld], enrol: Enrol
    ) -> None:
        first, second = twins
        kept = enrol(first)
        assert kept.push_once(count=0, first=1, head_seq=0)[0] == 200
        other = enrol(second)

        assert kept.id == first.id
        assert other.id != first.id
        assert kept.push_once(count=0, first=1, head_seq=0)[0] == 200
        assert len(all_of(Device)) == 2

    def test_who_never_heard_that_it_was_enrolled_is_no_twin(
        self, site: Warehouse, twins: tuple[Handheld, Handheld], enrol: Enrol
    ) -> None:
        first, _ = twins
        enrol(first)  # and the answer is lost
        again = enrol(first)

        assert again.id == first.id
        assert again.push_once(count=0, first=1, head_seq=0)[0] == 200
        assert len(all_of(Device)) == 1

    def test_a_wiped_one_holds_nothing_that_speaks_against_it(
        self, site: Warehouse, twins: tuple[Handheld, Handheld]
    ) -> None:
        first, _ = twins
        asked = {"enrolment_code": issue_code(site.site), "label": "H", "replaces": first.id}
        assert send(site, DEVICES, asked).get_json()["device"] == first.id


class TestAJournalThatWasReplaced:
    def test_is_opened_by_news_not_by_an_echo(self, site: Warehouse, enrol: Enrol) -> None:
        """A network may bring a request twice, the second time hours later."""
        before = site.handheld()
        lay(site, before, TEA, 1, "A-01")
        before.push()
        before.credential = enrol(before).credential
        assert before.push_once(first=1)[0] == 200
        assert record(Epoch, (before.id, 1)).closed  # type: ignore[arg-type]

        site.clock.catch_up()
        lay(site, before, TEA, 1, "A-01")
        before.push()
        assert not record(Epoch, (before.id, 1)).closed  # type: ignore[arg-type]

    def test_is_opened_by_a_twin_that_is_alive(self, site: Warehouse, enrol: Enrol) -> None:
        """It may do work of which nobody knows yet."""
        before = site.handheld()
        lay(site, before, TEA, 1, "A-01")
        before.push()
        before.credential = enrol(before).credential
        site.clock.catch_up()
        before.push_once(count=0)
        assert not record(Epoch, (before.id, 1)).closed  # type: ignore[arg-type]

    @pytest.mark.parametrize("more", [0, 3])
    def test_is_not_opened_by_what_was_said_before_it_was_left(
        self, site: Warehouse, enrol: Enrol, more: int
    ) -> None:
        """Found by the simulator, seed 80183: nobody was left who could have ended the waiting."""
        before = site.handheld()
        lay(site, before, TEA, 1, "A-01")
        before.push()
        site.clock.catch_up()
        late = before.body(count=0, head_seq=1 + more)
        after = enrol(before)
        before.credential = after.credential
        assert before.call("POST", PUSH, late)[0] == 200

        assert record(Epoch, (before.id, 1)).closed  # type: ignore[arg-type]

    def test_is_opened_with_what_is_told_of_it_then(self, site: Warehouse, enrol: Enrol) -> None:
        """What another twin once told of has gone along into the next journal."""
        before = site.handheld()
        lay(site, before, TEA, 1, "A-01")
        before.push()
        before.push_once(count=0, head_seq=6)
        before.credential = enrol(before).credential
        site.clock.catch_up()
        before.push_once(count=0)

        assert not record(Epoch, (before.id, 1)).closed  # type: ignore[arg-type]
        assert not waited_for(site, before.id, 1)

    def test_is_not_waited_for_when_it_is_only_asked_about(
        self, site: Warehouse, enrol: Enrol
    ) -> None:
        """After a restored backup a handheld asks about its older journals, too.

        What was unsent in this one lies in the next by then.
        """
        before = site.handheld()
        lay(site, before, TEA, 1, "A-01")
        before.push()
        before.push_once(count=0, head_seq=6)
        after = enrol(before)
        before.credential = after.credential
        assert before.push_once(count=0, head_seq=1, asks=True)[0] == 200
        assert not waited_for(site, before.id, 1)

        site.clock.catch_up()
        before.push_once(count=0, head_seq=7)  # a twin holds more than is known
        assert waited_for(site, before.id, 1)

    def test_is_not_waited_for_once_all_that_is_held_of_it_has_come_again(
        self, site: Warehouse, enrol: Enrol
    ) -> None:
        """It told of more than that: the rest went into the next journal."""
        before = site.handheld()
        for n in (1, 2):
            lay(site, before, TEA, n, "A-01")
        before.push_once(count=0, head_seq=5)
        before.credential = enrol(before).credential
        assert before.push_once(count=1, head_seq=2, asks=True)[0] == 200
        assert waited_for(site, before.id, 1)
        assert before.push_once(count=1, head_seq=2, asks=True)[0] == 200
        assert not waited_for(site, before.id, 1)

    def test_also_by_one_that_a_restored_server_has_forgotten(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 1, "A-01")
        device.push()
        device.push_once(count=0, head_seq=6)
        device.epoch, device.queue, device.sent, device.prev = 2, [], 0, GENESIS
        lay(site, device, TEA, 5, "A-01")
        device.push()

        assert record(Device, device.id).epoch == 2
        assert record(Epoch, (device.id, 1)).closed  # type: ignore[arg-type]
        assert not waited_for(site, device.id, 1)


class TestItsOwnStory:
    def test_comes_in_under_the_old_name_in_a_journal_of_its_own(
        self, site: Warehouse, twins: tuple[Handheld, Handheld], enrol: Enrol
    ) -> None:
        first, second = twins
        kept = enrol(first)
        assert kept.push_once(count=0, first=1, head_seq=0)[0] == 200
        other = enrol(second)
        status, refused = rescue(other, second, 2)
        assert (status, refused["code"]) == (409, "sync.rotate_epoch")

        asked = {
            "rotation": uuid7(), "device": second.id, "from_epoch": 1, "reason": "clone",
            "lost": None, "head_seq": None,
        }  # fmt: skip
        branched = [other.call("POST", ROTATE, asked) for _ in range(2)]
        assert branched == [(200, {"epoch": 3, "expected_seq": 1})] * 2
        rewritten(second, second.queue[1:], 3)
        status, answer = rescue(other, second, 1)

        assert status == 200
        assert [one["outcome"] for one in answer["results"]] == ["flagged"] * 2
        assert site.on_hand(TEA, "A-02") == 200
        assert site.on_hand(TEA, "A-01") == 11
        # The one that kept the name goes on in its own journal, and nobody waits for the branch.
        assert record(Device, first.id).epoch == kept.epoch == 2
        assert record(Epoch, (first.id, 3)).reason == "rescue"  # type: ignore[arg-type]
        assert kept.push_once(count=0, first=1, head_seq=0)[0] == 200
        with snapshot() as session:
            open_journals = {row.device for row in journals(session, site.site, now())}
        assert open_journals == {kept.id, other.id}

    def test_not_for_a_device_of_another_site(
        self, site: Warehouse, twins: tuple[Handheld, Handheld]
    ) -> None:
        asked = {
            "rotation": uuid7(), "device": uuid7(), "from_epoch": 1, "reason": "clone",
            "lost": None, "head_seq": None,
        }  # fmt: skip
        assert problem(send(site, ROTATE, asked, device=twins[0])) == (422, "request.invalid")


class TestWhoIsWaitedFor:
    def held(self, site: Warehouse) -> list[bool]:
        """Whether each open journal is known to hold more than it has handed in."""
        with snapshot() as session:
            return sorted(row.owes for row in journals(session, site.site, now()))

    def test_a_twin_that_is_known_to_hold_more_on_a_journal_left_behind(
        self, site: Warehouse, twins: tuple[Handheld, Handheld]
    ) -> None:
        """One has rotated; the other goes on where it was, and has told of two it did not send."""
        first, second = twins
        asked = {
            "rotation": uuid7(), "from_epoch": 1, "reason": "clone", "lost": None, "head_seq": None,
        }  # fmt: skip
        assert first.call("POST", ROTATE, asked)[0] == 200
        assert self.held(site) == [False]
        second.queue = first.queue[:2] + second.queue[1:]
        site.clock.catch_up()
        second.push_once(count=0, first=3, head_seq=4)

        assert self.held(site) == [False, True]

    def test_not_a_journal_that_was_left_for_another(
        self, site: Warehouse, twins: tuple[Handheld, Handheld], enrol: Enrol
    ) -> None:
        """Enrolled anew it brings its queue along: the new journal starts where it was complete."""
        first, _ = twins
        lay(site, first, TEA, 1, "A-01")
        first.push_once(count=0)
        enrol(first)

        assert self.held(site) == [False]
        assert record(Epoch, (first.id, 1)).closed  # type: ignore[arg-type]
