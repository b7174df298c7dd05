"""Correct a quantity that somebody knows to be wrong, up or down."""

from dataclasses import dataclass, field
from typing import Literal

from app.adjusting.correcting import ROLES, Correction, correct, refs, subject
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class Adjust:
    """Payload of `stock.adjust`: so much more, or less, than the book says."""

    place: Ident
    goods: Goods
    direction: Literal["more", "less"]
    reason: Ident
    note: str | None = field(default=None, metadata={"max_length": 400})
    scans: tuple[Scan, ...] = field(default=())


def adjust(floor: Floor, operation: Operation[Adjust]) -> Outcome:
    """Post the difference against the variance."""
    asked = operation.payload
    sign = 1 if asked.direction == "more" else -1
    said = Correction(asked.place, asked.goods, asked.reason, asked.note, asked.scans)
    return correct(floor, operation, said, "adjust", sign * asked.goods.quantity)


KIND = Kind(
    "stock.adjust", Adjust, adjust, fact=False, roles=ROLES, refs=refs, subject=subject, alone=True
)
