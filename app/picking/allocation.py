"""What is free to be picked, as one query over balances, positions and reservations."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.items.models import Item
from app.kernel.clock import EPOCH
from app.ledger.models import Balance, UnitPosition
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
    held = set(
        floor.session.scalars(
            select(Hold.subject).where(Hold.site == floor.site, Hold.until.is_(None))
        )
    )
    direct = aliased(Location)
    through = aliased(Location)
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
    found: dict[str, list[Candidate]] = defaultdict(list)
    for balance, here, there, lot in rows:
        place: Location | None = here if here is not None else there
        if place is None or place.kind not in PICKABLE or place.blocked or place.id in without:
            continue
        free = balance.quantity - reserved[(balance.holder, balance.item, balance.lot)]
        item = floor.find(Item, balance.item)
        expiry = lot.expiry if lot else None
        if free <= 0 or {balance.lot, balance.holder} & held or item is None:
            continue
        if not usable(expiry, today, item.min_life_days):
            continue
        found[balance.item].append(
            Candidate(
                place=place.id,
                place_code=place.code,
                holder=balance.holder,
                lot=balance.lot,
                free=free,
                received_at=lot.eff_at if lot else EPOCH,
                expiry=expiry,
                x=place.x,
                y=place.y,
                z=place.z,
            )
        )
    return found


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
