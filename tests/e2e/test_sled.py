"""A sled without network: burst, receive serials, pick only what is expected, count blind, sync."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import snapshot
from app.documents.naming import order_id
from app.kernel.ids import derived
from app.ledger.models import UnitPosition
from tests.e2e.conftest import GiveScanner
from tests.e2e.house import SKUS, House
from tests.e2e.scanner import Scanner
from tests.e2e.sled import BLANK, burst, tag

DRILL, TEA = "Cordless drill", "Green tea 20 bags"
BIN, TOTE = "D-08-3", "TMT:T-07"
ORDER = "SO-RFID"
ARRIVING, SHELVED = range(1, 41), range(101, 106)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    name: str = request.param
    return name


def piece(house: House, serial: int) -> str:
    return derived(house.item(SKUS[DRILL]), str(serial))


def furnish(house: House) -> None:
    """An order to receive, drills on a shelf, and an order for two of them."""
    house.purchase_order("PO-RFID", (SKUS[DRILL], len(ARRIVING)))
    for serial in SHELVED:
        goods = house.goods(SKUS[DRILL], 1, serial=piece(house, serial))
        house.done(
            "stock.open_stock",
            {"place": house.place(BIN), "goods": goods, "serial_code": str(serial)},
        )
    house.order(ORDER, (SKUS[DRILL], 2))
    house.done("ordering.prioritise", {"number": ORDER, "priority": 1})


def receive(alex: Scanner) -> None:
    alex.door("receive")
    alex.scan("DOCK-1", "Dock DOCK-1")
    alex.scan("PO-RFID", "Order PO-RFID")
    alex.page.wait_for_timeout(350)
    arrived = [tag(DRILL, n) for n in ARRIVING]
    burst(alex, *arrived, tag(TEA, 1), tag(TEA, 2), BLANK)
    alex.says(f"New tags: {len(ARRIVING)}, unknown: 1")
    alex.shows("sweep-unique", str(len(ARRIVING) + 3))
    expect(alex.at("sweep-group")).to_have_text([f"{DRILL}{len(ARRIVING)}"])
    alex.says("Not ordered: 2")
    alex.shoot("sled-received")
    alex.tap("primary")
    alex.says("Finished")


def pick(alex: Scanner) -> None:
    alex.door("pick")
    alex.says(ORDER)
    alex.scan(BIN, "Scan the goods")
    alex.page.wait_for_timeout(350)
    burst(alex, *(tag(DRILL, n) for n in SHELVED))
    alex.says("5 read, 2 wanted")
    alex.shoot("sled-too-many")
    burst(alex, tag(DRILL, 101), tag(TEA, 9), tag(DRILL, 104), BLANK)
    alex.says("Scan the tote")
    alex.shoot("sled-in-hand")
    alex.scan(TOTE)
    alex.says(f"2 × {DRILL}")


def check(alex: Scanner) -> None:
    """The tote against its own list: another drill is no drill of it; nothing is sent."""
    alex.door("ship")
    alex.scan_again(TOTE)
    alex.shows("sweep-note", "In T-07")
    expect(alex.at("sweep-group")).to_have_text([f"{DRILL}2"])
    alex.shoot("tote-list")
    alex.page.wait_for_timeout(350)
    burst(alex, tag(DRILL, 101), tag(DRILL, 102), tag(TEA, 9))
    alex.says("Missing: 1, too many: 0, foreign: 2")
    expect(alex.at("sweep-group")).to_have_text([f"{DRILL}1 / 2"])
    alex.shoot("tote-differs")
    alex.scan_again(TOTE)
    alex.page.wait_for_timeout(350)
    burst(alex, tag(DRILL, 101), tag(DRILL, 104))
    alex.says("All 2 there")
    alex.shoot("tote-checked")


def count(alex: Scanner) -> None:
    alex.door("count")
    alex.scan(BIN, f"Count {BIN}")
    alex.page.wait_for_timeout(350)
    left = [tag(DRILL, n) for n in SHELVED if n not in (101, 104)]
    burst(alex, *left[:2], BLANK)
    alex.says("New tags: 2, unknown: 1")
    alex.reload()
    alex.says("Unknown tags: 1")
    burst(alex, *left)
    alex.says("New tags: 1")
    expect(alex.at("sweep-group")).to_have_text([f"{DRILL}3"])
    alex.shoot("sled-counted")
    alex.tap("primary")
    alex.says(f"Counted: {BIN}")


def test_a_sled_works_without_network_and_the_ledger_is_exact(
    scanner: GiveScanner, house: House
) -> None:
    furnish(house)
    alex = scanner("B-400")
    alex.door("pick")
    alex.tap("primary")
    alex.says("Go there and scan")
    alex.wire.cut()
    receive(alex)
    pick(alex)
    check(alex)
    count(alex)
    alex.wire.mend()
    alex.drained()

    house.assert_holds_once(alex.journal())
    with snapshot() as session:
        rows = session.scalars(select(UnitPosition).where(UnitPosition.kind == "serial"))
        where = {row.unit: row.place for row in rows}
    tote = derived(derived(house.site, "T-07"), order_id(house.site, ORDER))
    assert {n for n in ARRIVING if where[piece(house, n)] == house.place("DOCK-1")} == {*ARRIVING}
    assert {n for n in SHELVED if where[piece(house, n)] == tote} == {101, 104}
    assert {n for n in SHELVED if where[piece(house, n)] == house.place(BIN)} == {102, 103, 105}
    assert len(where) == len(ARRIVING) + len(SHELVED)
    assert house.variances(BIN) == []
    told = {("unknown_tags", house.place("DOCK-1")), ("unknown_tags", house.place(BIN))}
    assert house.exceptions(state="open") == told
