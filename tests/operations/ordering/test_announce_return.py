"""Goods that a customer sends back."""

from app.documents.models import AnnouncedReturn
from app.documents.naming import return_id
from tests.operations.records import record
from tests.warehouse import TEA, Warehouse


def announce(site: Warehouse, sku: str, status: str = "announced") -> tuple[str, ...]:
    lines = [{"item": site.item(sku), "quantity": 2}]
    asked = {"number": "R-1", "customer": None, "status": status, "lines": lines}
    return site.ask("ordering.announce_return", asked).codes


class TestAnnounceReturn:
    def test_is_kept_and_moves_no_stock(self, site: Warehouse) -> None:
        assert announce(site, TEA) == ()

        kept = record(AnnouncedReturn, return_id(site.site, "R-1"))
        assert (kept.status, kept.lines) == ("announced", [{"item": site.item(TEA), "quantity": 2}])
        assert site.entries() == 0

    def test_an_adjustment_is_told_apart(self, site: Warehouse) -> None:
        announce(site, TEA, "adjustment")

        assert record(AnnouncedReturn, return_id(site.site, "R-1")).status == "adjustment"

    def test_refuses_an_unknown_item(self, site: Warehouse) -> None:
        assert announce(site, "X") == ("ordering.unknown_item",)
