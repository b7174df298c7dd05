"""Ask for goods."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.items.models import Item
from app.kernel.clock import from_millis
from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.requisitions.models import Requisition
from app.requisitions.problems import AskedTwice, NothingAsked, NotOffered

FOREVER = 10**14  # milliseconds: the year 5138


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One item; quantity in base units."""

    item: Ident
    quantity: int = field(metadata={"least": 1, "most": 1_000_000})


@dataclass(frozen=True, slots=True)
class Request:
    """Payload of `requisitions.request`; `wanted_by` in ms since 1970."""

    lines: tuple[AskedLine, ...]
    for_whom: str = field(metadata={"min_length": 1, "max_length": 120})
    wanted_by: int | None = field(default=None, metadata={"least": 0, "most": FOREVER})
    note: str | None = field(default=None, metadata={"max_length": 400})


def request(floor: Floor, operation: Operation[Request]) -> Outcome:
    """Note what is wanted; whether it is there is nobody's business yet."""
    asked = operation.payload
    _judge(floor, asked.lines)

    floor.add(
        Requisition(
            id=derived(operation.id, "requisition"),
            site=floor.site,
            number=_number(floor),
            state="requested",
            for_whom=asked.for_whom,
            wanted_by=from_millis(asked.wanted_by) if asked.wanted_by is not None else None,
            note=asked.note,
            lines=[
                {"item": line.item, "quantity": line.quantity, "approved": None}
                for line in asked.lines
            ],
            asked_by=operation.actor,
            asked_at=operation.recorded_at,
        )
    )
    return Outcome()


def _judge(floor: Floor, lines: tuple[AskedLine, ...]) -> None:
    if not lines:
        raise NothingAsked
    named: set[str] = set()
    for line in lines:
        item = floor.find(Item, line.item)
        if item is None or not item.active or not item.stocked:
            raise NotOffered(item=line.item)
        if line.item in named:
            raise AskedTwice(item=line.item)
        named.add(line.item)


def _number(floor: Floor) -> str:
    """Count on: requisitions are never deleted, and each is decided in a chunk of its own."""
    before = floor.session.execute(
        select(func.count()).select_from(Requisition).where(Requisition.site == floor.site)
    ).scalar_one()
    return f"REQ-{before + 1:04d}"


KIND = Kind(
    "requisitions.request",
    Request,
    request,
    fact=False,
    roles=frozenset({"requester", "supervisor", "planner", "admin"}),
    refs=lambda payload: Refs(tuple((Item, line.item) for line in payload.lines)),
    subject=lambda payload: str(payload.for_whom),
    alone=True,
)
