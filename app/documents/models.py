"""Documents. Their counters only ever grow by operations and shrink by voids."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant
from app.ledger.models import DEVICE

ID = String(36)


class Supplier(Base):
    """Who delivers; `company_prefix` begins the GTINs of goods they make, labelled `label_ais`."""

    __tablename__ = "suppliers"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    company_prefix: Mapped[str | None] = mapped_column(String(12))
    label_ais: Mapped[list[str] | None] = mapped_column(JSON)


class Customer(Base):
    """Who orders."""

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    org: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))


class PurchaseOrder(Base):
    """What a supplier was asked for."""

    __tablename__ = "purchase_orders"
    __table_args__ = (Index("ix_purchase_orders_number", "site", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    number: Mapped[str] = mapped_column(String(60))
    supplier: Mapped[str | None] = mapped_column(ID)
    blind: Mapped[bool] = mapped_column(Boolean, default=False)
    status: Mapped[str] = mapped_column(String(10), default="open")
    due: Mapped[datetime | None] = mapped_column(Instant)


class PurchaseOrderLine(Base):
    """One item of a purchase order; quantities in base units."""

    __tablename__ = "purchase_order_lines"
    __table_args__ = (Index("ix_purchase_order_lines_order", "order"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    order: Mapped[str] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    packaging: Mapped[str | None] = mapped_column(ID)
    ordered: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    damaged: Mapped[int] = mapped_column(BigInteger, default=0)
    missing: Mapped[int] = mapped_column(BigInteger, default=0)
    aside: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # of a surplus


class Asn(Base):
    """What a supplier says is on the truck."""

    __tablename__ = "asns"
    __table_args__ = (Index("ix_asns_number", "site", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    number: Mapped[str] = mapped_column(String(60))
    supplier: Mapped[str | None] = mapped_column(ID)
    purchase_order: Mapped[str | None] = mapped_column(ID)
    status: Mapped[str] = mapped_column(String(10), default="announced")


class AsnUnit(Base):
    """An announced pallet; its id is the id of the LPN. `contents` = [goods]."""

    __tablename__ = "asn_units"
    __table_args__ = (Index("ix_asn_units_asn", "asn"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    asn: Mapped[str] = mapped_column(ID)
    code: Mapped[str] = mapped_column(String(60))
    contents: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    po_lines: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    received: Mapped[int] = mapped_column(default=0)


class AsnLine(Base):
    """Announced loose goods."""

    __tablename__ = "asn_lines"
    __table_args__ = (Index("ix_asn_lines_asn", "asn"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    asn: Mapped[str] = mapped_column(ID)
    po_line: Mapped[str | None] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    quantity: Mapped[int] = mapped_column(BigInteger)
    lot: Mapped[str | None] = mapped_column(ID)
    lot_code: Mapped[str | None] = mapped_column(String(80))
    expiry: Mapped[str | None] = mapped_column(String(10))
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    missing: Mapped[int] = mapped_column(BigInteger, default=0)


class SalesOrder(Base):
    """What a customer wants; `status` follows from the lines and is never set by hand."""

    __tablename__ = "sales_orders"
    __table_args__ = (
        Index("ix_sales_orders_status", "site", "status"),
        Index("ix_sales_orders_number", "site", "number"),
        Index("ix_sales_orders_shipped", "site", "shipped_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    number: Mapped[str] = mapped_column(String(60))
    customer: Mapped[str | None] = mapped_column(ID)
    customer_name: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(12), default="open")
    cancelled: Mapped[bool] = mapped_column(Boolean, default=False)
    released: Mapped[bool] = mapped_column(Boolean, default=True)
    priority: Mapped[int] = mapped_column(default=5)
    due: Mapped[datetime | None] = mapped_column(Instant)
    placed_at: Mapped[datetime | None] = mapped_column(Instant)
    shipments: Mapped[int] = mapped_column(default=0)
    stagings: Mapped[int] = mapped_column(default=0)
    back_order_of: Mapped[str | None] = mapped_column(ID)
    shipped_at: Mapped[datetime | None] = mapped_column(Instant)
    # of each its LPN, and what was picked into it
    totes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class SalesOrderLine(Base):
    """One item of an order."""

    __tablename__ = "sales_order_lines"
    __table_args__ = (Index("ix_sales_order_lines_order", "order"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    order: Mapped[str] = mapped_column(ID)
    item: Mapped[str] = mapped_column(ID)
    ordered: Mapped[int] = mapped_column(BigInteger)
    picked: Mapped[int] = mapped_column(BigInteger, default=0)
    short: Mapped[int] = mapped_column(BigInteger, default=0)
    refound: Mapped[int] = mapped_column(BigInteger, default=0)
    price: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))


class AnnouncedReturn(Base):
    """A return that the customer announced; it stays open until somebody receives it."""

    __tablename__ = "announced_returns"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    number: Mapped[str] = mapped_column(String(60))
    customer: Mapped[str | None] = mapped_column(ID)
    status: Mapped[str] = mapped_column(String(10), default="announced")
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class CountSheet(Base):
    """One blind count of one place by one person.

    `u`: by how many microseconds its moments may be off. `settled_through`: up to when the picture
    was known to be complete when it settled; never withdrawn. `contested`: it was when it was
    approved. `recount`: the task by which somebody else counts again.
    """

    __tablename__ = "count_sheets"
    __table_args__ = (
        Index("ix_count_sheets_place", "site", "place"),
        Index("ix_count_sheets_started", "site", "started_at"),
        Index("ix_count_sheets_state", "site", "state"),
        # Looked at every few seconds, and there are hardly any.
        Index(
            "ix_count_sheets_unsettled",
            "site",
            sqlite_where=text("settled_through IS NULL AND eff_at IS NOT NULL"),
            postgresql_where=text("settled_through IS NULL AND eff_at IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    place: Mapped[str] = mapped_column(ID)
    state: Mapped[str] = mapped_column(String(10), default="counting")
    counter: Mapped[str | None] = mapped_column(ID)
    empty: Mapped[bool] = mapped_column(Boolean, default=False)
    started_at: Mapped[datetime] = mapped_column(Instant)
    eff_at: Mapped[datetime | None] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(DEVICE)
    epoch: Mapped[int | None]
    seq: Mapped[int | None] = mapped_column(BigInteger)
    decided_by: Mapped[str | None] = mapped_column(ID)
    u: Mapped[int] = mapped_column(BigInteger, default=0)
    settled_through: Mapped[datetime | None] = mapped_column(Instant)
    settled_seq: Mapped[int | None] = mapped_column(BigInteger)
    contested: Mapped[bool] = mapped_column(Boolean, default=False)
    recount: Mapped[str | None] = mapped_column(ID)


class CountLine(Base):
    """What was seen: goods of one key in one holder, or a handling unit."""

    __tablename__ = "count_lines"
    __table_args__ = (Index("ix_count_lines_sheet", "sheet"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    site: Mapped[str] = mapped_column(ID)
    sheet: Mapped[str] = mapped_column(ID)
    holder: Mapped[str | None] = mapped_column(ID)
    lpn: Mapped[str | None] = mapped_column(ID)
    item: Mapped[str | None] = mapped_column(ID)
    lot: Mapped[str] = mapped_column(String(36), default="")
    serial: Mapped[str | None] = mapped_column(ID)
    quantity: Mapped[int] = mapped_column(BigInteger, default=0)
    voided: Mapped[bool] = mapped_column(Boolean, default=False)
