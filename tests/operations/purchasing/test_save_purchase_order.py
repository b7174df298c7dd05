"""Orders to suppliers."""

import pytest

from app.documents.models import PurchaseOrder, PurchaseOrderLine
from app.documents.naming import line_id, supplier_id
from tests.operations.records import copy_of, record
from tests.warehouse import LAMP, TEA, Warehouse


def line(site: Warehouse, n: int, sku: str, quantity: int) -> dict[str, object]:
    return {"n": n, "item": site.item(sku), "packaging": None, "quantity": quantity}


def save(site: Warehouse, *lines: dict[str, object], **over: object) -> tuple[str, ...]:
    asked = {"number": "PO-1", "supplier": None, "lines": list(lines), **over}
    return site.ask("purchasing.save_purchase_order", asked).codes


@pytest.fixture
def order(site: Warehouse) -> str:
    """Ten teas and five lamps, of which four teas have come."""
    order = site.purchase_order("PO-1", (TEA, 10), (LAMP, 5))
    device = site.handheld()
    site.receive(device, TEA, 4, po_line=line_id(order, 1))
    device.push()
    return order


class TestSavePurchaseOrder:
    def test_receivers_see_the_open_lines(self, site: Warehouse) -> None:
        order = site.purchase_order("PO-7", (TEA, 10))

        copy = copy_of("role:receiver", "po_line", line_id(order, 1))
        assert copy is not None
        assert (copy["ordered"], copy["received"]) == (10, 0)

    def test_a_change_keeps_what_was_received(self, site: Warehouse, order: str) -> None:
        assert save(site, line(site, 1, TEA, 12), line(site, 2, LAMP, 5)) == ()

        tea = record(PurchaseOrderLine, line_id(order, 1))
        assert (tea.ordered, tea.received) == (12, 4)

    def test_of_a_line_that_vanished_nothing_more_is_expected(
        self, site: Warehouse, order: str
    ) -> None:
        assert save(site, line(site, 3, LAMP, 1)) == ()

        tea, lamp = (record(PurchaseOrderLine, line_id(order, n)) for n in (1, 2))
        assert (tea.ordered, tea.received) == (4, 4)
        assert (lamp.ordered, lamp.received) == (0, 0)

    def test_what_came_cannot_become_something_else(self, site: Warehouse, order: str) -> None:
        assert save(site, line(site, 1, LAMP, 10)) == ("purchasing.line_started",)

        assert record(PurchaseOrderLine, line_id(order, 2)).ordered == 5

    def test_a_closed_order_opens_for_more(self, site: Warehouse, order: str) -> None:
        save(site, line(site, 1, TEA, 4))
        assert record(PurchaseOrder, order).status == "closed"

        save(site, line(site, 1, TEA, 9))

        assert record(PurchaseOrder, order).status == "open"

    def test_refuses_what_it_does_not_know(self, site: Warehouse) -> None:
        nobody = supplier_id(site.org, "NOBODY")

        assert save(site, line(site, 1, "NOTHING", 1)) == ("purchasing.unknown_item",)
        assert save(site, line(site, 1, TEA, 1), supplier=nobody) == (
            "purchasing.unknown_supplier",
        )

    def test_refuses_a_line_number_twice(self, site: Warehouse) -> None:
        twice = (line(site, 1, TEA, 1), line(site, 1, LAMP, 1))

        assert save(site, *twice) == ("purchasing.line_twice",)

    def test_refuses_an_empty_order(self, site: Warehouse) -> None:
        assert save(site) == ("purchasing.nothing",)
