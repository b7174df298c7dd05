"""Take back that a place shall be counted."""

from dataclasses import dataclass

from app.kernel.problem import Problem
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.work.models import CountTask


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Payload of `counting.withdraw`."""

    task: Ident


@dataclass(eq=False)
class UnknownTask(Problem):
    """Nobody has asked for this count."""

    code = "counting.unknown_task"
    task: str


@dataclass(eq=False)
class TaskOver(Problem):
    """It was counted or taken back meanwhile."""

    code = "counting.task_over"
    state: str


def withdraw(floor: Floor, operation: Operation[Withdraw]) -> Outcome:
    """Offer it no longer; whoever is counting already counts on."""
    task = floor.find(CountTask, operation.payload.task)
    if task is None:
        raise UnknownTask(task=operation.payload.task)
    if task.state != "open":
        raise TaskOver(state=task.state)
    task.state = "withdrawn"
    floor.touch(task)
    return Outcome()


KIND = Kind(
    "counting.withdraw",
    Withdraw,
    withdraw,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((CountTask, payload.task),)),
    subject=lambda payload: str(payload.task),
    alone=True,
)
