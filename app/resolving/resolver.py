"""What a code means here: aliases first, then the standard reading (scanning.md, router)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.models import Asn, PurchaseOrder, SalesOrder
from app.identification import identify, normalise
from app.items.models import Identifier, Item
from app.kernel.ids import derived
from app.locations.models import Alias, Location
from app.people.models import Person
from app.stock.models import HandlingUnit

Meant = Literal[
    "place", "item", "lpn", "person", "command", "order", "po", "asn", "url", "unknown", "ambiguous"
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a code may stand for: type, id and label only."""

    type: Meant
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Here:
    """Where the code was scanned."""

    session: Session
    org: str
    site: str


def resolve(here: Here, data: str, symbology: str | None) -> list[Meaning]:
    """Return what the code means; none = unknown, several = ambiguous, never a guess."""
    text, _ = normalise(data, symbology)
    meanings = {(m.type, m.id): m for m in _exact(here, text)}
    meanings |= {(m.type, m.id): m for m in _standard(here, data, symbology)}
    return list(meanings.values())


def _exact(here: Here, text: str) -> Iterator[Meaning]:
    """Look the exact string up among everything that has a name here."""
    session = here.session
    for alias in session.scalars(select(Alias).where(Alias.site == here.site, Alias.code == text)):
        kind: Meant = "place" if alias.target_kind == "place" else "command"
        yield Meaning(kind, alias.target, alias.code)
    place = session.scalars(
        select(Location).where(Location.site == here.site, Location.code == text)
    ).first()
    if place is not None and place.kind != "virtual":
        yield Meaning("place", place.id, place.code)
    identifier = session.get(Identifier, derived(here.org, text))
    if identifier is not None:
        yield from _item(here, identifier.item)
    for item in session.scalars(select(Item).where(Item.org == here.org, Item.sku == text)):
        yield Meaning("item", item.id, item.name)
    yield from _documents(here, text)


def _documents(here: Here, number: str) -> Iterator[Meaning]:
    order = here.session.scalars(
        select(SalesOrder).where(SalesOrder.site == here.site, SalesOrder.number == number)
    ).first()
    if order is not None:
        yield Meaning("order", order.id, order.number)
    purchase = here.session.scalars(
        select(PurchaseOrder).where(PurchaseOrder.site == here.site, PurchaseOrder.number == number)
    ).first()
    if purchase is not None:
        yield Meaning("po", purchase.id, purchase.number)
    asn = here.session.scalars(
        select(Asn).where(Asn.site == here.site, Asn.number == number)
    ).first()
    if asn is not None:
        yield Meaning("asn", asn.id, asn.number)


def _item(here: Here, item_id: str) -> Iterator[Meaning]:
    item = here.session.get(Item, item_id)
    if item is not None:
        yield Meaning("item", item.id, item.name)


def _standard(here: Here, data: str, symbology: str | None) -> Iterator[Meaning]:
    reading = identify(data, symbology)
    if reading.gtin14:
        identifier = here.session.get(Identifier, derived(here.org, reading.gtin14))
        if identifier is not None:
            yield from _item(here, identifier.item)
    if reading.sscc:
        yield from _unit(here, reading.sscc)
    if reading.internal is not None:
        yield from _internal(here, reading.internal.type, reading.internal.code)


def _unit(here: Here, code: str) -> Iterator[Meaning]:
    unit = here.session.get(HandlingUnit, derived(here.site, code))
    if unit is not None:
        yield Meaning("lpn", unit.id, unit.code or code)


def _internal(here: Here, kind: str, code: str) -> Iterator[Meaning]:
    session = here.session
    if kind == "place":
        place = session.scalars(
            select(Location).where(Location.site == here.site, Location.code == code)
        ).first()
        if place is not None:
            yield Meaning("place", place.id, place.code)
    elif kind == "badge":
        person = session.scalars(
            select(Person).where(Person.org == here.org, Person.badge == code)
        ).first()
        if person is not None:
            yield Meaning("person", person.id, person.name)
    elif kind in ("lpn", "tote"):
        yield from _unit(here, code)
    elif kind == "command":
        yield Meaning("command", code, code)
    elif kind == "order":
        yield from _documents(here, code)
