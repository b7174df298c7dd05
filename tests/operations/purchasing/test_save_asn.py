"""What is on the truck."""

from app.documents.models import Asn, AsnLine, AsnUnit
from app.documents.naming import asn_id, line_id, purchase_order_id
from app.kernel.ids import derived
from app.stock.models import Lot
from tests.operations.records import copy_of, record
from tests.warehouse import DOCK, MILK, TEA, Warehouse

SSCC = "095212345000000018"
OTHER = "095212345000000025"


def some(site: Warehouse, sku: str, quantity: int, lot: str | None = None) -> dict[str, object]:
    expiry = "2027-01-31" if lot else None
    item = site.item(sku)
    return {"item": item, "packaging": None, "lot": lot, "expiry": expiry, "quantity": quantity}


def pallet(code: str, *contents: dict[str, object]) -> dict[str, object]:
    return {"code": code, "contents": list(contents)}


def save(site: Warehouse, number: str = "ASN-1", **over: object) -> tuple[str, ...]:
    asked: dict[str, object] = {"supplier": None, "purchase_order": None, "units": [], "lines": []}
    return site.ask("purchasing.save_asn", {"number": number, **asked, **over}).codes


class TestSaveAsn:
    def test_a_pallet_is_offered_to_receivers(self, site: Warehouse) -> None:
        assert save(site, units=[pallet(SSCC, some(site, MILK, 48, "L1"))]) == ()

        copy = copy_of("role:receiver", "asn_unit", site.lpn(SSCC))
        assert copy is not None
        assert copy["contents"] == [
            {
                **site.goods(MILK, 48),
                "lot": derived(site.item(MILK), "L1"),
                "expiry": "2027-01-31",
            }
        ]

    def test_its_lots_can_be_spelled_before_anybody_scans_them(self, site: Warehouse) -> None:
        save(site, units=[pallet(SSCC, some(site, MILK, 48, "L1"))])

        lot = record(Lot, derived(site.item(MILK), "L1"))
        assert (lot.code, lot.expiry) == ("L1", None)

    def test_the_purchase_order_is_served(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-1", (TEA, 10))
        loose = {"n": 1, "goods": some(site, TEA, 4)}

        save(site, purchase_order=order, units=[pallet(SSCC, some(site, TEA, 6))], lines=[loose])

        unit, asn = record(AsnUnit, site.lpn(SSCC)), asn_id(site.site, "ASN-1")
        assert unit.po_lines == {site.item(TEA): line_id(order, 1)}
        assert record(AsnLine, line_id(asn, 1)).po_line == line_id(order, 1)

    def test_what_has_come_stays_as_it_came(self, site: Warehouse) -> None:
        save(site, units=[pallet(SSCC, some(site, TEA, 6))])
        receive(site, SSCC, some(site, TEA, 6))

        changed = save(site, units=[pallet(SSCC, some(site, TEA, 7))])

        assert changed == ("purchasing.unit_received",)

    def test_a_refusal_changes_nothing(self, site: Warehouse) -> None:
        save(site, units=[pallet(SSCC, some(site, TEA, 6))])
        receive(site, SSCC, some(site, TEA, 6))
        order = site.purchase_order("PO-1", (TEA, 10))

        save(site, purchase_order=order, units=[pallet(SSCC, some(site, TEA, 7))])

        assert record(Asn, asn_id(site.site, "ASN-1")).purchase_order is None

    def test_a_withdrawn_pallet_holds_nothing_up(self, site: Warehouse) -> None:
        tea = some(site, TEA, 6)
        save(site, units=[pallet(SSCC, tea), pallet(OTHER, tea)])

        save(site, units=[pallet(SSCC, tea)])
        receive(site, SSCC, tea)

        assert copy_of("role:receiver", "asn_unit", site.lpn(OTHER)) is None
        assert record(Asn, asn_id(site.site, "ASN-1")).status == "received"

    def test_a_withdrawn_pallet_can_be_announced_again(self, site: Warehouse) -> None:
        tea = some(site, TEA, 6)
        save(site, units=[pallet(SSCC, tea), pallet(OTHER, tea)])
        save(site, units=[pallet(SSCC, tea)])

        assert save(site, "ASN-2", units=[pallet(OTHER, tea)]) == ()

        assert record(AsnUnit, site.lpn(OTHER)).received == 0
        assert copy_of("role:receiver", "asn_unit", site.lpn(OTHER)) is not None

    def test_one_pallet_is_not_on_two_trucks(self, site: Warehouse) -> None:
        save(site, units=[pallet(SSCC, some(site, TEA, 6))])

        again = save(site, "ASN-2", units=[pallet(SSCC, some(site, TEA, 6))])

        assert again == ("purchasing.unit_announced_elsewhere",)

    def test_refuses_what_it_does_not_know(self, site: Warehouse) -> None:
        nowhere = purchase_order_id(site.site, "NOWHERE")
        tea = [pallet(SSCC, some(site, TEA, 6))]

        assert save(site, units=[pallet(SSCC, some(site, "X", 6))]) == ("purchasing.unknown_item",)
        assert save(site, purchase_order=nowhere, units=tea) == (
            "purchasing.unknown_purchase_order",
        )
        assert save(site) == ("purchasing.nothing",)


def receive(site: Warehouse, code: str, goods: dict[str, object]) -> None:
    """Receive an announced pallet as a handheld does, in one scan."""
    contents = [{**goods, "serial": None, "lpn": None, "status": "available"}]
    device = site.handheld()
    device.record(
        "receiving.receive_unit",
        {
            "asn": asn_id(site.site, "ASN-1"),
            "lpn": site.lpn(code),
            "contents": contents,
            "target": site.place(DOCK),
            "condition": "good",
            "reason": None,
            "photos": [],
            "scans": [{"data": f"00{code}", "symbology": "]C1"}],
        },
    )
    device.push()
