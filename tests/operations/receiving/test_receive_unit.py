"""One scan of an SSCC brings a pallet in."""

from app.documents.models import Asn, AsnUnit, PurchaseOrderLine
from app.documents.naming import asn_id
from app.proving.handheld import Handheld
from tests.operations.records import record
from tests.properties.hands import answers, call_off, carry_unit
from tests.warehouse import DOCK, TEA, Warehouse

SSCC = "095210000000000019"


def announce(site: Warehouse, quantity: int, order: str | None = None) -> str:
    tea = {
        "item": site.item(TEA), "packaging": None, "lot": None, "expiry": None,
        "quantity": quantity,
    }  # fmt: skip
    site.done(
        "purchasing.save_asn",
        {
            "number": "ASN-1",
            "supplier": None,
            "purchase_order": order,
            "units": [{"code": SSCC, "contents": [tea]}],
            "lines": [],
        },
    )
    return asn_id(site.site, "ASN-1")


def receive(site: Warehouse, device: Handheld, asn: str | None, quantity: int) -> str:
    return device.record(
        "receiving.receive_unit",
        {
            "asn": asn,
            "lpn": site.lpn(SSCC),
            "contents": [site.goods(TEA, quantity)],
            "target": site.place(DOCK),
            "condition": "good",
            "reason": None,
            "photos": [],
            "scans": [{"data": f"(00){SSCC}", "symbology": "keyed"}],
        },
    )


class TestReceiveUnit:
    def test_pallet_and_goods_stand_on_the_dock(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-1", (TEA, 40))
        asn = announce(site, 40, order)
        device = site.handheld()

        receive(site, device, asn, 40)
        device.push()

        assert answers(device) == {1: ("applied", ())}
        assert site.at(site.lpn(SSCC)) == site.place(DOCK)
        assert site.on_hand(TEA, DOCK) == 40
        assert record(PurchaseOrderLine, site.line(order, 1)).received == 40
        assert record(Asn, asn).status == "received"

    def test_contents_follow_the_pallet(self, site: Warehouse) -> None:
        device = site.handheld()
        receive(site, device, announce(site, 40), 40)
        carry_unit(site, device, site.lpn(SSCC), DOCK, "A-01", "putaway.put_away")
        device.push()

        assert site.on_hand(TEA, "A-01") == 40
        assert site.on_hand(TEA, DOCK) == 0
        assert site.exceptions() == set()

    def test_what_came_is_posted_even_if_the_announcement_says_otherwise(
        self, site: Warehouse
    ) -> None:
        device = site.handheld()
        receive(site, device, announce(site, 40), 36)
        device.push()

        assert answers(device) == {1: ("flagged", ("asn_changed",))}
        assert site.on_hand(TEA, DOCK) == 36

    def test_an_unannounced_pallet_is_received_and_shown(self, site: Warehouse) -> None:
        device = site.handheld()
        receive(site, device, None, 12)
        device.push()

        assert answers(device) == {1: ("flagged", ("not_ordered",))}
        assert site.on_hand(TEA, DOCK) == 12

    def test_a_void_leaves_nothing_of_it(self, site: Warehouse) -> None:
        asn = announce(site, 40)
        device = site.handheld()
        call_off(device, receive(site, device, asn, 40))
        device.push()

        assert site.on_hand(TEA) == 0
        assert site.at(site.lpn(SSCC)) is None
        assert record(AsnUnit, site.lpn(SSCC)).received == 0
        assert record(Asn, asn).status == "announced"
