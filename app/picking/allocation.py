"""What is free to be picked, as one query over balances, positions and reservations."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.db import Instant
from app.items.models import Item
from app.kernel.clock import EPOCH
from app.ledger.models import Balance, Entry, UnitPosition
from app.locations.models import Location
from app.picking.rules import Candidate, usable
from app.pipeline.floor import Floor
from app.stock.models import Hold, Lot
from app.work.models import PickLine

PICKABLE = ("bin", "pick_face", "reserve")


def candidates(
    floor: Floor, items: Collection[str], today: date, without: Collection[str] = ()
) -> dict[str, list[Candidate]]:
    """Per item, goods on hand in pickable places, less what is reserved or held or too old."""
    reserved = _reserved(floor, items)
    held = _held(floor)
    found: dict[str, list[Candidate]] = defaultdict(list)
    on_hand = list(_on_hand(floor, items))
    arrived = _arrived(floor, {balance.holder for balance, _, _ in on_hand}, items)
    for balance, place, lot in on_hand:
        if place.kind not in PICKABLE or place.blocked or place.id in without:
            continue
        free = balance.quantity - reserved[(balance.holder, balance.item, balance.lot)]
        item = floor.find(Item, balance.item)
        if free <= 0 or {balance.lot, balance.holder} & held or item is None:
            continue
        if usable(lot.expiry if lot else None, today, item.min_life_days):
            since = lot.eff_at if lot else arrived[(balance.holder, balance.item)]
            found[balance.item].append(_candidate(balance, place, lot, free, since))
    return found


def _on_hand(
    floor: Floor, items: Collection[str]
) -> Iterator[tuple[Balance, Location, Lot | None]]:
    """Available goods with the place they are in, directly or on a unit that stands there."""
    direct, through = aliased(Location), aliased(Location)
    rows = floor.session.execute(
        select(Balance, direct, through, Lot)
        .outerjoin(direct, direct.id == Balance.holder)
        .outerjoin(UnitPosition, UnitPosition.unit == Balance.holder)
        .outerjoin(through, through.id == UnitPosition.place)
        .outerjoin(Lot, Lot.id == Balance.lot)
        .where(
            Balance.site == floor.site,
            Balance.item.in_(items),
            Balance.status == "available",
            Balance.quantity > 0,
        )
    )
    for balance, here, there, lot in rows:
        place: Location | None = here if here is not None else there
        if place is not None:
            yield balance, place, lot


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


def _candidate(
    balance: Balance, place: Location, lot: Lot | None, free: int, since: datetime
) -> Candidate:
    return Candidate(
        place=place.id,
        place_code=place.code,
        holder=balance.holder,
        lot=balance.lot,
        free=free,
        received_at=since,
        expiry=lot.expiry if lot else None,
        x=place.x,
        y=place.y,
        z=place.z,
    )


def _held(floor: Floor) -> set[str]:
    holds = select(Hold.subject).where(Hold.site == floor.site, Hold.until.is_(None))
    return set(floor.session.scalars(holds))


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
