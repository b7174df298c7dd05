"""A handheld that lost its memory says so; nobody hears of it twice."""

from app.kernel.ids import uuid7
from tests.properties.hands import lay, rotate
from tests.warehouse import TEA, Warehouse


class TestDeclareLoss:
    def test_opens_a_gap_with_at_least_so_many(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 1, "A-01")
        device.push()
        rotate(device, uuid7(), reason="wiped", lost=[2, None], head_seq=7)

        assert ("device_gap", f"{device.id}|1") in site.exceptions()
        told = site.ask(
            "system.declare_loss",
            {"device": device.id, "epoch": 1, "first": 1, "last": 2, "at_least": 2},
            roles=frozenset({"system"}),
        )
        assert told.codes == ("device_gap",)
