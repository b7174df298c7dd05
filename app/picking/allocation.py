"""What is free to be picked, as one query over balances, positions and reservations."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, literal, null, select
from sqlalchemy.orm import aliased

from app.db import Instant
from app.items.models import Item
from app.kernel.clock import EPOCH
from app.kernel.values import value
from app.ledger.models import Balance, Entry, UnitPosition
from app.locations.models import Location
from app.picking.rules import Candidate, usable
from app.pipeline.floor import Floor
from app.stock.holds import held_now
from app.stock.models import Lot, Serial
from app.work.models import PickLine

PICKABLE = ("bin", "pick_face", "reserve")


@value
class OnHand:
    """Available goods and the place they are in, directly or on a unit that stands there."""

    holder: str
    item: str
    lot: str
    quantity: int
    place: str
    place_code: str
    kind: str
    blocked: bool
    x: int
    y: int
    z: int
    expiry: str | None
    since: datetime | None  # of a lot


def candidates(
    floor: Floor, items: Collection[str], today: date, without: Collection[str] = ()
) -> dict[str, list[Candidate]]:
    """Per item, goods on hand in pickable places, less what is reserved or held or too old."""
    floor.write()
    reserved = _reserved(floor, items)
    held = held_now(floor).keys()
    found: dict[str, list[Candidate]] = defaultdict(list)
    on_hand = _on_hand(floor, items)
    arrived = _arrived(floor, {goods.holder for goods in on_hand}, items)
    for goods in on_hand:
        if goods.kind not in PICKABLE or goods.blocked or goods.place in without:
            continue
        free = goods.quantity - reserved[(goods.holder, goods.item, goods.lot)]
        item = floor.find(Item, goods.item)
        if free <= 0 or {goods.lot, goods.holder} & held or item is None:
            continue
        if usable(goods.expiry, today, item.min_life_days):
            since = goods.since or arrived[(goods.holder, goods.item)]
            found[goods.item].append(_candidate(goods, free, since))
    return found


def _on_hand(floor: Floor, items: Collection[str]) -> list[OnHand]:
    """What is in places, and on units that stand in places."""
    goods = (Balance.holder, Balance.item, Balance.lot, Balance.quantity)
    where = (Location.id, Location.code, Location.kind, Location.blocked)
    spot = (Location.x, Location.y, Location.z)
    available = (
        Balance.site == floor.site,
        Balance.item.in_(items),
        Balance.status == "available",
        Balance.quantity > 0,
    )
    loose = (
        select(*goods, *where, *spot, Lot.expiry, Lot.eff_at)
        .join(Location, Location.id == Balance.holder)
        .outerjoin(Lot, Lot.id == Balance.lot)
        .where(*available)
    )
    on_units = (
        select(*goods, *where, *spot, Lot.expiry, Lot.eff_at)
        .join(UnitPosition, UnitPosition.unit == Balance.holder)
        .join(Location, Location.id == UnitPosition.place)
        .outerjoin(Lot, Lot.id == Balance.lot)
        .where(*available)
    )
    rows = [tuple(row) for query in (loose, on_units) for row in floor.session.execute(query)]
    return [*(OnHand(*row) for row in rows), *_single_pieces(floor, items)]


def _single_pieces(floor: Floor, items: Collection[str]) -> list[OnHand]:
    """Goods with serials are in no balance: each piece is where its history puts it."""
    known = {item: floor.find(Item, item) for item in items}
    serial = [item for item, row in known.items() if row is not None and row.tracking == "serial"]
    if not serial:
        return []
    where = (Location.id, Location.code, Location.kind, Location.blocked)
    spot = (Location.x, Location.y, Location.z)
    unit = aliased(UnitPosition)
    mine = (UnitPosition.site == floor.site, UnitPosition.kind == "serial")
    goods = (UnitPosition.place, UnitPosition.item, literal(""), func.count())
    age = (null(), func.min(UnitPosition.since, type_=Instant))
    alike = (UnitPosition.place, UnitPosition.item, *where, *spot)
    fit = (UnitPosition.item.in_(serial), Serial.status == "available")
    known_as = Serial.id == UnitPosition.unit
    pieces = select(*goods, *where, *spot, *age).join(Serial, known_as).where(*mine, *fit)
    loose = pieces.join(Location, Location.id == UnitPosition.place)
    on_units = pieces.join(unit, unit.unit == UnitPosition.place).join(
        Location, Location.id == unit.place
    )
    return [
        OnHand(*tuple(row))
        for query in (loose, on_units)
        for row in floor.session.execute(query.group_by(*alike))
    ]


def _arrived(
    floor: Floor, holders: Collection[str], items: Collection[str]
) -> dict[tuple[str, str], datetime]:
    """When goods without a lot first came to where they are: their age for FIFO and LIFO."""
    rows = floor.session.execute(
        select(Entry.holder, Entry.item, func.min(Entry.eff_at, type_=Instant))
        .where(
            Entry.holder.in_(holders),
            Entry.item.in_(items),
            Entry.lot == "",
            Entry.quantity > 0,
        )
        .group_by(Entry.holder, Entry.item)
    )
    return defaultdict(lambda: EPOCH, {(holder, item): since for holder, item, since in rows})


def _candidate(goods: OnHand, free: int, since: datetime) -> Candidate:
    return Candidate(
        place=goods.place,
        place_code=goods.place_code,
        holder=goods.holder,
        lot=goods.lot,
        free=free,
        received_at=since,
        expiry=goods.expiry,
        x=goods.x,
        y=goods.y,
        z=goods.z,
    )


def _reserved(floor: Floor, items: Collection[str]) -> dict[tuple[str, str, str], int]:
    rows = floor.session.execute(
        select(
            PickLine.holder,
            PickLine.item,
            PickLine.lot,
            func.sum(PickLine.quantity - PickLine.picked),
        )
        .where(
            PickLine.site == floor.site,
            PickLine.item.in_(items),
            PickLine.closed.is_(False),
        )
        .group_by(PickLine.holder, PickLine.item, PickLine.lot)
    )
    reserved: dict[tuple[str, str, str], int] = defaultdict(int)
    for holder, item, lot, quantity in rows:
        reserved[(holder, item, lot)] = int(quantity)
    return reserved
