"""What was picked for a cancelled order is in front of a supervisor until it is put back."""

from itertools import permutations

import pytest

from app.proving.handheld import Handheld
from tests.properties.hands import balances, call_off, carry_unit
from tests.warehouse import STAGE, TEA, Warehouse


@pytest.fixture
def tote(site: Warehouse) -> str:
    site.stock(TEA, 10, "A-01")
    return site.lpn("T-01")


def put_back(site: Warehouse, device: Handheld, tote: str, quantity: int) -> str:
    """Take goods out of the tote and bring them to a bin, with the gesture of every move."""
    goods = site.goods(TEA, quantity, lpn=tote)
    return device.record(
        "moving.move",
        {
            "goods": goods, "lpn": None, "source": None, "target": site.place("A-01"),
            "reason": None, "scans": [],
        },
    )  # fmt: skip


class TestCancelWithGoodsInTotes:
    def test_they_wait_to_be_put_back(self, site: Warehouse, tote: str) -> None:
        line = site.line(site.order("SO-1", (TEA, 4)), 1)
        device = site.handheld()
        site.pick(device, line, TEA, 4, "A-01", tote)
        device.push()
        assert site.exceptions() == set()

        site.done("ordering.cancel_order", {"number": "SO-1", "note": "customer gone"})
        assert site.exceptions() == {("pick_for_cancelled", line)}

        put_back(site, device, tote, 1)
        device.push()
        assert site.exceptions() == {("pick_for_cancelled", line)}

        device.pull()
        device.base = None  # the test's clock is eight hours behind: no stamp may lean on this pull
        left = [(row["id"], row["lines"]) for row in device.all("put_back")]
        assert left == [(tote, [{"item": site.item(TEA), "lot": None, "quantity": 3}])]

        last = put_back(site, device, tote, 3)
        device.sync()
        device.base = None
        assert site.exceptions() == set()
        assert device.all("put_back") == []
        assert site.on_hand(TEA, "A-01") == 10

        call_off(device, last)
        device.push()
        assert site.exceptions() == {("pick_for_cancelled", line)}

    def test_a_whole_tote_in_a_bin_is_put_back(self, site: Warehouse, tote: str) -> None:
        line = site.line(site.order("SO-1", (TEA, 4)), 1)
        device = site.handheld()
        site.pick(device, line, TEA, 4, "A-01", tote)
        carry_unit(site, device, tote, None, STAGE)
        device.push()
        site.done("ordering.cancel_order", {"number": "SO-1"})
        assert site.exceptions() == {("pick_for_cancelled", line)}

        carry_unit(site, device, tote, STAGE, "A-02", kind="putaway.put_away")
        device.push()

        assert site.exceptions() == set()
        site.order("SO-2", (TEA, 10))
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.sync()
        assert sum(stop["quantity"] for stop in device.all("pick_line")) == 10

    def test_a_pick_from_a_dead_spot_is_posted_and_flagged(
        self, site: Warehouse, tote: str
    ) -> None:
        line = site.line(site.order("SO-1", (TEA, 4)), 1)
        device = site.handheld()
        site.pick(device, line, TEA, 4, "A-01", tote)
        site.done("ordering.cancel_order", {"number": "SO-1"})

        device.push()

        assert device.results[1]["outcome"] == "flagged"
        assert device.results[1]["codes"] == ["pick_for_cancelled"]
        assert site.on_hand(TEA, "A-01") == 6
        assert site.exceptions() == {("pick_for_cancelled", line)}

    @pytest.mark.parametrize("order", [*permutations(("pick", "back", "cancel"))])
    def test_in_any_order_of_arrival_the_end_is_the_same(
        self, site: Warehouse, tote: str, order: tuple[str, ...]
    ) -> None:
        """One handheld picked, another put back, a desk cancelled: news travels as it may."""
        line = site.line(site.order("SO-1", (TEA, 4)), 1)
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        site.pick(one, line, TEA, 4, "A-01", tote)
        site.clock.pass_(5)
        put_back(site, two, tote, 3)

        for news in order:
            if news == "cancel":
                site.done("ordering.cancel_order", {"number": "SO-1"})
            else:
                (one if news == "pick" else two).push()

        assert site.exceptions() == {("pick_for_cancelled", line)}
        assert site.on_hand(TEA, "A-01") == 9
        assert {key.holder: n for key, n in balances().items() if n == 1} == {tote: 1}

        put_back(site, two, tote, 1)
        two.push()
        assert site.exceptions() == set()
