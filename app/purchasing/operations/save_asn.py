"""Announce a delivery: pallets with their contents, and loose goods."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.documents.models import Asn, PurchaseOrder, Supplier
from app.documents.naming import asn_id
from app.events import DocumentSaved
from app.items.models import Item
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.purchasing.announced import (
    AnnouncedGoods,
    AnnouncedLine,
    AnnouncedUnit,
    Before,
    judge_lines,
    judge_units,
    write_lines,
    write_units,
)
from app.purchasing.lookup import known_item, known_supplier, lines_of
from app.purchasing.problems import NothingAnnounced, UnknownPurchaseOrder
from app.purchasing.rules import no_repeats
from app.stock.lots import name_lot


@dataclass(frozen=True, slots=True)
class SaveAsn:
    """Payload of `purchasing.save_asn`, with everything on the truck."""

    number: str = field(metadata={"min_length": 1, "max_length": 60})
    supplier: Ident | None
    purchase_order: Ident | None
    units: tuple[AnnouncedUnit, ...]
    lines: tuple[AnnouncedLine, ...]


def _goods(asked: SaveAsn) -> Iterator[AnnouncedGoods]:
    for unit in asked.units:
        yield from unit.contents
    for line in asked.lines:
        yield line.goods


def refs(payload: SaveAsn) -> Refs:
    """Name what the handler will read."""
    return Refs(
        (
            (Supplier, payload.supplier),
            (PurchaseOrder, payload.purchase_order),
            *((Item, goods.item) for goods in _goods(payload)),
        )
    )


def save_asn(floor: Floor, operation: Operation[SaveAsn]) -> Outcome:
    """Bring an announcement in, or up to date; what has come stays as it came."""
    asked = operation.payload
    _judge(floor, asked)
    key = asn_id(floor.site, asked.number)
    ordered = _order_lines(floor, asked.purchase_order)
    before = Before.of(floor, key)
    judge_units(floor, key, asked.units, before.units)
    judge_lines(key, asked.lines, before.lines)

    asn = floor.find(Asn, key) or Asn(
        id=key, site=floor.site, number=asked.number, status="announced"
    )
    asn.supplier, asn.purchase_order = asked.supplier, asked.purchase_order
    floor.add(asn)
    for goods in _goods(asked):
        if goods.lot is not None:
            name_lot(floor, operation.key, goods.item, goods.lot)
    write_units(floor, key, asked.units, before.units, ordered)
    write_lines(floor, key, asked.lines, before.lines, ordered)

    return Outcome(events=(DocumentSaved("asn", key),))


def _judge(floor: Floor, asked: SaveAsn) -> None:
    if not any(True for _ in _goods(asked)) or not all(unit.contents for unit in asked.units):
        raise NothingAnnounced
    no_repeats(unit.code for unit in asked.units)
    no_repeats(line.n for line in asked.lines)
    known_supplier(floor, asked.supplier)
    for goods in _goods(asked):
        known_item(floor, goods.item, goods.packaging)


def _order_lines(floor: Floor, order: str | None) -> dict[str, str]:
    """Say which line of the purchase order asks for an item; the first one if several do."""
    if order is None:
        return {}
    if floor.find(PurchaseOrder, order) is None:
        raise UnknownPurchaseOrder(purchase_order=order)
    found: dict[str, str] = {}
    for line in lines_of(floor, order).values():
        found.setdefault(line.item, line.id)
    return found


KIND = Kind(
    "purchasing.save_asn",
    SaveAsn,
    save_asn,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=refs,
    subject=lambda payload: str(payload.number),
)
