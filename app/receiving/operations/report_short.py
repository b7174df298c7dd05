"""Say that the rest of a line is not coming."""

from dataclasses import field

from app.documents.models import AsnLine, PurchaseOrderLine
from app.kernel.values import value
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome, Progress, Refs
from app.pipeline.schema import Ident


@value
class ReportShort:
    """Payload of `receiving.report_short`."""

    po_line: Ident | None
    asn_line: Ident | None
    missing: int = field(metadata={"least": 1, "most": 1_000_000_000})
    reason: Ident | None = None
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: ReportShort) -> Refs:
    """Name what the handler will read."""
    return Refs(((PurchaseOrderLine, payload.po_line), (AsnLine, payload.asn_line)))


def report_short(floor: Floor, operation: Operation[ReportShort]) -> Outcome:
    """Stop waiting for what the supplier did not send."""
    gesture = operation.payload
    line = floor.find(PurchaseOrderLine, gesture.po_line)
    announced = floor.find(AsnLine, gesture.asn_line)

    progress = []
    if line is not None:
        progress.append(Progress(PurchaseOrderLine, line.id, "missing", gesture.missing))
    if announced is not None:
        progress.append(Progress(AsnLine, announced.id, "missing", gesture.missing))
    return Outcome(progress=tuple(progress))


KIND = Kind(
    "receiving.report_short",
    ReportShort,
    report_short,
    fact=True,
    roles=frozenset({"receiver", "supervisor"}),
    refs=refs,
    subject=lambda payload: payload.po_line,
)
