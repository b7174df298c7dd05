"""Handhelds come and go: enrol, replace, rotate a journal, revoke."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import writing
from app.kernel import jsontext
from app.kernel.clock import millis, now
from app.kernel.ids import uuid7
from app.kernel.problem import Problem
from app.locations.models import Site
from app.people.models import FLOOR_ROLES, Device, EnrolmentCode
from app.pipeline.models import Epoch
from app.sync.holding import promised
from app.sync.journal import GENESIS, Begun, new_epoch

CODE_LIFE = timedelta(hours=24)
DAY = timedelta(hours=24)
FORKS = 2  # a restored image explains one, its original another; a third is a twin at work
ENROLLED, RESCUED = "enrol", "rescue"
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: read aloud over a noisy dock


@dataclass(eq=False)
class BadCode(Problem):
    """The enrolment code is unknown, used, or too old."""

    code = "device.enrolment_code"
    status = 403


@dataclass(eq=False)
class Cloned(Problem):
    """Two handhelds share this identity: a supervisor enrols one of them anew."""

    code = "device.cloned"
    status = 409
    device: str


def digest(secret: str) -> str:
    """Hash a random 256-bit secret for storage; it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_code(site: str, roles: Sequence[str] = FLOOR_ROLES, replaces: str | None = None) -> str:
    """Make a single-use enrolment code, for a QR (`TME:` + code) or for typing."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(10))
    with writing() as session:
        session.add(
            EnrolmentCode(
                id=digest(code),
                site=site,
                roles=list(roles),
                expires_at=now() + CODE_LIFE,
                replaces=replaces,
            )
        )
    return code


def enrol(code: str, label: str, replaces: str | None, held: str | None = None) -> dict[str, Any]:
    """Turn a code into a device, or give a replaced device a new credential and journal.

    `held`: the credential it still has. Where that died because a twin was enrolled in its name,
    this one becomes a device of its own, and hands its old queue in as a rescue.
    """
    credential = secrets.token_hex(32)
    with writing() as session:
        ticket = session.get(EnrolmentCode, digest(code.strip().upper()))
        if ticket is None or ticket.used_by is not None or ticket.expires_at < now():
            raise BadCode
        if ticket.replaces is not None:
            replaces = ticket.replaces  # a supervisor says who it is
        elif _has_a_twin(session, replaces, held):
            replaces = None
        device = _device(session, ticket, label, credential, replaces)
        ticket.used_by = device.id
        _add_epoch(session, device, Begun(ENROLLED, _since(session, device)))
        session.flush()
        return _welcome(session, device, credential)


def _has_a_twin(session: Session, device: str | None, held: str | None) -> bool:
    """Tell whether another handheld goes by this name since: what this one holds opens nothing.

    A name that nobody has spoken under since it was given was given to this one: it never heard.
    """
    known = session.get(Device, device) if device else None
    if known is None or held is None or digest(held) == known.credential_sha:
        return False
    given = session.get(Epoch, (known.id, known.epoch))
    return given is not None and given.last_contact is not None


def _device(
    session: Session, ticket: EnrolmentCode, label: str, credential: str, replaces: str | None
) -> Device:
    known = session.get(Device, replaces) if replaces else None
    if known is not None and known.site == ticket.site:
        known.credential_sha, known.label = digest(credential), label
        known.revoked_at, known.roles = None, ticket.roles
        _close_journals(session, known.id)
        known.scope_version += 1
        known.epoch = _next_epoch(session, known.id)
        return known
    # A restored server may have forgotten the device that is named: its journals go on.
    device = Device(
        id=replaces if replaces and known is None else uuid7(),
        site=ticket.site,
        label=label,
        credential_sha=digest(credential),
        roles=ticket.roles,
        scope_version=1,
        epoch=1,
    )
    device.epoch = _next_epoch(session, device.id)
    session.add(device)
    return device


def _close_journals(session: Session, device: str) -> None:
    """The next one starts where they were complete, so nobody waits for them any more.

    A twin that still sends on one of them opens it again.
    """
    for epoch in session.scalars(select(Epoch).where(Epoch.device == device)):
        epoch.closed = True


def _next_epoch(session: Session, device: str) -> int:
    highest = session.scalar(select(func.max(Epoch.epoch)).where(Epoch.device == device))
    return (highest or 0) + 1


def _since(session: Session, device: Device) -> datetime | None:
    """Since when it may hold what is unsent: a device that goes on brings its old queue along."""
    before = session.scalars(
        select(Epoch).where(Epoch.device == device.id).order_by(Epoch.epoch.desc())
    ).first()
    return now() if before is None else promised(before)


def _add_epoch(session: Session, device: Device, begun: Begun) -> Epoch:
    epoch = new_epoch(device.id, device.site, device.epoch, begun)
    session.add(epoch)
    return epoch


def _welcome(session: Session, device: Device, credential: str) -> dict[str, Any]:
    site = session.get_one(Site, device.site)
    epochs = session.scalars(
        select(Epoch).where(Epoch.device == device.id).order_by(Epoch.epoch)
    ).all()
    return {
        "device": device.id,
        "epoch": device.epoch,
        "credential": credential,
        "site": {"id": site.id, "code": site.code, "name": site.name},
        "org": site.org,
        "server_time_ms": millis(now()),
        "epochs": [
            {
                "epoch": epoch.epoch,
                "last_seq": epoch.last_seq,
                "head_seq": epoch.head_seq,
                "last_contact_ms": millis(epoch.last_contact) if epoch.last_contact else None,
            }
            for epoch in epochs
        ],
    }


def rotate(device: Device, rotation: str, from_epoch: int, reason: str) -> dict[str, int]:
    """Close a forked or gapped journal and number a new one; the same rotation, the same answer.

    Raises `Cloned` where the same handheld forks again and again: there are two of it.
    """
    with writing(device.site) as session:
        done = session.scalars(
            select(Epoch).where(Epoch.device == device.id, Epoch.rotation == rotation)
        ).first()
        if done is not None:
            return {"epoch": done.epoch, "expected_seq": 1}
        if reason == "clone" and _forks(session, device.id) >= FORKS:
            raise Cloned(device=device.id)
        old = session.get(Epoch, (device.id, from_epoch))
        if old is None:  # forgotten by a restored server: known again, and closed at once
            old = new_epoch(device.id, device.site, from_epoch)
            session.add(old)
            session.flush()
        old.closed = True
        row = session.get_one(Device, device.id)
        row.epoch = _next_epoch(session, device.id)
        fresh = _add_epoch(session, row, Begun(reason, promised(old), rotation))
        fresh.last_eff_at, fresh.offset_ms = old.last_eff_at, old.offset_ms
        fresh.complete_cut_at = None
        return {"epoch": fresh.epoch, "expected_seq": 1}


def branch(device: Device, rotation: str, from_epoch: int) -> dict[str, int]:
    """Open a journal for what a rescued twin holds otherwise; nobody waits for it."""
    with writing(device.site) as session:
        done = session.scalars(
            select(Epoch).where(Epoch.device == device.id, Epoch.rotation == rotation)
        ).first()
        if done is not None:
            return {"epoch": done.epoch, "expected_seq": 1}
        old = session.get(Epoch, (device.id, from_epoch))
        current = session.get(Epoch, (device.id, device.epoch))
        begun = Begun(RESCUED, promised(current) if current else None, rotation)
        fresh = new_epoch(device.id, device.site, _next_epoch(session, device.id), begun)
        fresh.closed = True
        fresh.offset_ms = old.offset_ms if old else None
        session.add(fresh)
        return {"epoch": fresh.epoch, "expected_seq": 1}


def _forks(session: Session, device: str) -> int:
    """Count the forks of a day; whoever was enrolled anew since starts with none."""
    enrolled = session.scalar(
        select(func.max(Epoch.epoch)).where(Epoch.device == device, Epoch.reason == ENROLLED)
    )
    forks = select(func.count()).where(
        Epoch.device == device,
        Epoch.reason == "clone",
        Epoch.begun_at > now() - DAY,
        Epoch.epoch > (enrolled or 0),
    )
    return session.scalar(forks) or 0


def give_up(device: Device, number: int, first: int, last: int, following: str) -> bool:
    """Let a journal go on with what follows a gap; False where there is no such gap.

    Should the missing ones turn up after all, their handheld rotates and hands them in anew.
    """
    with writing(device.site) as session:
        epoch = session.get(Epoch, (device.id, number))
        if epoch is None:
            epoch = new_epoch(device.id, device.site, number)
            session.add(epoch)
        if epoch.last_seq + 1 != first:
            return False
        epoch.last_seq, epoch.last_sha = last, _before(following)
        return True


def _before(text: str) -> str:
    """Return the hash that an envelope names as its predecessor's; unreadable ones name none."""
    try:
        envelope = jsontext.read(text)
    except (ValueError, RecursionError):
        return GENESIS
    prev = envelope.get("prev") if isinstance(envelope, dict) else None
    return prev if isinstance(prev, str) and len(prev) == len(GENESIS) else GENESIS
