"""Let an order go to the pickers, or hold it back."""

from dataclasses import dataclass, field

from app.events import DocumentSaved
from app.ordering.lookup import open_order
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome


@dataclass(frozen=True, slots=True)
class Release:
    """Payload of `ordering.release` and `ordering.hold_back`."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    note: str | None = field(default=None, metadata={"max_length": 400})


def release(floor: Floor, operation: Operation[Release]) -> Outcome:
    """Offer the order to whoever asks for work."""
    return _offered(floor, operation.payload.number, released=True)


def hold_back(floor: Floor, operation: Operation[Release]) -> Outcome:
    """Offer it to nobody new; who walks for it already goes on."""
    return _offered(floor, operation.payload.number, released=False)


def _offered(floor: Floor, number: str, *, released: bool) -> Outcome:
    order = open_order(floor, number)
    order.released = released
    floor.touch(order)
    return Outcome(events=(DocumentSaved("sales_order", order.id),))


ROLES = frozenset({"supervisor", "planner", "admin"})


def subject(payload: Release) -> str:
    """The order's number."""
    return payload.number


RELEASE = Kind("ordering.release", Release, release, fact=False, roles=ROLES, subject=subject)
HOLD_BACK = Kind("ordering.hold_back", Release, hold_back, fact=False, roles=ROLES, subject=subject)
