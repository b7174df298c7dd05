"""Say what lies in a place on the day the ledger begins."""

from dataclasses import dataclass, field

from app.events import LotSeen, SerialSeen, UnitSeen
from app.items.models import Item
from app.kernel.ids import derived
from app.ledger.postings import Position, Posting, place
from app.locations.models import Location
from app.opening.problems import (
    ExpiryMissing,
    LotMissing,
    SerialMissing,
    SpelledDifferently,
    UnknownItem,
    UnknownPlace,
)
from app.pipeline.floor import Floor
from app.pipeline.goods import Goods
from app.pipeline.operation import Kind, Operation, Outcome, Refs
from app.pipeline.schema import Ident
from app.stock.lots import name_lot
from app.stock.models import HandlingUnit, Serial


@dataclass(frozen=True, slots=True)
class OpenStock:
    """Payload of `stock.open_stock`; the codes spell out what the ids in `goods` stand for."""

    place: Ident
    goods: Goods
    lot_code: str | None = field(default=None, metadata={"min_length": 1, "max_length": 80})
    serial_code: str | None = field(default=None, metadata={"min_length": 1, "max_length": 80})
    unit_code: str | None = field(default=None, metadata={"min_length": 1, "max_length": 60})


def refs(payload: OpenStock) -> Refs:
    """Name what the handler will read."""
    return Refs(((Item, payload.goods.item), (Location, payload.place)))


def open_stock(floor: Floor, operation: Operation[OpenStock]) -> Outcome:
    """Put goods on the books: the difference to nothing is a variance like any other."""
    asked, goods = operation.payload, operation.payload.goods
    _judge(floor, asked)
    _spell(floor, operation)

    held = goods.holder(asked.place)
    posting = Posting(
        place(floor.variance), held, goods.item, goods.lot or "", goods.quantity, goods.status
    )
    positions = []
    if goods.lpn:
        positions.append(Position(goods.lpn, "lpn", asked.place))
    if goods.serial:
        positions.append(Position(goods.serial, "serial", held.id, item=goods.item))

    return Outcome(
        postings=() if goods.serial else (posting,),
        positions=tuple(positions),
        events=tuple(_seen(goods)),
    )


def _judge(floor: Floor, asked: OpenStock) -> None:
    item, where = floor.find(Item, asked.goods.item), floor.find(Location, asked.place)
    if item is None:
        raise UnknownItem(item=asked.goods.item)
    if where is None or where.kind == "virtual":
        raise UnknownPlace(place=asked.place)
    if item.tracking == "lot" and asked.goods.lot is None:
        raise LotMissing(item=item.sku)
    if item.tracking == "serial" and (asked.goods.serial is None or asked.goods.quantity != 1):
        raise SerialMissing(item=item.sku)
    if item.expiry_required and asked.goods.expiry is None:
        raise ExpiryMissing(item=item.sku)


def _spell(floor: Floor, operation: Operation[OpenStock]) -> None:
    """Keep the spelling of lot, serial and unit: there is no scan from which to learn it."""
    asked, goods = operation.payload, operation.payload.goods
    for identity, parent, code in (
        (goods.lot, goods.item, asked.lot_code),
        (goods.serial, goods.item, asked.serial_code),
        (goods.lpn, floor.site, asked.unit_code),
    ):
        if code is not None and identity != derived(parent, code):
            raise SpelledDifferently(spelled=code)
    if asked.lot_code:
        name_lot(floor, operation.key, goods.item, asked.lot_code)
    if asked.serial_code and goods.serial and floor.find(Serial, goods.serial) is None:
        floor.add(Serial(id=goods.serial, site=floor.site, item=goods.item, code=asked.serial_code))
    if asked.unit_code and goods.lpn and floor.find(HandlingUnit, goods.lpn) is None:
        floor.add(HandlingUnit(id=goods.lpn, site=floor.site, code=asked.unit_code, kind="unit"))


def _seen(goods: Goods) -> list[object]:
    events: list[object] = []
    if goods.lot:
        events.append(LotSeen(goods.lot, goods.item, goods.expiry, ()))
    if goods.serial:
        events.append(SerialSeen(goods.serial, goods.item, (), goods.status))
    if goods.lpn:
        events.append(UnitSeen(goods.lpn, ()))
    return events


KIND = Kind(
    "stock.open_stock",
    OpenStock,
    open_stock,
    fact=False,
    roles=frozenset({"supervisor", "planner", "admin"}),
    refs=refs,
    subject=lambda payload: str(payload.goods.item),
)
