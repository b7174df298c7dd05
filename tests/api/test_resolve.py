"""What a code means here: one thing, several, or nothing; never a guess."""

import pytest

from app.kernel.ids import derived
from app.proving.handheld import Handheld
from app.stock.models import Lot
from tests.operations.records import record
from tests.warehouse import GTINS, MILK, TEA, Warehouse


def meaning(device: Handheld, data: str, symbology: str | None = None) -> tuple[str, str | None]:
    status, body = device.call(
        "POST", "/api/v1/scans/resolve", {"data": data, "symbology": symbology}
    )
    assert status == 200
    return body["type"], body["id"]


class TestResolveScan:
    def test_known_codes(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 1))
        tea = ("item", site.item(TEA))

        assert meaning(device, "A-01") == ("place", site.place("A-01"))
        assert meaning(device, "TMP:A-01") == ("place", site.place("A-01"))
        assert meaning(device, GTINS[TEA]) == tea
        assert meaning(device, GTINS[TEA][1:]) == tea  # as EAN-13
        assert meaning(device, f"(01){GTINS[TEA]}(10)L1") == tea
        assert meaning(device, TEA) == tea
        assert meaning(device, "SO-1") == ("order", order)
        assert meaning(device, "TMB:B1") == ("person", site.person("B1"))
        assert meaning(device, "TMC:UNDO") == ("command", "UNDO")

    @pytest.mark.parametrize("code", ["", "nothing", "\x00\x1b[2J", "<b>", "@customer", "9" * 500])
    def test_unknown_codes_are_unknown(self, site: Warehouse, code: str) -> None:
        device = site.handheld()
        status, body = device.call(
            "POST", "/api/v1/scans/resolve", {"data": code, "symbology": None}
        )

        assert status in (200, 422)
        assert body.get("type", "unknown") in (
            "unknown",
            f"urn:tallyman:problem:{body.get('code')}",
        )

    def test_two_meanings_are_both_named(self, site: Warehouse) -> None:
        site.done("locations.save_location", {"code": TEA, "kind": "bin"})
        device = site.handheld()

        _, body = device.call("POST", "/api/v1/scans/resolve", {"data": TEA, "symbology": None})

        assert body["type"] == "ambiguous"
        assert {(m["type"], m["id"]) for m in body["readings"]} == {
            ("item", site.item(TEA)),
            ("place", site.place(TEA)),
        }


class TestLostSeparators:
    LOST = f"01{GTINS[MILK]}10L717261231"

    def test_the_label_of_the_item_decides(self, site: Warehouse) -> None:
        device = site.handheld()
        assert meaning(device, self.LOST, "]C1") == ("ambiguous", None)

        milk = {"sku": MILK, "name": "Milk 1 l", "label_ais": ["01", "10", "17"]}
        site.done("items.save_item", milk)
        assert meaning(device, self.LOST, "]C1") == ("item", site.item(MILK))
        device.pull()
        assert [row["label_ais"] for row in device.all("item") if row["sku"] == MILK] == [
            ["01", "10", "17"]
        ]
        site.done("items.save_item", {**milk, "label_ais": []})
        assert meaning(device, self.LOST, "]C1") == ("ambiguous", None)

    def test_the_label_of_its_maker_decides_where_the_item_says_nothing(
        self, site: Warehouse
    ) -> None:
        device = site.handheld()
        maker = {"code": "DAIRY", "name": "Dairy", "company_prefix": GTINS[MILK][1:8]}
        site.done("purchasing.save_supplier", {**maker, "label_ais": ["01", "10", "21"]})
        scan = f"01{GTINS[MILK]}10A21B"
        assert meaning(device, scan, "]C1") == ("item", site.item(MILK))
        lot = derived(site.item(MILK), "A")
        scans = [{"data": scan, "symbology": "]C1"}]
        site.receive(device, MILK, 1, lot=lot, expiry="2026-12-31", scans=scans)
        device.push()
        assert record(Lot, lot).code == "A"

        site.done("purchasing.save_supplier", {**maker, "company_prefix": "4006381"})
        assert meaning(device, self.LOST, "]C1") == ("ambiguous", None)
        site.done("purchasing.save_supplier", {**maker, "label_ais": ["01", "10", "17"]})
        assert meaning(device, self.LOST, "]C1") == ("item", site.item(MILK))
        refused = site.ask("purchasing.save_supplier", {**maker, "company_prefix": "95x"})
        assert refused.codes == ("purchasing.bad_prefix",)

    def test_the_lot_that_was_meant_gets_its_name(self, site: Warehouse) -> None:
        device = site.handheld()
        lot = derived(site.item(MILK), "L7")
        scans = [{"data": self.LOST, "symbology": "]C1"}]
        site.receive(device, MILK, 5, lot=lot, expiry="2026-12-31", scans=scans)
        device.push()

        assert record(Lot, lot).code == "L7"

    def test_a_label_bears_known_identifiers_once(self, site: Warehouse) -> None:
        for label in (["01", "01"], ["01", "xx"]):
            asked = {"sku": MILK, "name": "Milk", "label_ais": label}
            assert site.ask("items.save_item", asked).codes == ("items.bad_label",)
