"""What a code means here: aliases first, then the standard reading (scanning.md, router)."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from sqlalchemy import Engine, Select, bindparam, literal, select, union_all

from app.db import snapshot
from app.documents.models import Asn, PurchaseOrder, SalesOrder
from app.documents.naming import asn_id, order_id, purchase_order_id
from app.identification import Refused, candidates, identify, normalise
from app.identification.elements import GS
from app.items.models import Identifier, Item
from app.items.naming import identifier_id, item_id
from app.kernel.ids import derived
from app.kernel.values import value
from app.locations.models import Alias, Location
from app.locations.naming import alias_id, location_id
from app.people.models import Person
from app.people.naming import person_id
from app.resolving.codes import item_code
from app.resolving.labels import label_of_maker
from app.rows.prepared import Prepared
from app.stock.models import HandlingUnit

Meant = Literal[
    "place", "item", "lpn", "person", "command", "order", "po", "asn", "unknown", "ambiguous"
]


@value
class Meaning:
    """One thing a code may stand for: type, id and label only."""

    type: Meant
    id: str
    label: str


@value
class Here:
    """Where the code was scanned."""

    engine: Engine
    org: str
    site: str


def resolve(here: Here, data: str, symbology: str | None) -> list[Meaning]:
    """Return what the code means; none = unknown, several = ambiguous, never a guess.

    Every record is named by its code, so one statement of look-ups by id answers it all.
    """
    ids = {**_exact(here, data, symbology), **_standard(here, data, symbology)}
    rows = _everything().look(here.engine, **{slot: ids.get(slot) for slot in SLOTS})
    found = {(kind, key): Meaning(kind, key, label) for kind, key, label in rows if label}
    if "command" in ids:
        found[("command", ids["command"])] = Meaning("command", ids["command"], ids["command"])
    return _by_label(here, list(found.values()), data, symbology)


def _by_label(here: Here, found: list[Meaning], data: str, symbology: str | None) -> list[Meaning]:
    """The same item several times where its label can be read in several ways."""
    if len(found) != 1 or found[0].type != "item" or GS in data:
        return found
    reading = identify(data, symbology)
    if reading.kind != "gs1" or len(reading.ais) == 1:
        return found
    with snapshot(here.engine) as session:
        own = session.scalar(select(Item.label_ais).where(Item.id == found[0].id))
        label = own or label_of_maker(session, here.org, item_code(reading))
    return found * len(candidates(data, symbology, label))


SLOTS = (
    "alias", "gtin_alias", "place", "own_place", "identifier", "gtin", "item", "unit", "person",
    "order", "po", "asn",
)  # fmt: skip


def _exact(here: Here, data: str, symbology: str | None) -> dict[str, str]:
    """The exact string, as anything that has a name here."""
    text = _plain(data, symbology)
    return {
        "alias": alias_id(here.site, text),
        "place": location_id(here.site, text),
        "identifier": identifier_id(here.org, text),
        "item": item_id(here.org, text),
        "order": order_id(here.site, text),
        "po": purchase_order_id(here.site, text),
        "asn": asn_id(here.site, text),
    }


def _plain(data: str, symbology: str | None) -> str:
    try:
        return normalise(data, symbology)[0]
    except Refused:
        return ""


def _standard(here: Here, data: str, symbology: str | None) -> dict[str, str]:
    """The same scan, as the standards and our own prefixes read it."""
    reading = identify(data, symbology)
    ids: dict[str, str] = {}
    gtin = item_code(reading)
    if gtin:
        ids["gtin"] = identifier_id(here.org, gtin)
        ids["gtin_alias"] = alias_id(here.site, gtin)
    if reading.sscc:
        ids["unit"] = derived(here.site, reading.sscc)
    if reading.internal is not None:
        ids |= dict(_internal(here, reading.internal.type, reading.internal.code))
    return ids


def _internal(here: Here, kind: str, code: str) -> Iterator[tuple[str, str]]:
    if kind == "place":
        yield "own_place", location_id(here.site, code)
    elif kind == "badge":
        yield "person", person_id(here.org, code)
    elif kind in ("lpn", "tote"):
        yield "unit", derived(here.site, code)
    elif kind == "command":
        yield "command", code
    elif kind == "order":
        yield "order", order_id(here.site, code)


def _mapped(slot: str) -> list[Any]:
    """What somebody here has said that a code stands for."""
    asked = (Alias.id == bindparam(slot), Alias.active)
    other = select(Alias.target_kind, Alias.target, Alias.code)
    goods = select(literal("item"), Item.id, Item.name).join(Alias, Alias.target == Item.id)
    return [
        other.where(*asked, Alias.target_kind != "item"),
        goods.where(*asked, Alias.target_kind == "item"),
    ]


@cache
def _everything() -> Prepared:
    """One look-up by primary key for each thing a code may stand for."""
    real = Location.kind != "virtual"
    named = select(literal("item"), Item.id, Item.name).join(Identifier, Identifier.item == Item.id)
    parts: list[Any] = [
        *(part for slot in ("alias", "gtin_alias") for part in _mapped(slot)),
        _found("place", Location, Location.code, "place").where(real),
        _found("place", Location, Location.code, "own_place").where(real),
        named.where(Identifier.id == bindparam("identifier")),
        named.where(Identifier.id == bindparam("gtin")),
        _found("item", Item, Item.name, "item"),
        _found("lpn", HandlingUnit, HandlingUnit.code, "unit"),
        _found("person", Person, Person.name, "person"),
        _found("order", SalesOrder, SalesOrder.number, "order"),
        _found("po", PurchaseOrder, PurchaseOrder.number, "po"),
        _found("asn", Asn, Asn.number, "asn"),
    ]
    return Prepared(union_all(*parts))


def _found(kind: Meant, model: Any, label: Any, slot: str) -> Select[Any]:  # noqa: ANN401
    return select(literal(kind), model.id, label).where(model.id == bindparam(slot))
