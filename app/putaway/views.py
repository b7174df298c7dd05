"""Where to, and may it be there: asked online, because it depends on what a bin holds."""

from typing import Any

from flask import Blueprint, g
from marshmallow.validate import Range
from sqlalchemy import select

from app.db import db
from app.handling.contradictions import contents_of, rule_of
from app.handling.place_rules import Stored, broken_rules
from app.items.models import Item
from app.ledger.models import Balance
from app.locations.models import Location, Site
from app.pipeline.floor import Floor
from app.putaway.plans import proposals
from app.web.access import for_device_and_people
from app.web.bodies import json_body
from app.web.fields import Id, Whole
from app.web.problems import NotFound
from app.web.schemas import Strict
from app.work.models import PutawayPlan

blueprint = Blueprint("putaway", __name__, url_prefix="/api/v1/putaway")
WORKERS = ("receiver", "picker", "packer", "supervisor", "admin")


class WhatSchema(Strict):
    """A unit, or goods of one item."""

    lpn = Id(load_default=None, allow_none=True)
    item = Id(load_default=None, allow_none=True)
    quantity = Whole(load_default=1, validate=Range(1, 10**9))


class CheckSchema(WhatSchema):
    """The same, and where to."""

    target = Id(required=True)


def _floor() -> Floor:
    site = db.session().get_one(Site, g.device.site)
    return Floor(db.session(), site.id, site.org)


@blueprint.post("/propose")
@for_device_and_people(*WORKERS)
def propose() -> dict[str, Any]:
    """Propose a bin, with the reason."""
    body = WhatSchema().load(json_body(4096))
    floor = _floor()
    plan = floor.find(PutawayPlan, body["lpn"]) if body["lpn"] else None
    if plan is not None and plan.place is not None:
        return {
            "place": plan.place,
            "place_code": plan.place_code,
            "reason": plan.reason,
            "alternates": plan.alternates,
        }
    (proposal,) = proposals(floor, [[body["item"] or body["lpn"] or ""]])
    return {
        "place": proposal.place.id if proposal.place else None,
        "place_code": proposal.place.code if proposal.place else None,
        "reason": proposal.reason(),
        "alternates": [bin_.id for bin_ in proposal.alternates],
    }


@blueprint.post("/check")
@for_device_and_people(*WORKERS)
def check() -> dict[str, Any]:
    """Say whether these goods may stand there: allowed, confirm, or forbidden and why."""
    body = CheckSchema().load(json_body(4096))
    floor = _floor()
    target = floor.find(Location, body["target"])
    if target is None:
        raise NotFound
    rule = rule_of(target)
    if rule.virtual or rule.blocked:
        return _verdict("forbidden", "blocked" if rule.blocked else "virtual")
    here = contents_of(floor, {target.id})[target.id]
    if rule.only_empty and any(stored.quantity > 0 for stored in here):
        return _verdict("forbidden", "not_empty")
    broken = broken_rules(rule, [*here, *_incoming(floor, body)])
    if broken:
        return _verdict("forbidden", broken[0].rule)
    planned = floor.find(PutawayPlan, body["lpn"]) if body["lpn"] else None
    elsewhere = planned is not None and planned.place not in (None, target.id)
    return _verdict("confirm", "other_bin") if elsewhere else _verdict("allowed", None)


def _incoming(floor: Floor, body: dict[str, Any]) -> list[Stored]:
    if body["item"]:
        item = floor.find(Item, body["item"])
        if item is None:
            raise NotFound
        return [Stored(item.id, "", body["quantity"], item.weight_g, item.volume_ml)]
    contents = floor.session.scalars(select(Balance).where(Balance.holder == body["lpn"]))
    return [Stored(row.item, row.lot, row.quantity) for row in contents]


def _verdict(verdict: str, code: str | None) -> dict[str, Any]:
    return {"verdict": verdict, "reason": {"code": code} if code else None}
