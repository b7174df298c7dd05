"""Report that a place holds less than the walk asks for."""

from dataclasses import field

from app.documents.models import SalesOrderLine
from app.events import PickedShort
from app.kernel.values import value
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome, Progress, Refs
from app.pipeline.schema import Ident
from app.resolving.strange_tags import strange_tags


@value
class ReportShort:
    """Payload of `picking.report_short`."""

    order_line: Ident
    source: Ident
    missing: int = field(metadata={"least": 1, "most": 1_000_000_000})
    reason: Ident | None = None
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: ReportShort) -> Refs:
    """Name what the handler will read."""
    return Refs(((SalesOrderLine, payload.order_line), (Location, payload.source)))


def report_short(floor: Floor, operation: Operation[ReportShort]) -> Outcome:
    """Release what was reserved there; it is looked for elsewhere."""
    gesture = operation.payload
    line = floor.get(SalesOrderLine, gesture.order_line)
    return Outcome(
        progress=(Progress(SalesOrderLine, line.id, "short", gesture.missing),),
        events=(PickedShort(line.id, gesture.source, gesture.missing),),
        flags=tuple(strange_tags(floor, gesture.source, gesture.scans)),
    )


KIND = Kind(
    "picking.report_short",
    ReportShort,
    report_short,
    fact=True,
    roles=frozenset({"picker", "supervisor"}),
    refs=refs,
    subject=lambda payload: str(payload.order_line),
    alone=True,  # looks for other stock at once
)
