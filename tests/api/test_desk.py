"""What the office does beside the log: enrolment codes, revoking, secrets."""

import re
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from app.db import snapshot
from app.people.models import Device
from app.pipeline.models import OpenException, StoredOperation
from app.proving.handheld import Handheld
from tests.api.desk import OFFICE, bearer, signed_in, visitor
from tests.operations.records import all_of, record
from tests.properties.hands import lay
from tests.warehouse import PIN, TEA, Warehouse


def scanned(qr: dict[str, Any]) -> str:
    """What a scanner reads off the screen: each square of the path as six pixels by six."""
    picture = Image.new("L", (qr["size"], qr["size"]), 255)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", qr["path"]):
        picture.putpixel((int(x), int(y)), 0)
    side = qr["size"] * 6
    (code,) = zxingcpp.read_barcodes(picture.resize((side, side), Image.Resampling.NEAREST))
    return str(code.text)


class TestEnrolmentCode:
    def test_brings_a_handheld_in_once(self, site: Warehouse) -> None:
        client = visitor(site)
        made = client.post(f"{OFFICE}/devices/codes", json={}, headers=bearer(site, "supervisor"))
        body = {"enrolment_code": made.get_json()["code"], "label": "H1", "replaces": None}

        assert made.status_code == 201
        assert scanned(made.get_json()["qr"]) == f"TME:{body['enrolment_code']}"
        assert client.post("/api/v1/devices", json=body).status_code == 201
        assert client.post("/api/v1/devices", json=body).status_code == 403

    @pytest.mark.parametrize("role", ["planner", "receiver", "counter", "requester"])
    def test_is_not_for_everybody(self, site: Warehouse, role: str) -> None:
        answer = visitor(site).post(f"{OFFICE}/devices/codes", json={}, headers=bearer(site, role))

        assert answer.status_code == 403


class TestRevoke:
    def test_a_revoked_handheld_hands_in_and_nothing_else(self, site: Warehouse) -> None:
        handheld = site.handheld("H1", "B1")
        client, chief = visitor(site), bearer(site, "supervisor")
        for _ in range(2):
            path = f"{OFFICE}/devices/{handheld.id}/revoke"
            assert client.post(path, json={}, headers=chief).status_code == 204

        status, body = handheld.call("GET", "/api/v1/sync/pull?epoch=1")

        assert (status, body["code"]) == (403, "device.revoked")
        (row,) = client.get(f"{OFFICE}/tables/devices", headers=chief).get_json()["rows"]
        assert (row["label"], row["revoked"]) == ("H1", True)

    def test_an_unknown_one_is_not_found(self, site: Warehouse) -> None:
        answer = visitor(site).post(
            f"{OFFICE}/devices/{site.site}/revoke", json={}, headers=bearer(site, "admin")
        )

        assert answer.status_code == 404


class TestSecrets:
    def set(self, site: Warehouse, who: dict[str, str], badge: str, **body: Any) -> Any:
        path = f"{OFFICE}/people/{site.person(badge)}/secrets"
        return visitor(site).post(path, json=body, headers=who)

    def test_a_new_pin_replaces_the_old_one(self, site: Warehouse) -> None:
        assert self.set(site, bearer(site, "supervisor"), "B1", pin="135791").status_code == 204

        assert (
            visitor(site)
            .get(f"{OFFICE}/tables/people?badge=B1", headers=bearer(site, "admin"))
            .get_json()["rows"][0]["has_pin"]
        )
        handheld = site.handheld("H1", "B2")
        assert handheld.call("POST", "/api/v1/session", {"badge": "B1", "pin": PIN})[0] == 401
        assert handheld.call("POST", "/api/v1/session", {"badge": "B1", "pin": "135791"})[0] == 200

    def test_a_new_pin_opens_a_badge_that_was_locked(self, site: Warehouse) -> None:
        lost, spare = site.handheld("H1", "B2"), site.handheld("H2", "B2")
        for _ in range(6):
            lost.call("POST", "/api/v1/session", {"badge": "B1", "pin": "000000"})
        login = {"badge": "B1", "pin": "135791"}
        assert spare.call("POST", "/api/v1/session", login)[0] == 429

        self.set(site, bearer(site, "supervisor"), "B1", pin="135791")

        assert spare.call("POST", "/api/v1/session", login)[0] == 200

    def test_open_sessions_of_that_person_end(self, site: Warehouse) -> None:
        client, _ = signed_in(site, "s1")
        self.set(site, bearer(site, "admin"), "S1", password="another secret")

        assert client.get("/api/v1/session").status_code == 401

    def test_a_supervisor_does_not_open_anothers_office(self, site: Warehouse) -> None:
        answer = self.set(site, bearer(site, "supervisor"), "S1", password="another secret")

        assert (answer.status_code, answer.get_json()["code"]) == (422, "people.admin_only")

    def test_but_the_own_one(self, site: Warehouse) -> None:
        client, write = signed_in(site, "s1")

        answer = client.post(
            f"{OFFICE}/people/{site.person('S1')}/secrets",
            json={"password": "another secret"},
            headers=write,
        )

        assert answer.status_code == 204

    @pytest.mark.parametrize(
        "body",
        [{}, {"pin": "12345"}, {"pin": "12345a"}, {"password": "short"}, {"roles": ["admin"]}],
    )
    def test_what_is_too_weak_or_unknown_is_refused(self, site: Warehouse, body: Any) -> None:
        assert self.set(site, bearer(site, "admin"), "B1", **body).status_code == 422

    def test_a_name_belongs_to_one_person(self, site: Warehouse) -> None:
        answer = self.set(site, bearer(site, "admin"), "B1", username="b2")

        assert (answer.status_code, answer.get_json()["code"]) == (409, "people.username_taken")

    def test_secrets_never_enter_the_log(self, site: Warehouse) -> None:
        self.set(site, bearer(site, "admin"), "B1", pin="975318")
        with snapshot() as session:
            log = session.scalars(select(StoredOperation.envelope)).all()

        assert not any(b"975318" in envelope for envelope in log)


