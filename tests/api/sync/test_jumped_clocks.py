"""A clock that was set while work waited: the stamps own up to it."""

from datetime import timedelta

import pytest

from app.kernel.clock import EPOCH
from app.proving.handheld import Handheld
from tests.properties.hands import lay, stored
from tests.warehouse import TEA, Warehouse

HOUR = 3_600_000


def off_and_doubt(operation: str, written_ms: float) -> tuple[float, float]:
    """By how many seconds a stamp is off, and for how many it vouches."""
    row = stored(operation)
    off = row.eff_at - EPOCH - timedelta(milliseconds=written_ms)
    return abs(off.total_seconds()), row.u / 1e6


class TestSetWhileWorkWaits:
    """Found by the simulator: clock jumps, new pages and heartbeats together, seed 200."""

    @pytest.mark.parametrize("jump", [-HOUR, HOUR / 60])
    @pytest.mark.parametrize("heartbeats", [0, 1, 3])
    def test_what_an_earlier_page_wrote_is_doubted_by_the_whole_jump(
        self, site: Warehouse, jump: float, heartbeats: int
    ) -> None:
        device = site.handheld()
        device.push_once(count=0)
        site.clock.pass_(5)
        operation, written = lay(site, device, TEA, 1, "A-01"), site.clock.ms
        self.set_clock(device, jump)
        site.clock.pass_(5)
        for _ in range(heartbeats):
            device.push_once(count=0)
        device.push()

        off, doubt = off_and_doubt(operation, written)
        assert off <= doubt

    def test_once_everything_has_arrived_nothing_is_doubted_any_more(self, site: Warehouse) -> None:
        device = site.handheld()
        device.push_once(count=0)
        lay(site, device, TEA, 1, "A-01")
        self.set_clock(device, HOUR)
        device.push()
        operation = lay(site, device, TEA, 1, "A-01")
        device.push()

        assert stored(operation).u < 1_000_000

    def set_clock(self, device: Handheld, jump: float) -> None:
        device.clock.wrong_by += jump
        device.boot = "another page"
