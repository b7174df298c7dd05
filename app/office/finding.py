"""Find a place or an item by the first letters somebody types; quantities are nobody's business."""

from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.items.models import Item
from app.locations.models import Location, Site

MOST = 10


def items_like(session: Session, site: Site, typed: str) -> list[dict[str, Any]]:
    """Return items that may be asked for: the very SKU first, then SKUs and names alike."""
    text = typed.strip().lower()
    sku, name = func.lower(Item.sku), func.lower(Item.name)
    rows = session.execute(
        select(Item.id, Item.sku, Item.name, Item.unit, Item.tracking)
        .where(
            Item.org == site.org,
            Item.active,
            Item.stocked,
            or_(sku.startswith(text, autoescape=True), name.contains(text, autoescape=True)),
        )
        .order_by(case((sku == text, 0), else_=1), Item.sku)
        .limit(MOST)
    )
    return [
        {"id": id_, "code": code, "name": words, "unit": unit, "tracking": tracking}
        for id_, code, words, unit, tracking in rows
    ]


def places_like(session: Session, site: Site, typed: str) -> list[dict[str, Any]]:
    """Return places where goods can be."""
    text = typed.strip().lower()
    code = func.lower(Location.code)
    rows = session.execute(
        select(Location.id, Location.code, Location.kind)
        .where(
            Location.site == site.id,
            Location.kind != "virtual",
            code.startswith(text, autoescape=True),
        )
        .order_by(Location.code)
        .limit(MOST)
    )
    return [{"id": id_, "code": found, "name": "", "kind": kind} for id_, found, kind in rows]
