"""Call an order off; what is in totes already is put back."""

from dataclasses import dataclass, field

from app.documents.models import SalesOrder
from app.documents.naming import order_id
from app.events import DocumentSaved
from app.ordering.problems import OrderShipped, UnknownOrder
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Payload of `ordering.cancel_order`."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})


def cancel_order(floor: Floor, operation: Operation[CancelOrder]) -> Outcome:
    """Want nothing more of an order; calling it off twice is no mistake."""
    number = operation.payload.number
    order = floor.find(SalesOrder, order_id(floor.site, number))
    if order is None:
        raise UnknownOrder(number=number)
    if order.shipments:
        raise OrderShipped(number=number)

    order.cancelled = True
    floor.touch(order)

    return Outcome(events=(DocumentSaved("sales_order", order.id),))


KIND = Kind(
    "ordering.cancel_order",
    CancelOrder,
    cancel_order,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.number),
)
