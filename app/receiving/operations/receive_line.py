"""Receive goods of one item, loose or into a handling unit."""

from dataclasses import field
from typing import Any, Literal

from app.documents.models import AsnLine, PurchaseOrderLine
from app.events import GoodsReceived
from app.items.models import Item
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.postings import Position, Posting, place
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Progress, Refs
from app.pipeline.schema import Ident
from app.receiving.flags import not_ordered
from app.receiving.rules import OpenLine, over_receipt
from app.resolving.evidence import codes_here, codes_named, identity_flags, seen
from app.resolving.strange_tags import strange_tags
from app.work.models import PutawayPlan


@value
class ReceiveLine:
    """Payload of `receiving.receive_line`."""

    po_line: Ident | None
    asn_line: Ident | None
    goods: Goods
    target: Ident
    condition: Literal["good", "damaged", "wrong_item"]
    reason: Ident | None
    photos: tuple[str, ...]
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: ReceiveLine) -> Refs:
    """Name what the handler will read."""
    return Refs(
        (
            (Item, payload.goods.item),
            (Location, payload.target),
            (PurchaseOrderLine, payload.po_line),
            (AsnLine, payload.asn_line),
            (PutawayPlan, payload.po_line),
        ),
        named=codes_named(payload.scans),
        here=codes_here(payload.scans),
    )


def receive_line(floor: Floor, operation: Operation[ReceiveLine]) -> Outcome:
    """Bring goods from the supplier to the dock, or onto a pallet that stands there."""
    gesture, goods = operation.payload, operation.payload.goods
    item = floor.get(Item, goods.item)
    dock = floor.get(Location, gesture.target)
    line = floor.find(PurchaseOrderLine, gesture.po_line)
    announced = floor.find(AsnLine, gesture.asn_line)

    flags = [
        *_judge(gesture, item, line),
        *identity_flags(floor, goods, gesture.scans),
        *strange_tags(floor, dock.id, gesture.scans),
    ]

    arrived = goods.holder(dock.id)
    posting = Posting(
        place(floor.supplier), arrived, goods.item, goods.lot or "", goods.quantity, goods.status
    )
    positions = []
    if goods.lpn:
        positions.append(Position(goods.lpn, "lpn", dock.id))
    if goods.serial:
        positions.append(Position(goods.serial, "serial", arrived.id, item=goods.item))

    return Outcome(
        postings=() if goods.serial else (posting,),
        positions=tuple(positions),
        progress=tuple(_progress(gesture, line, announced)),
        events=(
            *seen(operation, goods, gesture.scans, judged=True),
            GoodsReceived(
                item=goods.item,
                quantity=goods.quantity,
                place=dock.id,
                status=goods.status,
                lpn=goods.lpn,
                plan=line.id if line else None,
            ),
        ),
        flags=tuple(flags),
    )


def _judge(gesture: ReceiveLine, item: Item, line: PurchaseOrderLine | None) -> list[Problem]:
    if line is None or line.item != item.id:
        return [] if gesture.condition == "wrong_item" else [not_ordered(item.id)]
    before = OpenLine(line.ordered, line.received, item.over_receipt_percent)
    flag = over_receipt(item.id, before, gesture.goods.quantity)
    return [flag] if flag else []


def _progress(
    gesture: ReceiveLine, line: PurchaseOrderLine | None, announced: AsnLine | None
) -> list[Progress]:
    moved: list[Progress] = []
    quantity = gesture.goods.quantity
    if line is not None and line.item == gesture.goods.item:
        moved.append(Progress(PurchaseOrderLine, line.id, "received", quantity))
        if gesture.condition == "damaged":
            moved.append(Progress(PurchaseOrderLine, line.id, "damaged", quantity))
    if announced is not None and announced.item == gesture.goods.item:
        moved.append(Progress(AsnLine, announced.id, "received", quantity))
    return moved


def subject(payload: Any) -> str | None:  # noqa: ANN401
    """The line whose story this belongs to."""
    found: str | None = payload.po_line or payload.goods.item
    return found


KIND = Kind(
    "receiving.receive_line",
    ReceiveLine,
    receive_line,
    fact=True,
    roles=frozenset({"receiver", "supervisor"}),
    refs=refs,
    subject=subject,
)
