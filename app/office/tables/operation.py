"""One operation with everything that is known of it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.clock import millis
from app.ledger.models import Voided
from app.locations.models import Site
from app.office.telling import told
from app.people.models import Device, Person
from app.pipeline.models import StoredOperation

SCANS = 500


def whole_story(session: Session, site: Site, operation: str) -> dict[str, Any] | None:
    """Tell it, or nothing where this site has no such operation."""
    found = session.scalars(
        select(StoredOperation).where(
            StoredOperation.operation == operation,
            StoredOperation.alias.is_(False),
            StoredOperation.stream.in_((site.id, site.org)),
        )
    ).first()
    if found is None:
        return None
    device = session.get(Device, found.device)
    person = session.get(Person, found.actor) if found.actor else None
    voided = session.get(Voided, operation)
    envelope = _envelope(found)
    return {
        "operation": found.operation,
        "seq": found.seq,
        "epoch": found.epoch,
        "commit_seq": found.commit_seq,
        "kind": found.kind,
        "device_label": device.label if device else found.device,
        "actor_name": person.name if person else None,
        "app": envelope.get("app"),
        "words": told(session, found.envelope),
        "scans": _scans(envelope),
        "outcome": found.outcome,
        "codes": found.codes,
        "source": found.source,
        "clamped": found.clamped,
        "eff_at": millis(found.eff_at),
        "uncertain_ms": found.u // 1000,
        "recorded_at": millis(found.recorded_at),
        "cause": found.cause,
        "voided_by": voided.operation if voided else None,
    }


def _envelope(found: StoredOperation) -> dict[str, Any]:
    try:
        envelope = json.loads(found.envelope)
    except ValueError:
        return {}
    return envelope if isinstance(envelope, dict) else {}


def _scans(envelope: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read what the scanner read; a hostile envelope may hold anything in its place."""
    payload = envelope.get("payload")
    scans = payload.get("scans") if isinstance(payload, dict) else None
    return [
        {"data": str(scan.get("data")), "symbology": scan.get("symbology")}
        for scan in (scans if isinstance(scans, list) else [])[:SCANS]
        if isinstance(scan, dict)
    ]
