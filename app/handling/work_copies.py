"""What handhelds know of work: plans for every driver, walks for their picker only."""

from collections.abc import Iterable
from typing import Any

from app.documents.models import SalesOrder
from app.kernel.clock import millis
from app.pipeline.floor import Floor
from app.stock.models import Lot
from app.work.models import PickLine, PickTask, PutawayPlan

Copy = tuple[str, str, str, dict[str, Any] | None]
TAKEN_AWAY = {"expired": "picking.walk_expired", "revoked": "picking.walk_revoked"}


def putaway_plan(floor: Floor, row: PutawayPlan) -> Iterable[Copy]:
    """A place and a reason; no quantity."""
    done = row.cancelled or 0 < row.expected <= row.stored
    body = {
        "id": row.id,
        "lpn": row.lpn,
        "code": row.code,
        "item": row.item,
        "source": row.source,
        "place": row.place,
        "place_code": row.place_code,
        "reason": row.reason,
        "alternates": row.alternates,
        "done": False,
    }
    yield ("role:receiver", "putaway_plan", row.id, None if done else body)


def pick_task(floor: Floor, row: PickTask) -> Iterable[Copy]:
    """An order in this picker's hands; who had it before is told that it is in others'."""
    order = floor.find(SalesOrder, row.order)
    yield from _no_longer_yours(row, order)
    channel = f"device:{row.device}"
    if row.state != "active" or order is None:
        yield (channel, "pick_task", row.id, None)
        return
    body = {
        "id": row.id,
        "order": row.order,
        "order_number": order.number,
        "customer_name": order.customer_name,
        "lease": row.lease,
        "expires_at": millis(row.expires_at),
        "priority": order.priority,
        "due": millis(order.due) if order.due else None,
        "lines": len(floor.group(PickLine, "task", row.id)),
    }
    yield (channel, "pick_task", row.id, body)


def _no_longer_yours(row: PickTask, order: SalesOrder | None) -> Iterable[Copy]:
    """A walk that was taken away is a to-do: whoever has goods in hand must know."""
    open_still = order is not None and order.status in ("open", "picking")
    if row.taken_from:
        yield (f"device:{row.taken_from}", "pick_task", row.id, None)
        told = _told(row, order, "picking.handed_over") if row.state == "active" else None
        yield (f"device:{row.taken_from}", "todo", row.id, told)
    if row.state in TAKEN_AWAY or row.taken_from:
        code = TAKEN_AWAY.get(row.state)
        told = _told(row, order, code) if code and open_still else None
        yield (f"device:{row.device}", "todo", row.id, told)


def _told(row: PickTask, order: SalesOrder | None, code: str) -> dict[str, Any]:
    return {"id": row.id, "code": code, "subject": order.number if order else row.order}


def pick_line(floor: Floor, row: PickLine) -> Iterable[Copy]:
    """One stop: what to take, never what should be there."""
    task = floor.find(PickTask, row.task)
    if task is None:
        return
    if task.taken_from:
        yield (f"device:{task.taken_from}", "pick_line", row.id, None)
    channel = f"device:{task.device}"
    if row.closed:
        yield (channel, "pick_line", row.id, None)
        return
    lot = floor.find(Lot, row.lot) if row.lot else None
    body: dict[str, Any] = {
        "id": row.id,
        "task": row.task,
        "order_line": row.order_line,
        "item": row.item,
        "lot": row.lot or None,
        "lot_code": lot.code if lot else None,
        "expiry": lot.expiry if lot else None,
        "lpn": row.holder if row.holder != row.place else None,
        "source": row.place,
        "source_code": row.place_code,
        "quantity": row.quantity - row.picked,
        "sequence": row.sequence,
        "alternates": [],
    }
    yield (channel, "pick_line", row.id, body)
