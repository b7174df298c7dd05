"""Tables of the ledger. Entries and position entries are never changed, balances are a sum."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)
# Part of the effective key: both databases must sort it as Python does, byte by byte.
DEVICE = String(60).with_variant(String(60, collation="C"), "postgresql")


class Entry(Base):
    """One side of a posting."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_key", "holder", "item", "lot", "eff_at"),
        Index("ix_entries_operation", "operation"),
        CheckConstraint("quantity <> 0", name="moves_something"),
    )

    site: Mapped[str] = mapped_column(ID, primary_key=True)
    commit_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(8))
    holder_kind: Mapped[str] = mapped_column(String(5))
    holder: Mapped[str] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    lot: Mapped[str] = mapped_column(String(36))
    status: Mapped[str] = mapped_column(String(10))
    quantity: Mapped[int] = mapped_column(BigInteger)
    eff_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str] = mapped_column(DEVICE)
    epoch: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    # YYYY-MM-DD, where the day it happened on was closed by then; null = the day of `eff_at`
    posting_date: Mapped[str | None] = mapped_column(String(10))


class Balance(Base):
    """Projection: the sum of the entries of one stock key."""

    __tablename__ = "balances"
    __table_args__ = (
        Index("ix_balances_item", "item", "lot"),
        # What is below zero is asked after every chunk, and there is hardly any.
        Index(
            "ix_balances_below_zero",
            "holder",
            sqlite_where=text("quantity < 0"),
            postgresql_where=text("quantity < 0"),
        ),
    )

    holder: Mapped[str] = mapped_column(ID, primary_key=True)
    item: Mapped[str] = mapped_column(ID, primary_key=True)
    lot: Mapped[str] = mapped_column(String(36), primary_key=True)
    status: Mapped[str] = mapped_column(String(10), primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    holder_kind: Mapped[str] = mapped_column(String(5))
    quantity: Mapped[int] = mapped_column(BigInteger)


class PositionEntry(Base):
    """One sighting of identity stock."""

    __tablename__ = "position_entries"
    __table_args__ = (
        Index("ix_position_entries_unit", "unit"),
        Index("ix_position_entries_target", "target"),
    )

    site: Mapped[str] = mapped_column(ID, primary_key=True)
    commit_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(ID)
    unit: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(6))
    item: Mapped[str | None] = mapped_column(ID)
    what: Mapped[str] = mapped_column(String(6))
    target: Mapped[str] = mapped_column(ID)
    source: Mapped[str | None] = mapped_column(ID)
    eff_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str] = mapped_column(DEVICE)
    epoch: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int]


class UnitPosition(Base):
    """Projection: where the fold of its history puts a handling unit or a serial."""

    __tablename__ = "positions"
    __table_args__ = (Index("ix_positions_place", "place"),)

    unit: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(6))
    item: Mapped[str | None] = mapped_column(ID)
    place: Mapped[str] = mapped_column(ID)
    since: Mapped[datetime] = mapped_column(Instant)
    gaps: Mapped[int] = mapped_column(default=0)


class Anchor(Base):
    """An approved count of one key. A whole holder is anchored by a row with item ''."""

    __tablename__ = "anchors"
    __table_args__ = (Index("ix_anchors_holder", "holder", "eff_at"),)

    sheet: Mapped[str] = mapped_column(ID, primary_key=True)
    holder: Mapped[str] = mapped_column(ID, primary_key=True)
    item: Mapped[str] = mapped_column(String(36), primary_key=True)
    lot: Mapped[str] = mapped_column(String(36), primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    holder_kind: Mapped[str] = mapped_column(String(5))
    counted: Mapped[int] = mapped_column(BigInteger)
    eff_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str] = mapped_column(DEVICE)
    epoch: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)


class AnchoredUnit(Base):
    """A handling unit or serial that an approved count saw in a holder."""

    __tablename__ = "anchored_units"

    sheet: Mapped[str] = mapped_column(ID, primary_key=True)
    holder: Mapped[str] = mapped_column(ID, primary_key=True)
    unit: Mapped[str] = mapped_column(ID, primary_key=True)


class Voided(Base):
    """`cause` did not happen, says `operation`; either may arrive first."""

    __tablename__ = "voided"

    cause: Mapped[str] = mapped_column(ID, primary_key=True)
    operation: Mapped[str] = mapped_column(ID)
    site: Mapped[str] = mapped_column(ID)
    applied: Mapped[bool] = mapped_column(Boolean)
