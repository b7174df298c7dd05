"""Apply an operation that was kept without effect, at its original time."""

from dataclasses import dataclass

from app.correcting.kept import close_unless_more_wait, kept, take_effect
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Reapply:
    """Payload of `system.reapply`; the envelope's `cause` names the kept operation."""

    exception: Ident | None


def reapply(floor: Floor, operation: Operation[Reapply]) -> Outcome:
    """Let the kept operation happen; its exception closes unless it keeps others too."""
    row = kept(floor, operation.cause)
    outcome = take_effect(floor, row)
    exception = floor.find(OpenException, operation.payload.exception)
    if exception is not None:
        close_unless_more_wait(floor, operation, exception, "reapply", str(row.operation))
    return outcome


KIND = Kind(
    "system.reapply",
    Reapply,
    reapply,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    alone=True,
)
