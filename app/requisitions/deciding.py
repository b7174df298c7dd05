"""What granting and refusing share."""

from typing import Any

from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.requisitions.models import Requisition
from app.requisitions.problems import AlreadyDecided, OwnRequisition, UnknownRequisition

ROLES = frozenset({"supervisor", "admin"})


def undecided(floor: Floor, key: str) -> Requisition:
    """Return a requisition that waits for a decision."""
    row = floor.find(Requisition, key)
    if row is None:
        raise UnknownRequisition(requisition=key)
    if row.state != "requested":
        raise AlreadyDecided(state=row.state)
    return row


def by_another(operation: Operation[Any], row: Requisition) -> None:
    """Refuse whoever asked for it himself."""
    if operation.actor is not None and operation.actor == row.asked_by:
        raise OwnRequisition


def decided(
    floor: Floor, operation: Operation[Any], row: Requisition, state: str, note: str | None
) -> None:
    """Write the decision on the requisition."""
    row.state, row.decision_note = state, note
    row.decided_by, row.decided_at = operation.actor, operation.recorded_at
    floor.touch(row)
