"""A small warehouse to test in, and words to speak of it."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.db import db, snapshot
from app.documents.naming import line_id, order_id, purchase_order_id
from app.founding import found_site
from app.kernel.ids import derived, uuid7
from app.ledger.models import Balance, Entry, UnitPosition
from app.people.sessions import set_secret
from app.pipeline.execute import Decided
from app.pipeline.models import OpenException
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook
from app.proving.handheld import JSON, Clock, Handheld, goods
from app.sync.enrolment import issue_code

TEA, LAMP, MILK, DRILL = "TEA", "LAMP", "MILK", "DRILL"
DOCK, STAGE, QUARANTINE = "DOCK-1", "STAGE-1", "Q-1"
BINS = ("A-01", "A-02", "A-03", "B-01", "B-02", "B-03")
PIN = "246810"
GTINS = {TEA: "09521234543213", LAMP: "09521000000018", MILK: "09521000000025"}
EVERYBODY = ("receiver", "picker", "counter", "packer")


@dataclass
class Time:
    """A clock that tests turn."""

    ms: float = field(default_factory=lambda: time.time() * 1000 - 8 * 3600 * 1000)

    def now(self) -> float:
        return self.ms

    def pass_(self, minutes: float) -> None:
        self.ms += minutes * 60_000

    def catch_up(self) -> None:
        """Turn to the server's present."""
        self.ms = time.time() * 1000


@dataclass
class Warehouse:
    """One furnished site."""

    app: Flask
    org: str
    site: str
    clock: Time = field(default_factory=Time)

    @property
    def playbook(self) -> Playbook:
        found: Playbook = self.app.extensions["tallyman_playbook"]
        return found

    # --- names ------------------------------------------------------------------------------

    def item(self, sku: str) -> str:
        return derived(self.org, f"item:{sku}")

    def place(self, code: str) -> str:
        return derived(self.site, code if code.startswith("@") else f"place:{code}")

    def person(self, badge: str) -> str:
        return derived(self.org, f"person:{badge}")

    def lpn(self, code: str) -> str:
        return derived(self.site, code)

    def line(self, document: str, n: int) -> str:
        return line_id(document, n)

    def goods(self, sku: str, quantity: int, **over: Any) -> JSON:
        return goods(self.item(sku), quantity, **over)

    # --- the office -------------------------------------------------------------------------

    def ask(
        self,
        kind: str,
        payload: Mapping[str, Any],
        *,
        actor: str | None = None,
        roles: frozenset[str] = frozenset({"admin", "supervisor"}),
        id: str | None = None,
        cause: str | None = None,
    ) -> Decided:
        author = Author(self.org, self.site, actor, roles)
        return submit(self.playbook, author, Request(kind, payload, id=id, cause=cause))

    def done(self, kind: str, payload: Mapping[str, Any], **how: Any) -> Decided:
        decided = self.ask(kind, payload, **how)
        assert decided.outcome == "applied", decided
        return decided

    def purchase_order(self, number: str, *lines: tuple[str, int], blind: bool = False) -> str:
        self.done(
            "purchasing.save_purchase_order",
            {
                "number": number,
                "supplier": None,
                "blind": blind,
                "lines": [
                    {"n": n, "item": self.item(sku), "packaging": None, "quantity": quantity}
                    for n, (sku, quantity) in enumerate(lines, start=1)
                ],
            },
        )
        return purchase_order_id(self.site, number)

    def order(self, number: str, *lines: tuple[str, int]) -> str:
        self.done(
            "ordering.save_order",
            {
                "number": number,
                "customer": None,
                "lines": [
                    {"n": n, "item": self.item(sku), "quantity": quantity}
                    for n, (sku, quantity) in enumerate(lines, start=1)
                ],
            },
        )
        return order_id(self.site, number)

    def stock(self, sku: str, quantity: int, place: str) -> None:
        self.done(
            "stock.open_stock",
            {"place": self.place(place), "goods": self.goods(sku, quantity)},
        )

    # --- the floor --------------------------------------------------------------------------

    def wire(
        self, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
    ) -> tuple[int, JSON]:
        with self.app.test_client(use_cookies=False) as client:
            answer = client.open(path, method=method, json=body, headers=dict(headers))
            text = answer.get_data(as_text=True)
        db.session.remove()  # the next request must not see this one's moment
        return answer.status_code, json.loads(text) if text else {}

    def handheld(self, label: str = "H1", badge: str = "B1", *, roles: Any = EVERYBODY) -> Handheld:
        device = Handheld(self.wire, Clock(self.clock.now), label).enrol(
            issue_code(self.site, roles)
        )
        return device.sign_in(badge, PIN)

    def receive(self, device: Handheld, sku: str, quantity: int, **over: Any) -> str:
        named = ("lot", "expiry", "lpn", "status", "serial")
        goods_over = {name: over.pop(name) for name in named if name in over}
        return device.record(
            "receiving.receive_line",
            {
                "po_line": None,
                "asn_line": None,
                "goods": self.goods(sku, quantity, **goods_over),
                "target": self.place(DOCK),
                "condition": "good",
                "reason": None,
                "photos": [],
                "scans": [],
                **over,
            },
        )

    def carry(
        self, device: Handheld, sku: str, quantity: int, source: str, target: str, **over: Any
    ) -> str:
        return device.record(
            over.pop("kind", "putaway.put_away"),
            {
                "goods": self.goods(sku, quantity),
                "lpn": None,
                "source": self.place(source),
                "target": self.place(target),
                "reason": None,
                "scans": [],
            },
            **over,
        )

    def pick(
        self, device: Handheld, line: str, sku: str, quantity: int, source: str, tote: str | None
    ) -> str:
        return device.record(
            "picking.pick",
            {
                "order_line": line,
                "goods": self.goods(sku, quantity),
                "source": self.place(source),
                "tote": tote,
                "scans": [],
            },
        )

    def count(self, device: Handheld, place: str, *seen: tuple[str, int]) -> str:
        sheet = ""
        for sku, quantity in seen:
            operation = None
            if not sheet:
                operation = uuid7()
                sheet = derived(operation, 1)
            device.record(
                "counting.count_line",
                {
                    "sheet": sheet,
                    "place": self.place(place),
                    "goods": self.goods(sku, quantity),
                    "lpn": None,
                    "scans": [],
                },
                operation=operation,
            )
        if not sheet:
            operation = uuid7()
            sheet = derived(operation, 1)
            self._finish(device, sheet, place, empty=True, operation=operation)
        else:
            self._finish(device, sheet, place, empty=False)
        return sheet

    def _finish(
        self, device: Handheld, sheet: str, place: str, *, empty: bool, operation: str | None = None
    ) -> None:
        device.record(
            "counting.finish_bin",
            {"sheet": sheet, "place": self.place(place), "empty": empty, "scans": []},
            operation=operation,
        )

    # --- looking ----------------------------------------------------------------------------

    def on_hand(self, sku: str, place: str | None = None, status: str | None = None) -> int:
        """Goods in a place, loose or on units there; without a place, in the whole house."""
        with snapshot() as session:
            query = select(func.coalesce(func.sum(Balance.quantity), 0)).where(
                Balance.item == self.item(sku)
            )
            if status is not None:
                query = query.where(Balance.status == status)
            away = [self.place(code) for code in ("@supplier", "@customer", "@variance", "@scrap")]
            gone = select(UnitPosition.unit).where(UnitPosition.place.in_(away))
            if place is None:
                query = query.where(Balance.holder.not_in(away), Balance.holder.not_in(gone))
            else:
                here = select(UnitPosition.unit).where(UnitPosition.place == self.place(place))
                query = query.where(
                    (Balance.holder == self.place(place)) | Balance.holder.in_(here)
                )
            return int(session.scalar(query) or 0)

    def at(self, lpn: str) -> str | None:
        with snapshot() as session:
            row = session.get(UnitPosition, lpn)
            return row.place if row else None

    def exceptions(self, *, state: str | None = None) -> set[tuple[str, str]]:
        with snapshot() as session:
            rows = session.scalars(select(OpenException).where(OpenException.state != "closed"))
            return {(row.code, row.subject) for row in rows if state is None or row.state == state}

    def codes(self) -> set[str]:
        return {code for code, _ in self.exceptions()}

    def entries(self) -> int:
        with snapshot() as session:
            return int(session.scalar(select(func.count()).select_from(Entry)) or 0)


