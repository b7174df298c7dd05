"""How walks follow events: stops are served, run short, are found elsewhere, come to an end."""

from typing import Any

from sqlalchemy import bindparam, func, select

from app.among import among_named, keys_text
from app.documents.models import SalesOrder, SalesOrderLine
from app.events import Called, DocumentSaved, GoodsPicked, GoodsStored, OrderShipped, PickedShort
from app.items.models import Item
from app.kernel.ids import derived
from app.picking.allocation import candidates
from app.picking.rules import allocate
from app.picking.totes import filled
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.rows.prepared import Prepared
from app.stock.models import HandlingUnit
from app.work.models import PickLine, PickTask

LAST_STOP = Prepared(select(func.max(PickLine.sequence)).where(PickLine.task == bindparam("task")))
WITH_OPEN_STOPS = Prepared(
    select(PickLine.task)
    .where(among_named(PickLine.task, "tasks"), PickLine.closed.is_(False))
    .distinct()
)


def stops_of(floor: Floor, order_line: str) -> list[PickLine]:
    """Return the open stops that serve an order line, in walking order."""
    stops = floor.group(PickLine, "order_line", order_line)
    return sorted((s for s in stops if not s.closed), key=lambda s: (s.sequence, s.id))


def serve(floor: Floor, operation: Operation[Any], event: GoodsPicked) -> None:
    """Reduce the reservation that this pick was meant for."""
    left = event.quantity
    stops = stops_of(floor, event.order_line)
    exact = [s for s in stops if (s.holder, s.lot) == (event.holder, event.lot)]
    for stop in [*exact, *(s for s in stops if s not in exact)]:
        taken = min(left, stop.quantity - stop.picked)
        stop.picked += taken
        stop.closed = stop.picked >= stop.quantity
        left -= taken
        if taken:
            floor.touch(stop)
    line = floor.get(SalesOrderLine, event.order_line)
    floor.touch(line)
    _fill_tote(floor, event)


def _fill_tote(floor: Floor, picked: GoodsPicked, sign: int = 1) -> None:
    line = floor.get(SalesOrderLine, picked.order_line)
    order = floor.get(SalesOrder, line.order)
    order.totes = filled(order.totes, picked, sign)
    floor.touch(order)


def taken_out(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """Goods that leave a tote for a place are no longer among those picked into it."""
    _move_out(floor, event, -1)


def _move_out(floor: Floor, event: GoodsStored, sign: int) -> None:
    tote = floor.find(HandlingUnit, event.holder)
    order = floor.find(SalesOrder, tote.order) if tote is not None else None
    if order is None or event.item is None:
        return
    out = GoodsPicked("", "", "", event.item, event.lot, event.quantity, event.holder, event.serial)
    order.totes = filled(order.totes, out, sign)
    floor.touch(order)


def run_short(floor: Floor, operation: Operation[Any], event: PickedShort) -> None:
    """Release the stop; what is missing is taken from elsewhere if anybody has it."""
    tasks = set()
    for stop in stops_of(floor, event.order_line):
        if stop.place == event.source:
            stop.quantity, stop.closed = stop.picked, True
            floor.touch(stop)
            tasks.add(stop.task)
    line = floor.get(SalesOrderLine, event.order_line)
    for task_id in sorted(tasks)[:1]:
        task = floor.get(PickTask, task_id)
        if task.state == "active":
            _look_elsewhere(floor, operation, line, task, event)


def _look_elsewhere(
    floor: Floor,
    operation: Operation[Any],
    line: SalesOrderLine,
    task: PickTask,
    event: PickedShort,
) -> None:
    item = floor.get(Item, line.item)
    stock = candidates(floor, [line.item], operation.recorded_at.date(), without=[event.source])
    takes = allocate(event.missing, item.rotation, stock.get(line.item, []))  # type: ignore[arg-type]
    found = sum(take.quantity for take in takes)
    line.refound += found  # not short after all: it is on the walk again
    floor.touch(line)
    (((last,),)) = floor.ask(LAST_STOP, task=task.id)
    for n, take in enumerate(takes, start=(last or 0) + 1):
        floor.new(
            PickLine,
            id=derived(operation.id, f"{take.candidate.holder}|{take.candidate.lot}"),
            site=floor.site,
            task=task.id,
            order_line=line.id,
            item=line.item,
            lot=take.candidate.lot,
            place=take.candidate.place,
            place_code=take.candidate.place_code,
            holder=take.candidate.holder,
            quantity=take.quantity,
            picked=0,
            closed=False,
            sequence=n,
        )
    floor.touch(task)


def finish_tasks(floor: Floor, stops: set[str]) -> None:
    """End the tasks whose last stop is served."""
    tasks = {stop.task for stop in (floor.find(PickLine, each) for each in stops) if stop}
    busy = {task for (task,) in floor.ask(WITH_OPEN_STOPS, tasks=keys_text(tasks))}
    floor.load((PickTask, task) for task in tasks)
    ended = [task for each in sorted(tasks - busy) if (task := floor.find(PickTask, each))]
    active = [task for task in ended if task.state == "active"]
    if not active:
        return
    for task in active:
        task.state = "done"
    floor.load_groups((PickTask, "order", task.order) for task in active)
    for task in active:
        for each in floor.group(PickTask, "order", task.order):
            floor.touch(each)  # whoever was told that others have it need not know any more
        floor.touch(floor.get(SalesOrder, task.order))


def call_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """A pick that did not happen leaves its stop open again."""
    for picked in event.events:
        if isinstance(picked, GoodsPicked):
            _reopen(floor, picked)
            _fill_tote(floor, picked, -1)
        elif isinstance(picked, GoodsStored):
            _move_out(floor, picked, 1)


def _reopen(floor: Floor, picked: GoodsPicked) -> None:
    left = picked.quantity
    for stop in floor.group(PickLine, "order_line", picked.order_line):
        if (stop.holder, stop.lot) != (picked.holder, picked.lot) or not left:
            continue
        back = min(left, stop.picked)
        stop.picked -= back
        left -= back
        task = floor.find(PickTask, stop.task)
        if task is not None and task.state in ("active", "done") and back:
            task.state, stop.closed = "active", False
            floor.touch(task)
        floor.touch(stop)


def close_task(floor: Floor, task: PickTask, state: str) -> None:
    """End a task and free what it had reserved."""
    for stop in floor.all(
        select(PickLine).where(PickLine.task == task.id, PickLine.closed.is_(False))
    ):
        stop.quantity, stop.closed = stop.picked, True
        floor.touch(stop)
    task.state = state
    floor.touch(task)
    order = floor.find(SalesOrder, task.order)
    if order is not None:
        floor.touch(order)


def follow_order(floor: Floor, operation: Operation[Any], event: DocumentSaved) -> None:
    """Nobody walks for a cancelled order; what hands have picked stays picked."""
    order = floor.find(SalesOrder, event.id) if event.kind == "sales_order" else None
    if order is None or not order.cancelled:
        return
    for task in floor.all(select(PickTask).where(PickTask.order == order.id)):
        if task.state == "active":
            close_task(floor, task, "cancelled")
        floor.touch(task)  # who was told that others have it need not know any more


def end_with_shipment(floor: Floor, operation: Operation[Any], event: OrderShipped) -> None:
    """A shipped order needs no more walking."""
    for task in floor.all(select(PickTask).where(PickTask.order == event.order)):
        if task.state == "active":
            close_task(floor, task, "done")
        floor.touch(task)
