"""The exception inbox: both stories with their figures, for supervisors only."""

from typing import Any

import pytest

from app.db import db
from app.proving.handheld import JSON
from tests.warehouse import DOCK, TEA, Warehouse


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
