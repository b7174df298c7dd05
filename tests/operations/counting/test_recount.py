"""Recounts are another person's.

Kinds: "counting.recount", "counting.ask_for", "counting.withdraw", "system.withhold_counts".
"""

import time
from typing import Any

import pytest

from app.db import db
from app.documents.models import CountSheet
from app.kernel.ids import uuid7
from app.pipeline.models import OpenException
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from app.work.models import CountTask
from tests.operations.records import all_of, record
from tests.operations.settling import look, share_the_clock
from tests.warehouse import PIN, TEA, Warehouse

UNVERIFIED = "sync.actor_unverified"


@pytest.fixture
def house(site: Warehouse) -> Warehouse:
    """Twenty teas in A-01, and handhelds of today."""
    site.stock(TEA, 20, "A-01")
    site.clock.ms = time.time() * 1000
    return site


def offers(device: Handheld) -> list[dict[str, Any]]:
    """What a handheld holds of counts that somebody shall make."""
    device.pull()
    return [row for (entity, _), row in device.rows.items() if entity == "count_task" and row]


def counted(site: Warehouse, device: Handheld, badge: str, quantity: int) -> str:
    device.sign_in(badge, PIN)
    site.clock.pass_(1)
    sheet = site.count(device, "A-01", (TEA, quantity))
    device.push()
    return sheet


