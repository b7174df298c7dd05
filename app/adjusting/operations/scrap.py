"""Throw goods away."""

from app.adjusting.correcting import ROLES, Correction, correct, refs, subject
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


def scrap(floor: Floor, operation: Operation[Correction]) -> Outcome:
    """Post the goods to scrap."""
    asked = operation.payload
    return correct(floor, operation, asked, "scrap", -asked.goods.quantity)


KIND = Kind(
    "stock.scrap",
    Correction,
    scrap,
    fact=False,
    roles=ROLES,
    refs=refs,
    subject=subject,
    alone=True,
)
