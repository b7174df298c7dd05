"""Goods that were picked for an order nobody wants: a contradiction until they are back."""

from collections.abc import Collection
from typing import Any

from app.documents.models import SalesOrder, SalesOrderLine
from app.events import Called, GoodsStored
from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.models import OpenException
from app.pipeline.operation import Operation
from app.stock.models import HandlingUnit
from app.stock.totes import waiting


def not_put_back(floor: Floor, orders: Collection[SalesOrder]) -> set[tuple[str, str]]:
    """Name (order, item) whose goods are still in a tote of that order."""
    order_of = {tote["lpn"]: order.id for order in orders for tote in order.totes}
    if not order_of:
        return set()
    return {(order_of[row.tote], row.item) for row in waiting(floor.session, list(order_of))}


def surplus(floor: Floor, lines: Collection[SalesOrderLine]) -> dict[str, int]:
    """Per line: what was picked above the order and has not been taken out of its totes again."""
    over = [line for line in lines if line.picked > line.ordered]
    orders = {line.order: floor.get(SalesOrder, line.order) for line in over}
    in_totes = _in_totes(floor, orders.values()) if orders else {}
    found: dict[str, int] = {}
    for line in over:
        alike = [
            each
            for each in floor.group(SalesOrderLine, "order", line.order)
            if each.item == line.item
        ]
        wanted = sum(min(each.picked, each.ordered) for each in alike)
        left = in_totes.get((line.order, line.item), 0) - wanted
        found[line.id] = max(min(left, line.picked - line.ordered), 0)
    return found


def _in_totes(floor: Floor, orders: Collection[SalesOrder]) -> dict[tuple[str, str], int]:
    order_of = {tote["lpn"]: order.id for order in orders for tote in order.totes}
    found: dict[tuple[str, str], int] = {}
    for row in waiting(floor.session, list(order_of)):
        key = (order_of[row.tote], row.item)
        found[key] = found.get(key, 0) + row.quantity
    return found


def look_again(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """Goods left a tote, or a tote was moved: perhaps nothing waits in it now that should not."""
    tote = floor.find(HandlingUnit, event.holder or event.lpn)
    order = floor.find(SalesOrder, tote.order) if tote is not None else None
    if order is not None and (order.cancelled or event.holder is not None):
        floor.touch(order)
        for line in floor.group(SalesOrderLine, "order", order.id):
            floor.suspect("order_line", line.id)
            if line.picked > line.ordered:
                floor.touch_id(OpenException, derived(floor.site, f"over_pick|{line.id}"))


def look_again_called_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """The goods were not put back after all."""
    for stored in event.events:
        if isinstance(stored, GoodsStored):
            look_again(floor, operation, stored)
