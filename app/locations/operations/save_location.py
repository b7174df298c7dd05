"""Create a place, or change what it allows."""

from dataclasses import dataclass, field
from typing import Literal

from app.locations.models import Location, Zone
from app.locations.naming import location_id
from app.locations.problems import ReservedCode, UnknownZone
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident

MOST = 1_000_000_000
Purpose = Literal["bin", "dock", "stage", "pick_face", "reserve", "pack", "quarantine", "suspense"]


@dataclass(frozen=True, slots=True)
class SaveLocation:
    """Payload of `locations.save_location`; null or absent = leave as it is."""

    code: str = field(metadata={"min_length": 1, "max_length": 60})
    kind: Purpose
    zone: Ident | None = None
    x: int | None = field(default=None, metadata={"least": -MOST, "most": MOST})
    y: int | None = field(default=None, metadata={"least": -MOST, "most": MOST})
    z: int | None = field(default=None, metadata={"least": -MOST, "most": MOST})
    blocked: bool | None = None
    only_empty: bool | None = None
    no_mix_item: bool | None = None
    no_mix_lot: bool | None = None
    max_units: int | None = field(default=None, metadata={"least": 0, "most": MOST})
    max_weight_g: int | None = field(default=None, metadata={"least": 0, "most": MOST})
    max_volume_ml: int | None = field(default=None, metadata={"least": 0, "most": MOST})


AS_THEY_ARE = (
    "kind", "zone", "x", "y", "z", "blocked", "only_empty", "no_mix_item", "no_mix_lot",
    "max_units", "max_weight_g", "max_volume_ml",
)  # fmt: skip


def save_location(floor: Floor, operation: Operation[SaveLocation]) -> Outcome:
    """Bring a place in, or up to date."""
    asked = operation.payload
    if asked.code.startswith("@"):
        raise ReservedCode(place=asked.code)
    if asked.zone is not None and floor.find(Zone, asked.zone) is None:
        raise UnknownZone(zone=asked.zone)

    key = location_id(floor.site, asked.code)
    location = floor.find(Location, key) or _new(key, floor.site, asked.code)
    for name in AS_THEY_ARE:
        value = getattr(asked, name)
        if value is not None:
            setattr(location, name, value)

    floor.add(location)
    floor.suspect("place", location.id)  # what stands there may break the new rules
    return Outcome()


def _new(key: str, site: str, code: str) -> Location:
    return Location(
        id=key,
        site=site,
        code=code,
        x=0,
        y=0,
        z=0,
        blocked=False,
        only_empty=False,
        no_mix_item=False,
        no_mix_lot=False,
    )


KIND = Kind(
    "locations.save_location",
    SaveLocation,
    save_location,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(((Zone, payload.zone),)),
    subject=lambda payload: str(payload.code),
)