class TestRecount:
    def test_is_offered_to_everybody_but_who_counted(self, house: Warehouse) -> None:
        device = house.handheld("H1", "C1")
        sheet = counted(house, device, "C1", 18)
        assert offers(device) == []

        house.done("counting.recount", {"sheet": sheet, "note": None}, actor=house.person("S1"))

        (offer,) = offers(device)
        assert (offer["place"], offer["why"]) == (house.place("A-01"), "recount")
        assert offer["not_for"] == [house.person("C1")]
        assert record(CountSheet, sheet).state == "rejected"
        assert house.on_hand(TEA, "A-01") == 20

    def test_the_same_person_does_not_end_it_another_does(self, house: Warehouse) -> None:
        device = house.handheld("H1", "C1")
        sheet = counted(house, device, "C1", 18)
        house.done("counting.recount", {"sheet": sheet}, actor=house.person("S1"))

        counted(house, device, "C1", 18)
        assert len(offers(device)) == 1

        counted(house, device, "B1", 18)
        assert offers(device) == []
        (task,) = all_of(CountTask)
        assert task.state == "done"

    @pytest.mark.parametrize("by", ["signing in", "a supervisor"])
    def test_somebody_nobody_knows_ends_it_once_he_is_proven(
        self, house: Warehouse, monkeypatch: pytest.MonkeyPatch, by: str
    ) -> None:
        """Anybody can scan another's badge where there is no network, the first counter too."""
        share_the_clock(house, monkeypatch)
        house.clock.pass_(5)
        device, cold = house.handheld("H1", "C1"), house.handheld("H2", "B1")
        first = counted(house, device, "C1", 18)
        house.clock.pass_(1)
        house.done("counting.recount", {"sheet": first}, actor=house.person("S1"))
        cold.grant = None
        house.clock.pass_(1)
        house.count(cold, "A-01", (TEA, 18))
        cold.push()
        look(house)

        (offer,) = offers(device)
        assert offer["not_for"] == sorted([house.person("C1"), house.person("B1")])
        (task,) = all_of(CountTask)
        assert task.state == "open"

        house.clock.pass_(1)
        if by == "signing in":
            cold.sign_in("B1", PIN)
            look(house)
        else:
            (doubt,) = [row for row in all_of(OpenException) if row.code == UNVERIFIED]
            accepted = {"exception": doubt.id, "resolution": "accept", "note": None}
            house.done("exceptions.resolve", accepted, actor=house.person("S1"))

        assert offers(device) == []
        (task,) = all_of(CountTask)
        assert task.state == "done"
        assert verify(house.playbook, db.engine).ok

    def test_a_contested_count_waits_for_somebody_who_is_proven(
        self, house: Warehouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        share_the_clock(house, monkeypatch)
        house.clock.pass_(5)
        device, other = house.handheld("H1", "C1"), house.handheld("H2", "B1")
        house.carry(other, TEA, 1, "A-01", "A-02")
        first = house.count(device, "A-01", (TEA, 18))
        other.push()
        device.push()
        look(house)
        assert record(CountSheet, first).recount is not None

        other.grant = None
        house.clock.pass_(10)
        again = house.count(other, "A-01", (TEA, 19))
        other.push()
        assert record(CountSheet, first).state == "finished"
        house.clock.pass_(1)
        other.sign_in("B1", PIN)
        look(house)

        assert record(CountSheet, first).state == "superseded"
        (task,) = all_of(CountTask)
        assert (task.state, task.sheet) == ("done", again)

    def test_a_count_from_before_does_not_end_it(self, house: Warehouse) -> None:
        """Somebody counted offline, and it was asked for meanwhile: that is no answer."""
        device = house.handheld("H1", "C1")
        house.clock.pass_(-60)
        early = house.handheld("H2", "B1")
        house.count(early, "A-01", (TEA, 19))
        house.clock.pass_(60)
        sheet = counted(house, device, "C1", 18)
        house.done("counting.recount", {"sheet": sheet}, actor=house.person("S1"))

        early.push()

        (offer,) = offers(device)
        assert offer["not_for"] == sorted([house.person("C1"), house.person("B1")])

    def test_approving_any_later_count_ends_it(self, house: Warehouse) -> None:
        device = house.handheld("H1", "C1")
        sheet = counted(house, device, "C1", 18)
        house.done("counting.recount", {"sheet": sheet}, actor=house.person("S1"))
        again = counted(house, device, "C1", 18)

        house.done("counting.approve", {"sheet": again}, actor=house.person("S1"))

        assert offers(device) == []
        assert house.on_hand(TEA, "A-01") == 18

    def test_a_sheet_is_doubted_once(self, house: Warehouse) -> None:
        device = house.handheld("H1", "C1")
        sheet = counted(house, device, "C1", 18)
        house.done("counting.recount", {"sheet": sheet})

        assert house.ask("counting.recount", {"sheet": sheet}).codes == ("counting.not_open",)
        unknown = house.ask("counting.recount", {"sheet": uuid7()})
        assert unknown.codes == ("counting.unknown_sheet",)


class TestAskedFor:
    def test_one_of_a_place_until_it_is_taken_back(self, house: Warehouse) -> None:
        device = house.handheld("H1", "C1")
        for _ in range(2):
            house.done("counting.ask_for", {"place": house.place("A-01"), "note": "odd"})

        (offer,) = offers(device)
        assert (offer["why"], offer["not_for"]) == ("asked", [])
        house.done("counting.withdraw", {"task": offer["id"]})

        assert offers(device) == []
        again = house.ask("counting.withdraw", {"task": offer["id"]})
        assert again.codes == ("counting.task_over",)
        assert house.ask("counting.withdraw", {"task": uuid7()}).codes == ("counting.unknown_task",)

    def test_only_of_real_places(self, house: Warehouse) -> None:
        for place in (house.place("@variance"), uuid7()):
            refused = house.ask("counting.ask_for", {"place": place})
            assert refused.codes == ("counting.unknown_place",)

    def test_below_zero_is_counted_when_somebody_says_so(self, house: Warehouse) -> None:
        device = house.handheld("H1", "B1")
        house.carry(device, TEA, 30, "A-01", "A-02")
        device.push()
        (exception,) = all_of(OpenException)

        house.done("exceptions.resolve", {"exception": exception.id, "resolution": "recount"})

        assert [offer["place"] for offer in offers(device)] == [house.place("A-01")]
