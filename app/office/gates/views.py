"""`/office/gates`: what was read at the gates; confirming records it, dismissing only says so."""

from typing import Any

from flask import Blueprint, Response, current_app, g
from sqlalchemy import select

from app.db import db, snapshot
from app.kernel.clock import millis
from app.locations.here import site_of
from app.office.gates.acting import pieces_read, receive, ship
from app.office.gates.facts import Facts, facts_of
from app.office.gates.judging import Receipt, Shipment, Stray, Unknown, judge
from app.office.views import answered, author_of
from app.pipeline.office import Request, submit_all
from app.pipeline.operation import Playbook
from app.readers.models import Reader, TagVisit
from app.readers.problems import Settled
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.schemas import Strict

blueprint = Blueprint("gates", __name__, url_prefix="/api/v1/office/gates")
CHIEFS = ("supervisor", "admin")
SHOWN = 100  # of each list


@blueprint.get("")
@for_people(*CHIEFS)
def gates() -> dict[str, Any]:
    """List proposals, strays and unknown tags."""
    with snapshot() as session:
        site = site_of(session, g.caller).id
        facts = facts_of(session, site)
        readers = dict(
            iter(session.execute(select(Reader.id, Reader.name).where(Reader.site == site)))
        )
    told = judge(facts)
    return {
        "receipts": [_receipt(facts, readers, row) for row in told.receipts[:SHOWN]],
        "shipments": [_shipment(facts, readers, row) for row in told.shipments[:SHOWN]],
        "strays": [_stray(facts, readers, row) for row in told.strays[:SHOWN]],
        "unknown": [_unknown(facts, readers, row) for row in told.unknown[:SHOWN]],
    }


@blueprint.post("/receipts/<unit>/confirm")
@for_people("supervisor")
def confirm_receipt(unit: str) -> Response:
    """Receive an announced pallet that was read at a door."""
    facts = _facts()
    found = next((row for row in judge(facts).receipts if row.unit == unit), None)
    if found is None:
        raise Settled
    return _recorded(receive(facts, found))


@blueprint.post("/shipments/<order>/confirm")
@for_people("supervisor")
def confirm_shipment(order: str) -> Response:
    """Ship the units of an order that were read at a door."""
    found = next((row for row in judge(_facts()).shipments if row.order.id == order), None)
    if found is None:
        raise Settled
    return _recorded(ship(found))


def _facts() -> Facts:
    Strict().load(json_body(1024))
    with snapshot() as session:
        return facts_of(session, site_of(session, g.caller).id)


def _recorded(requests: list[Request]) -> Response:
    """Record it in the name of who confirmed it; both or nothing."""
    playbook: Playbook = current_app.extensions["tallyman_playbook"]
    return answered(submit_all(playbook, author_of(db.session(), g.caller), requests)[0])


def _seen(facts: Facts, readers: dict[str, str], visits: tuple[TagVisit, ...]) -> dict[str, Any]:
    last = visits[0]
    return {
        "visits": [visit.id for visit in visits][:SHOWN],
        "times": len(visits),
        "tag": last.tag,
        "code": last.code,
        "place_code": facts.places.get(last.place, ("", ""))[0],
        "meaning": last.meaning,
        "direction": last.direction,
        "reader": readers.get(last.reader, ""),
        "at": millis(last.last_at),
    }


def _receipt(facts: Facts, readers: dict[str, str], row: Receipt) -> dict[str, Any]:
    read = pieces_read(row)
    return {
        **_seen(facts, readers, (*row.visits, *row.pieces)),
        "unit": row.unit,
        "code": row.announced.code,
        "asn": row.announced.number,
        "contents": [
            {
                "sku": facts.items.get(goods["item"], ("", "", ""))[0],
                "name": facts.items.get(goods["item"], ("", "", ""))[1],
                "quantity": goods["quantity"],
                "read": read[goods["item"]],
            }
            for goods in row.announced.contents
        ],
    }


def _shipment(facts: Facts, readers: dict[str, str], row: Shipment) -> dict[str, Any]:
    return {
        **_seen(facts, readers, row.visits),
        "order": row.order.id,
        "number": row.order.number,
        "customer": row.order.customer,
        "read": [tote.code for tote in row.read],
        "missing": [tote.code for tote in row.missing],
    }


def _stray(facts: Facts, readers: dict[str, str], row: Stray) -> dict[str, Any]:
    item = facts.items.get(str(row.visit.item))
    return {
        **_seen(facts, readers, (row.visit,)),
        "why": row.why,
        "book_code": row.standing.code,
        "item": f"{item[0]} {item[1]}" if item else None,
    }


def _unknown(facts: Facts, readers: dict[str, str], row: Unknown) -> dict[str, Any]:
    item = facts.items.get(str(row.visits[0].item))
    return {
        **_seen(facts, readers, row.visits),
        "kind": row.visits[0].kind,
        "item": f"{item[0]} {item[1]}" if item else None,
    }
