"""Subjects of exceptions in the words of the floor."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.models import PurchaseOrder, PurchaseOrderLine, SalesOrder, SalesOrderLine
from app.items.models import Item
from app.locations.models import Location
from app.people.models import Device, Person
from app.pipeline.models import OpenException
from app.stock.models import HandlingUnit

Namer = Callable[[Session, str], str]


def label_of(session: Session, family: str, subject: str) -> str:
    """Name a subject; what nobody knows keeps its id."""
    namer = NAMERS.get(family)
    return namer(session, subject) if namer else subject


def item_label(session: Session, item_id: str) -> str:
    """Name an item; what nobody knows by the code that was scanned."""
    item = session.get(Item, item_id)
    return f"{item.sku} {item.name}" if item else _scanned(session, item_id)


def holder_label(session: Session, holder: str) -> str:
    """Name a place or a handling unit."""
    place = session.get(Location, holder)
    if place is not None:
        return place.code
    unit = session.get(HandlingUnit, holder)
    return (unit.code if unit else None) or holder


def _po_line(session: Session, subject: str) -> str:
    line = session.get(PurchaseOrderLine, subject)
    order = session.get(PurchaseOrder, line.order) if line else None
    return f"{order.number} · {item_label(session, line.item)}" if line and order else subject


def _order_line(session: Session, subject: str) -> str:
    line = session.get(SalesOrderLine, subject)
    order = session.get(SalesOrder, line.order) if line else None
    return f"{order.number} · {item_label(session, line.item)}" if line and order else subject


def _stock(session: Session, subject: str) -> str:
    holder, item, *_ = subject.split("|")
    return f"{holder_label(session, holder)} · {item_label(session, item)}"


def _device(session: Session, subject: str) -> str:
    device_id, *rest = subject.split("|")
    device = session.get(Device, device_id)
    return " · ".join([device.label if device else device_id, *rest])


def _actor(session: Session, subject: str) -> str:
    person_id, _, device_id = subject.partition("|")
    person, device = session.get(Person, person_id), session.get(Device, device_id)
    names = [person.name if person else person_id, device.label if device else None]
    return " · ".join(filter(None, names))


def _scanned(session: Session, subject: str) -> str:
    about = select(OpenException.detail).where(
        OpenException.family.in_(("unknown", "code")), OpenException.subject == subject
    )
    return str((session.scalar(about) or {}).get("scanned") or subject)


NAMERS: Mapping[str, Namer] = {
    "po_line": _po_line,
    "order_line": _order_line,
    "stock": _stock,
    "place": holder_label,
    "counted": holder_label,
    "unit": holder_label,
    "receipt": item_label,
    "unknown": item_label,
    "code": item_label,
    "envelope": _device,
    "device": _device,
    "actor": _actor,
}
