"""Receive a whole announced pallet with one scan of its SSCC."""

from collections import Counter
from dataclasses import field
from typing import Literal

from app.documents.models import AsnUnit, PurchaseOrderLine
from app.events import UnitReceived
from app.items.models import Item
from app.kernel.problem import Problem
from app.kernel.values import value
from app.ledger.postings import Position, Posting, place, unit
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Progress, Refs
from app.pipeline.schema import Ident
from app.receiving.flags import asn_changed, not_ordered
from app.receiving.rules import OpenLine, over_receipt, same_contents
from app.resolving.evidence import seen, unit_seen
from app.resolving.strange_tags import strange_tags
from app.work.models import PutawayPlan


@value
class ReceiveUnit:
    """Payload of `receiving.receive_unit`; `contents` is what the handheld's ASN row said."""

    asn: Ident | None
    lpn: Ident
    contents: tuple[Goods, ...]
    target: Ident
    condition: Literal["good", "damaged", "wrong_item"]
    reason: Ident | None
    photos: tuple[str, ...]
    scans: tuple[Scan, ...] = field(default=())


def refs(payload: ReceiveUnit) -> Refs:
    """Name what the handler will read."""
    return Refs(
        (
            (AsnUnit, payload.lpn),
            (PutawayPlan, payload.lpn),
            (Location, payload.target),
            *((Item, goods.item) for goods in payload.contents),
        )
    )


def receive_unit(floor: Floor, operation: Operation[ReceiveUnit]) -> Outcome:
    """Bring a pallet and everything on it from the supplier to the dock."""
    gesture = operation.payload
    dock = floor.get(Location, gesture.target)
    for goods in gesture.contents:
        floor.get(Item, goods.item)
    announced = floor.find(AsnUnit, gesture.lpn)

    flags = [*_judge(floor, gesture, announced), *strange_tags(floor, dock.id, gesture.scans)]

    return Outcome(
        postings=tuple(
            Posting(
                place(floor.supplier),
                unit(gesture.lpn),
                goods.item,
                goods.lot or "",
                goods.quantity,
                goods.status,
            )
            for goods in gesture.contents
            if not goods.serial
        ),
        positions=(
            Position(gesture.lpn, "lpn", dock.id),
            *(
                Position(goods.serial, "serial", gesture.lpn, item=goods.item)
                for goods in gesture.contents
                if goods.serial
            ),
        ),
        progress=tuple(_progress(floor, gesture, announced)),
        events=(
            unit_seen(gesture.lpn, gesture.scans),
            *(
                event
                for goods in gesture.contents
                for event in seen(operation, goods, gesture.scans, judged=True)
            ),
            UnitReceived(
                lpn=gesture.lpn,
                place=dock.id,
                status="damaged" if gesture.condition == "damaged" else "available",
            ),
        ),
        flags=tuple(flags),
    )


def _judge(floor: Floor, gesture: ReceiveUnit, announced: AsnUnit | None) -> list[Problem]:
    if announced is None:
        return [not_ordered(gesture.lpn)]
    changed = [] if _as_announced(gesture, announced) else [asn_changed(gesture.lpn)]
    return [*changed, *_too_much(floor, gesture, announced)]


def _as_announced(gesture: ReceiveUnit, announced: AsnUnit) -> bool:
    said = [
        (str(row["item"]), str(row.get("lot") or ""), int(row["quantity"]))
        for row in announced.contents
    ]
    came = [(goods.item, goods.lot or "", goods.quantity) for goods in gesture.contents]
    return same_contents(said, [(str(i), str(lot), n) for i, lot, n in came])


def _too_much(floor: Floor, gesture: ReceiveUnit, announced: AsnUnit) -> list[Problem]:
    """More than a line asks for; pieces with serials come one a row, and count together."""
    came: Counter[str] = Counter()
    for goods in gesture.contents:
        came[goods.item] += goods.quantity
    flags: list[Problem] = []
    for item_id, quantity in came.items():
        item, line = floor.get(Item, item_id), _line(floor, announced, item_id)
        if line is not None:
            before = OpenLine(line.ordered, line.received, item.over_receipt_percent)
            flag = over_receipt(item_id, before, quantity)
            flags += [flag] if flag else []
    return flags


def _line(floor: Floor, announced: AsnUnit, item: str) -> PurchaseOrderLine | None:
    named = announced.po_lines.get(item)
    return floor.find(PurchaseOrderLine, named) if named is not None else None


def _progress(floor: Floor, gesture: ReceiveUnit, announced: AsnUnit | None) -> list[Progress]:
    if announced is None:
        return []
    moved = [Progress(AsnUnit, announced.id, "received", 1)]
    for goods in gesture.contents:
        line = _line(floor, announced, goods.item)
        if line is not None:
            moved.append(Progress(PurchaseOrderLine, line.id, "received", goods.quantity))
            if gesture.condition == "damaged":
                moved.append(Progress(PurchaseOrderLine, line.id, "damaged", goods.quantity))
    return moved


KIND = Kind(
    "receiving.receive_unit",
    ReceiveUnit,
    receive_unit,
    fact=True,
    roles=frozenset({"receiver", "supervisor"}),
    refs=refs,
    subject=lambda payload: str(payload.lpn),
)
