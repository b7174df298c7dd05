"""Goods change their place; a unit takes its contents along."""

from tests.properties.hands import answers, call_off, carry_unit, lay
from tests.warehouse import DRILL, TEA, Warehouse

DRILL_7 = "0c6f2a57-2a44-5a41-9d2f-6a3f3d5b2f07"


class TestMove:
    def test_loose_goods(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 9, "A-01")
        site.carry(device, TEA, 4, "A-01", "B-01", kind="moving.move")
        device.push()

        assert (site.on_hand(TEA, "A-01"), site.on_hand(TEA, "B-01")) == (5, 4)

    def test_goods_off_a_pallet(self, site: Warehouse) -> None:
        device = site.handheld()
        pallet = site.lpn("P-1")
        lay(site, device, TEA, 9, "A-01", lpn=pallet)
        device.record(
            "moving.move",
            {
                "goods": site.goods(TEA, 4, lpn=pallet), "lpn": None,
                "source": site.place("A-01"), "target": site.place("B-01"),
                "reason": None, "scans": [],
            },
        )  # fmt: skip
        carry_unit(site, device, pallet, "A-01", "B-02")
        device.push()

        assert (site.on_hand(TEA, "B-01"), site.on_hand(TEA, "B-02")) == (4, 5)

    def test_a_single_piece_posts_no_quantity(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, DRILL, 1, "A-01", serial=DRILL_7)
        moved = device.record(
            "moving.move",
            {
                "goods": site.goods(DRILL, 1, serial=DRILL_7), "lpn": None,
                "source": site.place("A-01"), "target": site.place("B-01"),
                "reason": None, "scans": [],
            },
        )  # fmt: skip
        device.push()
        assert site.at(DRILL_7) == site.place("B-01")
        assert site.entries() == 0

        call_off(device, moved)
        device.push()
        assert site.at(DRILL_7) == site.place("A-01")

    def test_nothing_moved_is_kept_and_holds_nothing_up(self, site: Warehouse) -> None:
        device = site.handheld()
        empty: dict[str, object] = {
            "goods": None, "lpn": None, "source": None, "target": site.place("A-01"),
            "reason": None, "scans": [],
        }  # fmt: skip
        device.record("moving.move", empty)
        lay(site, device, TEA, 1, "A-01")
        device.push()

        assert answers(device)[1] == ("exception", ("moving.nothing",))
        assert site.on_hand(TEA, "A-01") == 1
