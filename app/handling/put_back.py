"""Goods that were picked for an order nobody wants: a contradiction until they are back."""

from collections.abc import Collection
from typing import Any

from app.documents.models import SalesOrder, SalesOrderLine
from app.events import Called, GoodsStored
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation
from app.stock.models import HandlingUnit
from app.stock.totes import waiting


def not_put_back(floor: Floor, orders: Collection[SalesOrder]) -> set[tuple[str, str]]:
    """Name (order, item) whose goods are still in a tote of that order."""
    order_of = {tote["lpn"]: order.id for order in orders for tote in order.totes}
    if not order_of:
        return set()
    return {(order_of[row.tote], row.item) for row in waiting(floor.session, list(order_of))}


def look_again(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """Goods left a tote, or a tote was moved: its cancelled order may have nothing waiting now."""
    tote = floor.find(HandlingUnit, event.holder or event.lpn)
    order = floor.find(SalesOrder, tote.order) if tote is not None else None
    if order is not None and order.cancelled:
        floor.touch(order)
        for line in floor.group(SalesOrderLine, "order", order.id):
            floor.suspect("order_line", line.id)


def look_again_called_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """The goods were not put back after all."""
    for stored in event.events:
        if isinstance(stored, GoodsStored):
            look_again(floor, operation, stored)
