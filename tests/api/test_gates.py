"""What goes through the doors is proposed; only a person makes it so."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db, snapshot
from app.documents.models import SalesOrder
from app.identification import identify
from app.kernel.ids import derived
from app.pipeline.models import StoredOperation
from app.proving.rebuild import verify
from app.readers.models import TagVisit
from tests.api.callers import Caller, at_desk, employ
from tests.api.desk import OFFICE
from tests.api.fixed_reader import FixedReader, pallet, piece, silence
from tests.operations.records import all_of, record
from tests.properties.hands import carry_unit, lay
from tests.warehouse import DOCK, DRILL, LAMP, STAGE, TEA, Warehouse

OUTSIDE, INSIDE = 1, 2


def sscc(n: int) -> str:
    return str(identify(pallet(n)).sscc)


def announce(site: Warehouse, *pallets: int, sku: str = TEA, quantity: int = 40) -> None:
    goods = {
        "item": site.item(sku), "packaging": None, "lot": None, "expiry": None,
        "quantity": quantity,
    }  # fmt: skip
    site.done(
        "purchasing.save_asn",
        {
            "number": "ASN-1",
            "supplier": None,
            "purchase_order": None,
            "units": [{"code": sscc(n), "contents": [goods]} for n in pallets],
            "lines": [],
        },
    )


@pytest.fixture
def door(site: Warehouse) -> FixedReader:
    """The door where goods come in: one antenna outside, one inside."""
    reader = FixedReader(site, "Door 1")
    reader.looks_at(DOCK, "dock_in", OUTSIDE, side="outside")
    return reader.looks_at(DOCK, "dock_in", INSIDE, side="inside")


@pytest.fixture
def exit_(site: Warehouse) -> FixedReader:
    """The door where goods leave."""
    reader = FixedReader(site, "Door 2")
    reader.looks_at(STAGE, "dock_out", OUTSIDE, side="outside")
    return reader.looks_at(STAGE, "dock_out", INSIDE, side="inside")


@pytest.fixture
def boss(site: Warehouse) -> Caller:
    employ(site, "BOSS", "supervisor")
    return at_desk(site, "BOSS", "supervisor")


def shown(boss: Caller) -> Any:
    answer = boss.call("GET", f"{OFFICE}/gates")
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def confirm(boss: Caller, what: str) -> Any:
    return boss.call("POST", f"{OFFICE}/gates/{what}/confirm", json={})


def operations(kind: str) -> int:
    with snapshot() as session:
        query = select(func.count()).where(StoredOperation.kind == kind)
        return int(session.scalar(query) or 0)


class TestAPalletComesIn:
    def test_it_is_proposed_and_nothing_moves(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        announce(site, 1)
        before = site.entries()

        door.passes(pallet(1), OUTSIDE, INSIDE)
        silence(site)

        (receipt,) = shown(boss)["receipts"]
        assert (receipt["code"], receipt["asn"], receipt["place_code"]) == (sscc(1), "ASN-1", DOCK)
        assert (receipt["direction"], receipt["reader"]) == ("in", "Door 1")
        assert receipt["contents"][0]["quantity"] == 40
        assert site.entries() == before
        assert operations("receiving.receive_unit") == 0

    def test_confirmed_it_is_received_by_whoever_confirmed(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        announce(site, 1)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        silence(site)

        answer = confirm(boss, f"receipts/{site.lpn(sscc(1))}")

        assert (answer.status_code, answer.get_json()["outcome"]) == (200, "applied")
        assert site.on_hand(TEA, DOCK) == 40
        assert site.at(site.lpn(sscc(1))) == site.place(DOCK)
        assert shown(boss)["receipts"] == []
        assert {row.state for row in all_of(TagVisit)} == {"confirmed"}
        with snapshot() as session:
            stored = session.scalars(
                select(StoredOperation).where(StoredOperation.kind == "receiving.receive_unit")
            ).one()
        assert pallet(1).encode() in stored.envelope
        assert stored.actor == site.person("BOSS")

    def test_confirmed_twice_it_is_received_once(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        announce(site, 1)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        silence(site)
        path = f"receipts/{site.lpn(sscc(1))}"

        confirm(boss, path)
        again = confirm(boss, path)

        assert (again.status_code, again.get_json()["code"]) == (409, "readers.settled")
        assert site.on_hand(TEA) == 40

    def test_a_handheld_was_faster(self, site: Warehouse, door: FixedReader, boss: Caller) -> None:
        announce(site, 1)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        silence(site)
        device = site.handheld()
        device.record(
            "receiving.receive_unit",
            {
                "asn": None, "lpn": site.lpn(sscc(1)), "contents": [site.goods(TEA, 40)],
                "target": site.place(DOCK), "condition": "good", "reason": None, "photos": [],
                "scans": [],
            },
        )  # fmt: skip
        device.push()

        seen = shown(boss)

        assert (seen["receipts"], seen["strays"], seen["unknown"]) == ([], [], [])
        assert confirm(boss, f"receipts/{site.lpn(sscc(1))}").status_code == 409

    def test_dismissed_it_is_gone(self, site: Warehouse, door: FixedReader, boss: Caller) -> None:
        announce(site, 1)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        silence(site)
        (receipt,) = shown(boss)["receipts"]

        site.done(
            "readers.settle",
            {"visits": receipt["visits"], "verdict": "dismissed", "note": "wrong truck"},
        )

        seen = shown(boss)
        assert (seen["receipts"], seen["unknown"]) == ([], [])
        assert site.on_hand(TEA) == 0

    def test_back_and_forth_is_one_proposal_of_several_visits(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        announce(site, 1)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        door.passes(pallet(1), OUTSIDE, INSIDE, after=20)
        silence(site)

        (receipt,) = shown(boss)["receipts"]
        assert receipt["times"] == 2

    def test_what_goes_out_is_not_proposed_as_coming_in(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        announce(site, 1)
        door.passes(pallet(1), INSIDE, OUTSIDE)
        silence(site)

        assert shown(boss)["receipts"] == []

    def test_an_announcement_that_comes_later(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        door.passes(pallet(1), OUTSIDE, INSIDE)
        silence(site)
        assert [row["code"] for row in shown(boss)["unknown"]] == [sscc(1)]

        announce(site, 1)

        seen = shown(boss)
        assert [row["code"] for row in seen["receipts"]] == [sscc(1)]
        assert seen["unknown"] == []

    def test_serials_that_were_read_with_it_are_named(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        site.done(
            "items.save_identifier",
            {"item": site.item(DRILL), "packaging": None, "code": "09521000000032"},
        )
        announce(site, 1, sku=DRILL, quantity=3)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        for n in (1, 2):
            door.passes(piece(n, "9521000.000003"), OUTSIDE, INSIDE, after=0.1)
        silence(site)
        (receipt,) = shown(boss)["receipts"]
        assert [row["read"] for row in receipt["contents"]] == [2]

        answer = confirm(boss, f"receipts/{site.lpn(sscc(1))}")

        assert answer.get_json()["outcome"] == "applied", answer.get_json()
        for serial in ("1", "2"):
            assert site.at(derived(site.item(DRILL), serial)) == site.lpn(sscc(1))


def staged(site: Warehouse, number: str, n: int, *, at: str = STAGE) -> str:
    """An order of three, picked into a pallet with a tag and brought to the stage."""
    device = site.handheld(f"H{n}")
    order = site.order(number, (TEA, 3))
    tote = derived(site.lpn(sscc(n)), order)
    lay(site, device, TEA, 3, "A-01")
    device.record(
        "picking.pick",
        {
            "order_line": site.line(order, 1),
            "goods": site.goods(TEA, 3),
            "source": site.place("A-01"),
            "tote": tote,
            "scans": [{"data": sscc(n), "symbology": None}],
        },
    )
    carry_unit(site, device, tote, None, at)
    device.push()
    return order


class TestAnOrderGoesOut:
    def test_it_is_proposed_and_nothing_moves(
        self, site: Warehouse, exit_: FixedReader, boss: Caller
    ) -> None:
        order = staged(site, "SO-1", 1)
        exit_.passes(pallet(1), INSIDE, OUTSIDE)
        silence(site)

        (shipment,) = shown(boss)["shipments"]
        assert (shipment["number"], shipment["read"], shipment["missing"]) == (
            "SO-1",
            [sscc(1)],
            [],
        )
        assert shipment["direction"] == "out"
        assert record(SalesOrder, order).status == "staged"

    def test_confirmed_it_has_left(self, site: Warehouse, exit_: FixedReader, boss: Caller) -> None:
        order = staged(site, "SO-1", 1)
        exit_.passes(pallet(1), INSIDE, OUTSIDE)
        silence(site)

        answer = confirm(boss, f"shipments/{order}")

        assert answer.get_json()["outcome"] == "applied", answer.get_json()
        assert record(SalesOrder, order).status == "shipped"
        assert site.on_hand(TEA, "@customer") == 3
        seen = shown(boss)
        assert (seen["shipments"], seen["strays"], seen["unknown"]) == ([], [], [])
        assert confirm(boss, f"shipments/{order}").status_code == 409
        assert site.codes() == {"not_ordered"}  # how the tea came in

    def test_an_order_that_is_not_ready_is_no_proposal(
        self, site: Warehouse, exit_: FixedReader, boss: Caller
    ) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 3), (LAMP, 2))
        tote = derived(site.lpn(sscc(1)), order)
        lay(site, device, TEA, 3, "A-01")
        lay(site, device, LAMP, 2, "A-02")
        site.pick(device, site.line(order, 1), TEA, 3, "A-01", tote)
        carry_unit(site, device, tote, None, "A-03")
        device.push()
        mapped = {"code": pallet(1), "target_kind": "lpn", "target": tote}
        site.done("identification.map_barcode", {**mapped, "packaging": None, "scans": []})
        exit_.passes(pallet(1), INSIDE, OUTSIDE)
        silence(site)

        seen = shown(boss)

        assert seen["shipments"] == []
        assert [(row["why"], row["book_code"]) for row in seen["strays"]] == [("not_ready", "A-03")]


class TestStrays:
    def stored(self, site: Warehouse, n: int, place: str) -> None:
        device = site.handheld(f"S{n}")
        device.record(
            "receiving.receive_unit",
            {
                "asn": None, "lpn": site.lpn(sscc(n)), "contents": [site.goods(TEA, 40)],
                "target": site.place(DOCK), "condition": "good", "reason": None, "photos": [],
                "scans": [{"data": sscc(n), "symbology": None}],
            },
        )  # fmt: skip
        carry_unit(site, device, site.lpn(sscc(n)), DOCK, place, "putaway.put_away")
        device.push()

    def test_a_shelf_reads_what_should_be_elsewhere(self, site: Warehouse, boss: Caller) -> None:
        shelf = FixedReader(site, "Shelf").looks_at("A-02", "bin", 1)
        self.stored(site, 1, "A-01")
        self.stored(site, 2, "A-02")
        shelf.passes(pallet(1))
        shelf.passes(pallet(2))
        silence(site)

        (stray,) = shown(boss)["strays"]
        assert (stray["code"], stray["why"]) == (sscc(1), "elsewhere")
        assert (stray["place_code"], stray["book_code"]) == ("A-02", "A-01")

    def test_moved_where_it_was_seen_it_is_none(self, site: Warehouse, boss: Caller) -> None:
        shelf = FixedReader(site, "Shelf").looks_at("A-02", "bin", 1)
        self.stored(site, 1, "A-01")
        shelf.passes(pallet(1))
        silence(site)
        device = site.handheld("H9")
        site.clock.pass_(60)
        carry_unit(site, device, site.lpn(sscc(1)), "A-01", "A-02")
        device.push()

        assert shown(boss)["strays"] == []

    def test_a_passage_says_only_that_it_went_by(self, site: Warehouse, boss: Caller) -> None:
        passage = FixedReader(site, "Aisle").looks_at("A-03", "passage", 1)
        self.stored(site, 1, "A-01")
        passage.passes(pallet(1))
        silence(site)

        assert shown(boss) == {"receipts": [], "shipments": [], "strays": [], "unknown": []}
        assert len(all_of(TagVisit)) == 1

    def test_stock_that_leaves_without_an_order(
        self, site: Warehouse, exit_: FixedReader, boss: Caller
    ) -> None:
        self.stored(site, 1, "A-01")
        exit_.passes(pallet(1), INSIDE, OUTSIDE)
        silence(site)

        assert [row["why"] for row in shown(boss)["strays"]] == ["gone"]

    def test_what_nobody_knows_is_told_by_its_tag(
        self, site: Warehouse, door: FixedReader, boss: Caller
    ) -> None:
        for after in (0, 30):
            door.passes("E28011700000020F", OUTSIDE, after=after)
        silence(site)

        (unknown,) = shown(boss)["unknown"]
        assert (unknown["tag"], unknown["times"], unknown["kind"]) == (
            "E28011700000020F",
            2,
            "unknown",
        )


class TestVisits:
    """Through the route and the database, in whatever order reads arrive."""

    def spans(self) -> list[int]:
        return sorted(row.reads for row in all_of(TagVisit))

    def test_one_read_is_none(self, site: Warehouse, door: FixedReader) -> None:
        door.says(door.read(pallet(1)))
        silence(site)

        assert all_of(TagVisit) == []

    def test_the_second_read_may_come_in_a_later_batch(
        self, site: Warehouse, door: FixedReader
    ) -> None:
        door.says(door.read(pallet(1)))
        silence(site)
        door.says(door.read(pallet(1), 1))
        silence(site)

        assert self.spans() == [2]

    def test_a_replay_tells_nothing_anew(self, site: Warehouse, door: FixedReader) -> None:
        events = [door.read(pallet(1), n) for n in range(3)]
        door.says(*events)
        silence(site)
        door.says(*events)
        silence(site)

        assert self.spans() == [3]

    def test_a_late_batch_belongs_to_the_visit_that_was_told(
        self, site: Warehouse, door: FixedReader
    ) -> None:
        events = [door.read(pallet(1), n) for n in range(8)]
        door.says(*events[::2])
        silence(site)
        door.says(*events[1::2])
        silence(site)

        assert len(all_of(TagVisit)) == 1

    def test_an_earlier_visit_may_come_later(self, site: Warehouse, door: FixedReader) -> None:
        early = [door.read(pallet(1), n) for n in range(2)]
        door.passes(pallet(1), after=100)
        silence(site)
        door.says(*early)
        silence(site)

        assert self.spans() == [2, 2]

    def test_who_stands_there_is_told_once(self, site: Warehouse, door: FixedReader) -> None:
        """A pallet parked in the door is read for minutes: one visit, told before it ends."""
        for minute in range(4):
            door.says(*(door.read(pallet(1), 60 * minute + second) for second in range(0, 61, 2)))
            silence(site)

        assert len(all_of(TagVisit)) == 1

    def test_the_sites_silence(self, site: Warehouse, door: FixedReader) -> None:
        door.says(*(door.read(pallet(1), at) for at in (0, 1, 5, 6)))
        door.says(*(door.read(pallet(2), at) for at in (0, 1, 5, 6)))
        site.done(
            "locations.save_site",
            {"code": "S1", "name": "Test site", "settings": {"rfid_silence_s": 5}},
        )
        silence(site)

        assert self.spans() == [4, 4]

    def test_antennas_that_look_at_nothing_tell_nothing(
        self, site: Warehouse, door: FixedReader
    ) -> None:
        door.passes(pallet(1), 9)
        silence(site)

        assert all_of(TagVisit) == []

    def test_the_log_explains_them(self, site: Warehouse, door: FixedReader, boss: Caller) -> None:
        announce(site, 1)
        door.passes(pallet(1), OUTSIDE, INSIDE)
        door.passes(piece(1), OUTSIDE)
        silence(site)
        confirm(boss, f"receipts/{site.lpn(sscc(1))}")

        report = verify(site.playbook, db.engine)

        assert report.differences == ()
