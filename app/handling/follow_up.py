"""Work that contradictions leave on the floor: it is done by ordinary gestures, which end it.

Goods of cancelled orders are told with their order, places to be counted with their count; the
rest is here.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.documents.copies import too_many
from app.documents.models import (
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
)
from app.items.models import Item
from app.kernel.clock import millis
from app.locations.models import Location
from app.pipeline.catalogue import entry
from app.pipeline.exceptions import TO_DO
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException, StoredOperation

STORIES = 5
# What a picker has to know of what others did with his line.
TOLD = ("picking.pick", "shipping.ship", "ordering.cancel_order", "quality.hold")
Copy = tuple[str, str, str, dict[str, Any] | None]


def copies(floor: Floor, row: OpenException) -> Iterable[Copy]:
    """The worker's own flagged work, and what somebody has to do about it."""
    yield from _todo(floor, row)
    if row.code == "over_pick":
        line = floor.find(SalesOrderLine, row.subject)
        order = floor.find(SalesOrder, line.order) if line else None
        yield from too_many(floor, order, wanted=not _to_be_done(row)) if order else ()
    elif row.code in WORK:
        role, work = WORK[row.code]
        yield (f"role:{role}", "follow_up", row.id, work(floor, row) if _to_be_done(row) else None)


def _todo(floor: Floor, row: OpenException) -> Iterable[Copy]:
    """Nothing that tells of stock; only handhelds have to-dos."""
    if row.device is None or len(row.device) != 36:  # noqa: PLR2004 - the length of an id
        return
    hidden = row.state != "open" or entry(row.code).silent
    yield (f"device:{row.device}", "todo", row.id, None if hidden else _flagged(floor, row))


def _flagged(floor: Floor, row: OpenException) -> dict[str, Any]:
    body: dict[str, Any] = {"id": row.id, "code": row.code, "subject": row.subject}
    line = floor.find(SalesOrderLine, row.subject) if row.family == "order_line" else None
    order = floor.find(SalesOrder, line.order) if line else None
    if line is None or order is None:
        return body
    stories = list(_stories(floor, row, order))
    return {**body, "item": line.item, "number": order.number, "stories": stories}


def _stories(floor: Floor, row: OpenException, order: SalesOrder) -> Iterable[dict[str, Any]]:
    """Both sides in the order in which it happened: who did what, and when; no figures."""
    named = {row.subject, row.detail.get("subject", row.subject), order.id, order.number}
    told = floor.session.execute(
        select(StoredOperation.kind, StoredOperation.device, StoredOperation.eff_at)
        .where(
            StoredOperation.stream == floor.site,
            StoredOperation.subject.in_(named),
            StoredOperation.kind.in_(TOLD),
            StoredOperation.alias.is_(False),
            StoredOperation.outcome.in_(("applied", "flagged")),
        )
        .order_by(StoredOperation.eff_at.desc(), StoredOperation.commit_seq.desc())
        .limit(STORIES)
    )
    for kind, device, at in reversed(told.all()):
        who = "you" if device == row.device else "office" if device == "office" else "other"
        yield {"kind": kind, "who": who, "at": millis(at)}


def _to_be_done(row: OpenException) -> bool:
    """While nobody has decided otherwise, and while hands have not done what was decided."""
    return row.state == "open" or (row.resolution in TO_DO and row.accepted is not None)


def _body(row: OpenException, what: str, **more: object) -> dict[str, Any]:
    empty = {"place": None, "item": None, "order": None, "number": None, "task": None}
    return {"id": row.id, "kind": what, "code": row.code, **empty, **more}


def _relocate(floor: Floor, row: OpenException) -> dict[str, Any] | None:
    """Something in this place must leave it; which of it, whoever stands there sees."""
    place = floor.find(Location, row.subject)
    return _body(row, "relocate", place=place.id, why=row.detail["rules"]) if place else None


def _set_aside(floor: Floor, row: OpenException) -> dict[str, Any] | None:
    """Loose goods without a lot: nothing else tells the surplus from what was ordered."""
    line = floor.find(PurchaseOrderLine, row.subject)
    item = floor.find(Item, line.item) if line else None
    order = floor.find(PurchaseOrder, line.order) if line else None
    done = row.detail.get("aside", 0) >= row.detail["over"]
    if line is None or item is None or item.tracking != "none" or done:
        return None
    number = order.number if order else None
    return _body(row, "set_aside", item=item.id, number=number, task=line.id)


def _stop_ship(floor: Floor, row: OpenException) -> dict[str, Any] | None:
    """Held goods are in a tote of this order: it does not leave before they are out."""
    line = floor.find(SalesOrderLine, row.subject)
    order = floor.find(SalesOrder, line.order) if line else None
    if line is None or order is None:
        return None
    return _body(row, "stop_ship", item=line.item, order=order.id, number=order.number)


WORK = {
    "rule_broken": ("receiver", _relocate),
    "over_receipt": ("receiver", _set_aside),
    "held_stock_picked": ("packer", _stop_ship),
}
