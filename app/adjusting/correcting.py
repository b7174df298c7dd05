"""What all corrections share: judge what is named, write it down, post it or let it wait."""

from dataclasses import dataclass, field
from typing import Any, Literal

from app.adjusting.models import Adjustment
from app.adjusting.problems import (
    AwaitsApproval,
    LotNeeded,
    NoSuchItem,
    NoSuchPlace,
    NoSuchReason,
    SerialNeeded,
)
from app.adjusting.rules import limit_of, needs_approval, worth
from app.events import LotSeen, SerialSeen
from app.items.models import Item, Reason
from app.kernel.ids import derived
from app.ledger.postings import Holder, Position, Posting, place, unit
from app.locations.models import Location, Site
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Operation, Outcome, Refs
from app.pipeline.schema import Ident

OCCASIONS = frozenset({"adjust", "damaged"})  # reasons that explain a correction
ROLES = frozenset({"supervisor", "admin"})


@dataclass(frozen=True, slots=True)
class Correction:
    """Payload of `stock.scrap` and `stock.found`; `scans` spell out lots and serials."""

    place: Ident
    goods: Goods
    reason: Ident
    note: str | None = field(default=None, metadata={"max_length": 400})
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: Correction) -> Refs:
    """Name what the handler will read."""
    return Refs(((Item, payload.goods.item), (Location, payload.place), (Reason, payload.reason)))


def subject(payload: Correction) -> str:
    """The item."""
    return payload.goods.item


def correct(
    floor: Floor,
    operation: Operation[Any],
    asked: Correction,
    kind: Literal["adjust", "scrap", "found"],
    change: int,
) -> Outcome:
    """Write a correction down; above the site's limit nothing moves until somebody approves."""
    _judge(floor, asked)

    site, item = floor.find(Site, floor.site), floor.get(Item, asked.goods.item)
    pieces = asked.goods.quantity
    value = worth(pieces, item.cost)
    waits = needs_approval(pieces, value, limit_of(site.settings if site else {}))
    row = _written(floor, operation, asked, kind, change)
    row.value = value
    row.state = "requested" if waits else "posted"
    if waits:
        return Outcome(flags=(AwaitsApproval(),))

    postings, positions = movement(floor, row)
    return Outcome(postings=postings, positions=positions, events=_seen(asked))


def _judge(floor: Floor, asked: Correction) -> None:
    goods = asked.goods
    item, where = floor.find(Item, goods.item), floor.find(Location, asked.place)
    reason = floor.find(Reason, asked.reason)
    if item is None:
        raise NoSuchItem(item=goods.item)
    if where is None or where.kind == "virtual":
        raise NoSuchPlace(place=asked.place)
    if reason is None or reason.kind not in OCCASIONS:
        raise NoSuchReason(reason=asked.reason)
    if item.tracking == "lot" and goods.lot is None:
        raise LotNeeded(item=item.sku)
    if item.tracking == "serial" and (goods.serial is None or goods.quantity != 1):
        raise SerialNeeded(item=item.sku)


def _written(
    floor: Floor, operation: Operation[Any], asked: Correction, kind: str, change: int
) -> Adjustment:
    goods, key = asked.goods, operation.key
    row = Adjustment(
        id=derived(operation.id, "adjustment"),
        site=floor.site,
        kind=kind,
        place=asked.place,
        lpn=goods.lpn,
        item=goods.item,
        lot=goods.lot or "",
        serial=goods.serial,
        status=goods.status,
        change=change,
        reason=asked.reason,
        note=asked.note,
        asked_by=operation.actor,
        asked_at=operation.recorded_at,
        device=key.device,
        epoch=key.epoch,
        seq=key.seq,
        eff_at=key.eff_at,
    )
    floor.add(row)
    return row


def movement(floor: Floor, row: Adjustment) -> tuple[tuple[Posting, ...], tuple[Position, ...]]:
    """Say what a correction does to the ledger: a posting, or a sighting of a single piece."""
    held = unit(row.lpn) if row.lpn else place(row.place)
    beyond = place(floor.scrap if row.kind == "scrap" else floor.variance)
    if row.serial:
        return (), (_sighting(row, held, beyond),)
    source, target = (held, beyond) if row.change < 0 else (beyond, held)
    return (Posting(source, target, row.item, row.lot, abs(row.change), row.status),), ()


def _sighting(row: Adjustment, held: Holder, beyond: Holder) -> Position:
    serial = row.serial or ""
    if row.kind == "scrap":
        return Position(serial, "serial", beyond.id, source=held.id, item=row.item)
    what: Literal["at", "absent"] = "at" if row.change > 0 else "absent"
    return Position(serial, "serial", held.id, what=what, item=row.item)


def _seen(asked: Correction) -> tuple[object, ...]:
    goods = asked.goods
    scans = tuple((scan.data, scan.symbology) for scan in asked.scans)
    events: list[object] = []
    if goods.lot:
        events.append(LotSeen(goods.lot, goods.item, goods.expiry, scans))
    if goods.serial:
        events.append(SerialSeen(goods.serial, goods.item, scans, goods.status))
    return tuple(events)
