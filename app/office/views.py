"""The one door for everything that is not a handheld: `POST /operations`."""

from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, make_response
from sqlalchemy.orm import Session

from app.db import db
from app.locations.here import site_of
from app.pipeline.execute import Decided
from app.pipeline.office import Author, Request, submit
from app.pipeline.operation import Playbook
from app.web.access import Caller, for_people
from app.web.bodies import json_body
from app.web.problems import problem_response
from app.web.schemas import OperationSchema

blueprint = Blueprint("office", __name__, url_prefix="/api/v1")


def author_of(session: Session, caller: Caller) -> Author:
    """Say in whose name an operation is written down."""
    site = site_of(session, caller)
    person = caller.kind == "person"
    return Author(
        org=site.org,
        site=site.id,
        actor=caller.id if person else None,
        roles=caller.roles,
        device="office" if person else f"integration:{caller.id}",
    )


@blueprint.post("/operations")
@for_people()
def decide() -> Response:
    """Apply one operation; the same id and body get the first answer again."""
    body = OperationSchema().load(json_body())
    playbook: Playbook = current_app.extensions["tallyman_playbook"]
    request = Request(body["kind"], body["payload"], body["id"], body["kind_v"], body["cause"])
    return answered(submit(playbook, author_of(db.session(), g.caller), request))


def answered(decided: Decided) -> Response:
    """A refusal is a 422 with the stored code; everything else is 200."""
    body: dict[str, Any] = {
        "id": decided.id,
        "outcome": decided.outcome,
        "codes": list(decided.codes),
        "commit_seq": decided.commit_seq,
        "duplicate": decided.duplicate,
    }
    if decided.outcome == "refused":
        return problem_response(decided.codes[0], 422, {**body, "detail": decided.detail})
    return make_response(jsonify(body))
