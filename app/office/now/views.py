"""`GET /office/now`: everything that is going on, in a few figures and short lists."""

from typing import Any

from flask import Blueprint, g, request
from marshmallow.validate import OneOf

from app.db import snapshot
from app.kernel.clock import millis, now
from app.locations.here import site_of
from app.office.now import hands, orders, waiting
from app.office.stock import counts_blind
from app.pipeline.models import Stream
from app.web.access import for_people
from app.web.bodies import query_int
from app.web.fields import Text
from app.web.schemas import Strict

blueprint = Blueprint("now", __name__, url_prefix="/api/v1/office/now")
READERS = ("supervisor", "admin", "planner")


@blueprint.get("")
@for_people(*READERS)
def overview() -> dict[str, Any]:
    """Orders by stage and age, walks, handhelds, exceptions, and what waits for a verdict."""
    blind = counts_blind(g.caller)
    with snapshot() as session:
        site = site_of(session, g.caller)
        moment = orders.moment_of(site, now())
        signed_in = hands.people_on(session, moment.now)
        return {
            "at": millis(moment.now),
            "seq": session.get_one(Stream, site.id).commit_seq,
            "orders": orders.stages(session, site.id, moment),
            "walks": hands.walks(session, site.id, signed_in),
            "handhelds": hands.handhelds(session, site.id, signed_in),
            # Below zero, full, mixed: what contradicts tells of the book.
            "exceptions": [] if blind else waiting.exceptions(session, site.id),
            **waiting.verdicts(session, site.id),
            "put_back": waiting.to_put_back(session, site.id),
        }


class StageSchema(Strict):
    """Which orders."""

    stage = Text(load_default="open", validate=OneOf((*orders.STAGES, orders.SHIPPED)))
    after = Text(load_default="")
    limit = Text(load_default="")


@blueprint.get("/orders")
@for_people(*READERS)
def orders_of_stage() -> dict[str, Any]:
    """The orders behind a figure, a page at a time."""
    asked = StageSchema().load(request.args.to_dict())
    limit, after = query_int("limit", 50, 1, 200), query_int("after", 0, 0, 10**9)
    with snapshot() as session:
        site = site_of(session, g.caller)
        moment = orders.moment_of(site, now())
        rows = orders.listed(session, site.id, moment, asked["stage"], after, limit + 1)
    return {"items": rows[:limit], "next": str(after + limit) if len(rows) > limit else None}
