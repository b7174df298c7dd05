"""Grant a requisition, perhaps less of it; it becomes an order."""

from dataclasses import dataclass, field

from app.documents.models import SalesOrder
from app.documents.naming import order_id
from app.events import RequisitionGranted
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.requisitions.deciding import ROLES, by_another, decided, undecided
from app.requisitions.models import Requisition
from app.requisitions.problems import NotAskedFor, NothingAsked, NumberTaken


@dataclass(frozen=True, slots=True)
class GrantedLine:
    """How much of an item is granted; 0 = none."""

    item: Ident
    quantity: int = field(metadata={"least": 0, "most": 1_000_000})


@dataclass(frozen=True, slots=True)
class Approve:
    """Payload of `requisitions.approve`; lines that are not named are granted as asked."""

    requisition: Ident
    lines: tuple[GrantedLine, ...] = field(default=())
    note: str | None = field(default=None, metadata={"max_length": 400})


def approve(floor: Floor, operation: Operation[Approve]) -> Outcome:
    """Write down what is granted and tell those who keep orders."""
    asked = operation.payload
    row = undecided(floor, asked.requisition)
    by_another(operation, row)
    granted = _granted(row, asked)
    number = order_id(floor.site, row.number)
    if floor.find(SalesOrder, number) is not None:
        raise NumberTaken(number=row.number)

    row.lines = [{**line, "approved": granted[line["item"]]} for line in row.lines]
    row.order = number
    decided(floor, operation, row, "approved", asked.note)

    return Outcome(
        events=(
            RequisitionGranted(
                number=row.number,
                for_whom=row.for_whom,
                wanted_by=row.wanted_by,
                asked_at=row.asked_at,
                lines=tuple((item, quantity) for item, quantity in granted.items() if quantity),
            ),
        )
    )


def _granted(row: Requisition, asked: Approve) -> dict[str, int]:
    """Item → quantity, in the order in which they were asked for."""
    granted = {str(line["item"]): int(line["quantity"]) for line in row.lines}
    for line in asked.lines:
        if line.item not in granted:
            raise NotAskedFor(item=line.item)
        granted[line.item] = line.quantity
    if not any(granted.values()):
        raise NothingAsked
    return granted


KIND = Kind(
    "requisitions.approve",
    Approve,
    approve,
    fact=False,
    roles=ROLES,
    refs=lambda payload: Refs(((Requisition, payload.requisition),)),
    subject=lambda payload: str(payload.requisition),
    alone=True,
)
