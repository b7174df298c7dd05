"""The exception inbox: both stories with their figures, for supervisors only."""

from typing import Any

import pytest

from app.db import db
from app.proving.handheld import JSON, Handheld
from tests.api.desk import OFFICE, signed_in
from tests.warehouse import DOCK, TEA, Warehouse

HOUR, DAY = 3_600_000, 86_400_000


def inbox(site: Warehouse, username: str, query: str = "") -> tuple[int, JSON]:
    db.session.remove()  # no two requests share what they have read
    client = site.app.test_client()
    signed = client.post("/api/v1/session", json={"username": username, "password": "p" * 12})
    assert signed.status_code == 200
    answer = client.get(f"/api/v1/exceptions{query}")
    return answer.status_code, answer.get_json()


class TestInbox:
    def test_an_over_receipt_is_shown_with_what_both_received(self, site: Warehouse) -> None:
        line = site.line(site.purchase_order("PO-1", (TEA, 10)), 1)
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        site.receive(one, TEA, 8, po_line=line)
        site.receive(two, TEA, 7, po_line=line)
        one.push()
        two.push()

        _, body = inbox(site, "s1")

        (row,) = body["items"]
        stories: list[dict[str, Any]] = row["stories"]
        assert row["code"] == "over_receipt"
        assert row["subject_label"] == "PO-1 · TEA Green tea 20 bags"
        assert [story["device_label"] for story in stories] == ["H1", "H2"]
        assert [story["words"] for story in stories] == [
            ["8 × TEA Green tea 20 bags", DOCK],
            ["7 × TEA Green tea 20 bags", DOCK],
        ]

    @pytest.mark.parametrize("who", ["b1", "c1"])
    def test_the_floor_does_not_read_it(self, site: Warehouse, who: str) -> None:
        status, body = inbox(site, who)

        assert (status, body["code"]) == (403, "session.forbidden")

    def test_what_still_settles_is_shown_to_who_asks_for_it(self, site: Warehouse) -> None:
        device = site.handheld()
        site.carry(device, TEA, 3, "A-01", "A-02")
        device.push()

        _, body = inbox(site, "s1")
        _, settling = inbox(site, "s1", "?state=settling")

        assert body["items"] == []
        assert [(row["code"], row["state"]) for row in settling["items"]] == [
            ("negative_stock", "settling")
        ]

    def test_the_gravest_comes_first_and_each_says_how_long_it_may_wait(
        self, site: Warehouse
    ) -> None:
        device = trouble(site)
        device.grant = None
        site.carry(device, TEA, 1, DOCK, "A-01")
        device.push()

        _, body = inbox(site, "s1", "?state=all")

        gravest_first = ["negative_stock", "over_receipt", "sync.actor_unverified"]
        rows = {row["code"]: row for row in body["items"]}
        assert [row["code"] for row in body["items"]] == gravest_first
        assert [one["code"] for one in body["kinds"]] == gravest_first
        waits = [rows[code]["due_at"] - rows[code]["opened_at"] for code in gravest_first]
        assert waits == [2 * HOUR, DAY, 7 * DAY]
        assert {row["owner"] for row in rows.values()} == {"supervisor"}

    def test_one_kind_is_asked_for_and_all_are_counted(self, site: Warehouse) -> None:
        trouble(site)

        _, body = inbox(site, "s1", "?state=all&code=over_receipt&limit=1")

        assert [row["code"] for row in body["items"]] == ["over_receipt"]
        assert body["kinds"] == [
            {"code": "negative_stock", "count": 1},
            {"code": "over_receipt", "count": 1},
        ]

    def test_a_case_leads_to_its_document_its_stock_and_the_ledger(self, site: Warehouse) -> None:
        """Every link is a table that answers with these filters."""
        trouble(site)
        client, _ = signed_in(site, "s1")

        _, body = inbox(site, "s1", "?state=all")

        led = {row["code"]: row["leads"] for row in body["items"]}
        assert [lead["table"] for lead in led["over_receipt"]] == ["purchase_orders", "stock"]
        assert [lead["table"] for lead in led["negative_stock"]] == ["postings", "stock"]
        for lead in [lead for leads in led.values() for lead in leads]:
            answer = client.get(f"{OFFICE}/tables/{lead['table']}", query_string=lead["filters"])
            assert answer.status_code == 200, answer.get_json()
            assert answer.get_json()["rows"], lead


def trouble(site: Warehouse) -> Handheld:
    """More received than ordered, and goods taken from a bin that holds none."""
    line = site.line(site.purchase_order("PO-1", (TEA, 10)), 1)
    device = site.handheld("H1", "B1")
    site.receive(device, TEA, 12, po_line=line)
    site.carry(device, TEA, 3, "A-01", "A-02")
    device.push()
    return device
