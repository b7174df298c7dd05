"""Opening stock by a first blind count: which places nobody has counted, and one approval for all.

Sheets that disagree with nothing (there is no book yet) need no second look each; counter and
approver are two people here too.
"""

from typing import Any

from flask import Blueprint, current_app, g
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db import db, snapshot
from app.documents.models import CountLine, CountSheet
from app.kernel.clock import millis
from app.kernel.ids import derived
from app.ledger.models import Balance, UnitPosition
from app.locations.here import site_of
from app.locations.models import Location, Site
from app.office.stock import Blind, counts_blind
from app.office.views import author_of
from app.people.models import Person
from app.pipeline.office import Request, submit
from app.pipeline.operation import Playbook
from app.web.access import for_people
from app.web.schemas import Strict

blueprint = Blueprint("opening", __name__, url_prefix="/api/v1/office/opening")
STORAGE = ("bin", "pick_face", "reserve", "quarantine")
SHOWN = 300
AT_ONCE = 100  # sheets of one request; the screen asks again while there are more


@blueprint.get("")
@for_people("supervisor", "planner", "admin")
def opening() -> dict[str, Any]:
    """Say how far the first count has come: a place that is stocked needs none, and that tells."""
    if counts_blind(g.caller):
        raise Blind
    with snapshot() as session:
        site = site_of(session, g.caller)
        missing = session.execute(uncounted(site.id).order_by(Location.code).limit(SHOWN + 1)).all()
        return {
            "opening": is_opening(site),
            "places": places_of(session, site.id),
            "uncounted": missing_of(session, site.id),
            "first_uncounted": [code for (code,) in missing[:SHOWN]],
            "sheets": [_sheet(session, sheet) for sheet in _finished(session, site.id, SHOWN)],
        }


@blueprint.post("/approve")
@for_people("supervisor")
def approve() -> dict[str, Any]:
    """Approve every finished count, as opening stock; what is left says why."""
    Strict().load({})
    author = author_of(db.session(), g.caller)
    playbook: Playbook = current_app.extensions["tallyman_playbook"]
    with snapshot() as session:
        sheets = [
            (sheet.id, sheet.place, sheet.counter)
            for sheet in _finished(session, str(author.site), SHOWN)
        ]
    own = [sheet for sheet in sheets if sheet[2] == author.actor]
    others = [sheet for sheet in sheets if sheet[2] != author.actor]
    approved, left = 0, len(own)
    refused: dict[str, int] = {}
    for sheet, _, _ in others[:AT_ONCE]:
        payload = {"sheet": sheet, "note": None, "reason": "opening"}
        request = Request("counting.approve", payload, id=derived(sheet, f"by:{author.actor}"))
        decided = submit(playbook, author, request)
        if decided.outcome == "refused":
            refused[decided.codes[0]] = refused.get(decided.codes[0], 0) + 1
        else:
            approved += 1
    return {
        "approved": approved,
        "own": left,
        "refused": refused,
        "more": len(others) > AT_ONCE,
    }


def is_opening(site: Site) -> bool:
    """Tell whether the stock of a site has not been opened yet."""
    return site.settings.get("opening") is True


def uncounted(site: str) -> Select[str]:
    """Ask for the places of which nobody has said what is in them: neither a count nor a file."""
    counted = select(CountSheet.place).where(
        CountSheet.site == site, CountSheet.state.in_(("finished", "approved"))
    )
    stocked = select(Balance.holder).where(Balance.site == site, Balance.quantity != 0)
    standing = select(UnitPosition.place).where(UnitPosition.site == site)
    return select(Location.code).where(
        *_storage(site),
        Location.id.not_in(counted),
        Location.id.not_in(stocked),
        Location.id.not_in(standing),
    )


def places_of(session: Session, site: str) -> int:
    """Count the places where goods are kept."""
    query = select(func.count()).select_from(Location).where(*_storage(site))
    return session.scalar(query) or 0


def missing_of(session: Session, site: str) -> int:
    """Count the places nobody has spoken of."""
    return session.scalar(select(func.count()).select_from(uncounted(site).subquery())) or 0


def waiting_of(session: Session, site: str) -> int:
    """Count the sheets that wait for a decision."""
    query = select(func.count()).where(CountSheet.site == site, CountSheet.state == "finished")
    return session.scalar(query) or 0


def _storage(site: str) -> tuple[Any, ...]:
    return (Location.site == site, Location.kind.in_(STORAGE), Location.blocked.is_(False))


def _finished(session: Session, site: str, most: int) -> list[CountSheet]:
    return list(
        session.scalars(
            select(CountSheet)
            .where(CountSheet.site == site, CountSheet.state == "finished")
            .order_by(CountSheet.eff_at, CountSheet.device, CountSheet.seq)
            .limit(most)
        )
    )


def _sheet(session: Session, sheet: CountSheet) -> dict[str, Any]:
    place = session.get(Location, sheet.place)
    counter = session.get(Person, sheet.counter) if sheet.counter else None
    goods = func.coalesce(CountLine.item, CountLine.lpn)
    items, pieces = session.execute(
        select(func.count(goods.distinct()), func.coalesce(func.sum(CountLine.quantity), 0)).where(
            CountLine.sheet == sheet.id, CountLine.voided.is_(False)
        )
    ).one()
    return {
        "sheet": sheet.id,
        "place_code": place.code if place else sheet.place,
        "counter": sheet.counter,
        "counter_name": counter.name if counter else None,
        "counted_at": millis(sheet.eff_at) if sheet.eff_at else None,
        "items": int(items),
        "pieces": int(pieces),
    }
