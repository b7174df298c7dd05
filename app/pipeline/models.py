"""The operation log, its streams, its exceptions, and what handhelds hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant
from app.ledger.models import DEVICE
from app.ledger.postings import OpenBooks

ID = String(36)


class Stream(Base):
    """A change log: the organisation's, or one site's. `commit_seq` has no gaps.

    `masters_seq` is where master data (items, places, people) last changed; `settled_at` the
    latest moment of counting whose picture is known to be complete; the books are closed before
    `opens_at`, and `first_day` (YYYY-MM-DD) is the first that is open.
    """

    __tablename__ = "streams"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    incarnation: Mapped[str] = mapped_column(ID)
    commit_seq: Mapped[int] = mapped_column(BigInteger)
    masters_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    first_day: Mapped[str | None] = mapped_column(String(10))

    @property
    def books(self) -> OpenBooks | None:
        """From when its books are open; None: nothing was ever closed."""
        if self.opens_at is None or self.first_day is None:
            return None
        return OpenBooks(self.opens_at, self.first_day)


class StoredOperation(Base):
    """One envelope as it arrived, and the answer it got, for ever."""

    __tablename__ = "operations"
    __table_args__ = (
        UniqueConstraint("stream", "device", "epoch", "seq"),
        Index("ix_operations_id", "operation"),
        Index("ix_operations_subject", "subject"),
    )

    stream: Mapped[str] = mapped_column(ID, primary_key=True)
    commit_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    chunk: Mapped[int] = mapped_column(BigInteger)
    operation: Mapped[str | None] = mapped_column(ID)
    alias: Mapped[bool] = mapped_column(Boolean, default=False)
    device: Mapped[str] = mapped_column(DEVICE)
    epoch: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str | None] = mapped_column(String(60))
    kind_v: Mapped[int | None]
    actor: Mapped[str | None] = mapped_column(String(60))
    cause: Mapped[str | None] = mapped_column(ID)
    subject: Mapped[str | None] = mapped_column(String(160))
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
    sha: Mapped[bytes] = mapped_column(LargeBinary(32))
    outcome: Mapped[str] = mapped_column(String(9))
    codes: Mapped[list[str]] = mapped_column(JSON)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    eff_at: Mapped[datetime] = mapped_column(Instant)
    u: Mapped[int] = mapped_column(BigInteger)
    clamped: Mapped[bool] = mapped_column(Boolean)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(8))
    org_seq: Mapped[int] = mapped_column(BigInteger)
    rules_v: Mapped[int] = mapped_column(default=1)


class OpenException(Base):
    """A contradiction, identified by (code, subject), never deleted."""

    __tablename__ = "exceptions"
    __table_args__ = (
        Index("ix_exceptions_state", "site", "state"),
        Index("ix_exceptions_subject", "subject"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(60))
    family: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(160))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    severity: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    opened_seq: Mapped[int] = mapped_column(BigInteger)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    resolution: Mapped[str | None] = mapped_column(String(20))
    resolved_by: Mapped[str | None] = mapped_column(ID)
    accepted: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    operation: Mapped[str | None] = mapped_column(ID)
    device: Mapped[str | None] = mapped_column(String(60))


class ChannelRow(Base):
    """The newest state of a row in a channel, at the sequence at which it got there."""

    __tablename__ = "channel_rows"
    __table_args__ = (Index("ix_channel_rows_seq", "stream", "channel", "seq"),)

    stream: Mapped[str] = mapped_column(ID, primary_key=True)
    channel: Mapped[str] = mapped_column(String(60), primary_key=True)
    entity: Mapped[str] = mapped_column(String(30), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    row: Mapped[str | None] = mapped_column(Text)  # JSON, written once, sent as it is
    changed_at: Mapped[datetime] = mapped_column(Instant)


class ChannelSum(Base):
    """Check figures of a channel: how many rows live, and the XOR of their marks."""

    __tablename__ = "channel_sums"

    stream: Mapped[str] = mapped_column(ID, primary_key=True)
    channel: Mapped[str] = mapped_column(String(60), primary_key=True)
    n: Mapped[int]
    xor: Mapped[str] = mapped_column(String(16))


class Horizon(Base):
    """Up to which sequence deletions of a stream have been forgotten."""

    __tablename__ = "horizons"

    stream: Mapped[str] = mapped_column(ID, primary_key=True)
    purged_seq: Mapped[int] = mapped_column(BigInteger)
    purged_at: Mapped[datetime] = mapped_column(Instant)


class Epoch(Base):
    """One journal of one device; the server numbers them."""

    __tablename__ = "epochs"

    device: Mapped[str] = mapped_column(ID, primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    last_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    last_sha: Mapped[str] = mapped_column(String(64), default="0" * 64)
    head_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    closed: Mapped[bool] = mapped_column(Boolean, default=False)
    rotation: Mapped[str | None] = mapped_column(ID)
    reason: Mapped[str | None] = mapped_column(String(6))  # enrol, or that of the rotation
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    complete_cut_at: Mapped[datetime | None] = mapped_column(Instant)
    last_eff_at: Mapped[datetime | None] = mapped_column(Instant)
    offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    offset_change_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    rtt_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    last_contact: Mapped[datetime | None] = mapped_column(Instant)
    parked: Mapped[bool] = mapped_column(Boolean, default=False)
    # Nothing of this journal is unsent from before; None: nobody knows (a restored server).
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    parked_at: Mapped[datetime | None] = mapped_column(Instant)
    # What was done up to here was done on a parked handheld, before it spoke again.
    unparked_seq: Mapped[int] = mapped_column(BigInteger, default=0)
