"""Goods come in, once, whatever the network does."""

from app.documents.models import PurchaseOrder, PurchaseOrderLine
from tests.operations.records import record
from tests.properties.hands import answers, call_off
from tests.warehouse import DOCK, DRILL, LAMP, TEA, Warehouse


class TestReceiveLine:
    def test_goods_stand_on_the_dock(self, site: Warehouse) -> None:
        device = site.handheld()

        site.receive(device, TEA, 4)
        device.sync()

        assert site.on_hand(TEA, DOCK) == 4
        assert device.results[1]["outcome"] == "flagged"  # nobody ordered it
        assert device.results[1]["codes"] == ["not_ordered"]

    def test_sent_twice_counts_once(self, site: Warehouse) -> None:
        device = site.handheld()
        site.receive(device, TEA, 4)

        device.push_once(first=1)
        first = device.results[1]
        device.push_once(first=1)

        assert site.on_hand(TEA, DOCK) == 4
        assert device.results[1] == {**first, "duplicate": True}

    def test_the_order_is_served_and_too_much_is_shown(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-1", (TEA, 10))
        line = site.line(order, 1)
        device = site.handheld()

        site.receive(device, TEA, 6, po_line=line)
        site.receive(device, TEA, 6, po_line=line)
        device.push()

        assert answers(device) == {1: ("applied", ()), 2: ("flagged", ("over_receipt",))}
        assert record(PurchaseOrderLine, line).received == 12
        assert record(PurchaseOrder, order).status == "closed"
        assert site.exceptions() == {("over_receipt", line)}

    def test_undone_it_was_never_received(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-1", (TEA, 10))
        line = site.line(order, 1)
        device = site.handheld()

        call_off(device, site.receive(device, TEA, 12, po_line=line))
        device.push()

        assert site.on_hand(TEA) == 0
        assert record(PurchaseOrder, order).status == "open"
        assert site.exceptions() == set()

    def test_a_single_piece_is_known_by_its_serial(self, site: Warehouse) -> None:
        device = site.handheld()
        drill = "4f6cbd0b-67cf-5cd5-8f1c-6e1f8f8a3a10"

        site.receive(device, DRILL, 1, serial=drill)
        device.push()

        assert site.at(drill) == site.place(DOCK)

    def test_goods_that_nobody_knows_are_kept_until_somebody_does(self, site: Warehouse) -> None:
        device = site.handheld()
        nobody_knows = site.item("NEW")
        goods = {**site.goods(TEA, 3), "item": nobody_knows}

        site.receive(device, TEA, 3, goods=goods)
        site.receive(device, LAMP, 1)
        device.push()

        assert answers(device)[1] == ("exception", ("unresolved_barcode",))
        assert ("unresolved_barcode", nobody_knows) in site.exceptions()
        assert site.on_hand(LAMP, DOCK) == 1  # nothing behind it was held up
