"""Approve or reject a correction. Who asks and who approves are two people."""

from dataclasses import dataclass, field

from app.adjusting.correcting import ROLES, movement
from app.adjusting.models import Adjustment
from app.adjusting.problems import AlreadyDecided, OwnAdjustment, UnknownAdjustment
from app.ledger.postings import EffKey
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Verdict:
    """Payload of `stock.approve_adjustment` and `stock.reject_adjustment`."""

    adjustment: Ident
    note: str | None = field(default=None, metadata={"max_length": 400})


def approve(floor: Floor, operation: Operation[Verdict]) -> Outcome:
    """Post it for the moment at which it was said, so that a count since then is not spoiled."""
    row = _waiting(floor, operation)
    if operation.actor is None or operation.actor == row.asked_by:
        raise OwnAdjustment

    _decide(floor, operation, row, "posted")
    postings, positions = movement(floor, row)

    said = EffKey(row.eff_at, row.device, row.epoch, row.seq)
    return Outcome(postings=postings, positions=positions, at=said)


def reject(floor: Floor, operation: Operation[Verdict]) -> Outcome:
    """Let the book stand; who asked may also take it back."""
    _decide(floor, operation, _waiting(floor, operation), "rejected")
    return Outcome()


def _waiting(floor: Floor, operation: Operation[Verdict]) -> Adjustment:
    row = floor.find(Adjustment, operation.payload.adjustment)
    if row is None:
        raise UnknownAdjustment(adjustment=operation.payload.adjustment)
    if row.state != "requested":
        raise AlreadyDecided(state=row.state)
    return row


def _decide(floor: Floor, operation: Operation[Verdict], row: Adjustment, state: str) -> None:
    row.state = state
    row.decided_by, row.decided_at = operation.actor, operation.recorded_at
    row.decision_note = operation.payload.note
    floor.touch(row)


def refs(payload: Verdict) -> Refs:
    """Name what the handler will read."""
    return Refs(((Adjustment, payload.adjustment),))


def subject(payload: Verdict) -> str:
    """The correction."""
    return payload.adjustment


APPROVE = Kind(
    "stock.approve_adjustment",
    Verdict,
    approve,
    fact=False,
    roles=ROLES,
    refs=refs,
    subject=subject,
    alone=True,
)
REJECT = Kind(
    "stock.reject_adjustment",
    Verdict,
    reject,
    fact=False,
    roles=ROLES,
    refs=refs,
    subject=subject,
    alone=True,
)
