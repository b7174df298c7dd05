"""Printers, what waits for them, and the numbers handhelds may give out."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)
WAITING, SENDING, PRINTED, CANCELLED = "waiting", "sending", "printed", "cancelled"
OPEN = (WAITING, SENDING)


class Printer(Base):
    """A label printer on the network that speaks ZPL on a raw port; `media` = the roll in it."""

    __tablename__ = "printers"
    __table_args__ = (UniqueConstraint("site", "name"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    name: Mapped[str] = mapped_column(String(60))
    host: Mapped[str] = mapped_column(String(120))
    port: Mapped[int]
    dpi: Mapped[int]
    media: Mapped[str] = mapped_column(String(30))
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class PrintJob(Base):
    """Labels as they were when somebody asked for them; `content` goes once they are printed."""

    __tablename__ = "print_jobs"
    __table_args__ = (
        Index("ix_print_jobs_printer", "printer", "state", "created_at"),
        Index("ix_print_jobs_site", "site", "created_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    printer: Mapped[str] = mapped_column(ID)
    title: Mapped[str] = mapped_column(String(120))
    labels: Mapped[int]
    content: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(String(40))
    due_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    by: Mapped[str | None] = mapped_column(ID)


class NumberBlock(Base):
    """Numbers that one handheld gives to new units, also without a network; never taken back."""

    __tablename__ = "number_blocks"
    __table_args__ = (
        UniqueConstraint("site", "kind", "prefix", "first"),
        Index("ix_number_blocks_device", "device", "kind"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    device: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(4))
    prefix: Mapped[str] = mapped_column(String(20))
    first: Mapped[int] = mapped_column(BigInteger)
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
