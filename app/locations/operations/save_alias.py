"""Give something a code that is understood on this site."""

from dataclasses import dataclass, field
from typing import Literal

from app.locations.models import Alias, Location
from app.locations.naming import alias_id
from app.locations.problems import UnknownPlace
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


@dataclass(frozen=True, slots=True)
class SaveAlias:
    """Payload of `locations.save_alias`; `target` is an id, or the name of a command."""

    code: str = field(metadata={"min_length": 1, "max_length": 200})
    target_kind: Literal["place", "lpn", "person", "command"]
    target: str = field(metadata={"min_length": 1, "max_length": 80})


def save_alias(floor: Floor, operation: Operation[SaveAlias]) -> Outcome:
    """Map a code; one that meant something else means this from now on."""
    asked = operation.payload
    if asked.target_kind == "place" and floor.find(Location, asked.target) is None:
        raise UnknownPlace(place=asked.target)

    key = alias_id(floor.site, asked.code)
    alias = floor.find(Alias, key) or Alias(id=key, site=floor.site, code=asked.code)
    alias.target_kind, alias.target = asked.target_kind, asked.target

    floor.add(alias)
    return Outcome()


KIND = Kind(
    "locations.save_alias",
    SaveAlias,
    save_alias,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.code),
)
