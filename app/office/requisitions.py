"""Requisitions: a requester sees his own and where they stand, a supervisor sees all."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, g, request
from marshmallow.validate import Length, OneOf
from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from app.among import among
from app.db import snapshot
from app.documents.models import SalesOrder
from app.items.models import Item
from app.kernel.clock import millis
from app.locations.here import site_of
from app.office.finding import items_like
from app.people.models import Person
from app.requisitions.models import Requisition
from app.web.access import for_people
from app.web.bodies import query_int
from app.web.fields import Text
from app.web.schemas import Strict

blueprint = Blueprint("requisitions", __name__, url_prefix="/api/v1/requisitions")
ASKERS = ("requester", "supervisor", "planner", "admin")
OVERSEERS = frozenset({"supervisor", "planner", "admin"})
STATES = ("requested", "approved", "rejected")
# How far an order is, in words that tell nothing of what lies in the bins.
PROGRESS = {
    "picking": "preparing",
    "picked": "preparing",
    "staged": "preparing",
    "shipped": "shipped",
    "part_shipped": "shipped",
    "cancelled": "cancelled",
}


class RequisitionsSchema(Strict):
    """Which requisitions."""

    state = Text(load_default="requested", validate=OneOf((*STATES, "all")))
    after = Text(load_default="")
    limit = Text(load_default="")


@blueprint.get("")
@for_people(*ASKERS)
def requisitions() -> dict[str, Any]:
    """List requisitions, the newest first."""
    asked = RequisitionsSchema().load(request.args.to_dict())
    limit, after = query_int("limit", 50, 1, 200), query_int("after", 0, 0, 10**9)
    own = None if OVERSEERS & g.caller.roles else g.caller.id
    with snapshot() as session:
        site = site_of(session, g.caller)
        rows = _rows(session, site.id, asked["state"], own, (after, limit + 1))
        items = _items(session, rows[:limit])
        found = [_shape(row, items, g.caller.id) for row in rows[:limit]]
    return {"items": found, "next": str(after + limit) if len(rows) > limit else None}


def _rows(
    session: Session, site: str, state: str, own: str | None, page: tuple[int, int]
) -> list[Row[Any]]:
    asker, decider = aliased(Person), aliased(Person)
    query = (
        select(
            Requisition, SalesOrder.status, asker.name.label("asker"), decider.name.label("decider")
        )
        .outerjoin(SalesOrder, SalesOrder.id == Requisition.order)
        .outerjoin(asker, asker.id == Requisition.asked_by)
        .outerjoin(decider, decider.id == Requisition.decided_by)
        .where(Requisition.site == site)
        .order_by(Requisition.asked_at.desc(), Requisition.id)
    )
    if state != "all":
        query = query.where(Requisition.state == state)
    if own is not None:
        query = query.where(Requisition.asked_by == own)
    return list(session.execute(query.offset(page[0]).limit(page[1])))


def _items(session: Session, rows: Iterable[Row[Any]]) -> dict[str, Any]:
    named = {line["item"] for row in rows for line in row[0].lines}
    found = session.execute(select(Item.id, Item.sku, Item.name).where(among(Item.id, named)))
    return {item.id: item for item in found}


def _shape(row: Row[Any], items: dict[str, Any], caller: str) -> dict[str, Any]:
    asked: Requisition = row[0]
    return {
        "id": asked.id,
        "number": asked.number,
        "state": asked.state,
        "progress": PROGRESS.get(row.status, "waiting") if asked.order else None,
        "for_whom": asked.for_whom,
        "wanted_by": millis(asked.wanted_by) if asked.wanted_by else None,
        "note": asked.note,
        "lines": [
            {**line, "sku": items[line["item"]].sku, "name": items[line["item"]].name}
            for line in asked.lines
        ],
        "asked_by": row.asker,
        "asked_at": millis(asked.asked_at),
        "decided_by": row.decider,
        "decided_at": millis(asked.decided_at) if asked.decided_at else None,
        "decision_note": asked.decision_note,
        "mine": asked.asked_by == caller,
    }


class WantedSchema(Strict):
    """What is typed into the form."""

    q = Text(required=True, validate=Length(1, 80))


@blueprint.get("/items")
@for_people(*ASKERS)
def items_to_ask_for() -> dict[str, Any]:
    """Items by SKU or name; no quantities."""
    asked = WantedSchema().load(request.args.to_dict())
    with snapshot() as session:
        site = site_of(session, g.caller)
        return {"items": items_like(session, site, asked["q"]), "next": None}
