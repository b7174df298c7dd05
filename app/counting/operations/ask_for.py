"""Ask for a count of a place."""

from dataclasses import dataclass, field

from app.events import CountWanted
from app.kernel.problem import Problem
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class AskFor:
    """Payload of `counting.ask_for`."""

    place: Ident
    note: str | None = field(default=None, metadata={"max_length": 400})


@dataclass(eq=False)
class NothingToCount(Problem):
    """There is no such place here, or it is only a place in the books."""

    code = "counting.unknown_place"
    place: str


def ask_for(floor: Floor, operation: Operation[AskFor]) -> Outcome:
    """Offer the place to whoever counts and does not know its book."""
    asked = operation.payload
    where = floor.find(Location, asked.place)
    if where is None or where.kind == "virtual":
        raise NothingToCount(place=asked.place)
    return Outcome(events=(CountWanted(where.id, "asked", asked.note),))


KIND = Kind(
    "counting.ask_for",
    AskFor,
    ask_for,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((Location, payload.place),)),
    subject=lambda payload: str(payload.place),
    alone=True,
)
