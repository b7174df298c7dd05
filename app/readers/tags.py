"""What a tag stands for here: a unit, a single piece, or nothing that anybody knows."""

from typing import Literal

from app.identification import Identified
from app.items.models import Identifier
from app.kernel.ids import derived
from app.kernel.values import value
from app.locations.models import Alias
from app.locations.naming import alias_id
from app.pipeline.floor import Floor
from app.resolving.evidence import read

LONGEST = 80


@value
class Meant:
    """`subject` is the id of the unit or of the serial; `code` what people call it."""

    kind: Literal["unit", "piece", "unknown"]
    subject: str | None = None
    item: str | None = None
    code: str | None = None


UNKNOWN = Meant("unknown")


def codes_of(tag: str) -> tuple[tuple[type, str], ...]:
    """Name the identifier record that a tag asks for, so that a chunk loads them at once."""
    gtin = read(tag, None).gtin14
    return ((Identifier, gtin),) if gtin else ()


def meant(floor: Floor, tag: str) -> Meant:
    """The site's own word first, then the standard reading; never a guess."""
    alias = floor.find(Alias, alias_id(floor.site, tag))
    if alias is not None and alias.target_kind == "lpn":
        return Meant("unit", alias.target, None, tag[:LONGEST])
    reading = read(tag, None)
    if not reading.ok:
        return UNKNOWN
    if reading.sscc:
        return Meant("unit", derived(floor.site, reading.sscc), None, reading.sscc)
    return _piece(floor, reading)


def _piece(floor: Floor, reading: Identified) -> Meant:
    known = floor.find(Identifier, derived(floor.org, reading.gtin14)) if reading.gtin14 else None
    if known is None or not reading.serial or len(reading.serial) > LONGEST:
        return UNKNOWN
    return Meant("piece", derived(known.item, reading.serial), known.item, reading.serial)
