"""Records that hold ids, told in names."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.items.models import Item
from app.kernel.money import written
from app.office.telling import told

Row = Mapping[str, Any]


def contents(session: Session, row: Row) -> str:
    """Say what was announced to be on a pallet."""
    return ", ".join(_line(session, goods) for goods in row["contents"] or ())


def _line(session: Session, goods: Mapping[str, Any]) -> str:
    item = session.get(Item, goods["item"])
    name = f"{item.sku} {item.name}" if item else str(goods["item"])
    return f"{goods['quantity']} × {name}"


def gesture(session: Session, row: Row) -> str:
    """Say what an operation handled and where."""
    return ", ".join(told(session, row["words"]))


def cost(session: Session, row: Row) -> str | None:
    """Write what a piece costs."""
    return written(row["cost"])


def label_ais(session: Session, row: Row) -> str:
    """Say which AIs stand on a label, in order."""
    return " ".join(f"({code})" for code in row["label_ais"] or ())


def packaging(session: Session, row: Row) -> str | None:
    """Name the packaging a barcode is printed on."""
    named = {each["id"]: str(each["name"]) for each in row["packaging"] or ()}
    return named.get(row["packaging_id"])
