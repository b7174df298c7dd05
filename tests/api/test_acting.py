"""Corrections and requisitions at a desk, and who may do and see what."""

from itertools import product
from typing import Any

import pytest

from app.adjusting.models import Adjustment
from app.items.naming import reason_id
from app.kernel.ids import uuid7
from app.people.models import ROLES
from app.requisitions.models import Requisition
from tests.api.at_desk import AtDesk, at_desk, employ
from tests.operations.records import all_of
from tests.warehouse import LAMP, TEA, Warehouse

OVERSEERS = {"supervisor", "admin", "planner"}
DECIDERS = {"supervisor", "admin"}
ASKERS = OVERSEERS | {"requester"}
READS = {
    "/office/now": OVERSEERS,
    "/office/now/orders?stage=open": OVERSEERS,
    "/adjustments": DECIDERS,
    "/adjustments/choices": DECIDERS,
    "/adjustments/find?what=place&q=A": DECIDERS,
    "/requisitions": ASKERS,
    "/requisitions/items?q=tea": ASKERS,
}
WRITES = {
    "ordering.release": OVERSEERS,
    "ordering.hold_back": OVERSEERS,
    "ordering.prioritise": OVERSEERS,
    "ordering.cancel_order": OVERSEERS,
    "picking.reassign": DECIDERS,
    "stock.adjust": DECIDERS,
    "stock.scrap": DECIDERS,
    "stock.found": DECIDERS,
    "stock.approve_adjustment": DECIDERS,
    "stock.reject_adjustment": DECIDERS,
    "requisitions.request": ASKERS,
    "requisitions.approve": DECIDERS,
    "requisitions.reject": DECIDERS,
}


