"""Goods that were picked for an order nobody wants any more, and the totes they wait in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from app.among import among
from app.documents.models import SalesOrder, SalesOrderLine
from app.events import Called, GoodsStored
from app.ledger.models import Balance, UnitPosition
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.stock.models import HandlingUnit

# A tote that stands there is stock again, or has left the house.
SETTLED = frozenset({"bin", "pick_face", "reserve", "virtual"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """So much of an item in a tote; `place` is None while it is on a trolley."""

    tote: str
    place: str | None
    item: str
    lot: str
    quantity: int


def waiting(session: Session, totes: Collection[str]) -> list[Waiting]:
    """Return what is in these totes and not yet back in its place, or out of the house."""
    held = union_all(
        select(Balance.holder.label("tote"), Balance.item, Balance.lot, Balance.quantity).where(
            among(Balance.holder, totes), Balance.quantity > 0
        ),
        select(UnitPosition.place, UnitPosition.item, literal(""), literal(1)).where(
            among(UnitPosition.place, totes), UnitPosition.kind == "serial"
        ),
    ).subquery()
    rows = session.execute(
        select(held, Location.code, Location.kind)
        .outerjoin(UnitPosition, UnitPosition.unit == held.c.tote)
        .outerjoin(Location, Location.id == UnitPosition.place)
        .order_by(held.c.tote, held.c.item, held.c.lot)
    )
    return [
        Waiting(tote, code, item, lot, int(quantity))
        for tote, item, lot, quantity, code, kind in rows
        if kind not in SETTLED
    ]


def totes_of(order: SalesOrder) -> list[str]:
    """Name the totes that were used for an order."""
    return [tote["lpn"] for tote in order.totes]


def not_put_back(floor: Floor, orders: Collection[SalesOrder]) -> set[tuple[str, str]]:
    """Name (order, item) whose goods are still in a tote of that order."""
    order_of = {tote: order.id for order in orders for tote in totes_of(order)}
    if not order_of:
        return set()
    return {(order_of[row.tote], row.item) for row in waiting(floor.session, list(order_of))}


def look_again(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """Goods left a tote, or a tote was moved: its cancelled order may have nothing waiting now."""
    tote = floor.find(HandlingUnit, event.holder or event.lpn)
    order = floor.find(SalesOrder, tote.order) if tote is not None else None
    if order is not None and order.cancelled:
        for line in floor.group(SalesOrderLine, "order", order.id):
            floor.suspect("order_line", line.id)


def look_again_called_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """The goods were not put back after all."""
    for stored in event.events:
        if isinstance(stored, GoodsStored):
            look_again(floor, operation, stored)
