"""Withdraw what a code stood for on this site; what was done under it stays done."""

from dataclasses import dataclass, field

from app.kernel.problem import Problem
from app.locations.models import Alias
from app.locations.naming import alias_id
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome
from app.resolving.codes import LONGEST


@dataclass(frozen=True, slots=True)
class UnmapBarcode:
    """Payload of `identification.unmap_barcode`."""

    code: str = field(metadata={"min_length": 1, "max_length": LONGEST})


@dataclass(eq=False)
class NotMapped(Problem):
    """The code stands for nothing of this site's own."""

    code = "identification.not_mapped"
    scanned: str


def unmap_barcode(floor: Floor, operation: Operation[UnmapBarcode]) -> Outcome:
    """Forget a meaning; the next scan of the code is unknown again."""
    code = operation.payload.code
    alias = floor.find(Alias, alias_id(floor.site, code))
    if alias is None or not alias.active:
        raise NotMapped(scanned=code)
    alias.active = False
    floor.touch(alias)
    floor.suspect("code", alias.id)
    return Outcome()


KIND = Kind(
    "identification.unmap_barcode",
    UnmapBarcode,
    unmap_barcode,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    subject=lambda payload: str(payload.code)[:160],
)
