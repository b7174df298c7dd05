"""Four doors and the office, one tap each; registered only where `up` serves a demo site."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, request
from marshmallow.validate import OneOf
from sqlalchemy import select

from app.db import snapshot
from app.demo.cast import CAST, OFFICE
from app.demo.keys import Keys, keys_of
from app.demo.sheets import page, style
from app.locations.models import Site
from app.settings import Settings
from app.sync.enrolment import issue_code
from app.web.access import Forged, public, same_origin
from app.web.bodies import json_body
from app.web.fields import Flag, Text
from app.web.problems import NotFound
from app.web.schemas import Strict

blueprint = Blueprint("demo", __name__)


class DoorSchema(Strict):
    """`POST /demo/door`: which door, and whether this browser has to enrol first."""

    door = Text(required=True, validate=OneOf([*CAST, OFFICE]))
    enrol = Flag(required=True)


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo site that is served here."""

    site: str
    keys: Keys


def _demo() -> Demo:
    """Find the demo site; a site that was opened in earnest has no doors like these."""
    settings: Settings = current_app.config["TALLYMAN"]
    with snapshot() as session:
        site = session.scalar(select(Site.id).order_by(Site.code))
    keys = keys_of(settings.home, site)
    if not settings.demo or site is None or keys is None:
        raise NotFound
    return Demo(site, keys)


@blueprint.get("/api/v1/demo")
@public
def doors() -> dict[str, Any]:
    """Say which doors there are and who works behind each."""
    demo = _demo()
    people = [{"door": door, "badge": who.badge, "name": who.name} for door, who in CAST.items()]
    return {"site": demo.site, "pin": demo.keys.pin, "doors": people}


@blueprint.post("/api/v1/demo/door")
@public
def open_door() -> dict[str, Any]:
    """Hand out what the ordinary ways of enrolling and signing in ask for."""
    if not same_origin():
        raise Forged
    demo = _demo()
    body = DoorSchema().load(json_body(1024))
    if body["door"] == OFFICE:
        return {"username": demo.keys.username, "password": demo.keys.password}
    return {
        "badge": CAST[body["door"]].badge,
        "pin": demo.keys.pin,
        "code": issue_code(demo.site) if body["enrol"] else None,
    }


@blueprint.get("/demo/sheet")
@public
def sheet() -> Response:
    """One printable A4 a role: badge, places, goods, a case label, a pallet label, a tote."""
    demo = _demo()
    role = request.args.get("role")
    if role is not None and role not in CAST:
        raise NotFound
    chosen = [role] if role else list(CAST)
    return Response(page(chosen, demo.keys.pin, request.host_url), mimetype="text/html")


@blueprint.get("/demo/sheet.css")
@public
def sheet_style() -> Response:
    """The paper's own style."""
    _demo()
    return Response(style(), mimetype="text/css")
