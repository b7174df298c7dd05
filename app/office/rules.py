"""The rules that this house obeys: which, where, and who said so last."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g
from sqlalchemy import SQLColumnExpression, Table, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.adjusting.rules import limit_of
from app.counting.rules import tolerance_of
from app.db import snapshot
from app.items.models import Item
from app.kernel.clock import millis
from app.kernel.money import written
from app.locations.here import site_of
from app.locations.models import Location, Site
from app.people.models import Person
from app.pipeline.models import StoredOperation, Stream
from app.web.access import for_people

blueprint = Blueprint("rules", __name__, url_prefix="/api/v1/office/rules")
MOST = 100  # different rules; a house has a handful
HAPPENED = ("applied", "flagged")
Column = InstrumentedAttribute[Any]
Conditions = tuple[SQLColumnExpression[bool], ...]

OF_ITEMS: tuple[Column, ...] = (
    Item.rotation,
    Item.expiry_required,
    Item.min_life_days,
    Item.over_receipt_percent,
)
OF_PLACES: tuple[Column, ...] = (
    Location.kind,
    Location.blocked,
    Location.only_empty,
    Location.no_mix_item,
    Location.no_mix_lot,
    Location.max_units,
    Location.max_weight_g,
    Location.max_volume_ml,
)
RULED: Conditions = (
    *(column.is_(True) for column in OF_PLACES[1:5]),
    *(column.is_not(None) for column in OF_PLACES[5:]),
)


@blueprint.get("")
@for_people("supervisor", "planner", "admin")
def rules() -> dict[str, Any]:
    """Limits of the site, rules of items and of places; no quantities of stock."""
    with snapshot() as session:
        site = site_of(session, g.caller)
        stocked: Conditions = (Item.org == site.org, Item.active, Item.stocked)
        ruled: Conditions = (Location.site == site.id, Location.kind != "virtual", or_(*RULED))
        return {
            "limit": _limit(session, site),
            "tolerance": _tolerance(session, site),
            "books": _books(session, site),
            "items": _alike(session, OF_ITEMS, Item.sku, stocked, (site.org, "items.save_item")),
            "places": _alike(
                session, OF_PLACES, Location.code, ruled, (site.id, "locations.save_location")
            ),
        }


def _limit(session: Session, site: Site) -> dict[str, Any]:
    limit = limit_of(site.settings)
    changed = _last(session, site.id, "adjustment_limit")
    return {"pieces": limit.pieces, "value": written(limit.value), "changed": changed}


def _tolerance(session: Session, site: Site) -> dict[str, Any]:
    tolerance = tolerance_of(site.settings)
    changed = _last(session, site.id, "count_tolerance")
    return {"pieces": tolerance.pieces, "percent": tolerance.percent, "changed": changed}


def _books(session: Session, site: Site) -> dict[str, Any]:
    stream = session.get_one(Stream, site.id)
    changed = _last(session, site.id, "period")
    return {"first_day": stream.first_day, "time_zone": site.time_zone, "changed": changed}


def _alike(
    session: Session,
    rule: Sequence[Column],
    code: Column,
    scope: Conditions,
    saved: tuple[str, str],
) -> list[dict[str, Any]]:
    """Records that have the same rules are one line: how many, from which to which, and since."""
    stream, kind = saved
    operations: Table = StoredOperation.__table__  # type: ignore[assignment]
    changes = operations.c
    rows = session.execute(
        select(
            *rule,
            func.count(code.distinct()).label("count"),
            func.min(code).label("first"),
            func.max(code).label("last"),
            func.max(changes.commit_seq).label("seq"),
        )
        .outerjoin(
            operations,
            (changes.subject == code)
            & (changes.stream == literal(stream))
            & (changes.kind == kind)
            & changes.outcome.in_(HAPPENED),
        )
        .where(*scope)
        .group_by(*rule)
        .order_by(func.count(code.distinct()).desc(), func.min(code))
        .limit(MOST)
    ).all()
    changed = _told(session, stream, [row.seq for row in rows if row.seq is not None])
    return [
        {
            **{column.key: getattr(row, column.key) for column in rule},
            "count": int(row[len(rule)]),
            "first": row.first,
            "last": row.last,
            "changed": changed.get(row.seq),
        }
        for row in rows
    ]


def _last(session: Session, stream: str, subject: str) -> dict[str, Any] | None:
    seq = session.scalar(
        select(func.max(StoredOperation.commit_seq)).where(
            StoredOperation.stream == stream,
            StoredOperation.subject == subject,
            StoredOperation.outcome.in_(HAPPENED),
        )
    )
    return _told(session, stream, [seq]).get(seq) if seq is not None else None


def _told(session: Session, stream: str, seqs: Sequence[int]) -> dict[int, dict[str, Any]]:
    """When, and by whom if a person did it."""
    rows = session.execute(
        select(StoredOperation.commit_seq, StoredOperation.recorded_at, Person.name)
        .outerjoin(Person, Person.id == StoredOperation.actor)
        .where(StoredOperation.stream == stream, StoredOperation.commit_seq.in_(seqs))
    )
    return {row.commit_seq: {"at": millis(row.recorded_at), "by": row.name} for row in rows}
