"""Ship an order: its totes, and goods that stand loose on the stage."""

from dataclasses import field

from app.documents.models import SalesOrder
from app.events import OrderShipped
from app.kernel.values import value
from app.ledger.postings import Position, Posting, place
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Progress, Refs
from app.pipeline.schema import Ident
from app.resolving.strange_tags import strange_tags


@value
class Ship:
    """Payload of `shipping.ship`."""

    order: Ident
    units: tuple[Ident, ...]
    goods: tuple[Goods, ...]
    stage: Ident
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: Ship) -> Refs:
    """Name what the handler will read."""
    return Refs(((SalesOrder, payload.order), (Location, payload.stage)))


def ship(floor: Floor, operation: Operation[Ship]) -> Outcome:
    """Hand everything to the customer; what is picked into a tote later follows it."""
    gesture = operation.payload
    order = floor.get(SalesOrder, gesture.order)
    stage = floor.get(Location, gesture.stage)
    return Outcome(
        postings=tuple(
            Posting(
                goods.holder(stage.id),
                place(floor.customer),
                goods.item,
                goods.lot or "",
                goods.quantity,
                goods.status,
            )
            for goods in gesture.goods
        ),
        positions=tuple(
            Position(lpn, "lpn", floor.customer, source=stage.id) for lpn in gesture.units
        ),
        progress=(Progress(SalesOrder, order.id, "shipments", 1),),
        events=(OrderShipped(order.id),),
        flags=tuple(strange_tags(floor, stage.id, gesture.scans)),
    )


KIND = Kind(
    "shipping.ship",
    Ship,
    ship,
    fact=True,
    roles=frozenset({"packer", "picker", "supervisor"}),
    refs=refs,
    subject=lambda payload: str(payload.order),
)
