"""Call an order off; what is in totes already is put back."""

from dataclasses import dataclass, field

from app.documents.models import SalesOrderLine
from app.events import DocumentSaved
from app.ordering.lookup import order_called
from app.ordering.problems import OrderShipped
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Payload of `ordering.cancel_order`."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    note: str | None = field(default=None, metadata={"max_length": 400})


def cancel_order(floor: Floor, operation: Operation[CancelOrder]) -> Outcome:
    """Want nothing more of an order; calling it off twice is no mistake."""
    number = operation.payload.number
    order = order_called(floor, number)
    if order.shipments:
        raise OrderShipped(number=number)

    order.cancelled = True
    floor.touch(order)
    for line in floor.group(SalesOrderLine, "order", order.id):
        floor.suspect("order_line", line.id)  # what was picked for it waits in its totes

    return Outcome(events=(DocumentSaved("sales_order", order.id),))


KIND = Kind(
    "ordering.cancel_order",
    CancelOrder,
    cancel_order,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.number),
)
