"""Handhelds join by a code that works once, and can be replaced without losing their name."""

from datetime import timedelta

from app.db import writing
from app.kernel.clock import now
from app.kernel.ids import uuid7
from app.people.models import Device, EnrolmentCode
from app.sync.enrolment import digest, issue_code
from tests.api.sync.wiring import problem, send
from tests.operations.records import all_of, record
from tests.properties.hands import lay
from tests.warehouse import TEA, Warehouse

DEVICES = "/api/v1/devices"


def asked(code: str, replaces: str | None = None) -> dict[str, str | None]:
    return {"enrolment_code": code, "label": "H", "replaces": replaces}


class TestEnrolment:
    def test_a_code_works_once(self, site: Warehouse) -> None:
        code = issue_code(site.site)
        assert send(site, DEVICES, asked(code)).status_code == 201
        assert problem(send(site, DEVICES, asked(code))) == (403, "device.enrolment_code")
        assert len(all_of(Device)) == 1

    def test_it_may_be_typed_carelessly_but_not_guessed(self, site: Warehouse) -> None:
        code = issue_code(site.site)
        assert problem(send(site, DEVICES, asked("A" * 10)))[0] == 403
        assert send(site, DEVICES, asked(f" {code.lower()} ")).status_code == 201

    def test_it_expires(self, site: Warehouse) -> None:
        code = issue_code(site.site)
        with writing() as session:
            ticket = session.get_one(EnrolmentCode, digest(code))
            ticket.expires_at = now() - timedelta(seconds=1)
        assert problem(send(site, DEVICES, asked(code))) == (403, "device.enrolment_code")

    def test_replaced_it_keeps_its_name_and_the_old_credential_dies(self, site: Warehouse) -> None:
        old = site.handheld()
        lay(site, old, TEA, 1, "A-01")
        old.push()
        welcome = send(site, DEVICES, asked(issue_code(site.site), old.id)).get_json()

        assert (welcome["device"], welcome["epoch"]) == (old.id, 2)
        assert [(e["epoch"], e["last_seq"], e["head_seq"]) for e in welcome["epochs"]] == [
            (1, 1, 1), (2, 0, 0),
        ]  # fmt: skip
        assert old.push_once(count=0)[1]["code"] == "device.unknown"
        assert record(Device, old.id).credential_sha == digest(welcome["credential"])

    def test_a_restored_server_knows_a_forgotten_name_again(self, site: Warehouse) -> None:
        forgotten = uuid7()
        welcome = send(site, DEVICES, asked(issue_code(site.site), forgotten)).get_json()
        assert (welcome["device"], welcome["epoch"]) == (forgotten, 1)

    def test_the_credential_is_stored_as_a_hash_only(self, site: Warehouse) -> None:
        device = site.handheld()
        stored = record(Device, device.id)
        assert device.credential not in {stored.credential_sha, stored.id}
        assert len(device.credential) == 64
