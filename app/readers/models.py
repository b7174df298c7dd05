"""Readers, what their antennas mean, what they read, and the visits that follow from it.

Reads, tracks and contacts are what a machine says many times a second: kept for a few days, not
part of the log. Readers, antennas and visits are.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)
TAG = String(128)  # hex digits, upper case
MEANINGS = ("dock_in", "dock_out", "passage", "bin")
OPEN, CONFIRMED, DISMISSED = "open", "confirmed", "dismissed"


class Reader(Base):
    """A fixed reader. Its token is known by its hash only."""

    __tablename__ = "rfid_readers"
    __table_args__ = (Index("ix_rfid_readers_site", "site", "name"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    name: Mapped[str] = mapped_column(String(60))
    token_sha: Mapped[str] = mapped_column(String(64), unique=True)
    registered_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class ReadPoint(Base):
    """One antenna of a reader and what it looks at.

    Antennas of a reader with one place and one meaning are a gate: one visit is told of them all.
    """

    __tablename__ = "read_points"
    __table_args__ = (
        Index("ix_read_points_reader", "reader"),
        Index("ix_read_points_gate", "gate"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    reader: Mapped[str] = mapped_column(ID)
    antenna: Mapped[int]
    place: Mapped[str | None] = mapped_column(ID)  # None: bound to nothing any more
    meaning: Mapped[str] = mapped_column(String(8))
    side: Mapped[str | None] = mapped_column(String(7))
    gate: Mapped[str | None] = mapped_column(ID)


class TagVisit(Base):
    """A tag was at a gate, from the first read of it to the last: one event of the business."""

    __tablename__ = "tag_visits"
    __table_args__ = (
        Index("ix_tag_visits_state", "site", "state", "last_at"),
        Index("ix_tag_visits_gate", "gate", "tag", "last_at"),
        Index("ix_tag_visits_subject", "subject", "last_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    reader: Mapped[str] = mapped_column(ID)
    gate: Mapped[str] = mapped_column(ID)
    place: Mapped[str] = mapped_column(ID)
    meaning: Mapped[str] = mapped_column(String(8))
    tag: Mapped[str] = mapped_column(TAG)
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    reads: Mapped[int]
    direction: Mapped[str] = mapped_column(String(7))
    kind: Mapped[str] = mapped_column(String(7))  # unit | piece | unknown
    subject: Mapped[str | None] = mapped_column(ID)  # the unit or the serial
    item: Mapped[str | None] = mapped_column(ID)
    code: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(9), default=OPEN)
    settled_by: Mapped[str | None] = mapped_column(String(60))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)


class TagRead(Base):
    """One report of a tag. `stamp` is what the reader's own clock said, or when it arrived."""

    __tablename__ = "tag_reads"
    __table_args__ = (
        Index("ix_tag_reads_gate", "gate", "tag", "at"),
        Index("ix_tag_reads_arrived_at", "arrived_at"),
    )

    reader: Mapped[str] = mapped_column(ID, primary_key=True)
    stamp: Mapped[int] = mapped_column(BigInteger, primary_key=True)  # microseconds since 1970
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    gate: Mapped[str | None] = mapped_column(ID)
    tag: Mapped[str] = mapped_column(TAG)
    antenna: Mapped[int]
    rssi: Mapped[int | None]  # hundredths of a dBm
    reads: Mapped[int]  # how often the reader saw it for this report
    at: Mapped[int] = mapped_column(BigInteger)
    arrived_at: Mapped[int] = mapped_column(BigInteger)


class TagTrack(Base):
    """What was read of a tag at a gate and is not told as a visit yet; times in microseconds."""

    __tablename__ = "tag_tracks"
    __table_args__ = (Index("ix_tag_tracks_pending", "pending", "arrived_at"),)

    gate: Mapped[str] = mapped_column(ID, primary_key=True)
    tag: Mapped[str] = mapped_column(TAG, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    pending: Mapped[int]  # 1: there are reads that nobody has looked at
    first_at: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[int] = mapped_column(BigInteger)
    arrived_at: Mapped[int] = mapped_column(BigInteger)
    claimed_at: Mapped[int | None] = mapped_column(BigInteger)
    told_from: Mapped[int | None] = mapped_column(BigInteger)
    told_until: Mapped[int | None] = mapped_column(BigInteger)


class ReaderContact(Base):
    """When a reader was heard last, and what came of all it said."""

    __tablename__ = "reader_contacts"

    reader: Mapped[str] = mapped_column(ID, primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    accepted: Mapped[int] = mapped_column(BigInteger)
    duplicates: Mapped[int] = mapped_column(BigInteger)
    bad: Mapped[int] = mapped_column(BigInteger)
