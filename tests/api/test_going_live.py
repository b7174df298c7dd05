"""From an empty site to one that is open: what is missing, PINs, labels, the first count."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db
from app.ledger.models import Entry
from app.proving.rebuild import verify
from tests.operations.records import all_of
from tests.warehouse import BINS, LAMP, PIN, TEA, Warehouse

OFFICE = "/api/v1/office"


class Desk:
    """Somebody signed in at a desk."""

    def __init__(self, site: Warehouse, username: str = "s1") -> None:
        self.client: FlaskClient = site.app.test_client()
        body = {"username": username, "password": "p" * 12}
        signed = self.client.post("/api/v1/session", json=body)
        assert signed.json
        self.headers = {"X-CSRF-Token": signed.json["csrf"], "Origin": "http://localhost"}

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(f"{OFFICE}{path}")
        db.session.remove()
        return answer

    def post(self, path: str) -> dict[str, Any]:
        answer = self.client.post(f"{OFFICE}{path}", json={}, headers=self.headers)
        db.session.remove()
        assert answer.status_code in (200, 201), answer.json
        body: dict[str, Any] = answer.get_json()
        return body

    def steps(self) -> dict[str, dict[str, Any]]:
        start = self.get("/start").get_json()
        return {step["step"]: step for step in start["steps"]}

    def opening(self) -> dict[str, Any]:
        body: dict[str, Any] = self.get("/opening").get_json()
        return body


@pytest.fixture
def desk(site: Warehouse) -> Desk:
    return Desk(site)


@pytest.fixture
def opening(site: Warehouse) -> Warehouse:
    """The site on its first days: nobody has said what lies where."""
    settle(site, opening=True)
    return site


def settle(site: Warehouse, **settings: Any) -> None:
    site.done("locations.save_site", {"code": "S1", "name": "Test site", "settings": settings})


class TestStart:
    def test_says_what_is_there_and_what_is_missing(self, opening: Warehouse, desk: Desk) -> None:
        opening.done("people.save_person", {"badge": "N1", "name": "New", "roles": ["picker"]})

        steps = desk.steps()

        assert list(steps) == ["places", "items", "people", "labels", "handhelds", "opening"]
        assert [name for name, step in steps.items() if step["done"]] == ["places", "items"]
        assert (steps["places"]["count"], steps["items"]["count"]) == (9, 4)
        assert (steps["people"]["count"], steps["people"]["of"]) == (3, 4)
        assert (steps["opening"]["count"], steps["opening"]["of"]) == (0, len(BINS) + 1)

    def test_is_done_when_every_step_is(self, opening: Warehouse, desk: Desk) -> None:
        assert desk.get("/start").get_json()["done"] is False
        opening.handheld("H1", "B1")

        settle(opening, opening=False, labels_up=True)

        assert desk.get("/start").get_json()["done"] is True

    def test_a_site_without_a_dock_cannot_receive(self, desk: Desk, site: Warehouse) -> None:
        for place, kind in (("DOCK-1", "bin"), ("STAGE-1", "bin")):
            site.done("locations.save_location", {"code": place, "kind": kind})

        assert desk.steps()["places"]["missing"] == ["dock", "stage"]

    @pytest.mark.parametrize("path", ["/start", "/opening", "/labels/location.pdf"])
    def test_the_floor_does_not_see_it(self, site: Warehouse, path: str) -> None:
        assert Desk(site, "c1").get(path).status_code == 403


class TestPins:
    def test_are_given_once_to_those_who_have_none(self, site: Warehouse, desk: Desk) -> None:
        site.done("people.save_person", {"badge": "N1", "name": "New", "roles": ["picker"]})

        (given,) = desk.post("/pins")["items"]

        assert (given["badge"], given["name"]) == ("N1", "New")
        assert site.handheld("H1", "B1").sign_in("N1", given["pin"]).actor == site.person("N1")
        assert site.handheld("H2", "B1").sign_in("B1", PIN).actor == site.person("B1")
        assert desk.post("/pins")["items"] == []

    def test_a_supervisor_gives_none_to_an_administrator(self, site: Warehouse, desk: Desk) -> None:
        person = {"badge": "A1", "name": "Boss", "roles": ["picker", "admin"]}
        site.done("people.save_person", person)

        assert desk.post("/pins")["items"] == []


class TestHandhelds:
    def test_one_that_came_by_its_code_completes_the_step(
        self, site: Warehouse, desk: Desk
    ) -> None:
        assert desk.steps()["handhelds"]["done"] is False

        code = desk.post("/devices/codes")["code"]
        site.wire("POST", "/api/v1/devices", {"enrolment_code": code, "label": "H9"}, {})

        assert desk.steps()["handhelds"]["count"] == 1


class TestTheFirstCount:
    def test_of_every_bin_becomes_the_opening_stock(self, opening: Warehouse, desk: Desk) -> None:
        counter = opening.handheld("H1", "C1", roles=("counter",))
        opening.count(counter, "A-01", (TEA, 12), (LAMP, 3))
        opening.count(counter, "A-02")
        counter.push()
        seen = desk.opening()
        assert seen["first_uncounted"] == ["A-03", "B-01", "B-02", "B-03", "Q-1"]
        assert [(s["place_code"], s["items"], s["pieces"]) for s in seen["sheets"]] == [
            ("A-01", 2, 15),
            ("A-02", 0, 0),
        ]
        assert opening.on_hand(TEA) == 0

        answer = desk.post("/opening/approve")

        assert (answer["approved"], answer["own"], answer["refused"]) == (2, 0, {})
        assert (opening.on_hand(TEA, "A-01"), opening.on_hand(LAMP, "A-01")) == (12, 3)
        assert opening.on_hand(TEA, "@variance") == -12
        assert {entry.kind for entry in all_of(Entry)} == {"adjust"}
        assert desk.opening()["sheets"] == []
        assert desk.post("/opening/approve")["approved"] == 0
        assert verify(opening.playbook, db.engine).differences == ()

    def test_a_bin_that_a_file_spoke_of_needs_no_count(
        self, opening: Warehouse, desk: Desk
    ) -> None:
        opening.stock(TEA, 5, "A-01")

        assert "A-01" not in desk.opening()["first_uncounted"]

    def test_nobody_approves_an_own_count(self, opening: Warehouse, desk: Desk) -> None:
        counter = opening.handheld("H1", "S1", roles=("counter",))
        opening.count(counter, "A-01", (TEA, 12))
        counter.push()

        answer = desk.post("/opening/approve")

        assert (answer["approved"], answer["own"]) == (0, 1)
        assert opening.on_hand(TEA) == 0

    def test_later_a_difference_is_no_opening_stock(self, site: Warehouse, desk: Desk) -> None:
        counter = site.handheld("H1", "C1", roles=("counter",))
        sheet = site.count(counter, "A-01", (TEA, 12))
        counter.push()

        assert desk.post("/opening/approve")["refused"] == {"counting.not_opening": 1}
        refused = site.ask("counting.approve", {"sheet": sheet, "reason": "opening"})
        assert refused.codes == ("counting.not_opening",)
