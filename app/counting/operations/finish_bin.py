"""Say "nothing else here": the sheet is complete, and this is its moment."""

from dataclasses import field

from app.documents.models import CountSheet
from app.events import BinFinished
from app.kernel.values import value
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.resolving.evidence import codes_named
from app.resolving.strange_tags import strange_tags
from app.work.models import CountTask


@value
class FinishBin:
    """Payload of `counting.finish_bin`; `empty` was confirmed explicitly."""

    sheet: Ident
    place: Ident
    empty: bool
    scans: tuple[Scan, ...] = field(default=())


def finish_bin(floor: Floor, operation: Operation[FinishBin]) -> Outcome:
    """Close the sheet; 0 is a count."""
    gesture = operation.payload
    where = floor.get(Location, gesture.place)
    return Outcome(
        events=(BinFinished(gesture.sheet, where.id, gesture.empty),),
        flags=tuple(strange_tags(floor, where.id, gesture.scans)),
    )


KIND = Kind(
    "counting.finish_bin",
    FinishBin,
    finish_bin,
    fact=True,
    roles=frozenset({"counter", "picker", "supervisor"}),  # "bin now empty" is a count too
    refs=lambda payload: Refs(
        ((Location, payload.place), (CountSheet, payload.sheet)),
        named=codes_named(payload.scans),
        groups=((CountTask, "place", payload.place),),
    ),
    subject=lambda payload: str(payload.sheet),
    final=True,
)
