"""Stock by place and item, and the postings behind every number."""

from typing import Any

from flask import Blueprint, g, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.documents.models import CountSheet
from app.items.models import Item
from app.kernel.clock import millis
from app.kernel.problem import Problem
from app.ledger.models import Balance, Entry, UnitPosition
from app.locations.here import site_of
from app.locations.models import Location
from app.office.showing import in_question, noted
from app.stock.models import HandlingUnit, Lot
from app.web.access import Caller, for_people
from app.web.bodies import query_int
from app.web.fields import Id
from app.web.schemas import Strict

blueprint = Blueprint("stock", __name__, url_prefix="/api/v1")
READERS = ("supervisor", "admin", "planner", "picker", "receiver", "packer")
CHIEFS = frozenset({"supervisor", "admin"})


class Blind(Problem):
    """Somebody counts here: nobody else's number may reach him through you."""

    code = "counting.blind"
    status = 403


def counts_blind(caller: Caller) -> bool:
    """Who counts reads no quantities, unless deciding counts is the same person's duty."""
    return "counter" in caller.roles and not caller.roles & CHIEFS


class StockSchema(Strict):
    """Of a place, of an item, or both."""

    place = Id(load_default=None)
    item = Id(load_default=None)


@blueprint.get("/stock")
@for_people(*READERS)
def stock() -> dict[str, Any]:
    """Quantities on hand, by permission; never for a place that is being counted."""
    asked = StockSchema().load(
        {name: value for name, value in request.args.items() if name not in ("limit", "after")}
    )
    limit = query_int("limit", 100, 1, 500)
    after = query_int("after", 0, 0, 10**9)
    with snapshot() as session:
        site = site_of(session, g.caller)
        hidden = _hidden(session, site.id, g.caller)
        if asked["place"] in hidden:
            raise Blind
        rows = _rows(session, site.id, asked, limit + 1, after, hidden)
    noted(site, in_question("place"))
    return {"items": rows[:limit], "next": str(after + limit) if len(rows) > limit else None}


def _hidden(session: Session, site: str, caller: Caller) -> set[str]:
    """Places with an open count, unless a supervisor asks who has no line there."""
    if counts_blind(caller):
        raise Blind
    sheets = session.scalars(
        select(CountSheet).where(CountSheet.site == site, CountSheet.state == "counting")
    ).all()
    chief = bool(CHIEFS & caller.roles)
    return {s.place for s in sheets if not chief or s.counter == caller.id}


def _rows(
    session: Session,
    site: str,
    asked: dict[str, Any],
    limit: int,
    after: int,
    hidden: set[str],
) -> list[dict[str, Any]]:
    query = (
        select(Balance, Item, Lot, Location, HandlingUnit, UnitPosition)
        .join(Item, Item.id == Balance.item)
        .outerjoin(Lot, Lot.id == Balance.lot)
        .outerjoin(UnitPosition, UnitPosition.unit == Balance.holder)
        .outerjoin(Location, (Location.id == Balance.holder) | (Location.id == UnitPosition.place))
        .outerjoin(HandlingUnit, HandlingUnit.id == Balance.holder)
        .where(Balance.site == site, Balance.quantity != 0)
        .where((Location.id.is_(None)) | (Location.kind != "virtual"))
    )
    if hidden:
        query = query.where((Location.id.is_(None)) | (Location.id.not_in(hidden)))
    if asked["place"]:
        query = query.where(Location.id == asked["place"])
    if asked["item"]:
        query = query.where(Balance.item == asked["item"])
    found = session.execute(
        query.order_by(Location.code, Item.sku, Balance.lot, Balance.status)
        .offset(after)
        .limit(limit)
    )
    return [
        {
            "place": place.id if place else None,
            "place_code": place.code if place else None,
            "lpn": unit.id if unit else None,
            "lpn_code": unit.code if unit else None,
            "item": item.id,
            "sku": item.sku,
            "name": item.name,
            "lot": balance.lot or None,
            "lot_code": lot.code if lot else None,
            "expiry": lot.expiry if lot else None,
            "status": balance.status,
            "quantity": balance.quantity,
        }
        for balance, item, lot, place, unit, _ in found
    ]


class LedgerSchema(Strict):
    """Which key's postings."""

    holder = Id(required=True)
    item = Id(required=True)


@blueprint.get("/stock/ledger")
@for_people("supervisor", "admin", "planner")
def ledger() -> dict[str, Any]:
    """The entries behind a number, newest first."""
    asked = LedgerSchema().load(
        {name: value for name, value in request.args.items() if name not in ("limit", "after")}
    )
    limit = query_int("limit", 100, 1, 500)
    after = query_int("after", 0, 0, 10**9)
    with snapshot() as session:
        site = site_of(session, g.caller)
        if asked["holder"] in _hidden(session, site.id, g.caller):
            raise Blind
        rows = session.scalars(
            select(Entry)
            .where(
                Entry.site == site.id,
                Entry.holder == asked["holder"],
                Entry.item == asked["item"],
            )
            .order_by(Entry.eff_at.desc(), Entry.commit_seq.desc(), Entry.n)
            .offset(after)
            .limit(limit + 1)
        ).all()
    noted(site, {asked["holder"]})
    items = [
        {
            "operation": row.operation,
            "kind": row.kind,
            "lot": row.lot or None,
            "status": row.status,
            "quantity": row.quantity,
            "eff_at": millis(row.eff_at),
            "recorded_at": millis(row.recorded_at),
            "commit_seq": row.commit_seq,
        }
        for row in rows[:limit]
    ]
    return {"items": items, "next": str(after + limit) if len(rows) > limit else None}
