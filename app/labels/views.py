"""Labels as a handheld asks for them: new numbers, and paper for what was just received."""

from base64 import b64encode
from datetime import date
from typing import Any

from flask import Blueprint, g
from marshmallow.validate import Length, OneOf, Range
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import snapshot
from app.items.models import Item
from app.labels import numbers, queue, saying
from app.labels.choosing import code_of, goods_of, language_of
from app.labels.composing import Label
from app.labels.layouts import LAYOUTS, MEDIA, Layout
from app.labels.models import Printer
from app.labels.paper import Job, pages
from app.labels.runner import wake
from app.labels.saying import Batch
from app.labels.svg import svg
from app.labels.zpl import zpl
from app.locations.models import Site
from app.web.access import for_device, for_device_and_people
from app.web.bodies import json_body
from app.web.fields import Day, Id, Text, Whole
from app.web.problems import Invalid, NotFound
from app.web.schemas import Strict

blueprint = Blueprint("labels", __name__, url_prefix="/api/v1/labels")
FLOOR = ("receiver", "picker", "packer", "supervisor", "admin")


class NumbersSchema(Strict):
    """Which numbers; `after` = the newest block the handheld knows."""

    kind = Text(required=True, validate=OneOf(("lpn", "sscc")))
    after = Id(required=True, allow_none=True)


class WishSchema(Strict):
    """What the handheld has just received or filled; what it says is what is printed."""

    id = Id(required=True)
    kind = Text(required=True, validate=OneOf(("lpn", "lot", "item")))
    code = Text(required=True, allow_none=True, validate=Length(1, 60))
    item = Id(required=True, allow_none=True)
    lot = Text(required=True, allow_none=True, validate=Length(1, 80))
    expiry = Day(required=True, allow_none=True)
    quantity = Whole(required=True, allow_none=True, validate=Range(1, 10**9))
    printer = Id(load_default=None, allow_none=True)


@blueprint.post("/numbers")
@for_device
def give_numbers() -> dict[str, Any]:
    """Give this handheld its next block of numbers, to be used without a network too."""
    asked = NumbersSchema().load(json_body(1024))
    with snapshot() as session:
        kinds = numbers.kinds_of(session.get_one(Site, g.device.site))
    if asked["kind"] not in kinds:
        raise numbers.NoPrefix
    block = numbers.block_for(g.device.id, g.device.site, asked["kind"], asked["after"])
    return {"block": numbers.told(block), "kinds": sorted(kinds)}


@blueprint.post("/print")
@for_device_and_people(*FLOOR)
def print_one() -> dict[str, Any]:
    """Print a label on the dock's printer; without one, give the drawing to the browser."""
    asked = WishSchema().load(json_body(4096))
    with snapshot() as session:
        site = session.get_one(Site, g.device.site)
        label = _label(session, site, asked)
        layout = LAYOUTS[label.layout]
        printer = _printer(session, site.id, layout, asked["printer"])
    if printer is None:
        return {"printer": None, "page": _drawing(label, layout)}
    content = zpl(Job([label], MEDIA[printer.media], 1, printer.dpi))
    title = f"{asked['kind']} {asked['code'] or asked['lot'] or ''}".strip()
    wish = queue.wish_of({name: asked[name] for name in asked if name != "printer"})
    queue.submit(printer, queue.Order(asked["id"], wish, title, 1, content, g.caller.id))
    wake()
    return {"printer": printer.name, "page": None}


def _label(session: Session, site: Site, asked: dict[str, Any]) -> Label:
    item = session.get(Item, asked["item"]) if asked["item"] else None
    if item is not None and item.org != site.org:
        raise NotFound
    language = language_of(site)
    expiry: date | None = asked["expiry"]
    day = expiry.isoformat() if expiry else None
    if asked["kind"] == "lpn" and asked["code"]:
        quantity = asked["quantity"] if item else None
        told = {
            "sku": item.sku if item else "",
            "name": item.name if item else "",
            "lot": asked["lot"] or "",
            "expiry": day or "",
            "quantity": f"{quantity} {item.unit}" if item and quantity else "",
        }
        return saying.unit(asked["code"], site.name, "code128", language, told)
    if item is None:
        raise Invalid(fields={"item": ["needed"]})
    goods = goods_of(item, code_of(session, item))
    if asked["kind"] == "lot" and asked["lot"]:
        return saying.lot(goods, Batch(asked["lot"], day), language)
    return saying.item(goods)


def _printer(session: Session, site: str, layout: Layout, wanted: str | None) -> Printer | None:
    """The printer asked for, or the first whose roll fits."""
    query = select(Printer).where(Printer.site == site, Printer.active).order_by(Printer.name)
    fitting = [row for row in session.scalars(query) if layout.fits(MEDIA[row.media])]
    return next((row for row in fitting if row.id == wanted), fitting[0] if fitting else None)


def _drawing(label: Label, layout: Layout) -> dict[str, Any]:
    """One label on the first roll that it fits, for the browser's print dialogue."""
    media = next(media for media in MEDIA.values() if media.roll and layout.fits(media))
    (page,) = pages(Job([label], media))
    drawn = b64encode(svg(page, media).encode()).decode()
    return {"source": f"data:image/svg+xml;base64,{drawn}", "width": media.page[0]}
