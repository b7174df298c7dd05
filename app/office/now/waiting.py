"""What waits for somebody's verdict or hands."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adjusting.models import Adjustment
from app.among import among
from app.db import Instant
from app.documents.models import CountSheet, SalesOrder, SalesOrderLine
from app.items.models import Item
from app.kernel.clock import millis
from app.pipeline.models import OpenException
from app.requisitions.models import Requisition
from app.stock.models import HandlingUnit
from app.stock.totes import waiting

MOST = 100
SEVERITIES = ("high", "medium", "low")


def exceptions(session: Session, site: str) -> list[dict[str, Any]]:
    """Open exceptions by severity and code, the gravest first."""
    rows = session.execute(
        select(
            OpenException.severity,
            OpenException.code,
            func.count(),
            func.min(OpenException.opened_at, type_=Instant),
        )
        .where(OpenException.site == site, OpenException.state == "open")
        .group_by(OpenException.severity, OpenException.code)
    ).all()
    return [
        {"severity": severity, "code": code, "count": count, "oldest": millis(oldest)}
        for severity, code, count, oldest in sorted(
            rows, key=lambda row: (SEVERITIES.index(row[0]), -row[2], row[1])
        )
    ]


def verdicts(session: Session, site: str) -> dict[str, dict[str, Any]]:
    """Counts, corrections and requisitions that wait for a supervisor: how many, since when."""
    return {
        name: _waiting(session, site, model, state, since)
        for name, model, state, since in (
            ("counts", CountSheet, "finished", CountSheet.eff_at),
            ("adjustments", Adjustment, "requested", Adjustment.asked_at),
            ("requisitions", Requisition, "requested", Requisition.asked_at),
        )
    }


def _waiting(
    session: Session,
    site: str,
    model: Any,  # noqa: ANN401 - three tables of the same form
    state: str,
    since: Any,  # noqa: ANN401
) -> dict[str, Any]:
    count, oldest = session.execute(
        select(func.count(), func.min(since, type_=Instant)).where(
            model.site == site, model.state == state
        )
    ).one()
    return {"count": count, "oldest": millis(oldest) if oldest else None}


def to_put_back(session: Session, site: str) -> list[dict[str, Any]]:
    """Goods of cancelled orders: in which tote, where it stands, what and how much."""
    number_of = _unwanted_totes(session, site)
    if not number_of:
        return []
    left = waiting(session, list(number_of))[:MOST]
    rows = session.execute(
        select(HandlingUnit.id, HandlingUnit.code).where(among(HandlingUnit.id, number_of))
    )
    codes = {row.id: row.code for row in rows}
    items = {
        row.id: row
        for row in session.execute(
            select(Item.id, Item.sku, Item.name).where(among(Item.id, [row.item for row in left]))
        )
    }
    return [
        {
            "number": number_of[row.tote],
            "tote": row.tote,
            "tote_code": codes.get(row.tote),
            "place_code": row.place,
            "sku": items[row.item].sku,
            "name": items[row.item].name,
            "quantity": row.quantity,
        }
        for row in left
    ]


def _unwanted_totes(session: Session, site: str) -> dict[str, str]:
    """Totes of orders that an open exception names: tote → number of the order."""
    rows = session.execute(
        select(SalesOrder.number, SalesOrder.totes)
        .join(SalesOrderLine, SalesOrderLine.order == SalesOrder.id)
        .join(OpenException, OpenException.subject == SalesOrderLine.id)
        .where(
            OpenException.site == site,
            OpenException.code == "pick_for_cancelled",
            OpenException.state == "open",
        )
        .limit(MOST)
    )
    return {tote["lpn"]: number for number, totes in rows for tote in totes}
