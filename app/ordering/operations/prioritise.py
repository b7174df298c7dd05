"""Say which orders come first."""

from dataclasses import dataclass, field

from app.events import DocumentSaved
from app.ordering.lookup import open_order
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome
from app.work.models import PickTask


@dataclass(frozen=True, slots=True)
class Prioritise:
    """Payload of `ordering.prioritise`; 1 is picked first, 9 last."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    priority: int = field(metadata={"least": 1, "most": 9})
    note: str | None = field(default=None, metadata={"max_length": 400})


def prioritise(floor: Floor, operation: Operation[Prioritise]) -> Outcome:
    """Change the order's place in the queue; a walk that is under way shows it too."""
    order = open_order(floor, operation.payload.number)
    order.priority = operation.payload.priority
    floor.touch(order)
    for task in floor.group(PickTask, "order", order.id):
        floor.touch(task)
    return Outcome(events=(DocumentSaved("sales_order", order.id),))


KIND = Kind(
    "ordering.prioritise",
    Prioritise,
    prioritise,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.number),
)
