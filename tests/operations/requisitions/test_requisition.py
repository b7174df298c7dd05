"""Somebody asks, somebody else grants, and an order comes of it."""

from typing import Any

import pytest

from app.documents.models import SalesOrder, SalesOrderLine
from app.documents.naming import order_id
from app.items.models import Item
from app.kernel.clock import from_millis, millis, now
from app.kernel.ids import uuid7
from app.pipeline.execute import Decided
from app.requisitions.models import Requisition
from tests.operations.records import all_of, record
from tests.warehouse import LAMP, TEA, Warehouse

REQUESTER = frozenset({"requester"})


def ask(site: Warehouse, *lines: tuple[str, int], **over: Any) -> Decided:
    payload = {
        "lines": [{"item": site.item(sku), "quantity": quantity} for sku, quantity in lines],
        "for_whom": "Kitchen, 2nd floor",
        "wanted_by": None,
        "note": None,
        **over,
    }
    return site.ask("requisitions.request", payload, actor=site.person("C1"), roles=REQUESTER)


def grant(site: Warehouse, *lines: tuple[str, int], by: str = "S1") -> tuple[str, ...]:
    (row,) = all_of(Requisition)
    payload = {
        "requisition": row.id,
        "lines": [{"item": site.item(sku), "quantity": quantity} for sku, quantity in lines],
    }
    return site.ask("requisitions.approve", payload, actor=site.person(by)).codes


class TestRequest:
    def test_is_kept_and_numbered(self, site: Warehouse) -> None:
        assert ask(site, (TEA, 4)).outcome == "applied"
        assert ask(site, (LAMP, 1)).outcome == "applied"

        rows = sorted((row.number, row.state, row.asked_by) for row in all_of(Requisition))
        by = site.person("C1")
        assert rows == [("REQ-0001", "requested", by), ("REQ-0002", "requested", by)]
        assert all_of(SalesOrder) == []

    def test_sent_twice_asks_once(self, site: Warehouse) -> None:
        payload = {
            "lines": [{"item": site.item(TEA), "quantity": 1}], "for_whom": "Kitchen",
        }  # fmt: skip
        key = uuid7()

        site.done("requisitions.request", payload, id=key)
        site.done("requisitions.request", payload, id=key)

        assert len(all_of(Requisition)) == 1

    def test_only_what_the_house_offers(self, site: Warehouse) -> None:
        assert ask(site).codes == ("requisitions.nothing",)
        assert ask(site, ("GOLD", 1)).codes == ("requisitions.not_offered",)
        assert ask(site, (TEA, 1), (TEA, 2)).codes == ("requisitions.item_twice",)
        site.done("items.save_item", {"sku": LAMP, "name": "Desk lamp", "active": False})
        assert record(Item, site.item(LAMP)).active is False
        assert ask(site, (LAMP, 1)).codes == ("requisitions.not_offered",)


class TestApprove:
    def test_becomes_an_order_that_is_picked(self, site: Warehouse) -> None:
        site.stock(TEA, 10, "A-01")
        wanted = millis(now()) + 86_400_000
        ask(site, (TEA, 4), wanted_by=wanted)

        assert grant(site) == ()

        order = record(SalesOrder, order_id(site.site, "REQ-0001"))
        assert (order.customer_name, order.status) == ("Kitchen, 2nd floor", "open")
        assert order.due == from_millis(wanted)
        device = site.handheld()
        device.record("picking.take_work", {"orders": 1, "scans": []})
        device.sync()
        assert [stop["quantity"] for stop in device.all("pick_line")] == [4]
        (row,) = all_of(Requisition)
        assert (row.state, row.order) == ("approved", order.id)

    def test_with_less_than_was_asked_for(self, site: Warehouse) -> None:
        ask(site, (TEA, 4), (LAMP, 2))

        assert grant(site, (TEA, 3), (LAMP, 0)) == ()

        lines = [(line.item, line.ordered) for line in all_of(SalesOrderLine)]
        assert lines == [(site.item(TEA), 3)]
        (row,) = all_of(Requisition)
        assert [line["approved"] for line in row.lines] == [3, 0]

    def test_of_nothing_is_a_rejection(self, site: Warehouse) -> None:
        ask(site, (TEA, 4))

        assert grant(site, (TEA, 0)) == ("requisitions.nothing",)
        assert grant(site, (LAMP, 1)) == ("requisitions.not_asked_for",)

    def test_nobody_grants_his_own(self, site: Warehouse) -> None:
        ask(site, (TEA, 4))

        assert grant(site, by="C1") == ("requisitions.own",)
        assert all_of(SalesOrder) == []

    def test_does_not_touch_an_order_of_that_number(self, site: Warehouse) -> None:
        site.order("REQ-0001", (LAMP, 1))
        ask(site, (TEA, 4))

        assert grant(site) == ("requisitions.number_taken",)

    @pytest.mark.parametrize("role", ["requester", "picker", "planner", "counter"])
    def test_is_for_supervisors(self, site: Warehouse, role: str) -> None:
        with pytest.raises(Exception, match=r"operations\.role_missing"):
            site.ask("requisitions.approve", {"requisition": uuid7()}, roles=frozenset({role}))


class TestReject:
    def test_says_why(self, site: Warehouse) -> None:
        ask(site, (TEA, 4))
        (row,) = all_of(Requisition)

        site.done("requisitions.reject", {"requisition": row.id, "reason": "Budget is spent"})

        (row,) = all_of(Requisition)
        assert (row.state, row.decision_note) == ("rejected", "Budget is spent")
        assert grant(site) == ("requisitions.already_decided",)
        assert all_of(SalesOrder) == []

    def test_an_unknown_one_is_refused(self, site: Warehouse) -> None:
        decided = site.ask("requisitions.reject", {"requisition": uuid7(), "reason": "no"})

        assert decided.codes == ("requisitions.unknown",)
