"""Put goods on the books that turned up where nobody expected them."""

from app.adjusting.correcting import ROLES, Correction, correct, refs, subject
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


def found(floor: Floor, operation: Operation[Correction]) -> Outcome:
    """Post the goods from the variance."""
    asked = operation.payload
    return correct(floor, operation, asked, "found", asked.goods.quantity)


KIND = Kind(
    "stock.found",
    Correction,
    found,
    fact=False,
    roles=ROLES,
    refs=refs,
    subject=subject,
    alone=True,
)
