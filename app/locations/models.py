"""Sites, zones, places and the site's own codes."""

from typing import Any

from sqlalchemy import JSON, Boolean, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

ID = String(36)
VIRTUAL = ("@supplier", "@customer", "@variance", "@scrap", "@transit")


class Site(Base):
    """One warehouse; `settings` holds what its supervisors decide."""

    __tablename__ = "sites"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    language: Mapped[str] = mapped_column(String(5), default="en")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Zone(Base):
    """A part of a site."""

    __tablename__ = "zones"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))


class Location(Base):
    """A place: bin, dock, stage … or a virtual one. Coordinates in centimetres."""

    __tablename__ = "locations"
    __table_args__ = (
        UniqueConstraint("site", "code"),
        Index("ix_locations_kind", "site", "kind"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    zone: Mapped[str | None] = mapped_column(ID)
    x: Mapped[int] = mapped_column(default=0)
    y: Mapped[int] = mapped_column(default=0)
    z: Mapped[int] = mapped_column(default=0)
    blocked: Mapped[bool] = mapped_column(Boolean, default=False)
    only_empty: Mapped[bool] = mapped_column(Boolean, default=False)
    no_mix_item: Mapped[bool] = mapped_column(Boolean, default=False)
    no_mix_lot: Mapped[bool] = mapped_column(Boolean, default=False)
    max_units: Mapped[int | None]
    max_weight_g: Mapped[int | None]
    max_volume_ml: Mapped[int | None]


class Alias(Base):
    """A code that means something only here; withdrawn, it is remembered and means nothing.

    `target` is an id, or the name of a command; `packaging` only of an item.
    """

    __tablename__ = "aliases"
    __table_args__ = (Index("ix_aliases_code", "site", "code"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(200))
    target_kind: Mapped[str] = mapped_column(String(10))
    target: Mapped[str] = mapped_column(String(80))
    packaging: Mapped[str | None] = mapped_column(ID)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    taken_for: Mapped[list[str]] = mapped_column(JSON, default=list)  # items, by hands so far
