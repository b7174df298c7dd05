"""A surplus that came loose and shows no lot: nothing can hold it but a place of its own."""

from typing import Any

from app.documents.models import PurchaseOrderLine
from app.events import Called, GoodsStored
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.operation import Operation

APART = frozenset({"quarantine", "suspense"})


def set_aside(floor: Floor, operation: Operation[Any], event: GoodsStored) -> None:
    """Goods of an over-received line were brought where nobody takes them from."""
    _count(floor, event, 1)


def call_off(floor: Floor, operation: Operation[Any], event: Called) -> None:
    """They were not set aside after all."""
    for stored in event.events:
        if isinstance(stored, GoodsStored):
            _count(floor, stored, -1)


def _count(floor: Floor, event: GoodsStored, sign: int) -> None:
    if event.lpn is not None or event.plan is None:
        return
    place = floor.find(Location, event.place)
    if place is None or place.kind not in APART:
        return
    line = floor.find(PurchaseOrderLine, event.plan)
    if line is not None and line.item == event.item:
        line.aside += sign * event.quantity
        floor.touch(line)
