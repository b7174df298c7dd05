"""Add lines to an order: for what was forgotten, and for orders too long for one message."""

from dataclasses import dataclass, field

from app.documents.models import SalesOrder
from app.documents.naming import order_id
from app.events import DocumentSaved
from app.items.models import Item
from app.ordering.lines import OrderedLine, judge_lines, lines_of, write_lines
from app.ordering.problems import OrderCancelled, OrderShipped, UnknownOrder
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs


@dataclass(frozen=True, slots=True)
class AddLines:
    """Payload of `ordering.add_lines`; a line whose number exists is replaced."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    lines: tuple[OrderedLine, ...]


def add_lines(floor: Floor, operation: Operation[AddLines]) -> Outcome:
    """Want more on an order that has not left."""
    asked = operation.payload
    order = floor.find(SalesOrder, order_id(floor.site, asked.number))
    if order is None:
        raise UnknownOrder(number=asked.number)
    if order.shipments:
        raise OrderShipped(number=order.number)
    if order.cancelled:
        raise OrderCancelled(number=order.number)
    before = lines_of(floor, order.id)
    judge_lines(floor, order.id, asked.lines, before)

    write_lines(floor, order.id, asked.lines, before)
    floor.touch(order)

    return Outcome(events=(DocumentSaved("sales_order", order.id),))


KIND = Kind(
    "ordering.add_lines",
    AddLines,
    add_lines,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(tuple((Item, line.item) for line in payload.lines)),
    subject=lambda payload: str(payload.number),
)
