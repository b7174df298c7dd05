"""Who works on what since when, and how the handhelds are."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Instant
from app.documents.models import SalesOrder
from app.kernel.clock import millis
from app.locations.models import Site
from app.people.models import Device, LoginSession, Person
from app.pipeline.models import ChannelSum, Epoch, StoredOperation
from app.sync import workset
from app.work.models import PickLine, PickTask

MOST = 200
SCANS = ("picking.pick", "picking.report_short")


def walks(session: Session, site: str, signed_in: Mapping[str, str]) -> list[dict[str, Any]]:
    """Active walks, the oldest first: person, handheld, order, stops, last scan."""
    rows = session.execute(
        select(
            PickTask.id, PickTask.order, PickTask.device, PickTask.lease, PickTask.taken_at,
            SalesOrder.number, SalesOrder.customer_name, SalesOrder.priority, SalesOrder.due,
            Device.label, Person.name.label("person"),
        )
        .join(SalesOrder, SalesOrder.id == PickTask.order)
        .outerjoin(Device, Device.id == PickTask.device)
        .outerjoin(Person, Person.id == PickTask.person)
        .where(PickTask.site == site, PickTask.state == "active")
        .order_by(PickTask.taken_at, PickTask.id)
        .limit(MOST)
    ).all()  # fmt: skip
    stops, scans = _stops(session, site), _scans(session, site)
    return [
        {
            "task": row.id,
            "order": row.order,
            "number": row.number,
            "customer_name": row.customer_name,
            "priority": row.priority,
            "due": _millis(row.due),
            "device": row.device,
            "device_label": row.label,
            "person": row.person or signed_in.get(row.device),
            "lease": row.lease,
            "since": millis(row.taken_at),
            "stops": stops.get(row.id, (0, 0))[0],
            "done": stops.get(row.id, (0, 0))[1],
            "last_scan": _millis(scans.get(row.id)),
        }
        for row in rows
    ]


def _stops(session: Session, site: str) -> dict[str, tuple[int, int]]:
    rows = session.execute(
        select(PickLine.task, PickLine.closed, func.count())
        .join(PickTask, PickTask.id == PickLine.task)
        .where(PickTask.site == site, PickTask.state == "active")
        .group_by(PickLine.task, PickLine.closed)
    )
    found: dict[str, tuple[int, int]] = {}
    for task, closed, count in rows:
        total, done = found.get(task, (0, 0))
        found[task] = (total + count, done + (count if closed else 0))
    return found


def _scans(session: Session, site: str) -> dict[str, datetime]:
    """When each walk was last scanned for, since it was taken."""
    rows = session.execute(
        select(PickLine.task, func.max(StoredOperation.eff_at, type_=Instant))
        .join(PickTask, PickTask.id == PickLine.task)
        .join(StoredOperation, StoredOperation.subject == PickLine.order_line)
        .where(
            PickTask.site == site,
            PickTask.state == "active",
            StoredOperation.stream == site,
            StoredOperation.kind.in_(SCANS),
            StoredOperation.device == PickTask.device,
        )
        .group_by(PickLine.task)
    )
    return {row[0]: row[1] for row in rows}


def people_on(session: Session, now: datetime) -> dict[str, str]:
    """Who signed in on which handheld last."""
    rows = session.execute(
        select(LoginSession.device, Person.name)
        .join(Person, Person.id == LoginSession.person)
        .where(LoginSession.device.is_not(None), LoginSession.expires_at > now)
        .order_by(LoginSession.created_at)
    )
    return {str(device): name for device, name in rows}


def handhelds(session: Session, site: str, signed_in: Mapping[str, str]) -> list[dict[str, Any]]:
    """Enrolled handhelds: what they have not sent, how their clocks go, when they were heard of."""
    rows = session.execute(
        select(
            Device.id, Device.label, Device.last_seen, Device.persisted, Device.used, Device.app,
            Device.roles,
            Epoch.head_seq, Epoch.last_seq, Epoch.offset_ms, Epoch.complete_cut_at, Epoch.parked,
        )
        .outerjoin(Epoch, (Epoch.device == Device.id) & (Epoch.epoch == Device.epoch))
        .where(Device.site == site, Device.revoked_at.is_(None))
        .order_by(Device.label, Device.id)
        .limit(MOST)
    ).all()  # fmt: skip
    room = _room(session, site)
    return [
        {
            "device": row.id,
            "label": row.label,
            "left_out": room(row.id, row.roles),
            "person": signed_in.get(row.id),
            "picks": "picker" in row.roles,
            "unsent": (unsent := max((row.head_seq or 0) - (row.last_seq or 0), 0)),
            # Before its last complete hand-in it owed nothing: what it owes is younger than that.
            "unsent_since": _millis(row.complete_cut_at) if unsent else None,
            "offset_ms": row.offset_ms,
            "last_seen": _millis(row.last_seen),
            "persisted": row.persisted,
            "used": row.used,
            "parked": bool(row.parked),
            "app": row.app,
        }
        for row in rows
    ]


def _room(session: Session, site: str) -> Callable[[str, list[str]], int]:
    """Say how many rows of a handheld's channels do not fit on it, about."""
    org = session.scalar(select(Site.org).where(Site.id == site))
    rows = {
        row.channel: row.n
        for row in session.scalars(select(ChannelSum).where(ChannelSum.stream.in_((site, org))))
    }

    @cache  # all rows are read for it: only if somebody has many, and once for all who hold them
    def weight(held: tuple[str, ...]) -> int:
        return workset.weight(session, ((str(org), held), (site, held)))

    def left_out(device: str, roles: list[str]) -> int:
        common = ("org", "site", *(f"role:{role}" for role in sorted(roles)))
        n = sum(rows.get(name, 0) for name in (*common, f"device:{device}"))
        if n <= workset.MOST_ROWS:
            return 0
        heavy = n * workset.LEAST_BYTES > workset.MOST_BYTES
        return n - workset.MOST_ROWS if heavy or weight(common) > workset.MOST_BYTES else 0

    return left_out


def _millis(instant: datetime | None) -> int | None:
    return None if instant is None else millis(instant)
