"""What lies in totes that is neither back in its place nor out of the house."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from app.among import among
from app.ledger.models import Balance, UnitPosition
from app.locations.models import Location

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
    """Return what is in these totes and still has to go somewhere."""
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
