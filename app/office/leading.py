"""Where a contradiction leads: the records it is about, as office tables with their filters."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.documents.models import PurchaseOrderLine, SalesOrderLine

Led = list[tuple[str, dict[str, str]]]  # table → filters
Leader = Callable[[Session, str], Led]


def leads_to(session: Session, family: str, subject: str) -> list[dict[str, Any]]:
    """Name the tables behind a subject: its document first, then its stock and the ledger."""
    leader = LEADERS.get(family)
    found = leader(session, subject) if leader else []
    return [{"table": table, "filters": filters} for table, filters in found]


def _purchase(session: Session, subject: str) -> Led:
    line = session.get(PurchaseOrderLine, subject)
    return [("purchase_orders", {"id": line.order}), _item(line.item)] if line else []


def _sale(session: Session, subject: str) -> Led:
    line = session.get(SalesOrderLine, subject)
    return [("orders", {"id": line.order}), _item(line.item)] if line else []


def _item(item: str) -> tuple[str, dict[str, str]]:
    return ("stock", {"item": item})


def _stock(_: Session, subject: str) -> Led:
    holder, item, lot = [*subject.split("|"), "", ""][:3]
    return [("postings", {"holder": holder, "item": item, "lot": lot}), _item(item)]


def _place(_: Session, subject: str) -> Led:
    return [("stock", {"place": subject}), ("count_sheets", {"place": subject})]


def _unit(_: Session, subject: str) -> Led:
    return [("handling_units", {"id": subject}), ("sightings", {"unit": subject})]


def _device(_: Session, subject: str) -> Led:
    device = subject.partition("|")[0]
    return [("devices", {"id": device}), ("operations", {"device": device})]


def _actor(_: Session, subject: str) -> Led:
    person, device = [*subject.split("|"), ""][:2]
    return [("operations", {"actor": person}), ("devices", {"id": device})]


LEADERS: Mapping[str, Leader] = {
    "po_line": _purchase,
    "order_line": _sale,
    "stock": _stock,
    "place": _place,
    "unit": _unit,
    "device": _device,
    "envelope": _device,
    "actor": _actor,
}
