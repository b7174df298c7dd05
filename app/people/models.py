"""People, devices, sessions. Secrets are hashes; none of it goes to a handheld."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)
ROLES = (
    "receiver",
    "picker",
    "counter",
    "packer",
    "requester",
    "supervisor",
    "planner",
    "admin",
)
FLOOR_ROLES = ("receiver", "picker", "counter", "packer")


class Person(Base):
    """Somebody with a badge."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    badge: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    roles: Mapped[list[str]] = mapped_column(JSON)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Secret(Base):
    """A person's PIN and password as argon2id; not part of the operation log."""

    __tablename__ = "secrets"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    username: Mapped[str | None] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))


class TryCounter(Base):
    """Failed log-ins of a badge or a device; in the database because workers share it."""

    __tablename__ = "try_counters"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(Instant)


class Device(Base):
    """A handheld. Its credential is known by its hash only."""

    __tablename__ = "devices"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    label: Mapped[str] = mapped_column(String(120))
    credential_sha: Mapped[str] = mapped_column(String(64), unique=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    scope_version: Mapped[int] = mapped_column(default=1)
    epoch: Mapped[int]
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    last_seen: Mapped[datetime | None] = mapped_column(Instant)
    app: Mapped[str | None] = mapped_column(String(40))
    pending: Mapped[int] = mapped_column(default=0)
    persisted: Mapped[bool | None] = mapped_column(Boolean)
    used: Mapped[int | None]  # of the space that its browser gives it, in per cent


class Exclusion(Base):
    """A handheld that nobody waits for any more: lost, broken, or away for good."""

    __tablename__ = "exclusions"

    device: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    active: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(String(400))
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime] = mapped_column(Instant)


class EnrolmentCode(Base):
    """A single-use invitation for a handheld."""

    __tablename__ = "enrolment_codes"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    roles: Mapped[list[str]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_by: Mapped[str | None] = mapped_column(ID)
    replaces: Mapped[str | None] = mapped_column(ID)  # whose name it gives to who comes empty


class LoginSession(Base):
    """A server-side session; deleting the row ends it everywhere."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_person", "person"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(ID)
    device: Mapped[str | None] = mapped_column(ID)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Grant(Base):
    """The right to work on a device for some hours, offline too."""

    __tablename__ = "grants"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ID)
    device: Mapped[str] = mapped_column(ID)
    issued_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Token(Base):
    """A bearer token for automation."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    site: Mapped[str | None] = mapped_column(ID)
    role: Mapped[str] = mapped_column(String(20))
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
