"""The rest of a line is not coming."""

from app.documents.models import PurchaseOrder, PurchaseOrderLine
from app.proving.handheld import Handheld
from tests.operations.records import record
from tests.properties.hands import answers, call_off
from tests.warehouse import TEA, Warehouse


def short(device: Handheld, line: str, missing: int) -> str:
    return device.record(
        "receiving.report_short",
        {"po_line": line, "asn_line": None, "missing": missing, "reason": None, "scans": []},
    )


class TestReportShort:
    def test_closes_what_nobody_waits_for(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-1", (TEA, 10))
        line = site.line(order, 1)
        device = site.handheld()

        site.receive(device, TEA, 7, po_line=line)
        short(device, line, 3)
        device.push()

        assert answers(device) == {1: ("applied", ()), 2: ("applied", ())}
        assert record(PurchaseOrderLine, line).missing == 3
        assert record(PurchaseOrder, order).status == "closed"
        assert site.on_hand(TEA) == 7

    def test_a_void_opens_the_order_again(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-1", (TEA, 10))
        device = site.handheld()
        call_off(device, short(device, site.line(order, 1), 10))
        device.push()

        assert record(PurchaseOrder, order).status == "open"
