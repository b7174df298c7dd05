"""The system approves a count that leaves nothing to judge."""

from dataclasses import dataclass

from app.counting.operations.decide import anchoring, open_sheet
from app.counting.passing import passes
from app.documents.models import CountSheet
from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class ApproveCount:
    """Payload of `system.approve_count`; the envelope's `cause` is what finished the sheet."""

    sheet: Ident


@dataclass(eq=False)
class ForAPerson(Problem):
    """There is something to judge, or it is too early."""

    code = "counting.for_a_person"


def approve_count(floor: Floor, operation: Operation[ApproveCount]) -> Outcome:
    """Anchor the place as if a supervisor had approved, who would have had nothing to ask."""
    sheet = open_sheet(floor, operation.payload.sheet)
    floor.write()
    if not passes(floor.session, sheet.id):
        raise ForAPerson
    return anchoring(floor, sheet)


KIND = Kind(
    "system.approve_count",
    ApproveCount,
    approve_count,
    fact=False,
    roles=frozenset({"system"}),
    refs=lambda payload: Refs(((CountSheet, payload.sheet),)),
    subject=lambda payload: str(payload.sheet),
    alone=True,
)
