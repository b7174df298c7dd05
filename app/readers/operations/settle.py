"""Say that what was read has been dealt with."""

from dataclasses import dataclass, field
from typing import Literal

from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.readers.models import OPEN, TagVisit
from app.readers.problems import NoSuchVisit


@dataclass(frozen=True, slots=True)
class Settle:
    """Payload of `readers.settle`; what was settled before stays as it was."""

    visits: tuple[Ident, ...]
    verdict: Literal["confirmed", "dismissed"]
    note: str | None = field(default=None, metadata={"max_length": 400})


def settle(floor: Floor, operation: Operation[Settle]) -> Outcome:
    """Take visits off the list; goods are moved by operations of their own."""
    asked = operation.payload
    for key in asked.visits:
        visit = floor.find(TagVisit, key)
        if visit is None or visit.site != floor.site:
            raise NoSuchVisit(visit=key)
        if visit.state == OPEN:
            visit.state = asked.verdict
            visit.settled_by, visit.settled_at = operation.actor, operation.recorded_at
            floor.touch(visit)
    return Outcome()


KIND = Kind(
    "readers.settle",
    Settle,
    settle,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(tuple((TagVisit, visit) for visit in payload.visits)),
    subject=lambda payload: str(payload.visits[0]) if payload.visits else None,
)
