"""Count goods of one key, or see a handling unit."""

from dataclasses import dataclass, field

from app.documents.models import CountSheet
from app.events import LineCounted
from app.items.models import Item
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.postings import Holder, place, unit
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.resolving.evidence import codes_here, codes_named, identity_flags, seen


@value
class CountLine:
    """Payload of `counting.count_line`: goods, or an unopened unit."""

    sheet: Ident
    place: Ident
    goods: Goods | None
    lpn: Ident | None
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class NothingCounted(Problem):
    """A count line must name goods or a unit."""

    code = "counting.nothing"


def refs(payload: CountLine) -> Refs:
    """Name what the handler will read."""
    return Refs(
        (
            (Location, payload.place),
            (CountSheet, payload.sheet),
            (Item, payload.goods.item if payload.goods else None),
        ),
        named=codes_named(payload.scans) if payload.goods else (),
        here=codes_here(payload.scans) if payload.goods else (),
    )


def count_line(floor: Floor, operation: Operation[CountLine]) -> Outcome:
    """Write down what was seen; nothing is posted before somebody approves."""
    gesture, goods = operation.payload, operation.payload.goods
    where = floor.get(Location, gesture.place)
    if goods is None and gesture.lpn is None:
        raise NothingCounted
    if goods is not None:
        floor.get(Item, goods.item)
    return Outcome(
        events=(
            *(seen(operation, goods, gesture.scans) if goods else ()),
            LineCounted(
                sheet=gesture.sheet,
                place=where.id,
                lpn=gesture.lpn,
                holder=_holder(goods, where.id).id if goods else None,
                item=goods.item if goods else None,
                lot=(goods.lot or "") if goods else "",
                serial=goods.serial if goods else None,
                quantity=goods.quantity if goods else 1,
            ),
        ),
        flags=tuple(identity_flags(floor, goods, gesture.scans)) if goods else (),
    )


def _holder(goods: Goods, where: str) -> Holder:
    return unit(goods.lpn) if goods.lpn else place(where)


KIND = Kind(
    "counting.count_line",
    CountLine,
    count_line,
    fact=True,
    roles=frozenset({"counter", "supervisor"}),
    refs=refs,
    subject=lambda payload: str(payload.sheet),
)
