"""Signing in and out: server-side sessions, and grants that outlast the network."""

import hashlib
import secrets as random
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, bindparam, delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db import snapshot, writing
from app.kernel.clock import millis, now
from app.kernel.ids import uuid7
from app.kernel.problem import Problem
from app.people import secrets
from app.people.models import Device, Grant, LoginSession, Person, Secret, Token, TryCounter
from app.rows.prepared import Prepared
from app.rows.shelf import detached
from app.web.access import Caller

IDLE = timedelta(minutes=15)
NOTED_EVERY = timedelta(minutes=1)  # a page asks several times a minute; one of them is written
LIFE = timedelta(hours=12)


@dataclass(eq=False)
class BadLogin(Problem):
    """Badge and PIN, or name and password, do not belong together."""

    code = "session.bad_login"
    status = 401


@dataclass(eq=False)
class TooManyTries(Problem):
    """Wait before the next try."""

    code = "session.too_many_tries"
    status = 429
    wait_seconds: int


BY_CREDENTIAL = Prepared(
    select(*Device.__table__.columns).where(Device.credential_sha == bindparam("sha"))
)


def device_of(engine: Engine, credential: str) -> Device | None:
    """Recognise a handheld; the record is to be read only."""
    return detached(Device, BY_CREDENTIAL, engine, sha=digest(credential))


def digest(secret: str) -> str:
    """Hash a random session id or token for storage."""
    return hashlib.sha256(secret.encode()).hexdigest()


def badge_counter(badge: str) -> str:
    """Name the counter that watches a badge, known or not."""
    return f"badge:{digest(badge)[:32]}"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says to be, what proves it, and the counters that watch it."""

    person: Person | None
    stored: str | None
    keys: tuple[str, ...]
    wait: int


def sign_in_badge(pepper: str, device: Device, badge: str, pin: str) -> tuple[str, dict[str, Any]]:
    """Sign in on a handheld; returns the cookie and the answer, with a grant for offline work."""
    keys = (badge_counter(badge), f"device:{device.id}")
    with snapshot() as session:
        person = session.scalars(
            select(Person).where(Person.badge == badge, Person.active)
        ).one_or_none()
        secret = session.get(Secret, person.id) if person else None
        claim = _claim(session, person, secret.pin_hash if secret else None, keys)
    return _sign_in(pepper, claim, pin, device)


def sign_in_password(pepper: str, username: str, password: str) -> tuple[str, dict[str, Any]]:
    """Sign in at a desk."""
    with snapshot() as session:
        secret = session.scalars(select(Secret).where(Secret.username == username)).one_or_none()
        person = session.get(Person, secret.id) if secret else None
        active = person if person is not None and person.active else None
        keys = (f"user:{digest(username)[:32]}",)
        claim = _claim(session, active, secret.password_hash if secret else None, keys)
    return _sign_in(pepper, claim, password, None)


def _claim(
    session: Session, person: Person | None, stored: str | None, keys: tuple[str, ...]
) -> Claim:
    longest = max(secrets.wait_for(session.get(TryCounter, key)) for key in keys)
    wait = max(int(longest.total_seconds()), 1) if longest else 0
    return Claim(person, stored, keys, wait)


def _sign_in(
    pepper: str, claim: Claim, secret: str, device: Device | None
) -> tuple[str, dict[str, Any]]:
    """Hash outside the transaction: nobody else's scan waits for somebody's PIN."""
    if claim.wait:
        raise TooManyTries(wait_seconds=claim.wait)
    proven = secrets.verify(pepper, claim.stored, secret) and claim.person is not None
    with writing() as session:
        for key in claim.keys:
            if proven:
                secrets.clear(session, key)
            else:
                secrets.count_failure(session, key)
        if proven and claim.person is not None:
            return _open(session, claim.person, device)
    raise BadLogin


def _open(session: Session, person: Person, device: Device | None) -> tuple[str, dict[str, Any]]:
    cookie, csrf, moment = random.token_hex(32), random.token_hex(16), now()
    session.add(
        LoginSession(
            id=digest(cookie),
            person=person.id,
            device=device.id if device else None,
            csrf=csrf,
            created_at=moment,
            last_seen=moment,
            expires_at=moment + LIFE,
        )
    )
    grant = None
    if device is not None:
        grant = Grant(
            id=uuid7(),
            person=person.id,
            device=device.id,
            issued_at=moment,
            expires_at=moment + LIFE,
        )
        session.add(grant)
    return cookie, {
        "person": {"id": person.id, "name": person.name, "roles": sorted(person.roles)},
        "csrf": csrf,
        "grant": {"id": grant.id, "expires_at": millis(grant.expires_at)} if grant else None,
        "expires_at": millis(moment + LIFE),
    }


def sign_out(session_id: str) -> None:
    """End a session everywhere at once."""
    with writing() as session:
        session.execute(delete(LoginSession).where(LoginSession.id == session_id))


def caller_of(session: Session, cookie: str) -> Caller | None:
    """Recognise a person by the cookie."""
    row = session.get(LoginSession, digest(cookie))
    if row is None or row.expires_at < now() or _left_alone(row):
        return None
    person = session.get(Person, row.person)
    if person is None or not person.active:
        return None
    device = session.get(Device, row.device) if row.device else None
    return Caller(
        kind="person",
        id=person.id,
        name=person.name,
        roles=frozenset(person.roles),
        site=device.site if device else None,
        csrf=row.csrf,
        session=row.id,
        expires_at=row.expires_at,
    )


def _left_alone(row: LoginSession) -> bool:
    """A desk from which nobody asked for a while is locked; a handheld locks itself.

    It works for hours without asking anything in a person's name.
    """
    moment = now()
    if row.device is not None or moment - row.last_seen < NOTED_EVERY:
        return False
    if moment - row.last_seen >= IDLE:
        return True
    seen = update(LoginSession).where(LoginSession.id == row.id).values(last_seen=moment)
    with suppress(OperationalError), writing() as session:  # a full disk shuts nobody out
        session.execute(seen)
    return False


def caller_by_token(session: Session, secret: str) -> Caller | None:
    """Recognise an integration by its bearer token."""
    row = session.get(Token, digest(secret))
    if row is None or (row.expires_at is not None and row.expires_at < now()):
        return None
    return Caller("integration", row.id[:32], row.label, frozenset({row.role}), row.site)


def issue_token(label: str, role: str, site: str | None) -> str:
    """Make a bearer token for automation; shown once."""
    secret = random.token_hex(32)
    with writing() as session:
        session.add(Token(id=digest(secret), label=label, site=site, role=role))
    return secret


def set_secret(
    pepper: str,
    person: str,
    pin: str | None = None,
    username: str | None = None,
    password: str | None = None,
) -> None:
    """Set what somebody signs in with; open sessions end."""
    pin_hash = secrets.hash_secret(pepper, pin) if pin else None
    password_hash = secrets.hash_secret(pepper, password) if password else None
    with writing() as session:
        row = session.get(Secret, person)
        if row is None:
            row = Secret(id=person)
            session.add(row)
        row.pin_hash = pin_hash or row.pin_hash
        row.username = username or row.username
        row.password_hash = password_hash or row.password_hash
        session.execute(delete(LoginSession).where(LoginSession.person == person))
