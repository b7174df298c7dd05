"""Counts to be judged: what was seen beside what the book said at that moment."""

from typing import Any

from flask import Blueprint, g, request
from marshmallow.validate import OneOf
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.counting.books import compared, lines_in, strays
from app.counting.contesting import contested
from app.counting.offering import known_of, not_for
from app.counting.rules import Tolerance, tolerance_of, within
from app.counting.sheets import anchors_of
from app.counting.unnamed import unnamed_codes
from app.db import snapshot
from app.documents.models import CountSheet
from app.items.models import Item
from app.kernel.clock import millis
from app.ledger.anchors import Anchored
from app.ledger.models import Entry
from app.ledger.postings import CountKey
from app.locations.here import site_of
from app.locations.models import Location, Site
from app.office.showing import COUNTERS, noted
from app.people.models import Person
from app.stock.models import HandlingUnit, Serial
from app.web.access import for_people
from app.web.bodies import query_int
from app.web.fields import Text
from app.web.schemas import Strict
from app.work.models import CountTask

blueprint = Blueprint("counts", __name__, url_prefix="/api/v1")
STATES = ("counting", "finished", "approved", "rejected", "superseded")


class CountsSchema(Strict):
    """Which sheets."""

    state = Text(load_default="finished", validate=OneOf(STATES))
    limit = Text(load_default="")


@blueprint.get("/counts")
@for_people("supervisor", "admin")
def sheets() -> dict[str, Any]:
    """List sheets with their provisional or final variances."""
    asked = CountsSchema().load(request.args.to_dict())
    limit = query_int("limit", 50, 1, 200)
    with snapshot() as session:
        site = site_of(session, g.caller)
        rows = session.scalars(
            select(CountSheet)
            .where(CountSheet.site == site.id, CountSheet.state == asked["state"])
            .order_by(CountSheet.started_at, CountSheet.id)
            .limit(limit)
        ).all()
        tolerance = tolerance_of(site.settings)
        unnamed = unnamed_codes(session, site.id, [sheet.id for sheet in rows])
        found = [_shape(session, sheet, tolerance, unnamed.get(sheet.id, [])) for sheet in rows]
    noted(site, {sheet["place"] for sheet in found if sheet["lines"]})
    return {"items": found, "next": None}


@blueprint.get("/counts/asked")
@for_people("supervisor", "admin")
def asked_for() -> dict[str, Any]:
    """List the counts that somebody shall make, and how many may."""
    limit = query_int("limit", 100, 1, 200)
    with snapshot() as session:
        site = site_of(session, g.caller)
        rows = session.execute(
            select(CountTask, Location.code, Person.name)
            .join(Location, Location.id == CountTask.place)
            .outerjoin(Person, Person.id == CountTask.asked_by)
            .where(CountTask.site == site.id, CountTask.state == "open")
            .order_by(CountTask.asked_at, CountTask.id)
            .limit(limit)
        ).all()
        people = _who_count(session, site)
        return {"items": [_asked(session, row, people) for row in rows], "next": None}


def _who_count(session: Session, site: Site) -> dict[str, str]:
    people = session.execute(
        select(Person.id, Person.name, Person.roles).where(Person.org == site.org, Person.active)
    )
    return {row.id: row.name for row in people if COUNTERS & set(row.roles)}


def _asked(
    session: Session, row: Row[CountTask, str, str], people: dict[str, str]
) -> dict[str, Any]:
    task: CountTask = row[0]
    left_out = not_for(known_of(session, task.site, task.place, asked_at=task.asked_at))
    return {
        "task": task.id,
        "place": task.place,
        "place_code": row.code,
        "why": task.why,
        "note": task.note,
        "asked_by": row.name,
        "asked_at": millis(task.asked_at),
        "not_for": sorted(people[person] for person in left_out if person in people),
        "may": len(people.keys() - set(left_out)),
    }


def _seen(session: Session, sheet: CountSheet) -> bool:
    """Tell whether the counter had been shown what should be there since it was last counted."""
    known = known_of(session, sheet.site, sheet.place)
    shown = known.shown.get(sheet.counter or "")
    late = sheet.eff_at is not None and shown is not None and shown > sheet.eff_at
    return shown is not None and not late and not (known.counted_at and shown <= known.counted_at)


