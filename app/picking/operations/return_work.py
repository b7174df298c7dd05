"""Give an order back: what is not picked is free again for others."""

from dataclasses import dataclass, field

from app.kernel.problem import Problem
from app.kernel.values import value
from app.picking.walks import close_task
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.work.models import PickTask


@value
class ReturnWork:
    """Payload of `picking.return_work`."""

    task: Ident
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class NotYours(Problem):
    """This handheld does not hold that order."""

    code = "picking.not_yours"
    task: str


def return_work(floor: Floor, operation: Operation[ReturnWork]) -> Outcome:
    """Close the task and release its reservations."""
    task = floor.find(PickTask, operation.payload.task)
    outdated = task is not None and operation.lease not in (None, task.lease)
    if task is None or task.device != operation.key.device or outdated:
        raise NotYours(task=operation.payload.task)
    close_task(floor, task, "returned")
    return Outcome()


KIND = Kind(
    "picking.return_work",
    ReturnWork,
    return_work,
    fact=False,
    roles=frozenset({"picker", "supervisor"}),
    refs=lambda payload: Refs(((PickTask, payload.task),)),
    alone=True,
)
