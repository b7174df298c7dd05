"""Orders that are called off."""

from app.documents.models import SalesOrder
from tests.operations.records import record
from tests.warehouse import STAGE, TEA, Warehouse


def cancel(site: Warehouse, number: str) -> tuple[str, ...]:
    return site.ask("ordering.cancel_order", {"number": number}).codes


class TestCancelOrder:
    def test_wants_nothing_more(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))

        assert cancel(site, "SO-1") == ()

        assert record(SalesOrder, order).status == "cancelled"

    def test_twice_is_no_mistake(self, site: Warehouse) -> None:
        site.order("SO-1", (TEA, 3))

        assert (cancel(site, "SO-1"), cancel(site, "SO-1")) == ((), ())

    def test_refuses_what_has_left(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))
        device = site.handheld()
        stage = site.place(STAGE)
        shipped = {"order": order, "units": [], "goods": [], "stage": stage, "scans": []}
        device.record("shipping.ship", shipped)
        device.push()

        assert cancel(site, "SO-1") == ("order.shipped",)

    def test_refuses_what_it_does_not_know(self, site: Warehouse) -> None:
        assert cancel(site, "SO-9") == ("ordering.unknown_order",)
