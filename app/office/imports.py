"""Files from elsewhere, brought in at a desk: upload, look, run, take the bad rows home."""

import base64
import binascii
from pathlib import PurePath
from typing import Any

from flask import Blueprint, Response, current_app, g, send_file
from marshmallow import fields as ma
from marshmallow.validate import Length, OneOf
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import db, snapshot
from app.importing import choosing, preview, uploads
from app.importing.choosing import Choice
from app.importing.matter import Where
from app.importing.models import FileBrought
from app.importing.presets import MATTERS
from app.kernel.clock import millis
from app.kernel.ids import is_uuid
from app.locations.here import site_of
from app.office.views import author_of
from app.pipeline.operation import Playbook
from app.web.access import for_people
from app.web.bodies import TooLarge, json_body
from app.web.fields import Flag, Text
from app.web.problems import Invalid, NotFound
from app.web.schemas import Strict

blueprint = Blueprint("imports", __name__, url_prefix="/api/v1/office/imports")
LARGEST = 10 * 1024 * 1024  # bytes of a file; larger ones go in with `tallyman import`
LARGEST_BODY = LARGEST * 4 // 3 + 64 * 1024
SHOWN = 30
PLANNERS = ("supervisor", "planner", "admin")


class UploadSchema(Strict):
    """A file, as base64."""

    kind = Text(required=True, validate=Length(max=30))
    name = Text(required=True, validate=Length(1, 300))
    content = Text(required=True)


class ChoiceSchema(Strict):
    """How it shall be read."""

    preset = Text(load_default="plain", validate=Length(max=60))
    columns = ma.Dict(
        keys=Text(validate=Length(max=40)), values=Text(validate=Length(max=4_000)), load_default={}
    )
    delimiter = Text(load_default=",", validate=OneOf(choosing.DELIMITERS))
    encoding = Text(load_default="utf-8-sig", validate=OneOf(choosing.ENCODINGS))
    decimal_comma = Flag(load_default=False)
    dates = Text(load_default="iso", validate=OneOf(("iso", "day_first", "month_first")))


@blueprint.get("/kinds")
@for_people(*PLANNERS)
def kinds() -> dict[str, Any]:
    """Say what may be brought in, and which columns each has."""
    return {
        "items": [
            {
                "kind": matter.name,
                "presets": choosing.presets_of(matter.name),
                "columns": [
                    {"name": column.name, "required": column.required} for column in matter.columns
                ],
            }
            for matter in MATTERS
        ]
    }


@blueprint.get("")
@for_people(*PLANNERS)
def brought_lately() -> dict[str, Any]:
    """List the newest uploads."""
    with snapshot() as session:
        rows = session.scalars(
            select(FileBrought)
            .where(FileBrought.site == site_of(session, g.caller).id)
            .order_by(FileBrought.created_at.desc(), FileBrought.id)
            .limit(SHOWN)
        )
        return {"items": [_shape(row) for row in rows]}


@blueprint.post("")
@for_people(*PLANNERS)
def bring() -> tuple[dict[str, Any], int]:
    """Take a file and guess how it is to be read."""
    asked = UploadSchema().load(json_body(LARGEST_BODY))
    try:
        content = base64.b64decode(asked["content"], validate=True)
    except binascii.Error as error:
        raise Invalid(fields={"content": ["not base64"]}) from error
    if len(content) > LARGEST:
        raise TooLarge(limit=LARGEST)
    author = author_of(db.session(), g.caller)
    name = PurePath(asked["name"].replace("\\", "/")).name[:200] or "?"
    brought, choice, header = uploads.bring(
        str(author.site), author.actor, asked["kind"], name, content
    )
    return {**_shape(brought), "header": list(header), "choice": choosing.told(choice)}, 201


@blueprint.get("/<brought_id>")
@for_people(*PLANNERS)
def one(brought_id: str) -> dict[str, Any]:
    """Say how far a file has come."""
    with snapshot() as session:
        return _shape(_found(session, brought_id))


@blueprint.post("/<brought_id>/preview")
@for_people(*PLANNERS)
def look(brought_id: str) -> dict[str, Any]:
    """Read the first rows and say what is wrong with them; nothing goes in."""
    choice = Choice(**ChoiceSchema().load(json_body()))
    with snapshot() as session:
        brought = _found(session, brought_id)
        site = site_of(session, g.caller)
        where = Where(site.org, site.id)
    preset = choosing.preset_for(brought.kind, choice, spreadsheet=brought.spreadsheet)
    seen = preview.preview(_playbook(), preset, uploads.rows_of(brought), where)
    return {
        "header": list(seen.header),
        "rows": list(preview.told(seen.lines)),
        "looked_at": seen.looked_at,
        "bad": seen.bad,
        "more": seen.more,
        "problems": dict(seen.problems),
    }


@blueprint.post("/<brought_id>/run")
@for_people(*PLANNERS)
def run(brought_id: str) -> tuple[dict[str, Any], int]:
    """Begin to bring the file in; the same file again finds its first answers."""
    choice = Choice(**ChoiceSchema().load(json_body()))
    with snapshot() as session:
        brought = _found(session, brought_id)
    uploads.start(_playbook(), author_of(db.session(), g.caller), brought, choice)
    with snapshot() as session:
        return _shape(_found(session, brought_id)), 202


@blueprint.get("/<brought_id>/bad-rows")
@for_people(*PLANNERS)
def bad_rows(brought_id: str) -> Response:
    """Give back what did not go in, to be mended and brought again."""
    with snapshot() as session:
        brought = _found(session, brought_id)
    path = uploads.folder_of(brought.id) / uploads.BAD_ROWS
    if not path.is_file():
        raise NotFound
    return send_file(
        path, mimetype="text/csv", as_attachment=True, download_name=f"bad-{brought.kind}.csv"
    )


def _found(session: Session, brought_id: str) -> FileBrought:
    brought = session.get(FileBrought, brought_id) if is_uuid(brought_id) else None
    if brought is None or brought.site != site_of(session, g.caller).id:
        raise NotFound
    return brought


def _playbook() -> Playbook:
    found: Playbook = current_app.extensions["tallyman_playbook"]
    return found


def _shape(row: FileBrought) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "spreadsheet": row.spreadsheet,
        "state": uploads.state_of(row),
        "total": row.total,
        "read": row.read,
        "good": row.good,
        "bad": row.bad,
        "problems": row.problems,
        "problem": row.problem,
        "created_at": millis(row.created_at),
    }
