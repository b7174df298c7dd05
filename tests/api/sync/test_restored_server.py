"""A server comes back from yesterday's backup: handhelds hand in again what it does not know."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db, snapshot
from app.pipeline.models import Stream
from app.proving.handheld import Handheld
from app.sync.enrolment import issue_code
from tests.properties.hands import answers, lay, log
from tests.served import Served, serving
from tests.warehouse import LAMP, TEA, Warehouse


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "kept.backup"


def incarnation(site: Warehouse) -> str:
    with snapshot() as session:
        found = session.scalar(select(Stream.incarnation).where(Stream.id == site.site))
        assert found
        return found


def at(server: Served, label: str, badge: str) -> Handheld:
    device = server.site.handheld(label, badge)
    device.wire = server.wire
    return device


def restored(server: Served, backup: Path) -> None:
    """Power off, an older backup, power on."""
    server.kill()
    db.session.remove()
    db.engine.dispose()
    server.tallyman("restore", str(backup), "--force")
    server.start()


def catch_up(device: Handheld) -> None:
    """What a handheld does with an answer that wants less than it was told before."""
    status, answer = device.push_once()
    assert status in (200, 409), answer
    device.sent = answer["expected_seq"] - 1
    device.sync()


def enrolled_again(device: Handheld, site: Warehouse) -> None:
    """Nobody knows it any more, but it knows its name."""
    body = {
        "enrolment_code": issue_code(site.site),
        "label": device.label,
        "replaces": device.id,
    }
    status, welcome = device.wire("POST", "/api/v1/devices", body, {})
    assert (status, welcome["device"]) == (201, device.id)
    device.credential = welcome["credential"]


def handed_in(by: Handheld, device: Handheld) -> dict[str, Any]:
    """Everything that it holds, in its name."""
    body = {"device": device.id, "epoch": device.epoch, "first_seq": 1, "ops": device.queue}
    status, answer = by.call("POST", "/api/v1/sync/rescue", body)
    assert status == 200, answer
    return answer


class TestARestoredServer:
    def test_ends_as_if_nothing_had_been_lost(self, site: Warehouse, backup: Path) -> None:
        with serving(site) as server:
            busy, idle = at(server, "H1", "B1"), at(server, "H2", "B2")
            lay(site, busy, TEA, 1, "A-01")
            lay(site, idle, LAMP, 1, "A-02")
            busy.sync()
            idle.sync()
            server.tallyman("backup", str(backup))
            before = incarnation(site)
            for device, sku in ((busy, TEA), (idle, LAMP)):
                lay(site, device, sku, 10, "A-01")
                lay(site, device, sku, 20, "A-02")
                device.sync()
            late = at(server, "H3", "C1")  # joined after the backup
            late.pull()
            lay(site, late, TEA, 100, "A-03")
            late.sync()
            lay(site, busy, TEA, 200, "A-03")  # and nobody has heard of this yet

            restored(server, backup)
            assert incarnation(site) != before
            assert site.on_hand(TEA) == 1
            for device in (busy, idle):
                catch_up(device)
            assert late.push_once()[0] == 401
            enrolled_again(late, site)
            catch_up(late)  # under a grant that nobody remembers

            assert site.on_hand(TEA) == 331
            assert answers(late)[1] == (
                "flagged",
                ("sync.role_missing", "sync.actor_unverified", "not_ordered"),
            )
            assert site.on_hand(LAMP) == 31
            for device in (busy, idle, late):
                held = [row.operation for row in log() if row.device == device.id]
                assert len(held) == len(set(held)) == len(device.queue)
            assert "equal" in server.tallyman("rebuild", "--check")

    def test_takes_again_what_another_had_handed_in(self, site: Warehouse, backup: Path) -> None:
        """Seeds 20010 and 20021 of the simulator: its own handheld is gone, the rescuer has it."""
        with serving(site) as server:
            broken, other = at(server, "H1", "B1"), at(server, "H2", "B2")
            lay(site, broken, TEA, 1, "A-01")
            broken.sync()
            server.tallyman("backup", str(backup))
            lay(site, broken, TEA, 10, "A-01")
            broken.sync()
            lay(site, broken, TEA, 100, "A-01")
            whole = handed_in(other, broken)
            assert [each["duplicate"] for each in whole["results"]] == [True, True, False]

            restored(server, backup)
            assert site.on_hand(TEA) == 1
            again = handed_in(other, broken)

            assert again["incarnation"] != whole["incarnation"]
            assert [each["duplicate"] for each in again["results"]] == [True, False, False]
            assert site.on_hand(TEA) == 111
            assert [row.operation for row in log() if row.device == broken.id] == [
                each["id"] for each in again["results"]
            ]

    def test_a_plain_restart_loses_nothing_and_asks_for_nothing(self, site: Warehouse) -> None:
        with serving(site) as server:
            device = at(server, "H1", "B1")
            lay(site, device, TEA, 1, "A-01")
            device.sync()
            before = incarnation(site)
            server.kill()
            lay(site, device, TEA, 2, "A-01")
            server.start()
            device.sync()

            assert incarnation(site) == before
            assert device.pushes == 2
            assert site.on_hand(TEA) == 3
