"""Name a part of a site."""

from dataclasses import dataclass, field

from app.locations.models import Zone
from app.locations.naming import zone_id
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


@dataclass(frozen=True, slots=True)
class SaveZone:
    """Payload of `locations.save_zone`."""

    code: str = field(metadata={"min_length": 1, "max_length": 40})
    name: str = field(metadata={"min_length": 1, "max_length": 120})


def save_zone(floor: Floor, operation: Operation[SaveZone]) -> Outcome:
    """Bring a zone in, or up to date."""
    asked = operation.payload
    key = zone_id(floor.site, asked.code)

    zone = floor.find(Zone, key) or Zone(id=key, site=floor.site, code=asked.code)
    zone.name = asked.name

    floor.add(zone)
    return Outcome()


KIND = Kind(
    "locations.save_zone",
    SaveZone,
    save_zone,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.code),
)
