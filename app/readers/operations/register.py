"""Let a reader in: under a name, with a token that is known here by its hash only."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.readers.models import Reader
from app.readers.problems import NameTaken, NoSuchReader


@dataclass(frozen=True, slots=True)
class Register:
    """Payload of `readers.register`; `reader` null = a new one, else it gets another token."""

    name: str = field(metadata={"min_length": 1, "max_length": 60})
    token_sha: str = field(metadata={"min_length": 64, "max_length": 64})
    reader: Ident | None = None


def register(floor: Floor, operation: Operation[Register]) -> Outcome:
    """Write the reader down; a token it had before opens nothing any more."""
    asked = operation.payload
    reader = _reader(floor, operation)
    _free(floor, asked.name, reader.id)

    reader.name, reader.token_sha = asked.name, asked.token_sha
    reader.revoked_at = None

    floor.add(reader)
    return Outcome()


def _reader(floor: Floor, operation: Operation[Register]) -> Reader:
    key = operation.payload.reader
    if key is None:
        new = derived(operation.id, "reader")
        return Reader(id=new, site=floor.site, registered_at=operation.recorded_at)
    found = floor.find(Reader, key)
    if found is None or found.site != floor.site:
        raise NoSuchReader(reader=key)
    return found


def _free(floor: Floor, name: str, reader: str) -> None:
    other = floor.session.execute(
        select(Reader.id).where(
            Reader.site == floor.site,
            Reader.name == name,
            Reader.revoked_at.is_(None),
            Reader.id != reader,
        )
    ).first()
    if other is not None:
        raise NameTaken(name=name)


KIND = Kind(
    "readers.register",
    Register,
    register,
    fact=False,
    roles=frozenset({"supervisor", "admin"}),
    refs=lambda payload: Refs(((Reader, payload.reader),)),
    subject=lambda payload: str(payload.name),
    alone=True,
)
