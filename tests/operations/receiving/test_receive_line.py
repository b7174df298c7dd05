"""Goods come in, once, whatever the network does."""

from tests.warehouse import DOCK, TEA, Warehouse


class TestReceiveLine:
    def test_goods_stand_on_the_dock(self, site: Warehouse) -> None:
        device = site.handheld()

        site.receive(device, TEA, 4)
        device.sync()

        assert site.on_hand(TEA, DOCK) == 4
        assert device.results[1]["outcome"] == "flagged"  # nobody ordered it
        assert device.results[1]["codes"] == ["not_ordered"]

    def test_sent_twice_counts_once(self, site: Warehouse) -> None:
        device = site.handheld()
        site.receive(device, TEA, 4)

        device.push_once(first=1)
        first = device.results[1]
        device.push_once(first=1)

        assert site.on_hand(TEA, DOCK) == 4
        assert device.results[1] == {**first, "duplicate": True}
