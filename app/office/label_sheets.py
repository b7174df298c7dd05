"""Sheets to print: a zone or a range of places, people's badges."""

from flask import Blueprint, Response, g, make_response, request
from marshmallow.validate import Length, OneOf
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.labels.sheets import BADGES, PLACES, Label, sheet
from app.locations.here import site_of
from app.locations.models import Location, Zone
from app.people.models import Person
from app.web.access import for_people
from app.web.fields import Text
from app.web.problems import NotFound
from app.web.schemas import Strict

blueprint = Blueprint("label_sheets", __name__, url_prefix="/api/v1/office/labels")
MOST = 2_000  # labels of one sheet; ranges make several
SYMBOLOGIES = ("qr", "code128")


class PlacesSchema(Strict):
    """Which places: a zone, a kind, codes from – to."""

    zone = Text(load_default="", validate=Length(max=40))
    kind = Text(load_default="", validate=Length(max=12))
    first = Text(load_default="", validate=Length(max=60))
    last = Text(load_default="", validate=Length(max=60))
    symbology = Text(load_default="qr", validate=OneOf(SYMBOLOGIES))


class PeopleSchema(Strict):
    """Whose badge; nobody named = everybody's."""

    badge = Text(load_default="", validate=Length(max=40))
    symbology = Text(load_default="qr", validate=OneOf(SYMBOLOGIES))


@blueprint.get("")
@for_people("supervisor", "planner", "admin")
def how_many() -> dict[str, int]:
    """Say how many labels a choice of places makes, and how many badges there are."""
    asked = PlacesSchema().load(request.args.to_dict())
    with snapshot() as session:
        site = site_of(session, g.caller)
        places = _chosen(site.id, asked).subquery()
        people = select(func.count()).where(Person.active, Person.org == site.org)
        return {
            "places": session.scalar(select(func.count()).select_from(places)) or 0,
            "people": session.scalar(people) or 0,
        }


@blueprint.get("/places.pdf")
@for_people("supervisor", "planner", "admin")
def places() -> Response:
    """Labels for shelves, docks and stages."""
    asked = PlacesSchema().load(request.args.to_dict())
    with snapshot() as session:
        labels = _places(session, site_of(session, g.caller).id, asked)
    return _pdf(sheet(labels, PLACES, asked["symbology"], "Places"), "places", labels)


@blueprint.get("/people.pdf")
@for_people("supervisor", "planner", "admin")
def people() -> Response:
    """Badges; a badge alone opens nothing, the PIN is not on it."""
    asked = PeopleSchema().load(request.args.to_dict())
    with snapshot() as session:
        query = select(Person.badge, Person.name).where(
            Person.active, Person.org == site_of(session, g.caller).org
        )
        if asked["badge"]:
            query = query.where(Person.badge == asked["badge"])
        rows = session.execute(query.order_by(Person.badge).limit(MOST))
        labels = [Label(f"TMB:{badge}", name, badge) for badge, name in rows]
    return _pdf(sheet(labels, BADGES, asked["symbology"], "Badges"), "badges", labels)


def _places(session: Session, site: str, asked: dict[str, str]) -> list[Label]:
    rows = session.execute(_chosen(site, asked).order_by(Location.code).limit(MOST))
    return [Label(f"TMP:{code}", code, zone or "") for code, zone in rows]


def _chosen(site: str, asked: dict[str, str]) -> Select[str, str]:
    query = (
        select(Location.code, Zone.name)
        .outerjoin(Zone, Zone.id == Location.zone)
        .where(Location.site == site, Location.kind != "virtual")
    )
    if asked["zone"]:
        query = query.where(Zone.code == asked["zone"])
    if asked["kind"]:
        query = query.where(Location.kind == asked["kind"])
    if asked["first"]:
        query = query.where(Location.code >= asked["first"])
    if asked["last"]:
        query = query.where(Location.code <= asked["last"])
    return query


def _pdf(content: bytes, name: str, labels: list[Label]) -> Response:
    if not labels:
        raise NotFound
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
