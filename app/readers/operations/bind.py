"""Say what an antenna looks at: a place, and what it means when a tag is read there."""

from dataclasses import dataclass, field
from typing import Literal

from app.kernel.ids import derived
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.readers.models import Reader, ReadPoint
from app.readers.problems import NoPlace, NoSuchReader

Meaning = Literal["dock_in", "dock_out", "passage", "bin"]


@dataclass(frozen=True, slots=True)
class Bind:
    """Payload of `readers.bind`; `place` null = this antenna looks at nothing any more."""

    reader: Ident
    antenna: int = field(metadata={"least": 0, "most": 1_024})
    place: Ident | None
    meaning: Meaning
    side: Literal["inside", "outside"] | None = None


def bind(floor: Floor, operation: Operation[Bind]) -> Outcome:
    """Bind an antenna anew; visits that were told stay where they were."""
    asked = operation.payload
    reader = floor.find(Reader, asked.reader)
    if reader is None or reader.site != floor.site:
        raise NoSuchReader(reader=asked.reader)
    if asked.place is not None:
        place = floor.find(Location, asked.place)
        if place is None or place.site != floor.site or place.kind == "virtual":
            raise NoPlace(place=asked.place)

    key = derived(reader.id, f"antenna:{asked.antenna}")
    point = floor.find(ReadPoint, key) or ReadPoint(
        id=key, site=floor.site, reader=reader.id, antenna=asked.antenna
    )
    point.place, point.meaning, point.side = asked.place, asked.meaning, asked.side
    point.gate = gate_of(reader.id, asked.place, asked.meaning) if asked.place else None

    floor.add(point)
    return Outcome()


def gate_of(reader: str, place: str, meaning: str) -> str:
    """Name the gate of all antennas of a reader with one place and one meaning."""
    return derived(reader, f"gate:{place}:{meaning}")


KIND = Kind(
    "readers.bind",
    Bind,
    bind,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((Reader, payload.reader), (Location, payload.place))),
    subject=lambda payload: str(payload.reader),
)