def _shape(
    session: Session, sheet: CountSheet, tolerance: Tolerance, unnamed: list[str]
) -> dict[str, Any]:
    lines = variances(session, sheet) if sheet.eff_at else []
    missing, found = _strays(session, sheet) if sheet.eff_at else ([], [])
    place = session.get(Location, sheet.place)
    counter = session.get(Person, sheet.counter) if sheet.counter else None
    return {
        "sheet": sheet.id,
        "place": sheet.place,
        "place_code": place.code if place else sheet.place,
        "state": sheet.state,
        "counter": sheet.counter,
        "counter_name": counter.name if counter else None,
        "empty": sheet.empty,
        "seen": _seen(session, sheet),
        "counted_at": millis(sheet.eff_at) if sheet.eff_at else None,
        **certainty(session, sheet),
        "lines": lines,
        "unnamed": unnamed,  # counted under codes that nobody has named: not among the lines
        "incomplete": bool(unnamed),
        "not_seen": missing,  # pallets and serials, by their codes
        "not_booked": found,
        "within": not (unnamed or missing or found)
        and within(tolerance, ((line["counted"], line["book"]) for line in lines)),
    }


def _strays(session: Session, sheet: CountSheet) -> tuple[list[str], list[str]]:
    """Name what is booked there and was not seen, and what was seen and is not booked there."""
    if sheet.state != "finished":
        return [], []  # it was judged then; by now the units stand where the sheet says
    found = strays(session, anchors_of(sheet, lines_in(session, sheet)))
    codes = {each.unit: _code_of(session, each.unit) for each in found}
    return (
        sorted(codes[each.unit] for each in found if not each.seen),
        sorted(codes[each.unit] for each in found if each.seen),
    )


def _code_of(session: Session, unit: str) -> str:
    known = session.get(HandlingUnit, unit) or session.get(Serial, unit)
    return (known.code if known else None) or unit


def certainty(session: Session, sheet: CountSheet) -> dict[str, Any]:
    """Say how sure it is: when, within which error; was somebody else there; has it settled."""
    through = sheet.settled_through
    return {
        "provisional": through is None and sheet.eff_at is not None,
        "settled": through is not None,
        "settled_through": millis(through) if through else None,
        "contested": sheet.contested
        or (sheet.state == "finished" and contested(session, sheet.id)),
        "uncertain": _after_a_contested_one(session, sheet),
        "began_at": millis(sheet.started_at),
        "error_ms": sheet.u // 1000,
        "recount": sheet.recount is not None,
    }


def _after_a_contested_one(session: Session, sheet: CountSheet) -> bool:
    """The nearest earlier anchor was approved although somebody else had been in the bin."""
    if sheet.eff_at is None:
        return False
    before = session.scalars(
        select(CountSheet.contested)
        .where(
            CountSheet.site == sheet.site,
            CountSheet.place == sheet.place,
            CountSheet.state == "approved",
            CountSheet.eff_at < sheet.eff_at,
        )
        .order_by(CountSheet.eff_at.desc(), CountSheet.id)
        .limit(1)
    )
    return before.first() is True


def variances(session: Session, sheet: CountSheet) -> list[dict[str, Any]]:
    """Compare counted and booked per key, as of the moment of counting and known now."""
    found = []
    for line in compared(session, anchors_of(sheet, lines_in(session, sheet))):
        key, item = line.key, session.get(Item, line.key.item)
        found.append(
            {
                "holder": key.holder,
                "item": key.item,
                "sku": item.sku if item else key.item,
                "name": item.name if item else "",
                "lot": key.lot or None,
                "counted": line.counted,
                "book": line.book,
                "variance": line.counted - line.book,
                **_posted(session, key, line.anchored),
            }
        )
    return found


def _posted(session: Session, key: CountKey, anchored: Anchored) -> dict[str, Any]:
    """Net variance as posted: the adjustment and every restatement since, named by what was late.

    A restatement moves the difference from "loss" to the operation that it was.
    """
    at = anchored.key
    rows = session.execute(
        select(Entry.kind, Entry.operation, Entry.quantity)
        .where(
            Entry.holder == key.holder,
            Entry.item == key.item,
            Entry.lot == key.lot,
            Entry.eff_at == at.eff_at,
            Entry.device == at.device,
            Entry.epoch == at.epoch,
            Entry.seq == at.seq,
            Entry.part == 1,
        )
        .order_by(Entry.commit_seq, Entry.n)
    ).all()
    restated = [(row.operation, row.quantity) for row in rows if row.kind == "restate"]
    return {
        "posted": sum(row.quantity for row in rows),
        "restated": [{"operation": op, "quantity": quantity} for op, quantity in restated],
    }
