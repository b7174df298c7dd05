"""Somebody was shown what should lie in places: what is asked for there is not offered to him."""

from dataclasses import dataclass

from sqlalchemy import select

from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident
from app.work.models import CountTask


@dataclass(frozen=True, slots=True)
class Withhold:
    """Payload of `system.withhold_counts`; no places = all of the house."""

    person: Ident
    places: tuple[Ident, ...]


def withhold(floor: Floor, operation: Operation[Withhold]) -> Outcome:
    """Offer anew: who was shown what is read when the copies are written."""
    places = operation.payload.places
    query = select(CountTask).where(CountTask.site == floor.site, CountTask.state == "open")
    if places:
        query = query.where(CountTask.place.in_(places))
    for task in floor.all(query):
        floor.touch(task)
    return Outcome()


KIND = Kind(
    "system.withhold_counts",
    Withhold,
    withhold,
    fact=False,
    roles=frozenset({"system"}),
    subject=lambda payload: str(payload.person),
    alone=True,
)
