"""How far the picture is complete: per zone, and which handhelds hold it up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, g
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.counting.settling import SHEET_ENDS, unsettled
from app.db import snapshot
from app.documents.models import CountSheet
from app.kernel.clock import from_micros, millis, now
from app.locations.here import site_of
from app.locations.models import Location, Zone
from app.people.models import Device
from app.sync.holding import journals
from app.sync.watermarks import Journal, watermark
from app.web.access import for_people

blueprint = Blueprint("complete", __name__, url_prefix="/api/v1")


@blueprint.get("/counts/complete")
@for_people("supervisor", "admin")
def complete() -> dict[str, Any]:
    """List zones with their watermarks, and handhelds that are waited for in vain."""
    with snapshot() as session:
        site = site_of(session, g.caller)
        moment = now()
        known = journals(session, site.id, moment)
        return {
            "at": millis(moment),
            "zones": _zones(session, site.id, known, moment),
            "silent": _silent(session, site.id, known, moment),
        }


def _zones(
    session: Session, site: str, known: Sequence[Journal], moment: datetime
) -> list[dict[str, Any]]:
    """The zones, and the rest of the house, in which everything that holds any zone counts."""
    zones = session.execute(
        select(Zone.id, Zone.code).where(Zone.site == site).order_by(Zone.code)
    ).all()
    found = [
        {"zone": zone, "code": code, "through": millis(watermark(known, zone, moment))}
        for zone, code in zones
    ]
    whole = {"zone": None, "code": None, "through": millis(watermark(known, None, moment))}
    return [*found, whole]


def _silent(
    session: Session, site: str, known: Sequence[Journal], moment: datetime
) -> list[dict[str, Any]]:
    """Name handhelds of which nothing was heard for half an hour, with the counts that wait."""
    silent = [journal for journal in known if journal.holds(None) and journal.silent(moment)]
    if not silent:
        return []
    labels = {
        row.id: row.label
        for row in session.execute(select(Device.id, Device.label).where(Device.site == site))
    }
    counts = session.execute(
        unsettled(site, Location.code, Location.zone, SHEET_ENDS.label("ends")).where(
            CountSheet.state == "finished"
        )
    ).all()
    return [
        {
            "device": journal.device,
            "label": labels.get(journal.device, journal.device),
            "last_seen": millis(journal.last_contact) if journal.last_contact else None,
            "through": millis(journal.complete_through),
            "counts": [
                row.code
                for row in counts
                if journal.holds(row.zone) and journal.complete_through < from_micros(row.ends)
            ],
        }
        for journal in silent
    ]
