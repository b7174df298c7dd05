"""What played days have found, each in its smallest form."""

from datetime import UTC, datetime
from itertools import permutations

from app.picking.rules import Candidate, allocate
from tests.warehouse import BINS, TEA, Warehouse


class TestLotsThatAreEqual:
    def test_are_taken_in_one_order_whatever_the_database_says(self) -> None:
        """Two lots of one age in one bin: a replay must hand out the same stops."""
        lots = [
            Candidate("p", "A-01", "p", lot, 2, datetime(2026, 1, 1, tzinfo=UTC), "2031-06-30")
            for lot in ("one", "other", "third")
        ]

        taken = {
            tuple((take.candidate.lot, take.quantity) for take in allocate(3, "fefo", order))
            for order in permutations(lots)
        }

        assert taken == {(("one", 2), ("other", 1))}


class TestTheLastStop:
    def test_makes_the_order_picked(self, site: Warehouse) -> None:
        """The packer hears of an order as soon as nobody walks it any more."""
        site.stock(TEA, 10, BINS[0])
        order = site.order("SO-1", (TEA, 4))
        picker = site.handheld()
        picker.record("picking.take_work", {"orders": 1, "scans": []})
        picker.sync()
        tote = site.lpn("T-1")
        site.pick(picker, site.line(order, 1), TEA, 4, BINS[0], tote)

        picker.sync()

        assert [(row["id"], row["status"]) for row in picker.all("order")] == [(order, "picked")]
