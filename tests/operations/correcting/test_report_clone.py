"""Two handhelds under one name: after the third fork of a day one is enrolled anew."""

from datetime import timedelta

from sqlalchemy import update

from app.db import writing
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.pipeline.models import Epoch
from app.sync.enrolment import issue_code
from tests.api.sync.wiring import filled, send
from tests.properties.hands import log, rewritten, rotate
from tests.warehouse import TEA, Warehouse


class TestTwins:
    def test_the_third_fork_of_a_day_is_not_answered_with_a_journal(self, site: Warehouse) -> None:
        device = filled(site)
        assert [rotate(device, uuid7())[0] for _ in range(2)] == [200, 200]
        third = uuid7()

        for _ in range(2):
            status, answer = rotate(device, third)
            assert (status, answer["code"], answer["device"]) == (409, "device.cloned", device.id)
        assert ("device_cloned", device.id) in site.exceptions()
        assert len([row for row in log() if row.kind == "system.report_clone"]) == 1

    def test_what_it_holds_goes_out_when_it_is_enrolled_anew(self, site: Warehouse) -> None:
        device = filled(site)
        for _ in range(2):
            rotate(device, uuid7())
        assert rotate(device, uuid7())[0] == 409
        body = {
            "enrolment_code": issue_code(site.site),
            "label": "H1",
            "replaces": device.id,
        }
        welcome = send(site, "/api/v1/devices", body).get_json()
        device.credential = welcome["credential"]
        rewritten(device, list(device.queue), welcome["epoch"])
        device.push()

        assert site.on_hand(TEA) == 10
        assert rotate(device, uuid7())[0] == 200  # it starts with none

    def test_forks_of_another_day_are_not_counted(self, site: Warehouse) -> None:
        device = filled(site)
        for _ in range(2):
            rotate(device, uuid7())
        with writing() as session:
            session.execute(update(Epoch).values(begun_at=now() - timedelta(hours=25)))

        assert rotate(device, uuid7())[0] == 200

    def test_losses_are_no_forks(self, site: Warehouse) -> None:
        device = filled(site)
        for _ in range(4):
            status, _ = rotate(device, uuid7(), reason="gap", lost=[1, 2], head_seq=4)
            assert status == 200
