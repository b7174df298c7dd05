"""A walk that nobody finished in time goes back to everybody; what hands did stays done."""

from dataclasses import dataclass, field

from app.kernel.problem import Problem
from app.picking.operations.reassign import UnknownWalk, WalkOver
from app.picking.walks import close_task
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.work.models import PickTask

MANY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ExpireWalk:
    """Payload of `system.expire_walk`; the lease that ran out, so that a newer one stands."""

    task: Ident
    lease: int = field(metadata={"least": 1, "most": MANY})


@dataclass(eq=False)
class NewerLease(Problem):
    """Somebody was given this walk in the meantime."""

    code = "picking.newer_lease"
    lease: int


def expire_walk(floor: Floor, operation: Operation[ExpireWalk]) -> Outcome:
    """Free what was reserved; the lease counts on, so that what comes late decides nothing."""
    asked = operation.payload
    task = floor.find(PickTask, asked.task)
    if task is None:
        raise UnknownWalk(task=asked.task)
    if task.state != "active":
        raise WalkOver(state=task.state)
    if task.lease != asked.lease:
        raise NewerLease(lease=task.lease)
    task.lease += 1
    close_task(floor, task, "expired")
    return Outcome()


KIND = Kind(
    "system.expire_walk",
    ExpireWalk,
    expire_walk,
    fact=False,
    roles=frozenset({"system"}),
    refs=lambda payload: Refs(((PickTask, payload.task),)),
    subject=lambda payload: str(payload.task),
    alone=True,
)
