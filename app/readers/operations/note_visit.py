"""Write down that a tag was at a gate; nothing moves by it."""

from dataclasses import dataclass, field
from typing import Literal

from app.kernel.clock import from_micros
from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.readers.models import Reader, TagVisit
from app.readers.operations.bind import Meaning, gate_of
from app.readers.problems import NoSuchReader
from app.readers.tags import codes_of, meant

FOREVER = 2**53 - 1


@dataclass(frozen=True, slots=True)
class NoteVisit:
    """Payload of `readers.note_visit`; times in microseconds since 1970."""

    reader: Ident
    place: Ident
    meaning: Meaning
    tag: str = field(metadata={"min_length": 4, "max_length": 128})
    first_at: int = field(metadata={"least": 0, "most": FOREVER})
    last_at: int = field(metadata={"least": 0, "most": FOREVER})
    reads: int = field(metadata={"least": 1, "most": 2**31 - 1})
    direction: Literal["in", "out", "unknown"]


def refs(payload: NoteVisit) -> Refs:
    """Name what the handler will read."""
    return Refs(((Reader, payload.reader),), named=codes_of(payload.tag))


def note_visit(floor: Floor, operation: Operation[NoteVisit]) -> Outcome:
    """Keep the visit and what the tag stands for here."""
    seen = operation.payload
    reader = floor.find(Reader, seen.reader)
    if reader is None or reader.site != floor.site:
        raise NoSuchReader(reader=seen.reader)
    meaning = meant(floor, seen.tag)

    floor.new(
        TagVisit,
        id=derived(operation.id, "visit"),
        site=floor.site,
        reader=reader.id,
        gate=gate_of(reader.id, seen.place, seen.meaning),
        place=seen.place,
        meaning=seen.meaning,
        tag=seen.tag,
        first_at=from_micros(seen.first_at),
        last_at=from_micros(seen.last_at),
        reads=seen.reads,
        direction=seen.direction,
        kind=meaning.kind,
        subject=meaning.subject,
        item=meaning.item,
        code=meaning.code,
        state="open",
        settled_by=None,
        settled_at=None,
    )
    return Outcome()


KIND = Kind(
    "readers.note_visit",
    NoteVisit,
    note_visit,
    fact=False,
    roles=frozenset({"system"}),
    refs=refs,
    subject=lambda payload: str(payload.tag),
)
