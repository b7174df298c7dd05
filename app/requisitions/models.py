"""Requisitions as records."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)


class Requisition(Base):
    """What somebody asked for. `lines` = [{item, quantity, approved: int | null}]."""

    __tablename__ = "requisitions"
    __table_args__ = (
        UniqueConstraint("site", "number"),
        Index("ix_requisitions_state", "site", "state", "asked_at"),
        Index("ix_requisitions_asked_by", "site", "asked_by", "asked_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    number: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(9))
    for_whom: Mapped[str] = mapped_column(String(120))
    wanted_by: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str | None] = mapped_column(String(400))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    asked_by: Mapped[str | None] = mapped_column(String(60))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decision_note: Mapped[str | None] = mapped_column(String(400))
    order: Mapped[str | None] = mapped_column(ID)
