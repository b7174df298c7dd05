"""What moves, as it moves: a stream of numbers only; screens fetch what they may see."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, g, stream_with_context
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import db, snapshot
from app.documents.models import SalesOrder
from app.locations.here import site_of
from app.office.requisitions import OVERSEERS, PROGRESS
from app.pipeline.models import Stream
from app.requisitions.models import Requisition
from app.web.access import for_people

PAUSE = 1.0  # seconds between looks
LIFE = 300  # then the browser connects again, so that a worker can be replaced
WATCHED = 200  # requisitions, the newest

Look = Callable[[Session], Any]

blueprint = Blueprint("live", __name__, url_prefix="/api/v1")


@blueprint.get("/live")
@for_people("supervisor", "admin", "planner", "requester")
def live() -> Response:
    """Send a number whenever something moved that this person may see."""
    site = site_of(db.session(), g.caller).id
    oversees = bool(OVERSEERS & g.caller.roles)
    db.session.remove()  # a stream must not hold a connection
    events = _of_site(site) if oversees else _of_requester(site, g.caller.id)
    answer = Response(stream_with_context(events), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _of_site(site: str) -> Iterator[str]:
    """Say up to which sequence the site has come."""
    return _told(lambda session: _sequence(session, site), lambda seq, count: seq)  # noqa: ARG005


def _of_requester(site: str, person: str) -> Iterator[str]:
    """Count how often something of his own has moved; how busy the house is tells him nothing."""
    looked = -1
    last: Any = None

    def own(session: Session) -> Any:  # noqa: ANN401 - compared, never read
        nonlocal looked, last
        now = _sequence(session, site)
        if now != looked:
            looked, last = now, _standing(session, site, person)
        return last

    return _told(own, lambda standing, count: count)  # noqa: ARG005


def _told(look: Look, number: Callable[[Any, int], int]) -> Iterator[str]:
    last, count = object(), 0
    for _ in range(int(LIFE / PAUSE)):
        with snapshot() as session:
            now = look(session)
        if now != last:
            last, count = now, count + 1
            yield f"event: changed\ndata: {json.dumps({'seq': number(now, count)})}\n\n"
        else:
            yield ": still here\n\n"
        time.sleep(PAUSE)


def _sequence(session: Session, site: str) -> int:
    return session.get_one(Stream, site).commit_seq


def _standing(session: Session, site: str, person: str) -> list[tuple[Any, ...]]:
    """Where somebody's own requisitions stand, as far as he is told."""
    rows = session.execute(
        select(Requisition.id, Requisition.state, SalesOrder.status)
        .outerjoin(SalesOrder, SalesOrder.id == Requisition.order)
        .where(Requisition.site == site, Requisition.asked_by == person)
        .order_by(Requisition.asked_at.desc(), Requisition.id)
        .limit(WATCHED)
    )
    return [(row.id, row.state, PROGRESS.get(row.status, "waiting")) for row in rows]
