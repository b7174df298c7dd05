"""Tasks and reservations; a right to a decision, never to a fact."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)


class PutawayPlan(Base):
    """A bin reserved for a pallet or an open line, and why."""

    __tablename__ = "putaway_plans"
    __table_args__ = (Index("ix_putaway_plans_place", "site", "place"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    lpn: Mapped[str | None] = mapped_column(ID)
    code: Mapped[str | None] = mapped_column(String(60))
    item: Mapped[str | None] = mapped_column(ID)
    source: Mapped[str | None] = mapped_column(ID)
    place: Mapped[str | None] = mapped_column(ID)
    place_code: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[dict[str, Any]] = mapped_column(JSON)
    alternates: Mapped[list[str]] = mapped_column(JSON, default=list)
    expected: Mapped[int] = mapped_column(BigInteger, default=0)
    stored: Mapped[int] = mapped_column(BigInteger, default=0)
    efforts: Mapped[int] = mapped_column(default=0, server_default="0")  # hands that did it
    cancelled: Mapped[bool] = mapped_column(Boolean, default=False)


class PickTask(Base):
    """An order in one picker's hands."""

    __tablename__ = "pick_tasks"
    __table_args__ = (
        Index("ix_pick_tasks_order", "order"),
        Index("ix_pick_tasks_state", "site", "state"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    order: Mapped[str] = mapped_column(ID)
    device: Mapped[str] = mapped_column(ID)
    person: Mapped[str | None] = mapped_column(String(60))
    lease: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="active")
    taken_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)  # then others may have it
    taken_from: Mapped[str | None] = mapped_column(ID)  # the handheld that had it before


class PickLine(Base):
    """One stop of a walk; the quantity is reserved in its holder until picked or short."""

    __tablename__ = "pick_lines"
    __table_args__ = (
        Index("ix_pick_lines_task", "task"),
        Index("ix_pick_lines_order_line", "order_line"),
        Index("ix_pick_lines_holder", "site", "holder", "item"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    task: Mapped[str] = mapped_column(ID)
    order_line: Mapped[str] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    lot: Mapped[str] = mapped_column(String(36), default="")
    place: Mapped[str] = mapped_column(ID)
    place_code: Mapped[str] = mapped_column(String(60))
    holder: Mapped[str] = mapped_column(ID)
    quantity: Mapped[int] = mapped_column(BigInteger)
    picked: Mapped[int] = mapped_column(BigInteger, default=0)
    closed: Mapped[bool] = mapped_column(Boolean, default=False)
    sequence: Mapped[int]


class CountTask(Base):
    """A place that somebody shall count; who may not is said when it is offered."""

    __tablename__ = "count_tasks"
    __table_args__ = (
        Index("ix_count_tasks_place", "place"),
        Index("ix_count_tasks_state", "site", "state", "asked_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    place: Mapped[str] = mapped_column(ID)
    why: Mapped[str] = mapped_column(String(7))
    state: Mapped[str] = mapped_column(String(9), default="open")
    note: Mapped[str | None] = mapped_column(String(400))
    asked_by: Mapped[str | None] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    sheet: Mapped[str | None] = mapped_column(ID)  # the count that ended it, or will
