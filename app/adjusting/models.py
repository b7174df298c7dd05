"""Corrections as records: asked for, posted or rejected."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)


class Adjustment(Base):
    """One correction. `change` is what it does to stock; `eff_at` … when it was said."""

    __tablename__ = "adjustments"
    __table_args__ = (Index("ix_adjustments_state", "site", "state", "asked_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(6))
    state: Mapped[str] = mapped_column(String(9))
    place: Mapped[str] = mapped_column(ID)
    lpn: Mapped[str | None] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    lot: Mapped[str] = mapped_column(String(36))
    serial: Mapped[str | None] = mapped_column(ID)
    status: Mapped[str] = mapped_column(String(10))
    change: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[Decimal | None] = mapped_column(Numeric(24, 4))  # what it was worth when asked
    reason: Mapped[str] = mapped_column(ID)
    note: Mapped[str | None] = mapped_column(String(400))
    asked_by: Mapped[str | None] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str] = mapped_column(String(60))
    epoch: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    eff_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision_note: Mapped[str | None] = mapped_column(String(400))
