"""Expect goods back from a customer, or keep a correction that somebody booked elsewhere."""

from dataclasses import dataclass, field
from typing import Literal

from app.documents.models import AnnouncedReturn, Customer
from app.documents.naming import return_id
from app.items.models import Item
from app.ordering.problems import NothingOrdered, ReturnSettled, UnknownCustomer, UnknownItem
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """Goods that come back; quantity in base units."""

    item: Ident
    quantity: int = field(metadata={"least": 1, "most": 1_000_000_000})


@dataclass(frozen=True, slots=True)
class AnnounceReturn:
    """Payload of `ordering.announce_return`; an `adjustment` is kept, nobody waits for it."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    customer: Ident | None
    status: Literal["announced", "adjustment"]
    lines: tuple[ReturnedLine, ...]


def refs(payload: AnnounceReturn) -> Refs:
    """Name what the handler will read."""
    return Refs(((Customer, payload.customer), *((Item, line.item) for line in payload.lines)))


def announce_return(floor: Floor, operation: Operation[AnnounceReturn]) -> Outcome:
    """Keep the announcement; no stock moves until somebody holds the goods."""
    asked = operation.payload
    if not asked.lines:
        raise NothingOrdered
    if asked.customer is not None and floor.find(Customer, asked.customer) is None:
        raise UnknownCustomer(customer=asked.customer)
    for line in asked.lines:
        if floor.find(Item, line.item) is None:
            raise UnknownItem(item=line.item)
    key = return_id(floor.site, asked.number)
    known = floor.find(AnnouncedReturn, key)
    if known is not None and known.status not in ("announced", "adjustment"):
        raise ReturnSettled(number=asked.number)

    announced = known or AnnouncedReturn(id=key, site=floor.site, number=asked.number)
    announced.customer, announced.status = asked.customer, asked.status
    announced.lines = [{"item": line.item, "quantity": line.quantity} for line in asked.lines]

    floor.add(announced)
    return Outcome()


KIND = Kind(
    "ordering.announce_return",
    AnnounceReturn,
    announce_return,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=refs,
    subject=lambda payload: str(payload.number),
)
