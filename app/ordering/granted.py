"""What was granted to somebody in the house becomes an order like any other."""

from typing import Any

from app.events import RequisitionGranted
from app.kernel.clock import millis
from app.ordering.lines import OrderedLine
from app.ordering.operations.save_order import SaveOrder, enter
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation


def order_granted(floor: Floor, operation: Operation[Any], event: RequisitionGranted) -> None:
    """Enter an order for what a requisition was granted."""
    wanted = SaveOrder(
        number=event.number,
        customer=None,
        lines=tuple(
            OrderedLine(n, item, quantity)  # type: ignore[arg-type] # an id is an id
            for n, (item, quantity) in enumerate(event.lines, start=1)
        ),
        due=millis(event.wanted_by) if event.wanted_by is not None else None,
        placed_at=millis(event.asked_at),
    )
    order = enter(floor, wanted, operation.recorded_at)
    order.customer_name = event.for_whom
