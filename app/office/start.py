"""The way from an empty site to the first order: what is there, what is missing."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from flask import Blueprint, current_app, g
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.items.models import Item
from app.locations.here import site_of
from app.locations.models import Location, Site
from app.office import opening
from app.office.stock import Blind, counts_blind
from app.people.models import FLOOR_ROLES, Device, Person, Secret
from app.people.rules import OFFICE_ROLES
from app.people.sessions import set_secret
from app.settings import Settings
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.schemas import Strict

blueprint = Blueprint("start", __name__, url_prefix="/api/v1/office")
PINS_AT_ONCE = 20  # each takes its time on purpose
NEEDED_KINDS = ("dock", "stage")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must be there. `count` of `of`; `missing`: what keeps it from being done."""

    step: str
    done: bool
    count: int
    of: int | None = None
    missing: tuple[str, ...] = ()


@blueprint.get("/start")
@for_people("supervisor", "planner", "admin")
def start() -> dict[str, Any]:
    """List the steps in the order in which they are taken."""
    if counts_blind(g.caller):
        raise Blind
    with snapshot() as session:
        site = site_of(session, g.caller)
        steps = [
            _places(session, site),
            _items(session, site),
            _people(session, site),
            Step("labels", site.settings.get("labels_up") is True, 0),
            _handhelds(session, site),
            _opening(session, site),
        ]
        return {
            "site": {"id": site.id, "code": site.code, "name": site.name},
            "done": all(step.done for step in steps),
            "steps": [asdict(step) for step in steps],
        }


@blueprint.post("/pins")
@for_people("supervisor", "admin")
def pins() -> dict[str, Any]:
    """Give a PIN to those on the floor who have none; it is shown in this answer only."""
    Strict().load(json_body())
    with snapshot() as session:
        without = _without_pin(session, site_of(session, g.caller))
    if "admin" not in g.caller.roles:
        without = [person for person in without if not OFFICE_ROLES & set(person.roles)]
    settings: Settings = current_app.config["TALLYMAN"]
    given = []
    for person in without[:PINS_AT_ONCE]:
        pin = f"{secrets.randbelow(900_000) + 100_000}"
        set_secret(settings.secret_key, person.id, pin=pin)
        given.append({"badge": person.badge, "name": person.name, "pin": pin})
    return {"items": given, "more": len(without) > PINS_AT_ONCE}


def _places(session: Session, site: Site) -> Step:
    query = select(Location.kind, func.count()).where(
        Location.site == site.id, Location.kind != "virtual"
    )
    kinds = {kind: int(n) for kind, n in session.execute(query.group_by(Location.kind))}
    storage = sum(kinds.get(kind, 0) for kind in opening.STORAGE)
    missing = tuple(kind for kind in NEEDED_KINDS if not kinds.get(kind))
    if not storage:
        missing = ("bin", *missing)
    return Step("places", not missing, sum(kinds.values()), missing=missing)


def _items(session: Session, site: Site) -> Step:
    query = select(func.count()).select_from(Item).where(Item.org == site.org, Item.active)
    count = session.scalar(query) or 0
    return Step("items", count > 0, count)


def _people(session: Session, site: Site) -> Step:
    floor = _on_the_floor(session, site)
    without = len(_without_pin(session, site))
    missing = ("pin",) if without else ()
    return Step("people", bool(floor) and not without, len(floor) - without, len(floor), missing)


def _on_the_floor(session: Session, site: Site) -> list[Person]:
    people = session.scalars(
        select(Person).where(Person.org == site.org, Person.active).order_by(Person.badge)
    )
    return [person for person in people if set(person.roles) & set(FLOOR_ROLES)]


def _without_pin(session: Session, site: Site) -> list[Person]:
    known = set(session.scalars(select(Secret.id).where(Secret.pin_hash.is_not(None))))
    return [person for person in _on_the_floor(session, site) if person.id not in known]


def _handhelds(session: Session, site: Site) -> Step:
    query = (
        select(func.count())
        .select_from(Device)
        .where(Device.site == site.id, Device.revoked_at.is_(None))
    )
    count = session.scalar(query) or 0
    return Step("handhelds", count > 0, count)


def _opening(session: Session, site: Site) -> Step:
    """The supervisor says when it is complete; until then: how many places are known."""
    if not opening.is_opening(site):
        return Step("opening", done=True, count=0)
    places = opening.places_of(session, site.id)
    known = places - opening.missing_of(session, site.id)
    missing = ("approval",) if opening.waiting_of(session, site.id) else ()
    return Step("opening", done=False, count=known, of=places, missing=missing)
