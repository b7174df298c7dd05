"""What lies where on the day the ledger begins."""

from app.kernel.ids import derived
from app.stock.models import HandlingUnit, Lot, Serial
from tests.operations.records import record
from tests.warehouse import DRILL, MILK, TEA, Warehouse


def open_stock(
    site: Warehouse, sku: str, quantity: int, place: str = "A-01", **over: object
) -> tuple[str, ...]:
    named = ("lot_code", "serial_code", "unit_code")
    codes = {name: over.pop(name) for name in named if name in over}
    asked = {"place": site.place(place), "goods": site.goods(sku, quantity, **over), **codes}
    return site.ask("stock.open_stock", asked).codes


class TestOpenStock:
    def test_is_on_hand_and_the_variance_names_it(self, site: Warehouse) -> None:
        assert open_stock(site, TEA, 40) == ()

        assert (site.on_hand(TEA, "A-01"), site.entries()) == (40, 2)
        assert site.on_hand(TEA) == 40

    def test_a_lot_keeps_its_spelling_and_expiry(self, site: Warehouse) -> None:
        lot = derived(site.item(MILK), "L 1#")

        assert open_stock(site, MILK, 6, lot=lot, expiry="2027-01-31", lot_code="L 1#") == ()

        kept = record(Lot, lot)
        assert (kept.code, kept.expiry) == ("L 1#", "2027-01-31")

    def test_a_pallet_stands_in_its_place(self, site: Warehouse) -> None:
        pallet = site.lpn("P-1")

        assert open_stock(site, TEA, 8, "B-01", lpn=pallet, unit_code="P-1") == ()

        assert (site.at(pallet), site.on_hand(TEA, "B-01")) == (site.place("B-01"), 8)
        assert record(HandlingUnit, pallet).code == "P-1"

    def test_a_single_piece_stands_in_its_place(self, site: Warehouse) -> None:
        serial = derived(site.item(DRILL), "SN1")

        assert open_stock(site, DRILL, 1, serial=serial, serial_code="SN1") == ()

        assert site.at(serial) == site.place("A-01")
        assert record(Serial, serial).code == "SN1"

    def test_refuses_what_nobody_could_pick(self, site: Warehouse) -> None:
        lot = derived(site.item(MILK), "L1")

        assert open_stock(site, MILK, 6) == ("stock.lot_missing",)
        assert open_stock(site, MILK, 6, lot=lot) == ("stock.expiry_missing",)
        assert open_stock(site, DRILL, 2) == ("stock.serial_missing",)

    def test_refuses_what_it_does_not_know(self, site: Warehouse) -> None:
        assert open_stock(site, "X", 1) == ("stock.unknown_item",)
        assert open_stock(site, TEA, 1, "Z-99") == ("stock.unknown_place",)
        assert open_stock(site, TEA, 1, "@supplier") == ("stock.unknown_place",)

    def test_refuses_a_code_that_spells_another_lot(self, site: Warehouse) -> None:
        lot = derived(site.item(MILK), "L1")
        told = open_stock(site, MILK, 6, lot=lot, expiry="2027-01-31", lot_code="L2")

        assert told == ("stock.spelled_differently",)
        assert site.entries() == 0
