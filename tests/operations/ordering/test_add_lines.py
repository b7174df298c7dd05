"""What was forgotten on an order."""

from app.documents.models import SalesOrderLine
from app.documents.naming import line_id
from tests.operations.records import record
from tests.warehouse import LAMP, TEA, Warehouse


def add(site: Warehouse, number: str, sku: str) -> tuple[str, ...]:
    lines = [{"n": 2, "item": site.item(sku), "quantity": 4}]
    return site.ask("ordering.add_lines", {"number": number, "lines": lines}).codes


class TestAddLines:
    def test_leaves_the_other_lines_as_they_are(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))

        assert add(site, "SO-1", LAMP) == ()

        assert [record(SalesOrderLine, line_id(order, n)).ordered for n in (1, 2)] == [3, 4]

    def test_refuses_without_an_order(self, site: Warehouse) -> None:
        assert add(site, "SO-9", LAMP) == ("ordering.unknown_order",)

    def test_refuses_on_an_order_that_was_called_off(self, site: Warehouse) -> None:
        site.order("SO-1", (TEA, 3))
        site.done("ordering.cancel_order", {"number": "SO-1"})

        assert add(site, "SO-1", LAMP) == ("order.cancelled",)
