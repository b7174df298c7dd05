"""Take a walk out of one pair of hands and give it to another, or back to everybody."""

from dataclasses import dataclass, field

from app.kernel.problem import Problem
from app.kernel.values import value
from app.picking.rules import LEASE
from app.picking.walks import close_task
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.work.models import PickLine, PickTask


@value
class Reassign:
    """Payload of `picking.reassign`; no device = back to the pool.

    Which handhelds exist is no part of the log, so a stranger's id is not refused here.
    """

    task: Ident
    device: Ident | None
    note: str | None = field(default=None, metadata={"max_length": 400})


@dataclass(eq=False)
class UnknownWalk(Problem):
    """There is no such walk here."""

    code = "picking.unknown_walk"
    task: str


@dataclass(eq=False)
class WalkOver(Problem):
    """The walk has ended, was given back, or its order was cancelled."""

    code = "picking.walk_over"
    state: str


@dataclass(eq=False)
class SameHandheld(Problem):
    """That handheld has the walk already."""

    code = "picking.same_handheld"


def reassign(floor: Floor, operation: Operation[Reassign]) -> Outcome:
    """Raise the lease: what the old handheld still did is a fact, what it decides is void."""
    asked = operation.payload
    task = floor.find(PickTask, asked.task)
    if task is None:
        raise UnknownWalk(task=asked.task)
    if task.state != "active":
        raise WalkOver(state=task.state)
    if task.device == asked.device:
        raise SameHandheld

    task.lease += 1
    if asked.device is None:
        close_task(floor, task, "revoked")
        return Outcome()
    task.taken_from, task.device = task.device, asked.device
    task.person, task.taken_at = None, operation.recorded_at
    task.expires_at = operation.recorded_at + LEASE
    floor.touch(task)
    for stop in floor.group(PickLine, "task", task.id):
        floor.touch(stop)
    return Outcome()


KIND = Kind(
    "picking.reassign",
    Reassign,
    reassign,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((PickTask, payload.task),)),
    subject=lambda payload: str(payload.task),
    alone=True,
)
