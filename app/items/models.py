"""Items and their codes; shared by every site of the organisation."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

ID = String(36)


class Item(Base):
    """A stock keeping unit. `packagings` = [{id, name, quantity}] in base units.

    `label_ais` = the AIs on its label in order, for scanners that lose separators.
    """

    __tablename__ = "items"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    sku: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(10), default="pcs")
    tracking: Mapped[str] = mapped_column(String(6), default="none")
    rotation: Mapped[str] = mapped_column(String(4), default="fifo")
    expiry_required: Mapped[bool] = mapped_column(Boolean, default=False)
    min_life_days: Mapped[int] = mapped_column(default=0)
    weight_g: Mapped[int] = mapped_column(default=0)
    volume_ml: Mapped[int] = mapped_column(default=0)
    over_receipt_percent: Mapped[int] = mapped_column(default=0)
    cost: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))  # of one base unit
    packagings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    label_ais: Mapped[list[str] | None] = mapped_column(JSON)
    stocked: Mapped[bool] = mapped_column(Boolean, default=True)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class Identifier(Base):
    """Any barcode of an item and packaging. GTINs as 14 digits; others case-sensitive."""

    __tablename__ = "identifiers"
    __table_args__ = (
        Index("ix_identifiers_code", "code"),
        Index("ix_identifiers_item", "item"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(200))
    item: Mapped[str] = mapped_column(ID)
    packaging: Mapped[str | None] = mapped_column(ID)


class Reason(Base):
    """A one-tap reason; `label` = {language: words}."""

    __tablename__ = "reasons"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[dict[str, str]] = mapped_column(JSON)
