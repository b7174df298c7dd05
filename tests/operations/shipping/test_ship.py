"""An order leaves; what syncs later still reaches the customer."""

from app.documents.models import SalesOrder
from tests.operations.records import record
from tests.properties.hands import answers, call_off, carry_unit, lay, ship
from tests.warehouse import STAGE, TEA, Warehouse

TOTE = "9a3ce66e-35f7-5f47-9f6e-2a4a8f1f2c11"


class TestShip:
    def test_totes_and_loose_goods_reach_the_customer(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 5))
        lay(site, device, TEA, 3, "A-01")
        lay(site, device, TEA, 2, STAGE)
        site.pick(device, site.line(order, 1), TEA, 3, "A-01", TOTE)
        carry_unit(site, device, TOTE, None, STAGE)
        ship(site, device, order, TOTE, goods=[site.goods(TEA, 2)])
        device.push()

        assert site.at(TOTE) == site.place("@customer")
        assert site.on_hand(TEA) == 0
        assert site.on_hand(TEA, "@customer") == 5

    def test_a_pick_that_syncs_late_is_no_contradiction(self, site: Warehouse) -> None:
        picker, packer = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        order = site.order("SO-1", (TEA, 3))
        lay(site, picker, TEA, 3, "A-01")
        site.clock.pass_(1)
        site.pick(picker, site.line(order, 1), TEA, 3, "A-01", TOTE)
        site.clock.pass_(1)
        carry_unit(site, packer, TOTE, None, STAGE)
        ship(site, packer, order, TOTE)
        packer.push()
        assert record(SalesOrder, order).status == "part_shipped"

        picker.push()
        assert site.on_hand(TEA, "@customer") == 3
        assert record(SalesOrder, order).status == "shipped"
        assert site.codes() == {"not_ordered"}

    def test_a_pick_after_the_truck_has_left_is_shown(self, site: Warehouse) -> None:
        picker, packer = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        order = site.order("SO-1", (TEA, 3))
        lay(site, picker, TEA, 3, "A-01")
        site.clock.pass_(1)
        ship(site, packer, order, TOTE)
        packer.push()
        site.clock.pass_(1)
        site.pick(picker, site.line(order, 1), TEA, 3, "A-01", TOTE)
        picker.push()

        assert ("after_ship", site.line(order, 1)) in site.exceptions()

    def test_a_shipment_called_off_never_left(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 3))
        lay(site, device, TEA, 3, "A-01")
        site.pick(device, site.line(order, 1), TEA, 3, "A-01", TOTE)
        carry_unit(site, device, TOTE, None, STAGE)
        call_off(device, ship(site, device, order, TOTE))
        device.push()

        assert site.at(TOTE) == site.place(STAGE)
        assert record(SalesOrder, order).status == "staged"
        assert answers(device)[5] == ("applied", ())