def furnish(app: Flask) -> Warehouse:
    """Found the site and bring in master data, all of it by operations."""
    playbook: Playbook = app.extensions["tallyman_playbook"]
    founded = found_site(playbook, "S1", "Test site")
    house = Warehouse(app, founded.org, founded.site)
    for x, code in enumerate(BINS):
        house.done("locations.save_location", {"code": code, "kind": "bin", "x": x * 100})
    house.done("locations.save_location", {"code": DOCK, "kind": "dock"})
    house.done("locations.save_location", {"code": STAGE, "kind": "stage"})
    house.done("locations.save_location", {"code": QUARANTINE, "kind": "quarantine"})
    house.done("items.save_item", {"sku": TEA, "name": "Green tea 20 bags"})
    house.done("items.save_item", {"sku": LAMP, "name": "Desk lamp"})
    milk = {"sku": MILK, "name": "Milk 1 l", "tracking": "lot", "rotation": "fefo"}
    house.done("items.save_item", {**milk, "expiry_required": True})
    house.done("items.save_item", {"sku": DRILL, "name": "Drill", "tracking": "serial"})
    for sku, gtin in GTINS.items():
        house.done("items.save_identifier", {"code": gtin, "item": house.item(sku)})
    people = {"B1": EVERYBODY, "B2": EVERYBODY, "S1": ("supervisor",), "C1": ("counter",)}
    for badge, roles in people.items():
        house.done(
            "people.save_person", {"badge": badge, "name": f"Person {badge}", "roles": list(roles)}
        )
        set_secret(
            "k" * 40, house.person(badge), pin=PIN, username=badge.lower(), password="p" * 12
        )
    return house
