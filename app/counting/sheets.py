"""Count sheets as they grow: lines, the moment of finishing, and what a decision anchors."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.documents.models import CountLine, CountSheet
from app.events import BinFinished, Called, LineCounted
from app.kernel.ids import derived
from app.ledger.anchors import Anchored
from app.ledger.postings import EffKey, place, unit
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation


def write_line(floor: Floor, operation: Operation[Any], event: LineCounted) -> None:
    """Add a line; its id is the operation's, so that a void can take it back."""
    sheet = _sheet(floor, operation, event.sheet, event.place)
    floor.new(
        CountLine,
        id=derived(operation.id, "line"),
        site=floor.site,
        sheet=sheet.id,
        holder=event.holder,
        lpn=event.lpn,
        item=event.item,
        lot=event.lot,
        serial=event.serial,
        quantity=event.quantity,
        voided=False,
    )


def finish(floor: Floor, operation: Operation[Any], event: BinFinished) -> None:
    """Close the sheet at its moment."""
    sheet = _sheet(floor, operation, event.sheet, event.place)
    if sheet.eff_at is None:
        key = operation.key
        sheet.eff_at, sheet.device, sheet.epoch, sheet.seq = key[:4]
        sheet.empty, sheet.state = event.empty, "finished"


def _sheet(floor: Floor, operation: Operation[Any], sheet_id: str, place_id: str) -> CountSheet:
    """A sheet is one place: what names another under the same sheet makes a sheet of its own."""
    sheet = floor.find(CountSheet, sheet_id)
    if sheet is not None and sheet.place != place_id:
        sheet_id = derived(sheet_id, place_id)
        sheet = floor.find(CountSheet, sheet_id)
    if sheet is None:
        sheet = floor.new(
            CountSheet,
            id=sheet_id,
            site=floor.site,
            place=place_id,
            state="counting",
            counter=operation.actor,
            empty=False,
            started_at=operation.key.eff_at,
        )
    sheet.started_at = min(sheet.started_at, operation.key.eff_at)
    sheet.u = max(sheet.u, operation.u)
    floor.touch(sheet)
    return sheet


def lines_of(floor: Floor, sheet: str) -> list[CountLine]:
    """Return what a sheet says, without what was called off."""
    return floor.all(select(CountLine).where(CountLine.sheet == sheet, CountLine.voided.is_(False)))


def moment(sheet: CountSheet) -> EffKey:
    """x_count: the effective key of finishing the bin."""
    if sheet.eff_at is None or sheet.device is None:
        raise ValueError("still counting")
    return EffKey(sheet.eff_at, sheet.device, sheet.epoch or 0, sheet.seq or 0)


def anchors_of(sheet: CountSheet, lines: list[CountLine]) -> tuple[Anchored, ...]:
    """What approving a sheet anchors: the place whole, and every unit whose goods were counted."""
    at = moment(sheet)._replace(part=1)
    counted: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    sighted: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.lpn:
            sighted[sheet.place].add(line.lpn)
        holder = line.holder or sheet.place
        if holder != sheet.place:
            sighted[sheet.place].add(holder)
        if line.serial:
            sighted[holder].add(line.serial)
        elif line.item:
            counted[holder][(line.item, line.lot)] += line.quantity
    holders = {sheet.place, *counted, *sighted}
    return tuple(
        Anchored(
            sheet=sheet.id,
            holder=place(holder) if holder == sheet.place else unit(holder),
            key=at,
            counted=dict(counted[holder]),
            units=tuple(sorted(sighted[holder])),
        )
        for holder in sorted(holders)
    )


def call_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """A line that was called off was not seen."""
    if not any(isinstance(meant, LineCounted) for meant in event.events):
        return
    line = floor.find(CountLine, derived(event.operation, "line"))
    if line is not None:
        line.voided = True
        floor.touch(line)
