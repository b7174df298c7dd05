"""The system has a contested count made again by somebody else; the first waits for that."""

from dataclasses import dataclass

from app.counting.contesting import contested
from app.counting.operations.decide import open_sheet
from app.documents.models import CountSheet
from app.events import CountWanted
from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class OrderRecount:
    """Payload of `system.order_recount`; the envelope's `cause` is what finished the sheet."""

    sheet: Ident


@dataclass(eq=False)
class NothingToRecount(Problem):
    """Nobody else was there, or it was ordered before."""

    code = "counting.nothing_to_recount"


def order_recount(floor: Floor, operation: Operation[OrderRecount]) -> Outcome:
    """Ask for a count; that somebody was there tells nothing of what should be there."""
    sheet = open_sheet(floor, operation.payload.sheet)
    floor.write()
    if sheet.recount is not None or not contested(floor.session, sheet.id):
        raise NothingToRecount
    return Outcome(events=(CountWanted(sheet.place, "recount", sheet=sheet.id),))


KIND = Kind(
    "system.order_recount",
    OrderRecount,
    order_recount,
    fact=False,
    roles=frozenset({"system"}),
    refs=lambda payload: Refs(((CountSheet, payload.sheet),)),
    subject=lambda payload: str(payload.sheet),
    alone=True,
)
