"""The rules that this house obeys: which, where, and who said so last."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, g
from sqlalchemy import SQLColumnExpression, func, or_, select
from sqlalchemy.orm import Session

from app.adjusting.rules import limit_of
from app.counting.rules import tolerance_of
from app.db import snapshot
from app.items.models import Item
from app.kernel.clock import millis
from app.kernel.money import written
from app.locations.models import Location, Site, Zone
from app.office.views import site_of
from app.people.models import Person
from app.pipeline.models import StoredOperation
from app.web.access import for_people

blueprint = Blueprint("rules", __name__, url_prefix="/api/v1/office/rules")
MOST = 200
HAPPENED = ("applied", "flagged")
Changed = dict[str, dict[str, Any]]


@blueprint.get("")
@for_people("supervisor", "planner", "admin")
def rules() -> dict[str, Any]:
    """Limits of the site, rules of items and of places; no quantities of stock."""
    with snapshot() as session:
        site = site_of(session, g.caller)
        items, places = _items(session, site), _places(session, site)
        return {
            **_limits(session, site),
            "items": items[:MOST],
            "more_items": len(items) > MOST,
            "rotation": _rotation(session, site),
            "places": places[:MOST],
            "more_places": len(places) > MOST,
        }


def _limits(session: Session, site: Site) -> dict[str, Any]:
    limit, tolerance = limit_of(site.settings), tolerance_of(site.settings)
    kinds = ("stock.set_limit", "counting.set_tolerance")
    changed = _changed(session, site.id, kinds, ("adjustment_limit", "count_tolerance"))
    return {
        "limit": {
            "pieces": limit.pieces,
            "value": written(limit.value),
            "changed": changed.get("adjustment_limit"),
        },
        "tolerance": {
            "pieces": tolerance.pieces,
            "percent": tolerance.percent,
            "changed": changed.get("count_tolerance"),
        },
    }


def _rotation(session: Session, site: Site) -> dict[str, int]:
    """How many items leave in which order."""
    rows = session.execute(
        select(Item.rotation, func.count())
        .where(Item.org == site.org, Item.active, Item.stocked)
        .group_by(Item.rotation)
    ).all()
    return {rotation: int(count) for rotation, count in rows}


ODD: tuple[SQLColumnExpression[bool], ...] = (
    Item.rotation != "fifo",
    Item.expiry_required,
    Item.min_life_days > 0,
    Item.over_receipt_percent > 0,
)
RULED: tuple[SQLColumnExpression[bool], ...] = (
    Location.blocked,
    Location.only_empty,
    Location.no_mix_item,
    Location.no_mix_lot,
    Location.max_units.is_not(None),
    Location.max_weight_g.is_not(None),
    Location.max_volume_ml.is_not(None),
)


def _items(session: Session, site: Site) -> list[dict[str, Any]]:
    """Items that are treated otherwise than by default: first in, first out."""
    rows = session.scalars(
        select(Item)
        .where(Item.org == site.org, Item.active, or_(*ODD))
        .order_by(Item.sku)
        .limit(MOST + 1)
    ).all()
    changed = _changed(session, site.org, ("items.save_item",), [item.sku for item in rows])
    return [
        {
            "id": item.id,
            "sku": item.sku,
            "name": item.name,
            "rotation": item.rotation,
            "expiry_required": item.expiry_required,
            "min_life_days": item.min_life_days,
            "over_receipt_percent": item.over_receipt_percent,
            "changed": changed.get(item.sku),
        }
        for item in rows
    ]


def _places(session: Session, site: Site) -> list[dict[str, Any]]:
    """Places that do not take everything."""
    rows = session.execute(
        select(Location, Zone.code)
        .outerjoin(Zone, Zone.id == Location.zone)
        .where(Location.site == site.id, Location.kind != "virtual", or_(*RULED))
        .order_by(Location.code)
        .limit(MOST + 1)
    ).all()
    kinds = ("locations.save_location",)
    changed = _changed(session, site.id, kinds, [place.code for place, _ in rows])
    return [
        {
            "id": place.id,
            "code": place.code,
            "kind": place.kind,
            "zone_code": zone,
            "blocked": place.blocked,
            "only_empty": place.only_empty,
            "no_mix_item": place.no_mix_item,
            "no_mix_lot": place.no_mix_lot,
            "max_units": place.max_units,
            "max_weight_g": place.max_weight_g,
            "max_volume_ml": place.max_volume_ml,
            "changed": changed.get(place.code),
        }
        for place, zone in rows
    ]


def _changed(
    session: Session, stream: str, kinds: Collection[str], subjects: Collection[str]
) -> Changed:
    """Say when each was last saved and by whom, as the log knows it."""
    rows = session.execute(
        select(StoredOperation.subject, StoredOperation.recorded_at, Person.name)
        .outerjoin(Person, Person.id == StoredOperation.actor)
        .where(
            StoredOperation.stream == stream,
            StoredOperation.kind.in_(kinds),
            StoredOperation.subject.in_(subjects),
            StoredOperation.outcome.in_(HAPPENED),
        )
        .order_by(StoredOperation.commit_seq)
    )
    return {row.subject: {"at": millis(row.recorded_at), "by": row.name} for row in rows}
