"""What the records say about the journals of a site: who holds a watermark, and where."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.db import Instant
from app.documents.models import CountSheet
from app.ledger.models import Entry, PositionEntry
from app.locations.models import Location
from app.people.models import Device, Exclusion, Grant
from app.pipeline.models import Epoch, StoredOperation
from app.sync.watermarks import Journal, Zone
from app.work.models import PickLine, PickTask

RECENT = timedelta(hours=24)


def journals(session: Session, site: str, now: datetime) -> list[Journal]:
    """Return the journal that every handheld goes on in, unless it is revoked.

    And those of twins that are known to hold more than they have handed in.
    """
    rows = session.execute(
        select(Epoch, Exclusion.active)
        .join(Device, Device.id == Epoch.device)
        .outerjoin(Exclusion, Exclusion.device == Device.id)
        .where(
            Device.site == site,
            Device.revoked_at.is_(None),
            or_(
                Device.epoch == Epoch.epoch,
                Epoch.closed.is_(False) & (Epoch.head_seq > Epoch.last_seq),
            ),
        )
        .order_by(Device.label, Device.id, Epoch.epoch)
    ).all()
    grants, leases = _grants(session, site, now), _leases(session, site)
    return [
        _journal(session, epoch, bool(excluded), grants.get(epoch.device), leases, now)
        for epoch, excluded in rows
    ]


def promised(epoch: Epoch) -> datetime | None:
    """Say up to when a journal is known to be complete; whatever goes on with it starts there."""
    if epoch.complete_cut_at is None:
        return epoch.opened_at
    cut, rtt, change = epoch.complete_cut_at, epoch.rtt_ms, epoch.offset_change_ms
    return Journal(epoch.device, cut, rtt_ms=rtt, offset_change_ms=change).complete_through


def _journal(
    session: Session,
    epoch: Epoch,
    excluded: bool,  # noqa: FBT001
    granted: datetime | None,
    leases: dict[str, tuple[datetime, set[Zone]]],
    now: datetime,
) -> Journal:
    taken, zones = leases.get(epoch.device, (None, set[Zone]()))
    owes, parked = (
        epoch.head_seq > epoch.last_seq,
        epoch.parked and not _awake(epoch, granted, taken),
    )
    if not (granted or owes or parked or excluded):  # else it holds every zone, or none
        zones = zones | _worked_in(session, epoch, now - RECENT)
    return Journal(
        device=epoch.device,
        complete_cut_at=epoch.complete_cut_at,
        opened_at=epoch.opened_at,
        last_contact=epoch.last_contact,
        rtt_ms=epoch.rtt_ms,
        offset_change_ms=epoch.offset_change_ms,
        granted=granted is not None,
        owes=owes,
        zones=frozenset(zones),
        parked=parked,
        excluded=excluded,
    )


def _awake(epoch: Epoch, *since: datetime | None) -> bool:
    """A grant or a lease that came after it was parked un-parks it."""
    last = epoch.last_contact
    return any(at is not None and (last is None or at > last) for at in since)


def _grants(session: Session, site: str, now: datetime) -> dict[str, datetime]:
    """Say when each handheld was last given a grant that has not ended."""
    query = (
        select(Grant.device, func.max(Grant.issued_at, type_=Instant))
        .join(Device, Device.id == Grant.device)
        .where(Device.site == site, Grant.expires_at > now)
        .group_by(Grant.device)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _leases(session: Session, site: str) -> dict[str, tuple[datetime, set[Zone]]]:
    """Name the zones in which somebody still has to pick, and when that was last given out."""
    rows = session.execute(
        select(PickTask.device, PickTask.taken_at, Location.zone)
        .join(PickLine, PickLine.task == PickTask.id)
        .join(Location, Location.id == PickLine.place)
        .where(PickTask.site == site, PickTask.state == "active", PickLine.closed.is_(False))
    )
    found: dict[str, tuple[datetime, set[Zone]]] = {}
    for device, taken, zone in rows:
        last, zones = found.get(device, (taken, set[Zone]()))
        found[device] = (max(last, taken), zones | {zone})
    return found


def _worked_in(session: Session, epoch: Epoch, since: datetime) -> set[Zone]:
    """Name the zones in which this journal did something lately."""
    if epoch.last_eff_at is None or epoch.last_eff_at < since:
        return set()
    mine = (
        StoredOperation.stream == epoch.site,
        StoredOperation.device == epoch.device,
        StoredOperation.epoch == epoch.epoch,
        StoredOperation.eff_at >= since,
    )
    found: set[Zone] = set()
    for model, holder in ((Entry, Entry.holder), (PositionEntry, PositionEntry.target)):
        found |= _zones(
            session,
            select(Location.zone)
            .join(model, holder == Location.id)
            .join(
                StoredOperation,
                (StoredOperation.stream == model.site)
                & (StoredOperation.commit_seq == model.commit_seq),
            )
            .where(*mine, Location.kind != "virtual"),
        )
    return found | _zones(
        session,
        select(Location.zone)
        .join(CountSheet, CountSheet.place == Location.id)
        .where(
            CountSheet.site == epoch.site,
            CountSheet.device == epoch.device,
            CountSheet.epoch == epoch.epoch,
            CountSheet.eff_at >= since,
        ),
    )


def _zones(session: Session, query: Any) -> set[Zone]:  # noqa: ANN401 - a query for zones
    return set(session.scalars(query.distinct()))
