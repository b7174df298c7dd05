"""Fixed RFID readers as the office sets them up: names, tokens shown once, what antennas see."""

from typing import Any

from flask import Blueprint, Response, current_app, g
from marshmallow.validate import Length
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import db, snapshot
from app.kernel.clock import millis
from app.kernel.ids import derived, uuid7
from app.locations.here import site_of
from app.locations.models import Location
from app.office.views import answered, author_of
from app.pipeline.office import Request, submit
from app.pipeline.operation import Playbook
from app.readers.models import MEANINGS, Reader, ReaderContact, ReadPoint, TagRead
from app.readers.noting import silence_of
from app.readers.recognising import hash_of, new_token
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.fields import Id, Text
from app.web.problems import NotFound
from app.web.schemas import Strict

blueprint = Blueprint("office_readers", __name__, url_prefix="/api/v1/office/readers")
CHIEFS = ("supervisor", "admin")
LATELY = 500  # reads of a reader among which unbound antennas are looked for


class RegisterSchema(Strict):
    """A reader; `reader` names one that shall get another token, or another name."""

    name = Text(required=True, validate=Length(1, 60))
    reader = Id(load_default=None, allow_none=True)


@blueprint.get("")
@for_people(*CHIEFS)
def readers() -> dict[str, Any]:
    """List the readers, what their antennas look at, and when they were heard."""
    with snapshot() as session:
        site = site_of(session, g.caller)
        rows = session.execute(
            select(Reader, ReaderContact)
            .outerjoin(ReaderContact, ReaderContact.reader == Reader.id)
            .where(Reader.site == site.id)
            .order_by(Reader.revoked_at.is_not(None), Reader.name, Reader.id)
        ).all()
        points = _points(session, site.id)
        return {
            "items": [_reader(session, reader, contact, points) for reader, contact in rows],
            "places": _places(session, site.id),
            "meanings": list(MEANINGS),
            "silence_s": silence_of(site.settings),
            "site": {"code": site.code, "name": site.name},
        }


@blueprint.post("")
@for_people(*CHIEFS)
def register() -> Response | tuple[dict[str, Any], int]:
    """Let a reader in; its token is in this answer and nowhere else."""
    asked = RegisterSchema().load(json_body())
    token, operation = new_token(), uuid7()
    payload = {"name": asked["name"], "token_sha": hash_of(token), "reader": asked["reader"]}
    playbook: Playbook = current_app.extensions["tallyman_playbook"]
    author = author_of(db.session(), g.caller)
    decided = submit(playbook, author, Request("readers.register", payload, id=operation))
    if decided.outcome == "refused":
        return answered(decided)
    return {"reader": asked["reader"] or derived(operation, "reader"), "token": token}, 201


@blueprint.post("/<reader>/revoke")
@for_people(*CHIEFS)
def revoke(reader: str) -> Response | tuple[str, int]:
    """Shut a reader out; again changes nothing."""
    Strict().load(json_body(1024))
    with snapshot() as session:
        row = session.get(Reader, reader)
        if row is None or row.site != site_of(session, g.caller).id:
            raise NotFound
    playbook: Playbook = current_app.extensions["tallyman_playbook"]
    author = author_of(db.session(), g.caller)
    decided = submit(playbook, author, Request("readers.revoke", {"reader": reader}))
    return answered(decided) if decided.outcome == "refused" else ("", 204)


def _points(session: Session, site: str) -> dict[str, list[dict[str, Any]]]:
    rows = session.execute(
        select(ReadPoint, Location.code)
        .join(Location, Location.id == ReadPoint.place)
        .where(ReadPoint.site == site)
        .order_by(ReadPoint.reader, ReadPoint.antenna)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for point, code in rows:
        found.setdefault(point.reader, []).append(
            {
                "antenna": point.antenna,
                "place": point.place,
                "place_code": code,
                "meaning": point.meaning,
                "side": point.side,
            }
        )
    return found


def _reader(
    session: Session,
    reader: Reader,
    contact: ReaderContact | None,
    points: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    bound = points.get(reader.id, [])
    return {
        "id": reader.id,
        "name": reader.name,
        "registered_at": millis(reader.registered_at),
        "revoked": reader.revoked_at is not None,
        "seen_at": millis(contact.seen_at) if contact else None,
        "accepted": contact.accepted if contact else 0,
        "duplicates": contact.duplicates if contact else 0,
        "bad": contact.bad if contact else 0,
        "points": bound,
        "unbound": _unbound(session, reader.id, {point["antenna"] for point in bound}),
    }


def _unbound(session: Session, reader: str, bound: set[int]) -> list[int]:
    """Antennas that read and look at nothing: somebody forgot them."""
    lately = (
        select(TagRead.antenna)
        .where(TagRead.reader == reader)
        .order_by(TagRead.stamp.desc())
        .limit(LATELY)
        .subquery()
    )
    heard = session.scalars(select(lately.c.antenna).distinct())
    return sorted(set(heard) - bound)


def _places(session: Session, site: str) -> list[dict[str, str]]:
    """Docks and stages first: there the doors are."""
    rows = session.execute(
        select(Location.id, Location.code, Location.kind)
        .where(Location.site == site, Location.kind != "virtual")
        .order_by(Location.kind.not_in(("dock", "stage")), Location.code)
        .limit(2_000)
    )
    return [{"id": key, "code": code, "kind": kind} for key, code, kind in rows]
