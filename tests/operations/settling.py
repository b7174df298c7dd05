"""Time goes by: handhelds say that they are there, and the system looks what has settled."""

import time
from datetime import datetime

import pytest

from app.kernel import clock
from app.kernel.clock import now
from app.kernel.ids import derived, uuid7
from app.pipeline.office import Author
from app.proving.handheld import Handheld
from app.sync.settling import order_recounts, settle_site, settle_what_is_complete
from tests.warehouse import Warehouse


def beat(*devices: Handheld, **over: object) -> None:
    """Say that everything up to now has been handed in."""
    for device in devices:
        status, answer = device.push_once(count=0, **over)
        assert status == 200, answer


def share_the_clock(site: Warehouse, patch: pytest.MonkeyPatch) -> None:
    """Let the server's clock be the one that tests turn, from now on."""
    site.clock.ms = max(site.clock.ms, time.time() * 1000)
    patch.setattr(clock, "source", lambda zone: datetime.fromtimestamp(site.clock.ms / 1e3, zone))


def look(site: Warehouse) -> None:
    """Let the system do what it does every few seconds."""
    settle_site(site.playbook, site.org, site.site)


def settle_only(site: Warehouse) -> None:
    """Let it do only what leaves all verdicts to people."""
    author = Author(site.org, site.site, device="system")
    order_recounts(site.playbook, author)
    settle_what_is_complete(site.playbook, author, now())


def exclude(site: Warehouse, device: Handheld) -> None:
    site.done("devices.exclude", {"device": device.id, "reason": "lost"}, actor=site.person("S1"))


class Counting:
    """A count that takes its time."""

    def __init__(self, site: Warehouse, device: Handheld, place: str) -> None:
        self.site, self.device, self.place = site, device, place
        self.first: str | None = uuid7()
        self.sheet = derived(self.first, 1)

    def see(self, sku: str, quantity: int, **over: object) -> "Counting":
        self._record("counting.count_line", goods=self.site.goods(sku, quantity, **over), lpn=None)
        return self

    def finish(self) -> str:
        self._record("counting.finish_bin", empty=False)
        return self.sheet

    def _record(self, kind: str, **what: object) -> None:
        payload = {"sheet": self.sheet, "place": self.site.place(self.place), "scans": []}
        self.device.record(kind, {**payload, **what}, operation=self.first)
        self.first = None
