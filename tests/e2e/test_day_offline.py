"""Receive, put away, pick, ship and count with the wire cut from after the work was taken."""

import re

import pytest

from app.demo.cast import sscc
from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, SKUS, House
from tests.e2e.scanner import Scanner

PALLET = sscc(1)
TEA, BLACK_TEA = "Green tea 20 bags", "Black tea 50 bags"
TOTE = "TMT:T-07"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    name: str = request.param
    return name


def take_work(alex: Scanner) -> str:
    """Ask for work and wait for it; returns the number of the order."""
    alex.door("pick")
    alex.shoot("ready-for-work")
    alex.tap("primary")
    alex.says("Go there and scan")
    alex.shoot("work-is-here")
    found = re.search(r"\bSO-\d+", alex.reads("facts"))
    assert found
    return found[0]


def receive(alex: Scanner) -> None:
    alex.door("receive")
    alex.scan("DOCK-1", "Dock DOCK-1")
    alex.shoot("at-the-dock")
    alex.scan(f"]C100{PALLET}", "received")
    alex.shoot("pallet-received")
    alex.scan("PO-1001", "Order PO-1001")
    alex.scan(GTINS[BLACK_TEA], f"1 × {BLACK_TEA}")
    alex.key_in(12)
    alex.says(f"12 × {BLACK_TEA}")
    alex.shoot("goods-received")
    alex.tap("primary")
    alex.says("Finished")


def put_away(alex: Scanner) -> tuple[str, str]:
    """Store the pallet and the loose goods; returns their bins."""
    alex.door("putaway")
    alex.shoot("put-away")
    alex.scan(f"]C100{PALLET}", "Scan the bin")
    first = alex.reads("target")
    alex.shoot("pallet-to-bin")
    alex.scan(first, f"in {first}")
    alex.shoot("pallet-stored")
    alex.scan(GTINS[BLACK_TEA], "Scan the bin")
    alex.shows("quantity-value", "12")
    second = alex.reads("target")
    alex.shoot("goods-to-bin")
    alex.scan(second, f"in {second}")
    return first, second


def pick(alex: Scanner) -> dict[str, int]:
    """Walk the stops as the screen says; returns what was taken of each item."""
    alex.door("pick")
    taken: dict[str, int] = {}
    for _ in range(int(alex.reads("progress").rpartition(" ")[2])):
        goods, quantity = alex.reads("goods"), int(alex.reads("quantity-value"))
        alex.scan(alex.reads("target"), "Scan the goods")
        alex.shoot("goods")
        if not taken:
            before = alex.stop()
            alex.reload()
            alex.says("Scan the goods")
            assert alex.stop() == before
        alex.scan(GTINS[goods])
        if not taken:
            alex.says("Scan the tote")
            alex.shoot("tote")
            alex.scan(TOTE)
        alex.says(f"{quantity} × {goods}")
        alex.shoot("picked")
        taken[goods] = quantity
    alex.says("Ready for work")
    return taken


def ship(alex: Scanner, order: str) -> None:
    alex.door("ship")
    alex.shoot("ship")
    alex.scan(TOTE, "scan the stage")
    alex.shoot("to-the-stage")
    alex.scan("STAGE-1", "Check, then ship")
    alex.shoot("staged")
    alex.tap("primary")
    alex.says(f"{order} shipped")
    alex.shoot("shipped")


def count(alex: Scanner, place: str, goods: str, quantity: int) -> None:
    alex.door("count")
    alex.shoot("count")
    alex.scan(place, f"Count {place}")
    alex.scan(GTINS[goods], f"1 × {goods} noted")
    alex.key_in(quantity)
    alex.says(f"{quantity} × {goods} noted")
    alex.shoot("counted")
    alex.tap("primary")
    alex.says(f"Counted: {place}")


def reconnect(alex: Scanner, pending: int) -> None:
    """Come back over a wire that loses answers, tears them and says things twice."""
    wire = alex.wire
    for fault in (wire.lose_answers, wire.tear_answers):
        fault()
        alex.send_now()
        wire.wait_until_it_struck()
        alex.unsent(pending)
    wire.repeat()
    alex.send_now()
    wire.wait_until_it_struck()
    wire.mend()
    alex.drained()


def test_the_whole_day_without_network(scanner: GiveScanner, house: House) -> None:
    """What was done offline is on the server exactly once, however often the answer was lost."""
    alex = scanner("B-400")
    order = take_work(alex)
    alex.wire.cut()
    receive(alex)
    pallet_bin, loose_bin = put_away(alex)
    taken = pick(alex)
    ship(alex, order)
    count(alex, loose_bin, BLACK_TEA, 12)
    pending = 10 + len(taken)
    alex.unsent(pending)
    assert house.counts == {"picking.take_work": 1}
    assert alex.wire.packed == 0
    reconnect(alex, pending)
    assert alex.wire.packed > 0

    house.assert_holds_once(alex.journal())
    assert {entry["outcome"] for entry in alex.journal()} == {"applied"}
    assert house.order_status(order) == ("shipped", {sku_id(house, n): q for n, q in taken.items()})
    assert house.at(house.lpn(PALLET)) == house.place(pallet_bin)
    assert house.on_hand(SKUS[BLACK_TEA], loose_bin) == 12
    assert house.on_hand(SKUS[BLACK_TEA], "DOCK-1") == 0
    arrived = {TEA: 24, BLACK_TEA: 12}
    for name in {*taken, *arrived}:
        expected = opening(name) + arrived.get(name, 0) - taken.get(name, 0)
        assert house.on_hand(SKUS[name]) == expected, name
    assert house.exceptions(state="open") == set()


def sku_id(house: House, name: str) -> str:
    return house.item(SKUS[name])


def opening(name: str) -> int:
    """What the demo site opened with."""
    return 24 + list(SKUS).index(name) + 1
