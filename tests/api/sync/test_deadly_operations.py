"""An operation that kills the server is set aside after three deaths, and what follows goes on."""

import time
from collections.abc import Iterator

import pytest

from app.kernel.ids import derived
from app.proving.handheld import Handheld
from app.sync.black_box import FOLDER
from tests.api.sync.deadly import BOOK, DEADLY, ENTRY
from tests.properties.hands import answers, lay, log
from tests.served import Died, Served, serving
from tests.warehouse import LAMP, TEA, Warehouse

TRIES = 30


@pytest.fixture
def server(site: Warehouse) -> Iterator[Served]:
    site.app.extensions["tallyman_playbook"] = BOOK
    with serving(site, ENTRY) as served:
        yield served


def poisoned(site: Warehouse, server: Served, whom: str) -> Handheld:
    """Three honest receipts, one that somebody dies of, and one more."""
    device = site.handheld()
    for _ in range(3):
        lay(site, device, TEA, 1, "A-01")
    device.record(DEADLY, {"whom": whom, "scans": []})
    lay(site, device, LAMP, 5, "A-02")
    device.wire = server.wire
    return device


def is_set_aside(site: Warehouse, device: Handheld) -> None:
    assert answers(device)[4] == ("exception", ("sync.internal",))
    assert site.on_hand(TEA, "A-01") == 3
    assert site.on_hand(LAMP, "A-02") == 5
    kept = [row for row in log() if row.device == device.id]
    assert [row.seq for row in kept] == [1, 2, 3, 4, 5]
    assert len({row.operation for row in kept}) == 5
    subject = f"{device.id}|{device.epoch}|4"
    assert ("sync.internal", subject) in site.exceptions()
    accepted = {
        "exception": derived(site.site, f"sync.internal|{subject}"),
        "resolution": "accept",
        "note": None,
    }
    site.done("exceptions.resolve", accepted)


class TestADeadlyOperation:
    def test_kills_the_server_three_times_and_no_more(
        self, site: Warehouse, server: Served
    ) -> None:
        device = poisoned(site, server, "server")
        for _ in range(3):
            with pytest.raises(Died):
                device.push()
            assert server.has_died()
            server.start()

        device.push()

        assert device.sent == 5
        is_set_aside(site, device)
        device.push_once(first=1)
        assert device.results[4]["duplicate"]
        other = site.handheld("H2", "B2")
        other.wire = server.wire
        lay(site, other, TEA, 2, "A-03")
        other.push()
        assert site.on_hand(TEA, "A-03") == 2
        assert (server.settings.home / FOLDER / "deaths.json").read_text() == "[]"

    def test_a_worker_that_dies_of_it_is_replaced_and_knows(
        self, site: Warehouse, server: Served
    ) -> None:
        device = poisoned(site, server, "worker")
        deaths = 0
        for _ in range(TRIES):
            try:
                device.push()
                break
            except Died:
                deaths += 1
                time.sleep(0.2)

        assert device.sent == 5, server.log()
        assert deaths >= 3
        is_set_aside(site, device)


class TestAnHonestOperation:
    def test_that_was_under_way_when_others_pulled_the_plug_is_applied(
        self, site: Warehouse, server: Served
    ) -> None:
        """Twice by accident: what was noted is tried by itself and then forgotten."""
        device = site.handheld()
        for n in range(40):
            lay(site, device, TEA, 1, "A-01" if n % 2 else "A-02")
        boxes = server.settings.home / FOLDER
        server.stop()
        deaths = ",".join(f'["{device.id}",1,{seq},2]' for seq in range(1, 41))
        (boxes / "deaths.json").write_text(f"[{deaths}]")
        server.start()
        device.wire = server.wire

        device.push()

        assert site.on_hand(TEA) == 40
        assert {outcome for outcome, _ in answers(device).values()} == {"flagged"}
        assert (boxes / "deaths.json").read_text() == "[]"
        assert len({row.chunk for row in log() if row.device == device.id}) == 40

    def test_a_server_that_stops_in_order_leaves_nothing_to_tell(
        self, site: Warehouse, server: Served
    ) -> None:
        device = site.handheld()
        lay(site, device, TEA, 1, "A-01")
        device.wire = server.wire
        device.push()
        server.stop()
        server.start()

        boxes = server.settings.home / FOLDER
        assert not (boxes / "deaths.json").exists()
        assert len(list(boxes.glob("*.box"))) <= 20  # of who is alive
        lay(site, device, TEA, 1, "A-01")
        device.push()
        assert site.on_hand(TEA) == 2
