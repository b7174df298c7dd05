"""Orders of customers."""

from decimal import Decimal

import pytest

from app.documents.models import SalesOrder, SalesOrderLine
from app.documents.naming import customer_id, line_id, order_id
from tests.operations.records import record
from tests.warehouse import LAMP, STAGE, TEA, Warehouse


def line(
    site: Warehouse, n: int, sku: str, quantity: int, price: str | None = None
) -> dict[str, object]:
    return {"n": n, "item": site.item(sku), "quantity": quantity, "price": price}


def save(site: Warehouse, *lines: dict[str, object], **over: object) -> tuple[str, ...]:
    asked = {"number": "SO-1", "customer": None, "lines": list(lines), **over}
    return site.ask("ordering.save_order", asked).codes


def ship(site: Warehouse, order: str) -> None:
    device = site.handheld()
    stage = site.place(STAGE)
    shipped = {"order": order, "units": [], "goods": [], "stage": stage, "scans": []}
    device.record("shipping.ship", shipped)
    device.push()


class TestSaveOrder:
    def test_is_open_and_released(self, site: Warehouse) -> None:
        site.done("ordering.save_customer", {"code": "C1", "name": "Shop"})
        customer = customer_id(site.org, "C1")

        assert save(site, line(site, 1, TEA, 3, "2.55"), customer=customer) == ()

        order = record(SalesOrder, order_id(site.site, "SO-1"))
        assert (order.status, order.released, order.customer_name) == ("open", True, "Shop")
        assert record(SalesOrderLine, line_id(order.id, 1)).price == Decimal("2.55")

    def test_the_same_item_may_stand_on_two_lines(self, site: Warehouse) -> None:
        assert save(site, line(site, 1, TEA, 3), line(site, 2, TEA, 4)) == ()

    def test_of_a_line_that_vanished_nothing_is_wanted(self, site: Warehouse) -> None:
        save(site, line(site, 1, TEA, 3), line(site, 2, LAMP, 1))

        save(site, line(site, 1, TEA, 5))

        order = order_id(site.site, "SO-1")
        assert record(SalesOrderLine, line_id(order, 1)).ordered == 5
        assert record(SalesOrderLine, line_id(order, 2)).ordered == 0

    def test_postage_asks_nothing_of_hands(self, site: Warehouse) -> None:
        site.done("items.save_item", {"sku": "POST", "name": "Postage", "stocked": False})

        save(site, line(site, 1, TEA, 3), line(site, 2, "POST", 1, "18"))

        postage = record(SalesOrderLine, line_id(order_id(site.site, "SO-1"), 2))
        assert (postage.ordered, postage.price) == (0, Decimal(18))

    def test_refuses_to_change_what_has_left(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))
        ship(site, order)

        assert save(site, line(site, 1, TEA, 9)) == ("order.shipped",)

    def test_refuses_to_change_what_was_called_off(self, site: Warehouse) -> None:
        site.order("SO-1", (TEA, 3))
        site.done("ordering.cancel_order", {"number": "SO-1"})

        assert save(site, line(site, 1, TEA, 9)) == ("order.cancelled",)

    def test_picked_goods_do_not_become_others(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))
        site.stock(TEA, 5, "A-01")
        device = site.handheld()
        site.pick(device, line_id(order, 1), TEA, 2, "A-01", None)
        device.push()

        assert save(site, line(site, 1, LAMP, 3)) == ("ordering.line_started",)

    @pytest.mark.parametrize("price", ["NaN", "1e3000", "0.00001", "99999999999", "two"])
    def test_refuses_a_price_that_is_none(self, site: Warehouse, price: str) -> None:
        assert save(site, line(site, 1, TEA, 1, price)) == ("ordering.bad_price",)

    def test_refuses_what_it_does_not_know(self, site: Warehouse) -> None:
        nobody = customer_id(site.org, "NOBODY")

        assert save(site, line(site, 1, "X", 1)) == ("ordering.unknown_item",)
        assert save(site, line(site, 1, TEA, 1), customer=nobody) == ("ordering.unknown_customer",)
        assert save(site) == ("ordering.nothing",)
