"""Files that were brought to the office, and how far each has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant

ID = String(36)
UPLOADED, RUNNING, DONE, FAILED = "uploaded", "running", "done", "failed"


class FileBrought(Base):
    """One upload; not part of the operation log, which holds what came of it."""

    __tablename__ = "files_brought"
    __table_args__ = (Index("ix_files_brought_site", "site", "created_at"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(200))
    spreadsheet: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10), default=UPLOADED)
    total: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    good: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    problems: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    by: Mapped[str | None] = mapped_column(ID)
    created_at: Mapped[datetime] = mapped_column(Instant)
    touched_at: Mapped[datetime] = mapped_column(Instant)
