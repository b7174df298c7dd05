"""Every route and every operation, before everybody: who is let in is written here, by hand.

The tables are the promise (product.md, sync.md §3); what a route declares about itself is not
asked. A route or a kind without a line fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.kernel.ids import uuid7
from app.office.tables.every import TABLES
from app.people.models import ROLES
from tests.api.callers import Caller, at_desk, employ, everybody, on_handheld, the_other_site
from tests.api.desk import visitor
from tests.warehouse import Warehouse

# Who stands before the door:  everybody; a handheld (even a revoked one hands in what it holds);
# people and integrations by role; a person by role who also holds a handheld; or one of the two;
# a fixed reader with its own token.
ROUTES = """
GET    /                                        everybody
GET    /<path:name>                             everybody
GET    /health/live                             everybody
GET    /health/ready                            everybody
GET    /openapi.json                            everybody
GET    /demo/sheet                              everybody
GET    /demo/sheet.css                          everybody
GET    /api/v1/demo                             everybody
POST   /api/v1/demo/door                        everybody
POST   /api/v1/devices                          everybody
GET    /api/v1/session                          people any
DELETE /api/v1/session                          people any
POST   /api/v1/sync/push                        handheld even-revoked
POST   /api/v1/sync/rescue                      handheld|people even-revoked CHIEFS
POST   /api/v1/sync/rotate                      handheld|people CHIEFS
GET    /api/v1/sync/pull                        handheld
GET    /api/v1/sync/rows                        handheld
POST   /api/v1/scans/resolve                    handheld
POST   /api/v1/putaway/check                    handheld+people receiver picker packer CHIEFS
POST   /api/v1/putaway/propose                  handheld+people receiver picker packer CHIEFS
GET    /api/v1/stock                            people receiver picker packer OFFICE
GET    /api/v1/stock/ledger                     people OFFICE
POST   /api/v1/operations                       people any
GET    /api/v1/exceptions                       people CHIEFS
GET    /api/v1/counts                           people CHIEFS
GET    /api/v1/counts/asked                     people CHIEFS
GET    /api/v1/counts/complete                  people CHIEFS
GET    /api/v1/live                             people requester OFFICE
GET    /api/v1/adjustments                      people CHIEFS
GET    /api/v1/adjustments/choices              people CHIEFS
GET    /api/v1/adjustments/find                 people CHIEFS
GET    /api/v1/requisitions                     people requester OFFICE
GET    /api/v1/requisitions/items               people requester OFFICE
GET    /api/v1/office/now                       people OFFICE
GET    /api/v1/office/now/orders                people OFFICE
GET    /api/v1/office/tables/<name>             people requester OFFICE
GET    /api/v1/office/tables/<name>.csv         people requester OFFICE
GET    /api/v1/office/tables/<name>.xlsx        people requester OFFICE
GET    /api/v1/office/operations/<operation>    people OFFICE
POST   /api/v1/office/devices/codes             people CHIEFS
POST   /api/v1/office/devices/<device>/lost     people CHIEFS
POST   /api/v1/office/devices/<device>/revoke   people CHIEFS
POST   /api/v1/office/people/<person>/secrets   people CHIEFS
POST   /api/v1/office/pins                      people CHIEFS
GET    /api/v1/office/rules                     people OFFICE
GET    /api/v1/office/codes                     people OFFICE
GET    /api/v1/office/codes/find                people OFFICE
GET    /api/v1/office/start                     people OFFICE
GET    /api/v1/office/opening                   people OFFICE
POST   /api/v1/office/opening/approve           people supervisor
GET    /api/v1/office/labels                    people OFFICE
POST   /api/v1/labels/numbers                   handheld
POST   /api/v1/labels/print                     handheld+people receiver picker packer CHIEFS
GET    /api/v1/office/printers                  people OFFICE
POST   /api/v1/office/printers                  people CHIEFS
POST   /api/v1/office/printers/<printer>/remove people CHIEFS
GET    /api/v1/office/print-jobs                people OFFICE
POST   /api/v1/office/print-jobs                people OFFICE
POST   /api/v1/office/print-jobs/<job>/retry    people OFFICE
POST   /api/v1/office/print-jobs/<job>/cancel   people OFFICE
POST   /api/v1/office/labels/numbers            people OFFICE
POST   /api/v1/office/labels/enrolment          people CHIEFS
GET    /api/v1/office/labels/kinds              people OFFICE
GET    /api/v1/office/labels/<kind>.<form>      people OFFICE
GET    /api/v1/office/imports                   people OFFICE
GET    /api/v1/office/imports/kinds             people OFFICE
POST   /api/v1/office/imports                   people OFFICE
GET    /api/v1/office/imports/<brought_id>      people OFFICE
POST   /api/v1/office/imports/<brought_id>/preview   people OFFICE
POST   /api/v1/office/imports/<brought_id>/run       people OFFICE
GET    /api/v1/office/imports/<brought_id>/bad-rows  people OFFICE
POST   /api/v1/rfid/reads                       reader
GET    /api/v1/office/readers                   people CHIEFS
POST   /api/v1/office/readers                   people CHIEFS
POST   /api/v1/office/readers/<reader>/revoke   people CHIEFS
GET    /api/v1/office/gates                     people CHIEFS
POST   /api/v1/office/gates/receipts/<unit>/confirm    people supervisor
POST   /api/v1/office/gates/shipments/<order>/confirm  people supervisor
"""
# Signing in opens the door it stands before: a handheld may, a revoked one may not.
SIGN_IN = ("POST", "/api/v1/session")
# What each table of the office says, and to whom.
READABLE = {
    "items": "requester OFFICE",
    "people": "CHIEFS",
    "devices": "CHIEFS",
    "holds": "CHIEFS",
    **dict.fromkeys(
        (
            "orders", "order_lines", "purchase_orders", "purchase_order_lines", "asns",
            "asn_units", "asn_lines", "customers", "suppliers", "stock", "stock_by_item",
            "handling_units", "count_sheets", "postings", "operations", "changes", "sightings",
            "identifiers", "places", "zones", "reasons", "tag_visits",
        ),
        "OFFICE",
    ),
}  # fmt: skip
# Who may do what at a desk (`POST /operations`). Counter and approver are two people besides.
MAY = {
    "receiving.receive_line": "receiver supervisor",
    "receiving.receive_unit": "receiver supervisor",
    "receiving.report_short": "receiver supervisor",
    "putaway.put_away": "receiver picker supervisor",
    "moving.move": "receiver picker packer supervisor",
    "picking.take_work": "picker supervisor",
    "picking.return_work": "picker supervisor",
    "picking.pick": "picker supervisor",
    "picking.report_short": "picker supervisor",
    "picking.reassign": "CHIEFS",
    "shipping.ship": "picker packer supervisor",
    "counting.count_line": "counter supervisor",
    "counting.finish_bin": "counter picker supervisor",
    "counting.approve": "supervisor",
    "counting.reject": "supervisor",
    "counting.recount": "supervisor",
    "counting.ask_for": "CHIEFS",
    "counting.withdraw": "CHIEFS",
    "system.withhold_counts": "",
    "operations.void": "CHIEFS",
    "exceptions.resolve": "CHIEFS",
    "system.reapply": "CHIEFS",
    "identification.map_barcode": "receiver OFFICE",
    "identification.unmap_barcode": "OFFICE",
    "system.declare_loss": "",
    "system.confirm_actor": "",
    "system.report_clone": "",
    "stock.adjust": "CHIEFS",
    "stock.scrap": "CHIEFS",
    "stock.found": "CHIEFS",
    "stock.approve_adjustment": "CHIEFS",
    "stock.reject_adjustment": "CHIEFS",
    "stock.set_limit": "CHIEFS",
    "counting.set_tolerance": "CHIEFS",
    "periods.close_period": "OFFICE",
    "stock.open_stock": "OFFICE",
    "requisitions.request": "requester OFFICE",
    "requisitions.approve": "CHIEFS",
    "requisitions.reject": "CHIEFS",
    "readers.register": "CHIEFS",
    "readers.revoke": "CHIEFS",
    "readers.bind": "CHIEFS",
    "readers.note_visit": "",
    "system.expire_walk": "",
    "readers.settle": "CHIEFS",
    "people.save_person": "CHIEFS",
    "devices.exclude": "CHIEFS",
    "devices.include": "CHIEFS",
    "quality.hold": "CHIEFS",
    "quality.release": "CHIEFS",
    "system.settle": "",
    "system.order_recount": "",
    "system.approve_count": "",
    **dict.fromkeys(
        (
            "items.save_item", "items.save_identifier", "items.save_reason",
            "locations.save_site", "locations.save_zone", "locations.save_location",
            "purchasing.save_supplier", "purchasing.save_asn",
            "purchasing.save_purchase_order", "ordering.save_customer", "ordering.save_order",
            "ordering.add_lines", "ordering.announce_return", "ordering.cancel_order",
            "ordering.prioritise", "ordering.release", "ordering.hold_back",
        ),
        "OFFICE",
    ),
}  # fmt: skip

TOGETHER = {"OFFICE": "supervisor planner admin", "CHIEFS": "supervisor admin", "any": ""}
ABSENT = "00000000-0000-0000-0000-000000000000"
IN = 200
KNOWN = {"session.forbidden", "device.revoked", "readers.revoked", "session.csrf"}  # and not meant
READER = {"reader": IN, "shut-out reader": 403}


def roles_of(words: str) -> frozenset[str]:
    """Spell a line of a table out."""
    return frozenset(role for word in words.split() for role in TOGETHER.get(word, word).split())


@dataclass(frozen=True)
class Line:
    """One route and who is let in."""

    method: str
    rule: str
    door: str
    words: str

    def expects(self, caller: Caller) -> int:
        """401: not known here. 403: known, and not meant. Otherwise in."""
        if self.door == "reader":
            return READER.get(caller.name, 401)
        if self.door == "handheld|people" and caller.device is not None:
            return IN if caller.device != "revoked" or "even-revoked" in self.words else 403
        return self._expects(caller)

    def _expects(self, caller: Caller) -> int:
        if "handheld" in self.door and "|" not in self.door:
            if caller.device is None:
                return 401
            if caller.device == "revoked" and "even-revoked" not in self.words:
                return 403
        if "people" in self.door:
            if caller.roles is None:
                return 401
            wanted = roles_of(self.words)
            if self.words != "any" and not wanted & caller.roles:
                return 403
        return IN

    def path(self, argument: str = ABSENT) -> str:
        """The rule with something that is not there."""
        parts = self.rule.replace("<path:", "<").split("<")
        return parts[0] + "".join(argument + part.partition(">")[2] for part in parts[1:])


LINES = [
    Line(method, rule, door, words)
    for method, rule, door, words in (
        [*line.split(maxsplit=3), ""][:4] for line in ROUTES.strip().splitlines()
    )
]


def got(answer: TestResponse) -> int:
    """What the door said; what the room behind it says about the request is another matter."""
    code = (answer.get_json(silent=True) or {}).get("code", "") if answer.status_code >= 400 else ""
    if answer.status_code >= 500:
        return answer.status_code
    if answer.status_code == 401 or code in KNOWN:
        return answer.status_code
    return IN


def routes_of(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def writing_routes() -> Iterator[Line]:
    """What changes something in the name of whoever the cookie belongs to."""
    return (line for line in LINES if line.method != "GET" and "people" in line.door)


def test_every_route_has_its_line(site: Warehouse) -> None:
    assert routes_of(site.app) == {(line.method, line.rule) for line in LINES} | {SIGN_IN}


def test_every_route_lets_in_whom_the_table_names(site: Warehouse) -> None:
    """Route × role × (desk, handheld, token), and all who are nobody here."""
    wrong = []
    asked = 0
    for caller in everybody(site, the_other_site(site)):
        for line in sorted(LINES, key=lambda line: line.method == "DELETE"):  # leaving comes last
            body: dict[str, Any] = {} if line.method == "GET" else {"json": {}}
            answer = caller.call(line.method, line.path(), **body)
            asked += 1
            if got(answer) != line.expects(caller):
                said = f"{answer.status_code}, not {line.expects(caller)}"
                wrong.append(f"{line.method} {line.rule}: {caller.name} got {said}")

    assert wrong == []
    assert asked > 30 * len(LINES)


def test_a_revoked_handheld_opens_no_session(site: Warehouse) -> None:
    other = the_other_site(site)
    revoked = next(c for c in everybody(site, other) if c.device == "revoked")

    answer = revoked.call(*SIGN_IN, json={"badge": "B1", "pin": "246810"})

    assert (answer.status_code, answer.get_json()["code"]) == (403, "device.revoked")


def test_every_table_is_read_by_whom_this_page_names(site: Warehouse) -> None:
    assert TABLES.keys() == READABLE.keys()
    wrong = []
    for role in ROLES:
        caller = at_desk_as(site, role)
        for table, words in READABLE.items():
            for end in ("", ".csv", ".xlsx"):
                answer = caller.call("GET", f"/api/v1/office/tables/{table}{end}")
                if (got(answer) == IN) != (role in roles_of(words)):
                    wrong.append(f"{table}{end}: {role} got {answer.status_code}")

    assert wrong == []


def test_every_kind_of_operation_is_done_by_whom_this_page_names(site: Warehouse) -> None:
    """The door of `POST /operations` is open to all; what they may do there is not."""
    assert {name for name, _ in site.playbook.kinds} == MAY.keys()
    wrong = []
    for role in (*ROLES, "none"):
        caller = at_desk_as(site, role)
        for kind, words in MAY.items():
            body = {"id": uuid7(), "kind": kind, "payload": {"nonsense": True}}
            answer = caller.call("POST", "/api/v1/operations", json=body)
            code = answer.get_json()["code"]
            expected = "bad_payload" if role in roles_of(words) else "role_missing"
            if code != f"operations.{expected}":
                wrong.append(f"{kind}: {role} got {code}")

    assert wrong == []


def at_desk_as(site: Warehouse, role: str) -> Caller:
    roles = () if role == "none" else (role,)
    employ(site, f"T-{role}", *roles)
    return at_desk(site, f"T-{role}", *roles)


class TestCookiesWriteOnlyFromOurPages:
    """A cookie alone proves that a browser is somebody's, not that he wants this."""

    FORGED: tuple[dict[str, str], ...] = (
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "X-CSRF-Token": "guess"},
        {"X-CSRF-Token": "own"},
        {"Origin": "https://evil.example", "X-CSRF-Token": "own"},
        {"Origin": "http://localhost.evil.example", "X-CSRF-Token": "own"},
        {"Origin": "http://localhost:81", "X-CSRF-Token": "own"},
        {"Origin": "https://localhost", "X-CSRF-Token": "own"},
        {"Origin": "null", "X-CSRF-Token": "own"},
    )

    @pytest.mark.parametrize("where", ["at a desk", "on a handheld"])
    def test_every_writing_route(self, site: Warehouse, where: str) -> None:
        boss = self._boss(site, where)
        let_through = []
        for line in writing_routes():
            if line.door == "handheld|people" and where == "on a handheld":
                continue  # there the handheld speaks, and no cookie is asked for
            for forged in self.FORGED:
                answer = self._forge(boss, line, forged)
                # Where a handheld is asked for, that is asked first.
                desk = line.door.startswith("handheld+") and where == "at a desk"
                expected = (401, "device.unknown") if desk else (403, "session.csrf")
                if (
                    answer.status_code,
                    (answer.get_json(silent=True) or {}).get("code"),
                ) != expected:
                    let_through.append(f"{line.method} {line.rule} {forged}: {answer.status_code}")
        assert let_through == []
        assert boss.call("GET", "/api/v1/session").status_code == 200

    def _forge(self, boss: Caller, line: Line, forged: Mapping[str, str]) -> TestResponse:
        headers = {name: value for name, value in boss.headers.items() if name == "Authorization"}
        for name, value in forged.items():
            headers[name] = boss.headers["X-CSRF-Token"] if value == "own" else value
        return boss.client.open(line.path(), method=line.method, json={}, headers=headers)

    def _boss(self, site: Warehouse, where: str) -> Caller:
        caller = at_desk_as(site, "supervisor")
        if where == "at a desk":
            return caller
        return on_handheld(site, site.handheld("H9"), "T-supervisor", "supervisor")

    def test_nobody_is_signed_in_by_a_form(self, site: Warehouse) -> None:
        """What another page can send without asking the browser's leave is no JSON."""
        words = '{"username": "s1", "password": "pppppppppppp"}'
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            client = visitor(site)
            answer = client.post("/api/v1/session", data=words, content_type=kind)
            assert (answer.status_code, answer.get_json()["code"]) == (400, "request.not_json")
            assert client.get("/api/v1/session").status_code == 401
