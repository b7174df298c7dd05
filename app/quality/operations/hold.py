"""Hold goods, or let them go: nobody is sent for them, and every handheld stops at them."""

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import or_, select

from app.among import among
from app.documents.models import PurchaseOrderLine, SalesOrder, SalesOrderLine
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.quality.receipts import received_under
from app.stock.models import HandlingUnit, Hold, Lot, Serial
from app.work.models import PickLine

SUBJECTS = {"lot": Lot, "lpn": HandlingUnit, "serial": Serial, "receipt": PurchaseOrderLine}


@dataclass(frozen=True, slots=True)
class HoldGoods:
    """Payload of `quality.hold`; a receipt is a purchase order line and what came on it."""

    subject_kind: Literal["lot", "lpn", "serial", "receipt"]
    subject: Ident
    why: Literal["hold", "recall"]
    note: str | None = field(default=None, metadata={"max_length": 400})


@dataclass(frozen=True, slots=True)
class Release:
    """Payload of `quality.release`."""

    hold: Ident
    note: str | None = field(default=None, metadata={"max_length": 400})


@dataclass(eq=False)
class NothingThere(Problem):
    """Nobody here knows such goods."""

    code = "quality.unknown_goods"
    subject: str


@dataclass(eq=False)
class AlreadyHeld(Problem):
    """These goods are held as it is."""

    code = "quality.already_held"
    hold: str


@dataclass(eq=False)
class NotHeld(Problem):
    """There is no such hold, or it has ended."""

    code = "quality.not_held"


def hold(floor: Floor, operation: Operation[HoldGoods]) -> Outcome:
    """Hold from now on; no status is posted, what is held is derived from this record."""
    asked = operation.payload
    model: type = SUBJECTS[asked.subject_kind]
    if floor.find(model, asked.subject) is None:
        raise NothingThere(subject=asked.subject)
    same = select(Hold).where(Hold.site == floor.site, Hold.subject == asked.subject)
    for known in floor.all(same.where(Hold.until.is_(None))):
        raise AlreadyHeld(hold=known.id)
    receipt = asked.subject_kind == "receipt"
    covers = received_under(floor, asked.subject) if receipt else [str(asked.subject)]
    floor.new(
        Hold,
        id=derived(operation.id, "hold"),
        site=floor.site,
        subject_kind=asked.subject_kind,
        subject=asked.subject,
        code=asked.why,
        covers=covers,
        note=asked.note,
        since=operation.recorded_at,
        held_by=operation.actor,
    )
    _call_back(floor, covers)
    return Outcome()


def _call_back(floor: Floor, covers: list[str]) -> None:
    """Nobody walks for held goods any more; what hands have picked of them is looked at."""
    for stop in floor.all(
        select(PickLine).where(
            PickLine.site == floor.site,
            PickLine.closed.is_(False),
            or_(among(PickLine.lot, covers), among(PickLine.holder, covers)),
        )
    ):
        stop.quantity, stop.closed = stop.picked, True
        floor.touch(stop)
    in_totes = (
        select(SalesOrderLine.id)
        .join(SalesOrder, SalesOrder.id == SalesOrderLine.order)
        .where(
            SalesOrder.site == floor.site,
            SalesOrder.shipments == 0,
            SalesOrderLine.picked > 0,
        )
    )
    for line in floor.session.scalars(in_totes):
        floor.suspect("order_line", line)


def release(floor: Floor, operation: Operation[Release]) -> Outcome:
    """Let the goods go: what a supervisor was shown because of the hold is looked at again."""
    row = floor.find(Hold, operation.payload.hold)
    if row is None or row.until is not None:
        raise NotHeld
    row.until, row.released_by = operation.recorded_at, operation.actor
    row.note = operation.payload.note or row.note
    floor.touch(row)
    doubted = select(OpenException.subject).where(
        OpenException.site == floor.site,
        OpenException.code == "held_stock_picked",
        OpenException.state != "closed",
    )
    for line in floor.session.scalars(doubted):
        floor.suspect("order_line", line)
    return Outcome()


ROLES = frozenset({"supervisor", "admin"})
HOLD = Kind(
    "quality.hold",
    HoldGoods,
    hold,
    fact=False,
    roles=ROLES,
    refs=lambda payload: Refs(((SUBJECTS[payload.subject_kind], payload.subject),)),
    subject=lambda payload: str(payload.subject),
    alone=True,
)
RELEASE = Kind(
    "quality.release",
    Release,
    release,
    fact=False,
    roles=ROLES,
    refs=lambda payload: Refs(((Hold, payload.hold),)),
    subject=lambda payload: str(payload.hold),
    alone=True,
)