def do(desk: AtDesk, kind: str, payload: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    body = {"id": uuid7(), "kind": kind, "kind_v": 1, "payload": payload, "cause": None}
    return desk.post("/operations", body)


def scrap(site: Warehouse, quantity: int) -> dict[str, Any]:
    label = {"en": "Water", "es": "Agua"}
    site.done("items.save_reason", {"code": "water", "kind": "adjust", "label": label})
    return {
        "place": site.place("A-01"),
        "goods": site.goods(TEA, quantity),
        "reason": reason_id(site.org, "water"),
        "note": "burst pipe",
    }


class TestWhoMay:
    def test_every_role_reads_what_is_his_and_nothing_else(self, site: Warehouse) -> None:
        seen: dict[tuple[str, str], int] = {}
        for role in ROLES:
            desk = employ(site, f"R-{role}", role)
            seen |= {(role, path): desk.get(path)[0] for path in READS}

        assert seen == {
            (role, path): 200 if role in READS[path] else 403
            for role, path in product(ROLES, READS)
        }

    def test_every_role_decides_what_is_his_and_nothing_else(self, site: Warehouse) -> None:
        """An empty payload is wrong for all of them: only those who may do it hear so."""
        said: dict[tuple[str, str], str] = {}
        for role in ROLES:
            desk = employ(site, f"R-{role}", role)
            said |= {(role, kind): do(desk, kind, {})[1]["code"] for kind in WRITES}

        wrong = {True: "operations.bad_payload", False: "operations.role_missing"}
        assert said == {
            (role, kind): wrong[role in WRITES[kind]] for role, kind in product(ROLES, WRITES)
        }

    def test_a_handheld_decides_nothing(self, site: Warehouse) -> None:
        device = site.handheld()
        device.record("ordering.cancel_order", {"number": "SO-1"})
        device.record("stock.scrap", scrap(site, 1))
        device.push()

        codes = [result["codes"] for result in device.results.values()]
        assert codes == [["sync.unsupported"], ["sync.unsupported"]]


class TestAdjustments:
    def test_above_the_limit_another_supervisor_decides(self, site: Warehouse) -> None:
        site.stock(TEA, 50, "A-01")
        sam, kim = at_desk(site, "s1"), employ(site, "S2", "supervisor")
        status, body = do(sam, "stock.scrap", scrap(site, 30))
        assert (status, body["codes"]) == (200, ["stock.awaits_approval"])
        (mine,) = sam.read("/adjustments")["items"]
        (other,) = kim.read("/adjustments")["items"]
        assert (mine["mine"], other["mine"]) == (True, False)
        assert (other["asked_by"], other["change"], other["place_code"]) == (
            "Person S1", -30, "A-01",
        )  # fmt: skip

        verdict = {"adjustment": other["id"], "note": None}
        assert do(sam, "stock.approve_adjustment", verdict)[1]["code"] == "stock.own_adjustment"
        assert do(kim, "stock.approve_adjustment", verdict)[0] == 200

        assert site.on_hand(TEA) == 20
        (row,) = kim.read("/adjustments?state=posted")["items"]
        assert (row["decided_by"], row["reason"]["es"]) == ("Person S2", "Agua")
        assert [row.state for row in all_of(Adjustment)] == ["posted"]

    def test_a_form_knows_reasons_limit_places_and_items(self, site: Warehouse) -> None:
        scrap(site, 1)
        desk = at_desk(site, "s1")

        choices = desk.read("/adjustments/choices")
        assert ([r["code"] for r in choices["reasons"]], choices["limit"]) == (
            ["water"],
            {"quantity": 20, "value": None},
        )
        places = desk.read("/adjustments/find?what=place&q=a-0")["items"]
        assert [row["code"] for row in places] == ["A-01", "A-02", "A-03"]
        items = desk.read("/adjustments/find?what=item&q=LAMP")["items"]
        assert [row["id"] for row in items] == [site.item(LAMP)]
        assert desk.read("/adjustments/find?what=item&q=%25")["items"] == []


class TestRequisitions:
    def test_a_requester_sees_his_own_and_no_stock(self, site: Warehouse) -> None:
        site.stock(TEA, 7_777, "A-01")
        ann, bob = employ(site, "Q1", "requester"), employ(site, "Q2", "requester")
        lines = [{"item": site.item(TEA), "quantity": 2}]
        for desk, whom in ((ann, "Kitchen"), (bob, "Office")):
            assert do(desk, "requisitions.request", {"lines": lines, "for_whom": whom})[0] == 200

        (own,) = ann.read("/requisitions?state=all")["items"]
        assert (own["for_whom"], own["mine"], own["progress"]) == ("Kitchen", True, None)
        assert len(at_desk(site, "s1").read("/requisitions")["items"]) == 2
        found = ann.read("/requisitions/items?q=tea")
        assert [row["code"] for row in found["items"]] == [TEA]
        assert "7777" not in f"{found}{own}"
        assert ann.get("/stock")[0] == 403

    def test_granted_it_shows_how_far_it_is(self, site: Warehouse) -> None:
        ann, sam = employ(site, "Q1", "requester"), at_desk(site, "s1")
        lines = [{"item": site.item(TEA), "quantity": 2}]
        do(ann, "requisitions.request", {"lines": lines, "for_whom": "Kitchen"})
        (asked,) = all_of(Requisition)

        changed = [{"item": site.item(TEA), "quantity": 1}]
        status, _ = do(
            sam, "requisitions.approve", {"requisition": asked.id, "lines": changed, "note": None}
        )

        (row,) = ann.read("/requisitions?state=approved")["items"]
        assert (status, row["progress"], row["decided_by"]) == (200, "waiting", "Person S1")
        assert [(line["quantity"], line["approved"]) for line in row["lines"]] == [(2, 1)]
        orders = sam.read("/office/now/orders?stage=open")["items"]
        assert [(order["number"], order["customer_name"]) for order in orders] == [
            ("REQ-0001", "Kitchen")
        ]

    @pytest.mark.parametrize("state", ["lost", "REQUESTED"])
    def test_an_unknown_state_is_refused(self, site: Warehouse, state: str) -> None:
        assert at_desk(site, "s1").get(f"/requisitions?state={state}")[0] == 422
