"""Give me work: hand the next orders to one handheld and reserve their goods."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import exists, select

from app.documents.models import SalesOrder, SalesOrderLine
from app.documents.standing import still_open
from app.items.models import Item
from app.kernel.ids import derived
from app.kernel.problem import Problem
from app.kernel.values import value
from app.picking.allocation import candidates
from app.picking.rules import LEASE, Candidate, NoWork, Take, allocate, walking_order
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome
from app.work.models import PickLine, PickTask

LOOK_AHEAD = 50  # orders tried before saying that nothing can be picked


@value
class TakeWork:
    """Payload of `picking.take_work`."""

    orders: int = field(metadata={"least": 1, "most": 20})
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class NoHandheld(Problem):
    """A walk is in somebody's hands, and whoever asks has none."""

    code = "picking.no_handheld"


def take_work(floor: Floor, operation: Operation[TakeWork]) -> Outcome:
    """Choose by priority, due date and age; an order nothing can be picked for is passed over."""
    if operation.key.device.startswith("integration:"):
        raise NoHandheld
    taken = 0
    for order in _next_orders(floor):
        if taken == operation.payload.orders:
            break
        taken += _hand_out(floor, operation, order)
    if not taken:
        raise NoWork
    return Outcome()


def _next_orders(floor: Floor) -> Sequence[SalesOrder]:
    busy = exists().where(PickTask.order == SalesOrder.id, PickTask.state == "active")
    return floor.all(
        select(SalesOrder)
        .where(
            SalesOrder.site == floor.site,
            SalesOrder.status.in_(("open", "picking")),
            SalesOrder.released,
            SalesOrder.cancelled.is_(False),
            ~busy,
        )
        .order_by(
            SalesOrder.priority,
            SalesOrder.due.is_(None),
            SalesOrder.due,
            SalesOrder.placed_at,
            SalesOrder.number,
        )
        .limit(LOOK_AHEAD)
    )


def _hand_out(floor: Floor, operation: Operation[TakeWork], order: SalesOrder) -> bool:
    lines = floor.all(
        select(SalesOrderLine).where(SalesOrderLine.order == order.id).order_by(SalesOrderLine.id)
    )
    open_lines = [line for line in lines if still_open(line) > 0]
    takes = _allocated(floor, operation, open_lines) if open_lines else []
    if not takes:
        return False
    task = _task(floor, operation, order)
    write_stops(floor, task, operation.id, takes)
    floor.touch(order)
    return True


def _task(floor: Floor, operation: Operation[TakeWork], order: SalesOrder) -> PickTask:
    return floor.new(
        PickTask,
        id=derived(operation.id, order.id),
        site=floor.site,
        order=order.id,
        device=operation.key.device,
        person=operation.actor,
        lease=1,
        state="active",
        taken_at=operation.recorded_at,
        expires_at=operation.recorded_at + LEASE,
    )


def _allocated(
    floor: Floor, operation: Operation[TakeWork], lines: Sequence[SalesOrderLine]
) -> list[tuple[SalesOrderLine, Take]]:
    items = sorted({line.item for line in lines})
    floor.load((Item, item) for item in items)
    stock = candidates(floor, items, operation.recorded_at.date())
    takes: list[tuple[SalesOrderLine, Take]] = []
    for line in lines:
        item = floor.get(Item, line.item)
        wanted = still_open(line)
        for take in allocate(wanted, item.rotation, stock.get(line.item, [])):  # type: ignore[arg-type]
            takes.append((line, take))
            stock[line.item] = [_less(each, take) for each in stock[line.item]]
    return takes


def _less(candidate: Candidate, take: Take) -> Candidate:
    if (candidate.holder, candidate.lot) != (take.candidate.holder, take.candidate.lot):
        return candidate
    return replace(candidate, free=candidate.free - take.quantity)


def write_stops(
    floor: Floor, task: PickTask, parent: str, takes: Sequence[tuple[SalesOrderLine, Take]]
) -> None:
    """Write the stops of a task in walking order; each reserves what it will take."""
    spots = {t.candidate.place: (t.candidate.x, t.candidate.y, t.candidate.z) for _, t in takes}
    order = {
        place: n
        for n, place in enumerate(walking_order((p, *xyz) for p, xyz in sorted(spots.items())))
    }
    for line, take in sorted(takes, key=lambda pair: order[pair[1].candidate.place]):
        candidate = take.candidate
        floor.new(
            PickLine,
            id=derived(parent, f"{line.id}|{candidate.holder}|{candidate.lot}"),
            site=floor.site,
            task=task.id,
            order_line=line.id,
            item=line.item,
            lot=candidate.lot,
            place=candidate.place,
            place_code=candidate.place_code,
            holder=candidate.holder,
            quantity=take.quantity,
            picked=0,
            closed=False,
            sequence=order[candidate.place],
        )
    floor.touch(task)


KIND = Kind(
    "picking.take_work",
    TakeWork,
    take_work,
    fact=False,
    roles=frozenset({"picker", "supervisor"}),
    alone=True,
)
