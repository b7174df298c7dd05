"""What moves, as it moves: a stream of numbers only; screens fetch what they may see."""

import json
import time
from collections.abc import Iterator

from flask import Blueprint, Response, g, stream_with_context

from app.db import db, snapshot
from app.locations.here import site_of
from app.pipeline.models import Stream
from app.web.access import for_people

PAUSE = 1.0  # seconds between looks
LIFE = 300  # then the browser connects again, so that a worker can be replaced

blueprint = Blueprint("live", __name__, url_prefix="/api/v1")


@blueprint.get("/live")
@for_people("supervisor", "admin", "planner")
def live() -> Response:
    """Send the site's sequence whenever it moves."""
    site = site_of(db.session(), g.caller).id
    db.session.remove()  # a stream must not hold a connection
    answer = Response(stream_with_context(_events(site)), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _events(site: str) -> Iterator[str]:
    last = -1
    for _ in range(int(LIFE / PAUSE)):
        with snapshot() as session:
            now = session.get_one(Stream, site).commit_seq
        if now != last:
            yield f"event: changed\ndata: {json.dumps({'seq': now})}\n\n"
            last = now
        else:
            yield ": still here\n\n"
        time.sleep(PAUSE)
