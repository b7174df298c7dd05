"""Whom the book of a place is shown to is written down; a count asked for there is not his."""

from collections.abc import Collection
from typing import Any

from flask import current_app, g, request
from sqlalchemy import select

from app.db import snapshot
from app.kernel.clock import now
from app.locations.models import Site
from app.pipeline.office import Author, Request, submit
from app.stock.shown import EVERYWHERE, note_shown
from app.work.models import CountTask

COUNTERS = frozenset({"counter", "supervisor"})  # whom a count may be offered to


def noted(site: Site, places: Collection[str | None]) -> None:
    """Write down whom the book of these places is shown to; an empty place is a figure too."""
    if g.caller.kind != "person":
        return
    fresh = note_shown(site.id, g.caller.id, [place for place in places if place], now())
    if fresh and COUNTERS & g.caller.roles and _asked_for(site.id, fresh):
        playbook: Any = current_app.extensions["tallyman_playbook"]
        named = [] if EVERYWHERE in fresh else sorted(fresh)
        payload = {"person": g.caller.id, "places": named}
        author = Author(site.org, site.id, device="system")
        submit(playbook, author, Request("system.withhold_counts", payload))


def in_question(*names: str) -> set[str]:
    """The place that was asked about; who asked about none sees all, by what is missing too."""
    named = {request.args[name] for name in names if request.args.get(name)}
    return named or {EVERYWHERE}


def _asked_for(site: str, places: Collection[str]) -> bool:
    query = select(CountTask.id).where(CountTask.site == site, CountTask.state == "open")
    if EVERYWHERE not in places:
        query = query.where(CountTask.place.in_(places))
    with snapshot() as session:
        return session.scalar(query.limit(1)) is not None
