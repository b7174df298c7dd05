"""Say no to a requisition, and why."""

from dataclasses import dataclass, field

from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.requisitions.deciding import ROLES, decided, undecided
from app.requisitions.models import Requisition


@dataclass(frozen=True, slots=True)
class Reject:
    """Payload of `requisitions.reject`; the requester reads the reason."""

    requisition: Ident
    reason: str = field(metadata={"min_length": 1, "max_length": 400})


def reject(floor: Floor, operation: Operation[Reject]) -> Outcome:
    """Close it without an order."""
    asked = operation.payload
    row = undecided(floor, asked.requisition)
    decided(floor, operation, row, "rejected", asked.reason)
    return Outcome()


KIND = Kind(
    "requisitions.reject",
    Reject,
    reject,
    fact=False,
    roles=ROLES,
    refs=lambda payload: Refs(((Requisition, payload.requisition),)),
    subject=lambda payload: str(payload.requisition),
    alone=True,
)
