"""What a supervisor sees of the present moment, and what it costs to find out."""

from typing import Any

import pytest
from sqlalchemy import event

from app.db import db
from app.documents.naming import order_id
from app.items.naming import reason_id
from app.kernel.clock import millis, now
from app.proving.handheld import Handheld
from app.sync import workset
from tests.api.at_desk import AtDesk, at_desk
from tests.properties.hands import ship
from tests.warehouse import LAMP, TEA, Warehouse

HOUR = 3_600_000


@pytest.fixture
def supervisor(site: Warehouse) -> AtDesk:
    return at_desk(site, "s1")


def order(site: Warehouse, number: str, *, hours_ago: float = 0, **over: Any) -> str:
    line = {"n": 1, "item": site.item(TEA), "quantity": 3}
    placed = millis(now()) - int(hours_ago * HOUR)
    payload = {"number": number, "customer": None, "lines": [line], "placed_at": placed, **over}
    site.done("ordering.save_order", payload)
    return order_id(site.site, number)


def stage(body: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [entry for entry in body["orders"] if entry["stage"] == name]
    return dict(found)


def take(device: Handheld) -> None:
    device.record("picking.take_work", {"orders": 1, "scans": []})
    device.sync()


class TestOrders:
    def test_by_stage_and_age_with_the_oldest(self, site: Warehouse, supervisor: AtDesk) -> None:
        order(site, "SO-1", hours_ago=30)
        order(site, "SO-2", hours_ago=0.5)
        order(site, "SO-3", hours_ago=2, due=millis(now()) - 1)
        order(site, "SO-4", released=False)
        site.done("ordering.cancel_order", {"number": "SO-4"})
        order(site, "SO-5", released=False)

        body = supervisor.read("/office/now")

        waiting = stage(body, "open")
        assert (waiting["count"], waiting["late"]) == (3, 1)
        assert waiting["ages"] == {"hour": 1, "shift": 1, "older": 1}
        assert waiting["oldest"]["number"] == "SO-1"
        assert stage(body, "held")["count"] == 1

    def test_through_the_house_until_they_have_left_today(
        self, site: Warehouse, supervisor: AtDesk
    ) -> None:
        site.clock.ms = millis(now())
        site.stock(TEA, 10, "A-01")
        wanted = order(site, "SO-1")
        device = site.handheld()
        take(device)
        assert stage(supervisor.read("/office/now"), "picking")["count"] == 1

        site.pick(device, site.line(wanted, 1), TEA, 3, "A-01", None)
        device.push()
        assert stage(supervisor.read("/office/now"), "picked")["count"] == 1

        ship(site, device, wanted, wanted)
        device.push()
        body = supervisor.read("/office/now")
        assert [stage(body, name)["count"] for name in ("picked", "shipped")] == [0, 1]
        rows = supervisor.read("/office/now/orders?stage=shipped")["items"]
        assert [(row["number"], row["ordered"], row["picked"]) for row in rows] == [("SO-1", 3, 3)]

    def test_each_figure_opens_its_orders_a_page_at_a_time(
        self, site: Warehouse, supervisor: AtDesk
    ) -> None:
        for n in range(3):
            order(site, f"SO-{n}", hours_ago=n)

        first = supervisor.read("/office/now/orders?stage=open&limit=2")
        rest = supervisor.read(f"/office/now/orders?stage=open&limit=2&after={first['next']}")

        rows = [*first["items"], *rest["items"]]
        assert [row["number"] for row in rows] == ["SO-2", "SO-1", "SO-0"]
        assert rest["next"] is None
        assert supervisor.get("/office/now/orders?stage=lost")[0] == 422


class TestHands:
    def test_who_walks_for_what_how_far_and_since_when(
        self, site: Warehouse, supervisor: AtDesk
    ) -> None:
        site.clock.ms = millis(now())
        site.stock(TEA, 10, "A-01")
        site.stock(LAMP, 10, "A-02")
        wanted = site.order("SO-1", (TEA, 3), (LAMP, 2))
        device = site.handheld("Blue one", "B1")
        take(device)
        site.pick(device, site.line(wanted, 1), TEA, 3, "A-01", None)
        device.push()

        (walk,) = supervisor.read("/office/now")["walks"]

        assert (walk["number"], walk["person"], walk["device_label"]) == (
            "SO-1", "Person B1", "Blue one",
        )  # fmt: skip
        assert (walk["done"], walk["stops"]) == (1, 2)
        assert walk["last_scan"] is not None

    def test_after_a_hand_over_it_is_whoever_signed_in_there(
        self, site: Warehouse, supervisor: AtDesk
    ) -> None:
        site.stock(TEA, 10, "A-01")
        site.order("SO-1", (TEA, 3))
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        take(one)
        (task,) = one.all("pick_task")

        site.done("picking.reassign", {"task": task["id"], "device": two.id})

        (walk,) = supervisor.read("/office/now")["walks"]
        assert (walk["device_label"], walk["person"], walk["lease"]) == ("H2", "Person B2", 2)

    def test_what_handhelds_have_not_sent_and_how_their_clocks_go(
        self, site: Warehouse, supervisor: AtDesk
    ) -> None:
        slow, good = site.handheld("slow", "B1"), site.handheld("good", "B2")
        slow.clock.wrong_by = -90_000
        for device in (slow, good):
            site.receive(device, TEA, 1)
            device.push()
        site.receive(slow, TEA, 1)
        site.receive(slow, TEA, 1)
        slow.push_once(count=1)

        rows = {row["label"]: row for row in supervisor.read("/office/now")["handhelds"]}

        assert (rows["slow"]["unsent"], rows["good"]["unsent"]) == (1, 0)
        assert rows["slow"]["unsent_since"] is not None
        assert rows["good"]["unsent_since"] is None
        assert (rows["slow"]["offset_ms"], rows["good"]["offset_ms"]) == (90_000, 0)
        assert all(row["last_seen"] for row in rows.values())
        assert rows["good"]["person"] == "Person B2"


class TestWhatWaits:
    def test_exceptions_and_verdicts_are_counted(self, site: Warehouse, supervisor: AtDesk) -> None:
        line = site.line(site.purchase_order("PO-1", (TEA, 1)), 1)
        device = site.handheld()
        site.receive(device, TEA, 5, po_line=line)
        site.count(device, "A-03", (TEA, 2))
        device.push()
        label = {"en": "Water", "es": "Agua"}
        site.done("items.save_reason", {"code": "water", "kind": "adjust", "label": label})
        scrap = {"place": site.place("A-01"), "goods": site.goods(TEA, 99)}
        site.ask("stock.scrap", {**scrap, "reason": reason_id(site.org, "water")})
        asked = {"lines": [{"item": site.item(TEA), "quantity": 1}], "for_whom": "Kitchen"}
        site.done("requisitions.request", asked)

        body = supervisor.read("/office/now")

        assert [(row["code"], row["count"]) for row in body["exceptions"]] == [("over_receipt", 1)]
        waiting = {name: body[name]["count"] for name in ("counts", "adjustments", "requisitions")}
        assert waiting == {"counts": 1, "adjustments": 1, "requisitions": 1}

    def test_goods_to_put_back_with_their_tote(self, site: Warehouse, supervisor: AtDesk) -> None:
        site.stock(TEA, 10, "A-01")
        wanted = site.order("SO-1", (TEA, 3))
        device = site.handheld()
        tote = site.lpn("T-07")
        site.pick(device, site.line(wanted, 1), TEA, 3, "A-01", tote)
        device.push()
        assert supervisor.read("/office/now")["put_back"] == []

        site.done("ordering.cancel_order", {"number": "SO-1"})

        (row,) = supervisor.read("/office/now")["put_back"]
        assert (row["number"], row["tote"], row["sku"], row["quantity"]) == ("SO-1", tote, TEA, 3)


class TestCost:
    def test_does_not_grow_with_the_orders(self, site: Warehouse, supervisor: AtDesk) -> None:
        """Set queries only: fifty orders and six walks ask no more than one and none."""
        order(site, "SO-0")
        few = self.asked(supervisor)
        site.stock(TEA, 100, "A-01")
        for n in range(1, 50):
            order(site, f"SO-{n}", hours_ago=n)
        for n in range(6):
            take(site.handheld(f"H{n}", "B1"))

        assert self.asked(supervisor) <= few

    @staticmethod
    def asked(supervisor: AtDesk) -> int:
        statements: list[str] = []

        def heard(_: object, __: object, statement: str, *more: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", heard)
        supervisor.read("/office/now")
        event.remove(db.engine, "before_cursor_execute", heard)
        return len(statements)


class TestRoom:
    def test_what_fits_by_its_weight_is_not_said_to_be_left_out(
        self, site: Warehouse, supervisor: AtDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same as the handheld says of itself: rows or bytes, whichever it fits."""
        site.handheld()
        monkeypatch.setattr(workset, "MOST_ROWS", 10)
        assert self.left_out(supervisor) == 0

        monkeypatch.setattr(workset, "MOST_BYTES", 1_000)
        assert self.left_out(supervisor) > 0

        monkeypatch.setattr(workset, "MOST_ROWS", 5_000)
        assert self.left_out(supervisor) == 0

    @staticmethod
    def left_out(supervisor: AtDesk) -> int:
        (device,) = supervisor.read("/office/now")["handhelds"]
        return int(device["left_out"])
