"""Shut a reader out."""

from dataclasses import dataclass

from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.readers.models import Reader
from app.readers.problems import NoSuchReader


@dataclass(frozen=True, slots=True)
class Revoke:
    """Payload of `readers.revoke`."""

    reader: Ident


def revoke(floor: Floor, operation: Operation[Revoke]) -> Outcome:
    """What it read stays; what it says from now on is refused."""
    reader = floor.find(Reader, operation.payload.reader)
    if reader is None or reader.site != floor.site:
        raise NoSuchReader(reader=operation.payload.reader)

    reader.revoked_at = reader.revoked_at or operation.recorded_at

    floor.touch(reader)
    return Outcome()


KIND = Kind(
    "readers.revoke",
    Revoke,
    revoke,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((Reader, payload.reader),)),
    subject=lambda payload: str(payload.reader),
)
