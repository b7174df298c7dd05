"""How orders follow what is picked, staged and shipped; what is owed becomes a back-order."""

from typing import Any

from sqlalchemy import select

from app.among import among_named, keys_text
from app.documents.models import SalesOrder, SalesOrderLine
from app.documents.standing import order_status
from app.events import GoodsStored, OrderShipped
from app.kernel.ids import derived
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.rows.prepared import Prepared
from app.stock.models import HandlingUnit
from app.work.models import PickTask

WALKED_FOR = Prepared(
    select(PickTask.order).where(among_named(PickTask.order, "orders"), PickTask.state == "active")
)


def stage(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """A tote that is brought to a stage stages its order."""
    if event.lpn is None:
        return
    place = floor.find(Location, event.place)
    tote = floor.find(HandlingUnit, event.lpn)
    if place is None or place.kind != "stage" or tote is None or tote.order is None:
        return
    order = floor.find(SalesOrder, tote.order)
    if order is not None:
        order.stagings += 1
        floor.touch(order)


def note_shipment(floor: Floor, operation: Operation[Any], event: OrderShipped) -> None:
    """An order left when the first of it left."""
    order = floor.find(SalesOrder, event.order)
    if order is not None:
        left = operation.key.eff_at
        order.shipped_at = min(order.shipped_at or left, left)
        floor.touch(order)


def orders_of_lines(floor: Floor, lines: set[str]) -> None:
    """A line that moved moves its order."""
    for line_id in sorted(lines):
        line = floor.find(SalesOrderLine, line_id)
        if line is not None:
            floor.touch_id(SalesOrder, line.order)


def refresh(floor: Floor, orders: set[str]) -> None:
    """Derive the status of orders, and what is still owed, from their lines."""
    floor.load((SalesOrder, order) for order in orders)
    floor.load_groups((SalesOrderLine, "order", order) for order in orders)
    busy = {order for (order,) in floor.ask(WALKED_FOR, orders=keys_text(orders))}
    for order_id in sorted(orders):
        order = floor.find(SalesOrder, order_id)
        lines = floor.group(SalesOrderLine, "order", order_id)
        if order is None:
            continue
        status = order_status(order, lines, busy=order_id in busy)
        if status != order.status:
            order.status = status
        if not order.shipments:
            order.shipped_at = None
        else:
            for line in lines:
                floor.suspect("order_line", line.id)
            _back_order(floor, order, lines)


def _back_order(floor: Floor, order: SalesOrder, lines: list[SalesOrderLine]) -> None:
    """Keep the back-order equal to what is owed: a pick that syncs late makes it smaller."""
    owed = any(line.ordered > line.picked for line in lines)
    back_id = derived(order.id, "back-order")
    back = floor.find(SalesOrder, back_id)
    if back is None and not owed:
        return
    if back is None:
        back = SalesOrder(
            id=back_id,
            site=order.site,
            number=f"{order.number}-B",
            customer=order.customer,
            customer_name=order.customer_name,
            status="open",
            cancelled=False,
            released=False,
            priority=order.priority,
            due=order.due,
            placed_at=order.placed_at,
            shipments=0,
            stagings=0,
            back_order_of=order.id,
            totes=[],
        )
        floor.add(back)
    _owe(floor, back, lines)


def _owe(floor: Floor, back: SalesOrder, lines: list[SalesOrderLine]) -> None:
    for line in lines:
        owed = max(line.ordered - line.picked, 0)
        back_line = floor.find(SalesOrderLine, derived(back.id, line.id))
        if back_line is None and owed:
            floor.add(
                SalesOrderLine(
                    id=derived(back.id, line.id),
                    site=back.site,
                    order=back.id,
                    item=line.item,
                    ordered=owed,
                    picked=0,
                    short=0,
                    refound=0,
                    price=line.price,
                )
            )
        elif back_line is not None and back_line.ordered != owed:
            back_line.ordered = owed
            floor.touch(back_line)
    if not any(line.ordered > line.picked for line in lines):
        back.cancelled, back.status = True, "cancelled"
        floor.touch(back)
