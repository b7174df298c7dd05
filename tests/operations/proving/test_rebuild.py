"""The log alone brings back every row (S9), and a row that it does not explain is found."""

import json
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import Engine, text

from app.db import WRITE, db
from app.events import GoodsReceived
from app.items.naming import reason_id
from app.kernel.ids import uuid7
from app.proving.handheld import Handheld
from app.proving.rebuild import Report, verify
from tests.warehouse import BINS, DOCK, LAMP, MILK, STAGE, TEA, Warehouse

CHANGED = ("anchors", "voided", "pick_lines", "exceptions", "count_tasks", "adjustments")


def rebuilt(site: Warehouse) -> Report:
    return verify(site.playbook, db.engine)


def tamper(engine: Engine, statement: str) -> None:
    """Change rows as somebody with the database's own tools could."""
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        if engine.dialect.name == "sqlite":
            locks = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.scalars(text(locks)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for name in ("entries", "operations"):
                connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        assert connection.execute(text(statement)).rowcount > 0


def work_a_day(site: Warehouse, seed: int) -> tuple[Handheld, Handheld]:
    """Two handhelds that are out of step, an office that decides meanwhile."""
    chance = Random(seed)
    early, late = site.handheld("early", "B1"), site.handheld("late", "B2")
    for sku in (TEA, LAMP):
        for place in BINS[:4]:
            site.stock(sku, 40, place)
    bought = site.purchase_order("PO-1", (TEA, 30), (LAMP, 10))
    orders = [site.order(f"SO-{n}", (TEA, 4), (LAMP, 2)) for n in range(6)]
    late.pull()
    for round_ in range(6):
        site.clock.pass_(10)
        for device in (early, late):
            for _ in range(chance.randint(3, 8)):
                gesture(site, chance, device, bought, chance.choice(orders))
        early.sync()
        site.clock.pass_(5)
        decide_counts(site)
        if round_ == 2:
            site.done("ordering.cancel_order", {"number": "SO-5"})
            site.done("items.save_item", {"sku": TEA, "name": "Green tea, renamed", "cost": "2"})
            site.done("stock.set_limit", {"pieces": 3, "value": "5"}, actor=site.person("S1"))
            site.done("counting.set_tolerance", {"pieces": 1, "percent": 5})
            site.done("counting.ask_for", {"place": site.place("A-01")})
            correct(site, 2)
            correct(site, 3)
    for device in (late, early):
        device.sync()
    return early, late


def gesture(site: Warehouse, chance: Random, device: Handheld, bought: str, order: str) -> None:
    """Do one of the things that hands do all day, sensible or not."""
    sku, place = chance.choice((TEA, LAMP)), chance.choice(BINS)
    line = 1 + (sku == LAMP)
    chance.choice(
        (
            lambda: site.receive(device, sku, 6, po_line=site.line(bought, line)),
            lambda: site.receive(device, MILK, 5, lot=uuid7(), expiry="2027-01-31", lpn=uuid7()),
            lambda: site.receive(device, sku, 2, condition="damaged", status="damaged"),
            lambda: site.carry(device, sku, 3, DOCK, place),
            lambda: site.carry(device, sku, 2, place, chance.choice(BINS), kind="moving.move"),
            lambda: site.pick(device, site.line(order, line), sku, 2, place, None),
            lambda: device.record("picking.take_work", {"orders": 1, "scans": []}),
            lambda: site.count(device, place, (sku, chance.randint(1, 45))),
            lambda: ship(site, device, order),
            lambda: undo(chance, device),
        )
    )()


def ship(site: Warehouse, device: Handheld, order: str) -> None:
    stage = site.place(STAGE)
    device.record(
        "shipping.ship",
        {"order": order, "units": [order], "goods": [], "stage": stage, "scans": []},
    )


def undo(chance: Random, device: Handheld) -> None:
    undone = json.loads(chance.choice(device.queue))["id"] if device.queue else uuid7()
    device.record("operations.void", {"reason": None, "scans": []}, cause=undone)


def decide_counts(site: Warehouse) -> None:
    with db.engine.connect() as connection:
        finished = connection.scalars(
            text("SELECT id FROM count_sheets WHERE state = 'finished' ORDER BY id")
        ).all()
    for n, sheet in enumerate(finished):
        kind = ("approve", "recount", "approve", "reject")[n % 4]
        site.done(f"counting.{kind}", {"sheet": sheet, "note": None})


def correct(site: Warehouse, pieces: int) -> None:
    """Two pieces of tea are worth 4, three are worth more than one person may correct alone."""
    label = {"en": "Found", "es": "Encontrado"}
    site.done("items.save_reason", {"code": "found", "kind": "adjust", "label": label})
    goods = {"place": site.place("A-02"), "goods": site.goods(TEA, pieces)}
    decided = site.ask("stock.found", {**goods, "reason": reason_id(site.org, "found")})
    assert decided.outcome == ("flagged" if pieces > 2 else "applied")


class TestRebuild:
    @pytest.mark.parametrize("seed", [1, 2])
    def test_a_busy_day_comes_out_equal(self, site: Warehouse, seed: int) -> None:
        work_a_day(site, seed)

        report = rebuilt(site)

        assert report.ok, "\n".join(report.differences)
        rows = dict(report.compared)
        assert rows["entries"] > 80
        assert all(rows[name] for name in CHANGED)

    def test_what_was_kept_without_effect_stays_so(self, site: Warehouse) -> None:
        device = site.handheld()
        device.put("this is no envelope")
        device.record("receiving.unheard_of", {"x": 1})
        device.record("receiving.receive_line", {"goods": None})
        site.receive(device, TEA, 4, target=uuid7())  # a place that nobody knows
        known = site.receive(device, TEA, 4)
        site.pick(device, uuid7(), TEA, 1, BINS[0], None)
        device.record("operations.void", {"reason": None, "scans": []}, cause=uuid7())
        device.sync()
        other = site.handheld("other", "B2")
        site.carry(other, TEA, 1, DOCK, BINS[0], operation=known)  # a stolen id
        other.sync()
        refused = site.ask("counting.approve", {"sheet": uuid7(), "note": None})
        assert refused.outcome == "refused"

        report = rebuilt(site)

        assert report.ok, "\n".join(report.differences)
        assert dict(report.compared)["exceptions"] > 4

    def test_a_repeat_in_another_journal_leaves_its_gap(self, site: Warehouse) -> None:
        device = site.handheld()
        known = site.receive(device, TEA, 4)
        device.push()
        again = json.loads(device.queue[0])
        device.put(json.dumps({**again, "seq": 2, "prev": device.prev}))
        site.receive(device, TEA, 5)
        device.push()
        assert (device.results[2]["id"], device.results[2]["duplicate"]) == (known, True)

        report = rebuilt(site)

        assert report.ok, "\n".join(report.differences)
        assert site.on_hand(TEA) == 9

    def test_a_long_announcement_is_read_again(self, site: Warehouse) -> None:
        lines = [(TEA, n) for n in range(1, 400)]
        bought = site.purchase_order("PO-LONG", *lines)

        report = rebuilt(site)

        assert bought
        assert report.ok, "\n".join(report.differences)
        assert dict(report.compared)["purchase_order_lines"] == 399


TAMPERINGS = {
    "balance ": "UPDATE balances SET quantity = 9 WHERE quantity = 8",
    "sum to": "UPDATE entries SET quantity = 41 WHERE quantity = 40",
    "sales_order_lines ": "UPDATE sales_order_lines SET picked = picked + 1",
    "exceptions ": "DELETE FROM exceptions",
    "purchase_orders ": "DELETE FROM purchase_orders",
    "Black tea": "UPDATE items SET name = 'Black tea' WHERE sku = 'TEA'",
}


class TestWhatTheLogDoesNotExplain:
    def test_is_found(self, site: Warehouse) -> None:
        self.trade(site)
        assert rebuilt(site).ok

        for statement in TAMPERINGS.values():
            tamper(db.engine, statement)

        found = rebuilt(site).differences
        missed = [told for told in TAMPERINGS if not any(told in line for line in found)]
        assert missed == []

    def test_a_gap_in_the_log_is_named(self, site: Warehouse) -> None:
        self.trade(site)

        tamper(
            db.engine,
            "DELETE FROM operations WHERE commit_seq = 5"
            " AND stream IN (SELECT id FROM streams WHERE kind = 'site')",
        )

        assert "no operation 5" in rebuilt(site).differences[0]

    def test_rules_that_mean_something_else_today_are_found(self, site: Warehouse) -> None:
        self.trade(site)
        deaf = {
            event: those
            for event, those in site.playbook.subscribers.items()
            if event is not GoodsReceived
        }

        report = verify(replace(site.playbook, subscribers=deaf), db.engine)

        assert any(line.startswith("putaway_plans ") for line in report.differences)

    @staticmethod
    def trade(site: Warehouse) -> None:
        site.stock(TEA, 40, BINS[0])
        site.order("SO-1", (TEA, 4))
        bought = site.purchase_order("PO-1", (TEA, 4))
        device = site.handheld()
        site.receive(device, TEA, 4)
        site.receive(device, TEA, 4, po_line=site.line(bought, 1))
        device.sync()
