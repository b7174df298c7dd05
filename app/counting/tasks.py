"""Counts that somebody shall make: asked for, offered to whom they may be, ended by a count."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.counting.offering import counted, known_of, not_for
from app.counting.verifying import proven
from app.documents.models import CountSheet
from app.events import BinFinished, CountDecided, CountWanted, PersonVouched
from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.work.models import CountTask

Copy = tuple[str, str, str, dict[str, Any] | None]
DOUBT = "doubt"
OPEN_TO_COUNTERS, OPEN_TO_OTHERS = "role:counter", "role:picker"


def ask(floor: Floor, operation: Operation[Any], event: CountWanted) -> None:
    """Ask for a count of a place; one that is asked for already is asked for again."""
    tasks = open_tasks(floor, event.place)
    if tasks and event.why == DOUBT:
        return  # nobody can tell from what counters hear that the book is below zero
    task = tasks[0] if tasks else _new(floor, operation, event)
    task.why = event.why if event.why == "recount" or task.why == DOUBT else task.why
    task.note = event.note or task.note
    task.asked_by, task.asked_at, task.sheet = operation.actor, operation.recorded_at, None
    floor.add(task)
    if event.sheet is not None:
        sheet = floor.get(CountSheet, event.sheet)
        sheet.recount = task.id
        floor.touch(sheet)


def _new(floor: Floor, operation: Operation[Any], event: CountWanted) -> CountTask:
    return CountTask(
        id=derived(operation.id, f"count|{event.place}"),
        site=floor.site,
        place=event.place,
        why=event.why,
        state="open",
    )


def open_tasks(floor: Floor, place: str) -> list[CountTask]:
    """Return what is asked for of a place."""
    return [task for task in floor.group(CountTask, "place", place) if task.state == "open"]


def counted_since(floor: Floor, operation: Operation[Any], event: BinFinished) -> None:
    """A finished bin ends what was asked for, if whoever counted it was not to be left out.

    It is written beside the task now, and ends it once it is certain who that was: at once, mostly.
    """
    tasks = open_tasks(floor, event.place)
    if not tasks:
        return
    own = {event.sheet, derived(event.sheet, event.place)}
    floor.write()
    for task in tasks:
        others, _ = counted(floor.session, floor.site, event.place, own, task.asked_at)
        another = operation.actor is not None and operation.actor not in others
        if another and operation.key.eff_at > task.asked_at:
            task.sheet = event.sheet
        floor.touch(task)  # whoever counted is not asked again either way


def end_what_is_proven(floor: Floor, tasks: set[str]) -> None:
    """End what somebody has counted of whom it is known that it was another person."""
    floor.load((CountTask, each) for each in tasks)
    for each in sorted(tasks):
        task = floor.get(CountTask, each)
        sheet = floor.find(CountSheet, task.sheet) if task.state == "open" else None
        if sheet is None or not proven(floor.session, sheet):
            continue
        task.state = "done"
        if task.why == "recount":
            _supersede(floor, task)


def look_again(floor: Floor, operation: Operation[Any], event: PersonVouched) -> None:
    """Somebody has vouched for a person: what he counted may be what was asked for."""
    waiting = (
        select(CountTask)
        .join(CountSheet, CountSheet.id == CountTask.sheet)
        .where(
            CountTask.site == floor.site,
            CountTask.state == "open",
            CountSheet.counter == event.person,
            CountSheet.device == event.device,
        )
        .order_by(CountTask.id)
    )
    for task in floor.all(waiting):
        floor.touch(task)


def _supersede(floor: Floor, task: CountTask) -> None:
    """What was counted again need not be judged any more."""
    for sheet in floor.group(CountSheet, "recount", task.id):
        if sheet.state == "finished":
            sheet.state = "superseded"
            floor.touch(sheet)


def decided(floor: Floor, operation: Operation[Any], event: CountDecided) -> None:
    """A count that was approved is the count that was asked for, whoever made it."""
    sheet = floor.get(CountSheet, event.sheet)
    for task in open_tasks(floor, sheet.place):
        if event.approved and sheet.eff_at is not None and sheet.eff_at > task.asked_at:
            task.state, task.sheet = "done", sheet.id
        floor.touch(task)


def copy(floor: Floor, row: CountTask) -> Iterable[Copy]:
    """A place and who is not asked; nothing that tells of stock.

    That a doubt exists depends on a stock level: counters hear of it only if somebody asks them.
    """
    if row.state != "open":
        yield (OPEN_TO_COUNTERS, "count_task", row.id, None)
        yield (OPEN_TO_OTHERS, "count_task", row.id, None)
        return
    floor.write()
    known = known_of(floor.session, floor.site, row.place, asked_at=row.asked_at)
    why = "asked" if row.why == DOUBT else row.why
    body = {"id": row.id, "place": row.place, "why": why, "not_for": not_for(known)}
    doubted = row.why == DOUBT
    yield (OPEN_TO_COUNTERS, "count_task", row.id, None if doubted else body)
    yield (OPEN_TO_OTHERS, "count_task", row.id, body if doubted else None)
