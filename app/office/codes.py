"""Codes that mean something only on this site: what is mapped, and what a code may be mapped to."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, g, request
from marshmallow.validate import Length, OneOf
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.identification.tables import COMMANDS
from app.items.models import Item
from app.locations.here import site_of
from app.locations.models import Alias, Location, Site
from app.office.finding import MOST, places_like
from app.people.models import Person
from app.stock.models import HandlingUnit
from app.web.access import for_people
from app.web.bodies import query_int
from app.web.fields import Text
from app.web.schemas import Strict

blueprint = Blueprint("codes", __name__, url_prefix="/api/v1/office/codes")
OFFICE = ("supervisor", "planner", "admin")
Likes = Callable[[Session, Site, str], list[dict[str, Any]]]


class CodesSchema(Strict):
    """Which codes: those that begin so."""

    q = Text(load_default="", validate=Length(max=200))
    after = Text(load_default="")
    limit = Text(load_default="")


class FindSchema(Strict):
    """What is typed into a form."""

    what = Text(required=True, validate=OneOf(("item", "place", "lpn", "person", "command")))
    q = Text(required=True, validate=Length(1, 80))


@blueprint.get("")
@for_people(*OFFICE)
def codes() -> dict[str, Any]:
    """List what is mapped here, by code."""
    asked = CodesSchema().load(request.args.to_dict())
    limit, after = query_int("limit", 50, 1, 200), query_int("after", 0, 0, 10**9)
    with snapshot() as session:
        site = site_of(session, g.caller)
        rows = session.execute(
            select(Alias, Item.sku, Item.name, Item.packagings, Location.code, Person.name)
            .outerjoin(Item, Item.id == Alias.target)
            .outerjoin(Location, Location.id == Alias.target)
            .outerjoin(Person, Person.id == Alias.target)
            .where(Alias.site == site.id, Alias.active)
            .where(Alias.code.startswith(asked["q"], autoescape=True))
            .order_by(Alias.code, Alias.id)
            .offset(after)
            .limit(limit + 1)
        ).all()
        found = [_shape(session, row) for row in rows[:limit]]
    return {"items": found, "next": str(after + limit) if len(rows) > limit else None}


def _shape(session: Session, row: Sequence[Any]) -> dict[str, Any]:
    alias, sku, name, packagings, place, person = row
    label = f"{sku} {name}" if sku else place or person
    if label is None and alias.target_kind == "lpn":
        unit = session.get(HandlingUnit, alias.target)
        label = unit.code if unit else None
    pack = next((one for one in packagings or () if one["id"] == alias.packaging), None)
    return {
        "id": alias.id,
        "code": alias.code,
        "target_kind": alias.target_kind,
        "target": alias.target,
        "label": label or alias.target,
        "packaging": pack["name"] if pack else None,
    }


@blueprint.get("/find")
@for_people(*OFFICE)
def find() -> dict[str, Any]:
    """What a code may be mapped to, by what is typed; no quantities."""
    asked = FindSchema().load(request.args.to_dict())
    with snapshot() as session:
        site = site_of(session, g.caller)
        return {"items": LIKES[asked["what"]](session, site, asked["q"]), "next": None}


def _items(session: Session, site: Site, typed: str) -> list[dict[str, Any]]:
    text = typed.strip().lower()
    sku, name = func.lower(Item.sku), func.lower(Item.name)
    rows = session.execute(
        select(Item.id, Item.sku, Item.name, Item.packagings)
        .where(Item.org == site.org, Item.active)
        .where(or_(sku.startswith(text, autoescape=True), name.contains(text, autoescape=True)))
        .order_by(Item.sku)
        .limit(MOST)
    )
    return [
        {"id": id_, "code": code, "name": words, "packagings": packs}
        for id_, code, words, packs in rows
    ]


def _units(session: Session, site: Site, typed: str) -> list[dict[str, Any]]:
    ending = HandlingUnit.code.endswith(typed.strip(), autoescape=True)
    rows = session.execute(
        select(HandlingUnit.id, HandlingUnit.code)
        .where(HandlingUnit.site == site.id, HandlingUnit.kind == "unit", ending)
        .order_by(HandlingUnit.code)
        .limit(MOST)
    )
    return [{"id": id_, "code": code, "name": ""} for id_, code in rows]


def _people(session: Session, site: Site, typed: str) -> list[dict[str, Any]]:
    text = typed.strip().lower()
    badge, name = func.lower(Person.badge), func.lower(Person.name)
    rows = session.execute(
        select(Person.id, Person.badge, Person.name)
        .where(Person.org == site.org, Person.active)
        .where(or_(badge.startswith(text, autoescape=True), name.contains(text, autoescape=True)))
        .order_by(Person.badge)
        .limit(MOST)
    )
    return [{"id": id_, "code": code, "name": words} for id_, code, words in rows]


def _commands(session: Session, site: Site, typed: str) -> list[dict[str, Any]]:
    text = typed.strip().upper()
    named = [name for name in sorted(COMMANDS) if name.startswith(text)]
    return [{"id": name, "code": name, "name": ""} for name in named[:MOST]]


LIKES: dict[str, Likes] = {
    "item": _items,
    "place": places_like,
    "lpn": _units,
    "person": _people,
    "command": _commands,
}
