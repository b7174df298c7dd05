"""Visits that nobody has dealt with, and what the book says of their tags: bounded set queries."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.among import among
from app.documents.models import Asn, AsnUnit, SalesOrder
from app.items.models import Item
from app.kernel.clock import now
from app.kernel.values import value
from app.ledger.models import UnitPosition
from app.locations.models import Location
from app.readers.models import OPEN, TagVisit
from app.stock.models import HandlingUnit

SHOWN_FOR = timedelta(days=7)
MOST = 2_000  # visits of one look, the latest


@value
class Announced:
    """A pallet that is on its way."""

    asn: str
    number: str
    code: str
    contents: tuple[dict[str, Any], ...]


@value
class Standing:
    """Where the book has something: in which place, since when, and in which unit."""

    place: str | None
    kind: str
    code: str
    since: datetime
    unit: str | None


@value
class Tote:
    """A unit of an order."""

    unit: str
    code: str
    order: str


@value
class Order:
    """An order that has something to do with these tags."""

    id: str
    number: str
    customer: str
    status: str


@value
class Facts:
    """Everything the judgement may ask."""

    visits: tuple[TagVisit, ...]
    places: dict[str, tuple[str, str]]  # id → code, kind
    announced: dict[str, Announced]
    standing: dict[str, Standing]
    totes: dict[str, Tote]  # by unit, and by the printed code
    orders: dict[str, Order]
    items: dict[str, tuple[str, str, str]]  # id → SKU, name, tracking


def facts_of(session: Session, site: str) -> Facts:
    """Read what was seen lately and is open."""
    visits = tuple(
        session.scalars(
            select(TagVisit)
            .where(
                TagVisit.site == site,
                TagVisit.state == OPEN,
                TagVisit.last_at > now() - SHOWN_FOR,
            )
            .order_by(TagVisit.last_at.desc(), TagVisit.id)
            .limit(MOST)
        )
    )
    subjects = {visit.subject for visit in visits if visit.subject}
    codes = {visit.code for visit in visits if visit.kind == "unit" and visit.code}
    totes = _totes(session, site, subjects, codes)
    standing = _standing(session, subjects | {tote.unit for tote in totes})
    holding = {row.unit for row in standing.values() if row.unit}
    totes += _totes(session, site, holding, set())
    orders = _orders(session, {tote.order for tote in totes})
    totes += _of_orders(session, set(orders))
    standing |= _standing(session, {tote.unit for tote in totes} - standing.keys())
    announced = _announced(session, subjects)
    items = {visit.item for visit in visits if visit.item}
    items |= {row["item"] for unit in announced.values() for row in unit.contents}
    return Facts(
        visits=visits,
        places=_places(session, {visit.place for visit in visits}),
        announced=announced,
        standing=standing,
        totes={key: tote for tote in totes for key in (tote.unit, f"code:{tote.code}")},
        orders=orders,
        items=_items(session, items),
    )


def _places(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = session.execute(
        select(Location.id, Location.code, Location.kind).where(among(Location.id, set(ids)))
    )
    return {key: (code, kind) for key, code, kind in rows}


def _announced(session: Session, units: set[str]) -> dict[str, Announced]:
    rows = session.execute(
        select(AsnUnit, Asn.number)
        .join(Asn, Asn.id == AsnUnit.asn)
        .where(among(AsnUnit.id, units), AsnUnit.received == 0)
    )
    return {
        unit.id: Announced(unit.asn, number, unit.code, tuple(unit.contents))
        for unit, number in rows
    }


def _standing(session: Session, subjects: set[str]) -> dict[str, Standing]:
    """Where each is; what lies in a unit is where the unit is."""
    found = _positions(session, subjects)
    inside = {row.place for row in found.values()}
    places = _places(session, inside)
    holders = _positions(session, inside - places.keys())
    places |= _places(session, {row.place for row in holders.values()})
    standing: dict[str, Standing] = {}
    for key, row in found.items():
        holder = holders.get(row.place)
        place = holder.place if holder else row.place
        code, kind = places.get(place, ("", ""))
        since = max(row.since, holder.since) if holder else row.since
        unit = None if row.place in places else row.place
        standing[key] = Standing(place if kind else None, kind, code, since, unit)
    return standing


def _positions(session: Session, units: set[str]) -> dict[str, UnitPosition]:
    rows = session.scalars(select(UnitPosition).where(among(UnitPosition.unit, units)))
    return {row.unit: row for row in rows}


def _totes(session: Session, site: str, units: set[str], codes: set[str]) -> list[Tote]:
    """Units of orders, by id or by what is printed on them."""
    rows = session.scalars(
        select(HandlingUnit).where(
            HandlingUnit.site == site,
            HandlingUnit.order.is_not(None),
            among(HandlingUnit.id, units) | among(HandlingUnit.code, codes),
        )
    )
    return [Tote(row.id, row.code or row.id, str(row.order)) for row in rows]


def _of_orders(session: Session, orders: set[str]) -> list[Tote]:
    """All units of these orders: what was not read is told, too."""
    rows = session.scalars(select(HandlingUnit).where(among(HandlingUnit.order, orders)))
    return [Tote(row.id, row.code or row.id, str(row.order)) for row in rows]


def _orders(session: Session, ids: set[str]) -> dict[str, Order]:
    rows = session.scalars(select(SalesOrder).where(among(SalesOrder.id, ids)))
    return {row.id: Order(row.id, row.number, row.customer_name, row.status) for row in rows}


def _items(session: Session, ids: set[str]) -> dict[str, tuple[str, str, str]]:
    rows = session.execute(
        select(Item.id, Item.sku, Item.name, Item.tracking).where(among(Item.id, ids))
    )
    return {key: (sku, name, tracking) for key, sku, name, tracking in rows}
