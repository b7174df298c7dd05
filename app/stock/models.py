"""Identities of goods, known from the first scan that named them."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)


class Lot(Base):
    """A batch; of differing expiry dates the earliest evidence wins and the rest is flagged."""

    __tablename__ = "lots"
    __table_args__ = (Index("ix_lots_item", "item"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    code: Mapped[str | None] = mapped_column(String(80))
    expiry: Mapped[str | None] = mapped_column(String(10))
    conflict: Mapped[bool] = mapped_column(Boolean, default=False)
    eff_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str] = mapped_column(String(60))
    epoch: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)


class Serial(Base):
    """One single piece; `status` as it was last judged, at that moment."""

    __tablename__ = "serials"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    code: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(10), default="available", server_default="available")
    eff_at: Mapped[datetime | None] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(String(60))
    epoch: Mapped[int | None]
    seq: Mapped[int | None] = mapped_column(BigInteger)


class HandlingUnit(Base):
    """A pallet, carton or tote in use; `code` as printed (SSCC or internal)."""

    __tablename__ = "handling_units"
    __table_args__ = (Index("ix_handling_units_code", "site", "code"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    code: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(8), default="unit")
    order: Mapped[str | None] = mapped_column(ID)


class Hold(Base):
    """Goods that must not go on: a lot, a handling unit, a serial, or what came on a receipt line.

    `covers`: the ids that goods in hand show; of a receipt line all that was received under it.
    """

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_subject", "subject"), Index("ix_holds_site", "site"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    subject_kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(20))
    covers: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str | None] = mapped_column(String(400))
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime | None] = mapped_column(Instant)
    held_by: Mapped[str | None] = mapped_column(String(60))
    released_by: Mapped[str | None] = mapped_column(String(60))