class TestALostHandheld:
    def told_of_three(self, site: Warehouse) -> Handheld:
        """It has handed in two of five, and told that there are five."""
        handheld = site.handheld("H1", "B1")
        for _ in range(2):
            lay(site, handheld, TEA, 1, "A-01")
        handheld.push()
        for _ in range(3):
            lay(site, handheld, TEA, 1, "A-01")
        handheld.push_once(count=0)
        return handheld

    def gap(self, site: Warehouse) -> dict[str, Any]:
        (row,) = [row for row in all_of(OpenException) if row.code == "device_gap"]
        return dict(row.detail)

    def test_shows_what_it_did_not_send(self, site: Warehouse) -> None:
        handheld = self.told_of_three(site)
        client, chief = visitor(site), bearer(site, "supervisor")
        (row,) = client.get(f"{OFFICE}/tables/devices", headers=chief).get_json()["rows"]
        assert (row["label"], row["unsent"]) == ("H1", 3)

        handheld.push()
        (row,) = client.get(f"{OFFICE}/tables/devices", headers=chief).get_json()["rows"]
        assert (row["unsent"], row["unsent_since"]) == (0, None)

    def test_that_is_gone_is_revoked_and_its_loss_declared_once(self, site: Warehouse) -> None:
        handheld = self.told_of_three(site)
        for _ in range(2):
            path = f"{OFFICE}/devices/{handheld.id}/lost"
            answer = visitor(site).post(path, json={}, headers=bearer(site, "supervisor"))
            assert answer.status_code == 204

        assert (self.gap(site)["at_least"], self.gap(site)["first"]) == (3, 3)
        assert record(Device, handheld.id).revoked_at is not None
        assert len([r for r in all_of(StoredOperation) if r.kind == "system.declare_loss"]) == 1
        handheld.push()  # it is found after all: kept for a supervisor, not lost
        assert handheld.results[3]["codes"] == ["sync.device_revoked"]

    def test_that_comes_back_empty_gets_its_name_by_the_code(self, site: Warehouse) -> None:
        handheld = self.told_of_three(site)
        client, chief = visitor(site), bearer(site, "supervisor")
        asked = {"replaces": handheld.id}
        code = client.post(f"{OFFICE}/devices/codes", json=asked, headers=chief).get_json()["code"]
        body = {"enrolment_code": code, "label": "H1", "replaces": None}
        welcome = client.post("/api/v1/devices", json=body).get_json()

        assert (welcome["device"], welcome["epoch"]) == (handheld.id, 2)
        told = [(one["epoch"], one["last_seq"], one["head_seq"]) for one in welcome["epochs"]]
        assert told == [(1, 2, 5), (2, 0, 0)]

    def test_of_another_site_is_not_found(self, site: Warehouse) -> None:
        client, chief = visitor(site), bearer(site, "supervisor")
        for path, body in (("codes", {"replaces": site.site}), (f"{site.site}/lost", {})):
            answer = client.post(f"{OFFICE}/devices/{path}", json=body, headers=chief)
            assert answer.status_code == 404
