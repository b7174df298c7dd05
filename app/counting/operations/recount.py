"""Have a place counted again by somebody else; the count that is doubted does not stand."""

from dataclasses import dataclass, field

from app.counting.operations.decide import open_sheet
from app.documents.models import CountSheet
from app.events import CountDecided, CountWanted
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Recount:
    """Payload of `counting.recount`."""

    sheet: Ident
    note: str | None = field(default=None, metadata={"max_length": 400})


def recount(floor: Floor, operation: Operation[Recount]) -> Outcome:
    """Let the book stand until another person has counted."""
    asked = operation.payload
    sheet = open_sheet(floor, asked.sheet)
    return Outcome(
        events=(
            CountDecided(sheet.id, approved=False),
            CountWanted(sheet.place, "recount", asked.note),
        )
    )


KIND = Kind(
    "counting.recount",
    Recount,
    recount,
    fact=False,
    roles=frozenset({"supervisor"}),
    refs=lambda payload: Refs(((CountSheet, payload.sheet),)),
    subject=lambda payload: str(payload.sheet),
    alone=True,
)
