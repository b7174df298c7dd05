"""Decisions at a desk are operations too: the log alone brings back what came of them."""

from app.adjusting.models import Adjustment
from app.db import db
from app.items.naming import reason_id
from app.kernel.ids import uuid7
from app.proving.rebuild import verify
from app.requisitions.models import Requisition
from app.work.models import PickTask
from tests.operations.records import all_of
from tests.warehouse import STAGE, TEA, Warehouse


def correct(site: Warehouse, kind: str, quantity: int) -> None:
    label = {"en": "Water", "es": "Agua"}
    site.done("items.save_reason", {"code": "water", "kind": "adjust", "label": label})
    payload = {
        "place": site.place("A-01"),
        "goods": site.goods(TEA, quantity),
        "reason": reason_id(site.org, "water"),
    }
    site.ask(kind, payload, actor=site.person("S1"))


class TestRebuild:
    def test_a_supervisors_day_comes_out_equal(self, site: Warehouse) -> None:
        site.stock(TEA, 90, "A-01")
        orders = {n: site.order(f"SO-{n}", (TEA, n)) for n in (1, 2, 3, 4)}
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        one.record("picking.take_work", {"orders": 3, "scans": []})
        one.sync()
        first, second, _ = sorted(all_of(PickTask), key=lambda task: task.id)
        site.pick(one, site.line(orders[2], 1), TEA, 2, "A-01", site.lpn("T-1"))
        for task, device in ((first, two.id), (second, None)):
            site.done("picking.reassign", {"task": task.id, "device": device})
        site.done("ordering.prioritise", {"number": "SO-4", "priority": 1})
        site.done("ordering.hold_back", {"number": "SO-3"})
        site.done("ordering.cancel_order", {"number": "SO-2", "note": "too late"})
        one.push()
        site.pick(two, site.line(orders[1], 1), TEA, 1, "A-01", None)
        ship = {"order": orders[1], "units": [orders[1]], "goods": [], "stage": site.place(STAGE)}
        two.record("shipping.ship", {**ship, "scans": []})
        two.push()
        for kind, quantity in (("stock.scrap", 30), ("stock.found", 40), ("stock.scrap", 2)):
            correct(site, kind, quantity)
        waiting = [row for row in all_of(Adjustment) if row.state == "requested"]
        for row, verdict in zip(waiting, ("approve", "reject"), strict=True):
            kind = f"stock.{verdict}_adjustment"
            site.done(kind, {"adjustment": row.id}, actor=site.person("B1"))
        asked = {"lines": [{"item": site.item(TEA), "quantity": 5}], "for_whom": "Kitchen"}
        site.done("requisitions.request", asked, actor=site.person("C1"))
        (requisition,) = all_of(Requisition)
        site.done("requisitions.approve", {"requisition": requisition.id})
        site.ask("requisitions.approve", {"requisition": uuid7()})

        report = verify(site.playbook, db.engine)

        assert report.ok, "\n".join(report.differences)
        rows = dict(report.compared)
        assert (rows["adjustments"], rows["requisitions"], rows["sales_orders"]) == (3, 1, 5)
