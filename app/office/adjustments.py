"""Corrections of stock: what waits for a second person, what was done, and what a form needs."""

from typing import Any

from flask import Blueprint, g, request
from marshmallow.validate import Length, OneOf
from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from app.adjusting.correcting import OCCASIONS
from app.adjusting.models import Adjustment
from app.adjusting.rules import limit_of
from app.db import snapshot
from app.items.models import Item, Reason
from app.kernel.clock import millis
from app.kernel.money import written
from app.locations.here import site_of
from app.locations.models import Location
from app.office.finding import items_like, places_like
from app.people.models import Person
from app.stock.models import HandlingUnit, Lot
from app.web.access import for_people
from app.web.bodies import query_int
from app.web.fields import Text
from app.web.schemas import Strict

blueprint = Blueprint("adjustments", __name__, url_prefix="/api/v1/adjustments")
DECIDERS = ("supervisor", "admin")
STATES = ("requested", "posted", "rejected")


class AdjustmentsSchema(Strict):
    """Which corrections."""

    state = Text(load_default="requested", validate=OneOf(STATES))
    after = Text(load_default="")
    limit = Text(load_default="")


@blueprint.get("")
@for_people(*DECIDERS)
def corrections() -> dict[str, Any]:
    """List corrections; what waits the oldest first, what is decided the newest first."""
    asked = AdjustmentsSchema().load(request.args.to_dict())
    limit, after = query_int("limit", 50, 1, 200), query_int("after", 0, 0, 10**9)
    with snapshot() as session:
        site = site_of(session, g.caller)
        rows = _rows(session, site.id, asked["state"], after, limit + 1)
        items = [_shape(row, g.caller.id) for row in rows[:limit]]
    return {"items": items, "next": str(after + limit) if len(rows) > limit else None}


def _rows(session: Session, site: str, state: str, after: int, limit: int) -> list[Row[Any]]:
    asker, decider = aliased(Person), aliased(Person)
    moment = Adjustment.asked_at
    query = (
        select(
            Adjustment, Item.sku, Item.name, Location.code, HandlingUnit.code.label("lpn_code"),
            Lot.code.label("lot_code"), Reason.label, asker.name.label("asker"),
            decider.name.label("decider"),
        )
        .join(Item, Item.id == Adjustment.item)
        .join(Location, Location.id == Adjustment.place)
        .outerjoin(HandlingUnit, HandlingUnit.id == Adjustment.lpn)
        .outerjoin(Lot, Lot.id == Adjustment.lot)
        .outerjoin(Reason, Reason.id == Adjustment.reason)
        .outerjoin(asker, asker.id == Adjustment.asked_by)
        .outerjoin(decider, decider.id == Adjustment.decided_by)
        .where(Adjustment.site == site, Adjustment.state == state)
        .order_by(moment if state == "requested" else moment.desc(), Adjustment.id)
    )  # fmt: skip
    return list(session.execute(query.offset(after).limit(limit)))


def _shape(row: Row[Any], caller: str) -> dict[str, Any]:
    adjustment: Adjustment = row[0]
    return {
        "id": adjustment.id,
        "kind": adjustment.kind,
        "state": adjustment.state,
        "place_code": row.code,
        "lpn_code": row.lpn_code,
        "sku": row.sku,
        "name": row.name,
        "lot_code": row.lot_code,
        "status": adjustment.status,
        "change": adjustment.change,
        "value": written(adjustment.value),
        "reason": row.label,
        "note": adjustment.note,
        "asked_by": row.asker,
        "asked_at": millis(adjustment.asked_at),
        "decided_by": row.decider,
        "decided_at": millis(adjustment.decided_at) if adjustment.decided_at else None,
        "decision_note": adjustment.decision_note,
        "mine": adjustment.asked_by == caller,
    }


@blueprint.get("/choices")
@for_people(*DECIDERS)
def choices() -> dict[str, Any]:
    """The reasons on offer, and how much one person may correct alone."""
    with snapshot() as session:
        site = site_of(session, g.caller)
        reasons = session.execute(
            select(Reason.id, Reason.code, Reason.label)
            .where(Reason.org == site.org, Reason.kind.in_(OCCASIONS))
            .order_by(Reason.code)
        )
        return {
            "reasons": [{"id": id_, "code": code, "label": label} for id_, code, label in reasons],
            "limit": limit_of(site.settings).as_setting(),
        }


class FindSchema(Strict):
    """What is typed into a form."""

    what = Text(required=True, validate=OneOf(("place", "item")))
    q = Text(required=True, validate=Length(1, 80))


@blueprint.get("/find")
@for_people(*DECIDERS)
def find() -> dict[str, Any]:
    """Places or items by what is typed; no quantities."""
    asked = FindSchema().load(request.args.to_dict())
    like = places_like if asked["what"] == "place" else items_like
    with snapshot() as session:
        site = site_of(session, g.caller)
        return {"items": like(session, site, asked["q"]), "next": None}
