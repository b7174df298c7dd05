"""Stock is corrected by postings with a reason, never edited."""

from decimal import Decimal

import pytest

from app.adjusting.models import Adjustment
from app.adjusting.rules import Limit, limit_of, needs_approval, worth
from app.db import snapshot
from app.kernel.ids import derived
from app.ledger.models import Balance
from tests.operations.adjusting.conftest import Correct
from tests.operations.records import all_of
from tests.properties.hands import balances, sums_of_entries
from tests.warehouse import DRILL, MILK, TEA, Warehouse


def booked(site: Warehouse, virtual: str) -> int:
    """What the books hold against a place that exists only there."""
    with snapshot() as session:
        key = (site.place(virtual), site.item(TEA), "", "available")
        row = session.get(Balance, key)
        return row.quantity if row else 0


class TestAdjust:
    @pytest.mark.parametrize(("direction", "left"), [("less", 7), ("more", 13)])
    def test_posts_the_difference_against_the_variance(
        self, site: Warehouse, correct: Correct, direction: str, left: int
    ) -> None:
        site.stock(TEA, 10, "A-01")

        assert correct("stock.adjust", 3, direction=direction).outcome == "applied"

        assert site.on_hand(TEA, "A-01") == left
        assert booked(site, "@variance") == -left
        assert sums_of_entries() == balances()

    def test_a_lot_or_a_piece_must_be_named(self, site: Warehouse, correct: Correct) -> None:
        assert correct("stock.adjust", 1, MILK, direction="more").codes == ("stock.lot_missing",)
        assert correct("stock.adjust", 1, DRILL, direction="more").codes == (
            "stock.serial_missing",
        )

    def test_needs_a_reason_that_explains_a_correction(
        self, site: Warehouse, correct: Correct
    ) -> None:
        for reason in ("lost", "unheard-of"):
            decided = correct("stock.adjust", 1, direction="less", reason=reason)
            assert decided.codes == ("stock.unknown_reason",)

    def test_refuses_what_nobody_knows(self, site: Warehouse, correct: Correct) -> None:
        assert correct("stock.found", 1, sku="GOLD").codes == ("stock.unknown_item",)
        assert correct("stock.found", 1, place="@scrap").codes == ("stock.unknown_place",)
        assert correct("stock.found", 1, place="X-99").codes == ("stock.unknown_place",)


class TestScrap:
    def test_posts_to_the_scrap(self, site: Warehouse, correct: Correct) -> None:
        site.stock(TEA, 10, "A-01")

        assert correct("stock.scrap", 4).outcome == "applied"

        assert (site.on_hand(TEA), booked(site, "@scrap")) == (6, 4)

    def test_more_than_the_book_knows_is_said_and_seen(
        self, site: Warehouse, correct: Correct
    ) -> None:
        """The receipt may still be on a handheld; the answer tells nobody what the book says."""
        site.stock(TEA, 1, "A-01")

        assert correct("stock.scrap", 4).outcome == "applied"

        assert site.codes() == {"negative_stock"}

    def test_a_single_piece_ends_in_the_scrap(self, site: Warehouse, correct: Correct) -> None:
        serial = derived(site.item(DRILL), "D-1")
        device = site.handheld()
        site.receive(device, DRILL, 1, serial=serial, target=site.place("A-01"))
        device.push()

        correct("stock.scrap", 1, DRILL, over={"serial": serial})

        assert site.at(serial) == site.place("@scrap")


class TestFound:
    def test_posts_from_the_variance(self, site: Warehouse, correct: Correct) -> None:
        assert correct("stock.found", 4).outcome == "applied"

        assert (site.on_hand(TEA, "A-01"), booked(site, "@variance")) == (4, -4)

    def test_a_piece_that_was_missing_is_here_again(
        self, site: Warehouse, correct: Correct
    ) -> None:
        serial = derived(site.item(DRILL), "D-1")
        correct("stock.found", 1, DRILL, over={"serial": serial})
        assert site.at(serial) == site.place("A-01")

        correct("stock.adjust", 1, DRILL, over={"serial": serial}, direction="less")

        assert site.at(serial) == site.place("@variance")

    def test_every_correction_is_kept(self, site: Warehouse, correct: Correct) -> None:
        correct("stock.found", 4)
        correct("stock.scrap", 2)

        rows = sorted((row.kind, row.change, row.state) for row in all_of(Adjustment))
        assert rows == [("found", 4, "posted"), ("scrap", -2, "posted")]


class TestLimit:
    @pytest.mark.parametrize(
        ("settings", "limit"),
        [
            ({}, Limit(20)),
            ({"adjustment_limit": {"quantity": 5}}, Limit(5)),
            ({"adjustment_limit": {"quantity": 0}}, Limit(0)),
            ({"adjustment_limit": {"quantity": None}}, Limit(None)),
            ({"adjustment_limit": {"quantity": "many"}}, Limit(20)),
            ({"adjustment_limit": 7}, Limit(20)),
            ({"adjustment_limit": {"quantity": 5, "value": "99.50"}}, Limit(5, Decimal("99.5"))),
            ({"adjustment_limit": {"quantity": 5, "value": "much"}}, Limit(5)),
            ({"adjustment_limit": {"quantity": 5, "value": 99}}, Limit(5)),
        ],
    )
    def test_is_what_the_site_decided(self, settings: dict[str, object], limit: Limit) -> None:
        assert limit_of(settings) == limit

    @pytest.mark.parametrize(
        ("pieces", "value", "waits"),
        [
            (20, None, False),
            (21, None, True),
            (1, Decimal("100.00"), False),
            (1, Decimal("100.01"), True),
            (21, Decimal(1), True),
        ],
    )
    def test_is_exceeded_by_more_than_either(
        self,
        pieces: int,
        value: Decimal | None,
        waits: bool,  # noqa: FBT001
    ) -> None:
        assert needs_approval(pieces, value, Limit(20, Decimal(100))) is waits

    def test_what_nobody_has_priced_is_worth_nothing_one_could_compare(self) -> None:
        assert worth(3, Decimal("0.85")) == Decimal("2.55")
        assert worth(3, None) is None
