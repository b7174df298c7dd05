"""Take goods for an order line out of their place, into a tote."""

from dataclasses import field

from app.documents.models import SalesOrder, SalesOrderLine
from app.events import GoodsPicked
from app.items.models import Item
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.postings import Position, Posting, unit
from app.locations.models import Location
from app.picking.rules import HeldStockPicked, OverPick, PickForCancelled
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Progress, Refs
from app.pipeline.schema import Ident
from app.resolving.evidence import codes_here, codes_named, identity_flags, seen, unit_seen
from app.resolving.strange_tags import strange_tags
from app.stock.holds import held_now, hold_on
from app.stock.models import HandlingUnit
from app.work.models import PickLine


@value
class Pick:
    """Payload of `picking.pick`; `tote` = LPN of the tote in use for this order."""

    order_line: Ident
    goods: Goods
    source: Ident
    tote: Ident | None
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: Pick) -> Refs:
    """Name what the handler will read."""
    return Refs(
        (
            (SalesOrderLine, payload.order_line),
            (Item, payload.goods.item),
            (Location, payload.source),
            (HandlingUnit, payload.tote),
        ),
        groups=((PickLine, "order_line", payload.order_line),),
        named=codes_named(payload.scans),
        here=codes_here(payload.scans),
        through=(
            (SalesOrderLine, payload.order_line, "order", SalesOrder),
            (SalesOrderLine, payload.order_line, "order", HandlingUnit),
        ),
    )


def pick(floor: Floor, operation: Operation[Pick]) -> Outcome:
    """Move goods from their holder to the tote; without a tote they wait in the pack area."""
    gesture, goods = operation.payload, operation.payload.goods
    floor.get(Item, goods.item)
    source = floor.get(Location, gesture.source)
    line = floor.get(SalesOrderLine, gesture.order_line)
    order = floor.get(SalesOrder, line.order)

    flags = [
        *_judge(line, order, goods.quantity),
        *_held(floor, goods),
        *identity_flags(floor, goods, gesture.scans),
        *strange_tags(floor, source.id, gesture.scans),
    ]

    tote = gesture.tote or order.id  # an order without a tote is carried in the picker's arms
    held = goods.holder(source.id)
    moved = Posting(held, unit(tote), goods.item, goods.lot or "", goods.quantity, goods.status)
    positions = (
        (Position(goods.serial, "serial", tote, source=held.id, item=goods.item),)
        if goods.serial
        else ()
    )
    return Outcome(
        postings=() if goods.serial else (moved,),
        positions=positions,
        progress=(Progress(SalesOrderLine, line.id, "picked", goods.quantity),),
        events=(
            *seen(operation, goods, gesture.scans),
            unit_seen(tote, gesture.scans, order=order.id),
            GoodsPicked(
                order_line=line.id,
                source=source.id,
                holder=held.id,
                item=goods.item,
                lot=goods.lot or "",
                quantity=goods.quantity,
                tote=tote,
                serial=goods.serial,
            ),
        ),
        flags=tuple(flags),
    )


def _judge(line: SalesOrderLine, order: SalesOrder, quantity: int) -> list[Problem]:
    flags: list[Problem] = []
    if order.cancelled:
        flags.append(PickForCancelled(order=order.id))
    if line.picked + quantity > line.ordered:
        flags.append(OverPick(open=max(line.ordered - line.picked, 0), picked=quantity))
    return flags


def _held(floor: Floor, goods: Goods) -> list[Problem]:
    hold = hold_on(held_now(floor), (goods.lot, goods.lpn, goods.serial))
    return [HeldStockPicked(hold=hold.id)] if hold else []


KIND = Kind(
    "picking.pick",
    Pick,
    pick,
    fact=True,
    roles=frozenset({"picker", "supervisor"}),
    refs=refs,
    subject=lambda payload: str(payload.order_line),
)
