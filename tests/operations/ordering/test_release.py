"""Orders that are held back are handed to nobody."""

from app.documents.models import SalesOrder
from app.proving.handheld import Handheld
from tests.operations.records import record
from tests.properties.hands import answers
from tests.warehouse import STAGE, TEA, Warehouse


def ask_for_work(device: Handheld) -> tuple[str, tuple[str, ...]]:
    device.record("picking.take_work", {"orders": 1, "scans": []})
    device.push()
    return answers(device)[len(device.queue)]


class TestHoldBack:
    def test_nobody_is_sent_for_it(self, site: Warehouse) -> None:
        site.stock(TEA, 5, "A-01")
        site.order("SO-1", (TEA, 3))
        device = site.handheld()

        site.done("ordering.hold_back", {"number": "SO-1", "note": "customer calls back"})

        assert ask_for_work(device) == ("refused", ("picking.no_work",))

    def test_who_walks_for_it_already_goes_on(self, site: Warehouse) -> None:
        site.stock(TEA, 5, "A-01")
        site.order("SO-1", (TEA, 3))
        device = site.handheld()
        ask_for_work(device)

        site.done("ordering.hold_back", {"number": "SO-1"})
        device.pull()

        assert len(device.all("pick_line")) == 1


class TestRelease:
    def test_offers_it_again(self, site: Warehouse) -> None:
        site.stock(TEA, 5, "A-01")
        site.order("SO-1", (TEA, 3))
        site.done("ordering.hold_back", {"number": "SO-1"})

        site.done("ordering.release", {"number": "SO-1"})

        assert ask_for_work(site.handheld()) == ("applied", ())

    def test_finds_a_back_order_by_its_number(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))
        device = site.handheld()
        shipped = {"order": order, "units": [], "goods": [], "stage": site.place(STAGE)}
        device.record("shipping.ship", {**shipped, "scans": []})
        device.push()
        site.stock(TEA, 5, "A-01")
        assert ask_for_work(device) == ("refused", ("picking.no_work",))

        site.done("ordering.release", {"number": "SO-1-B"})

        assert ask_for_work(device) == ("applied", ())

    def test_refuses_what_is_decided(self, site: Warehouse) -> None:
        order = site.order("SO-1", (TEA, 3))
        site.done("ordering.cancel_order", {"number": "SO-1"})

        assert site.ask("ordering.release", {"number": "SO-1"}).codes == ("order.cancelled",)
        assert site.ask("ordering.release", {"number": "SO-9"}).codes == ("ordering.unknown_order",)
        assert record(SalesOrder, order).status == "cancelled"
