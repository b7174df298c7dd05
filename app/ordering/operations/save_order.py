"""Enter an order of a customer, or change it before it has left."""

from dataclasses import dataclass, field
from datetime import datetime

from app.documents.models import Customer, SalesOrder
from app.documents.naming import order_id
from app.events import DocumentSaved
from app.items.models import Item
from app.kernel.clock import from_millis
from app.ordering.lines import OrderedLine, close_vanished, judge_lines, lines_of, write_lines
from app.ordering.problems import OrderCancelled, OrderShipped, UnknownCustomer
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident

FOREVER = 10**14  # milliseconds: the year 5138


@dataclass(frozen=True, slots=True)
class SaveOrder:
    """Payload of `ordering.save_order`, with all lines; instants in ms since 1970."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    customer: Ident | None
    lines: tuple[OrderedLine, ...]
    priority: int = field(default=5, metadata={"least": 1, "most": 9})
    due: int | None = field(default=None, metadata={"least": 0, "most": FOREVER})
    placed_at: int | None = field(default=None, metadata={"least": 0, "most": FOREVER})
    released: bool = True


def refs(payload: SaveOrder) -> Refs:
    """Name what the handler will read."""
    return Refs(((Customer, payload.customer), *((Item, line.item) for line in payload.lines)))


def save_order(floor: Floor, operation: Operation[SaveOrder]) -> Outcome:
    """Bring an order in, or up to date; its state follows from its lines."""
    order = enter(floor, operation.payload, operation.recorded_at)
    return Outcome(events=(DocumentSaved("sales_order", order.id),))


def enter(floor: Floor, asked: SaveOrder, known_at: datetime) -> SalesOrder:
    """Write an order; one that does not say when it was placed was placed when we heard of it."""
    key = order_id(floor.site, asked.number)
    order = floor.find(SalesOrder, key)
    if order is not None and order.shipments:
        raise OrderShipped(number=order.number)
    if order is not None and order.cancelled:
        raise OrderCancelled(number=order.number)
    customer = floor.find(Customer, asked.customer)
    if customer is None and asked.customer is not None:
        raise UnknownCustomer(customer=asked.customer)
    before = lines_of(floor, key) if order is not None else {}
    judge_lines(floor, key, asked.lines, before)

    order = order or _new(floor.site, key, asked.number)
    order.customer = asked.customer
    order.customer_name = customer.name if customer is not None else ""
    order.priority, order.released = asked.priority, asked.released
    order.due = from_millis(asked.due) if asked.due is not None else None
    if asked.placed_at is not None:
        order.placed_at = from_millis(asked.placed_at)
    order.placed_at = order.placed_at or known_at
    floor.add(order)
    write_lines(floor, key, asked.lines, before)
    close_vanished(floor, key, asked.lines, before)
    return order


def _new(site: str, key: str, number: str) -> SalesOrder:
    return SalesOrder(
        id=key,
        site=site,
        number=number,
        status="open",
        cancelled=False,
        shipments=0,
        stagings=0,
        totes=[],
    )


KIND = Kind(
    "ordering.save_order",
    SaveOrder,
    save_order,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=refs,
    subject=lambda payload: str(payload.number),
)
