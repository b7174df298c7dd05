"""Carry goods or a handling unit from one place to another."""

from dataclasses import dataclass, field

from app.events import GoodsStored
from app.items.models import Item
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.postings import Holder, Position, Posting, place, unit
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.resolving.evidence import codes_here, codes_named, identity_flags, seen, unit_seen
from app.resolving.strange_tags import strange_tags
from app.work.models import PutawayPlan


@value
class Carried:
    """Payload of `putaway.put_away` and `moving.move`: goods, or a whole unit."""

    goods: Goods | None
    lpn: Ident | None
    source: Ident | None
    target: Ident
    reason: Ident | None
    scans: tuple[Scan, ...] = field(default=())


@dataclass(eq=False)
class NothingMoved(Problem):
    """A move must name goods or a unit, and goods must come from somewhere."""

    code = "moving.nothing"


def refs(payload: Carried) -> Refs:
    """Name what the handler will read."""
    goods = payload.goods
    return Refs(
        (
            (Location, payload.source),
            (Location, payload.target),
            (Item, goods.item if goods else None),
            (PutawayPlan, payload.lpn),
        ),
        named=codes_named(payload.scans) if goods else (),
        here=codes_here(payload.scans) if goods else (),
    )


def carry(floor: Floor, operation: Operation[Carried]) -> Outcome:
    """Carry goods or a unit to where they are wanted; the scanned source is evidence."""
    gesture = operation.payload
    target = floor.get(Location, gesture.target)
    if gesture.lpn is not None:
        return _unit(floor, gesture, gesture.lpn, operation.task)
    if gesture.goods is None:
        raise NothingMoved
    return _goods(floor, operation, gesture.goods, target)


def _strange(floor: Floor, gesture: Carried) -> list[Problem]:
    """Tags that a sled read with the load: where it stood, or where it was brought."""
    return strange_tags(floor, gesture.source or gesture.target, gesture.scans)


def _unit(floor: Floor, gesture: Carried, lpn: str, task: str | None) -> Outcome:
    target = gesture.target
    return Outcome(
        positions=(Position(lpn, "lpn", target, source=gesture.source),),
        events=(
            unit_seen(lpn, gesture.scans),
            GoodsStored(lpn, None, 0, gesture.source, target, task or lpn, effort=task is not None),
        ),
        flags=tuple(_strange(floor, gesture)),
    )


def _goods(floor: Floor, operation: Operation[Carried], goods: Goods, target: Location) -> Outcome:
    gesture = operation.payload
    floor.get(Item, goods.item)
    source = _source(gesture, goods)
    moved = Posting(
        source, place(target.id), goods.item, goods.lot or "", goods.quantity, goods.status
    )
    sighted = Position(goods.serial or "", "serial", target.id, source=source.id, item=goods.item)
    return Outcome(
        postings=() if goods.serial else (moved,),
        positions=(sighted,) if goods.serial else (),
        events=(
            *seen(operation, goods, gesture.scans),
            GoodsStored(
                None,
                goods.item,
                goods.quantity,
                gesture.source,
                target.id,
                operation.task,
                goods.lpn,
                goods.lot or "",
                goods.serial,
            ),
        ),
        flags=(*identity_flags(floor, goods, gesture.scans), *_strange(floor, gesture)),
    )


def _source(gesture: Carried, goods: Goods) -> Holder:
    if goods.lpn:
        return unit(goods.lpn)
    if gesture.source is None:
        raise NothingMoved
    return place(gesture.source)


def subject(payload: Carried) -> str | None:
    """What was carried: the unit, or the item."""
    if payload.lpn is not None:
        return payload.lpn
    return payload.goods.item if payload.goods else None
