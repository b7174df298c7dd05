"""Orders by stage and age, and the list behind each figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select
from sqlalchemy.orm import Session

from app.among import among
from app.db import Instant
from app.documents.models import SalesOrder, SalesOrderLine
from app.kernel.clock import millis, zone_of
from app.locations.models import Site
from app.people.models import Device
from app.work.models import PickTask

STAGES = ("held", "open", "picking", "picked", "staged", "short")  # still in the house
SHIPPED = "shipped"
AGES = (("hour", timedelta(hours=1)), ("shift", timedelta(hours=8)), ("day", timedelta(days=1)))
OLDER = "older"
IN_HOUSE = ("open", "picking", "picked", "staged", "short")
stage_of: ColumnElement[str] = case(
    (and_(SalesOrder.status == "open", SalesOrder.released.is_(False)), "held"),
    else_=SalesOrder.status,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The present instant, and when the day of the site began."""

    now: datetime
    midnight: datetime


def moment_of(site: Site, now: datetime) -> Moment:
    """Find out when the site's clocks last showed midnight."""
    here = now.astimezone(zone_of(site.time_zone))
    return Moment(now, here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC))


def stages(session: Session, site: str, moment: Moment) -> list[dict[str, Any]]:
    """Per stage: how many, how old, how many are late, and the oldest."""
    oldest = {row.stage: row for row in session.execute(_oldest(site))}
    found: dict[str, dict[str, Any]] = {
        stage: {"stage": stage, "count": 0, "late": 0, "ages": {}, "oldest": _named(oldest, stage)}
        for stage in STAGES
    }
    for stage, age, count, late in session.execute(_counted(site, moment)):
        entry = found[stage]
        entry["count"] += count
        entry["late"] += late
        entry["ages"][age] = count
    return [*found.values(), _shipped(session, site, moment)]


def _counted(site: str, moment: Moment) -> Select[Any]:
    age = case(
        *((SalesOrder.placed_at > moment.now - span, name) for name, span in AGES), else_=OLDER
    )
    late = func.sum(case((SalesOrder.due < moment.now, 1), else_=0))
    return (
        select(stage_of.label("stage"), age.label("age"), func.count(), late)
        .where(SalesOrder.site == site, SalesOrder.status.in_(IN_HOUSE))
        .group_by("stage", "age")
    )


def _oldest(site: str) -> Select[Any]:
    rank = func.row_number().over(
        partition_by=stage_of,
        order_by=(SalesOrder.placed_at.is_(None), SalesOrder.placed_at, SalesOrder.number),
    )
    ranked = (
        select(SalesOrder.number, SalesOrder.placed_at, stage_of.label("stage"), rank.label("rank"))
        .where(SalesOrder.site == site, SalesOrder.status.in_(IN_HOUSE))
        .subquery()
    )
    return select(ranked).where(ranked.c.rank == 1)


def _named(oldest: dict[str, Row[Any]], stage: str) -> dict[str, Any] | None:
    row = oldest.get(stage)
    return {"number": row.number, "since": _millis(row.placed_at)} if row is not None else None


def _shipped(session: Session, site: str, moment: Moment) -> dict[str, Any]:
    count, last = session.execute(
        select(func.count(), func.max(SalesOrder.shipped_at, type_=Instant)).where(
            SalesOrder.site == site, SalesOrder.shipped_at >= moment.midnight
        )
    ).one()
    stage = {"stage": SHIPPED, "count": count, "late": 0, "ages": {}, "oldest": None}
    return {**stage, "last": _millis(last)}


def listed(
    session: Session, site: str, moment: Moment, stage: str, after: int, limit: int
) -> list[dict[str, Any]]:
    """Return the orders of a stage, oldest first; those that have left today, newest first."""
    columns = (
        SalesOrder.id, SalesOrder.number, SalesOrder.customer_name, SalesOrder.priority,
        SalesOrder.due, SalesOrder.placed_at, SalesOrder.shipped_at, SalesOrder.back_order_of,
        stage_of.label("stage"),
    )  # fmt: skip
    query = select(*columns).where(SalesOrder.site == site)
    if stage == SHIPPED:
        query = query.where(SalesOrder.shipped_at >= moment.midnight)
        query = query.order_by(SalesOrder.shipped_at.desc(), SalesOrder.number)
    else:
        query = query.where(SalesOrder.status.in_(IN_HOUSE), stage_of == stage).order_by(
            SalesOrder.placed_at.is_(None), SalesOrder.placed_at, SalesOrder.number
        )
    rows = session.execute(query.offset(after).limit(limit)).all()
    counted = _lines(session, [row.id for row in rows])
    held = _holders(session, [row.id for row in rows])
    return [_shape(row, moment, counted.get(row.id, (0, 0, 0)), held.get(row.id)) for row in rows]


def _lines(session: Session, orders: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    rows = session.execute(
        select(
            SalesOrderLine.order,
            func.count(),
            func.sum(SalesOrderLine.ordered),
            func.sum(SalesOrderLine.picked),
        )
        .where(among(SalesOrderLine.order, orders))
        .group_by(SalesOrderLine.order)
    )
    return {order: (lines, int(ordered), int(picked)) for order, lines, ordered, picked in rows}


def _holders(session: Session, orders: Sequence[str]) -> dict[str, str]:
    """Say on which handheld each order is being picked."""
    rows = session.execute(
        select(PickTask.order, Device.label)
        .outerjoin(Device, Device.id == PickTask.device)
        .where(among(PickTask.order, orders), PickTask.state == "active")
    )
    return {order: label or "?" for order, label in rows}


def _shape(
    row: Any,  # noqa: ANN401 - a row of `listed`
    moment: Moment,
    counted: tuple[int, int, int],
    held_by: str | None,
) -> dict[str, Any]:
    lines, ordered, picked = counted
    return {
        "id": row.id,
        "number": row.number,
        "customer_name": row.customer_name,
        "stage": row.stage,
        "priority": row.priority,
        "due": _millis(row.due),
        "late": row.due is not None and row.due < moment.now,
        "placed_at": _millis(row.placed_at),
        "shipped_at": _millis(row.shipped_at),
        "back_order": row.back_order_of is not None,
        "lines": lines,
        "ordered": ordered,
        "picked": picked,
        "held_by": held_by,
    }


def _millis(instant: datetime | None) -> int | None:
    return None if instant is None else millis(instant)
