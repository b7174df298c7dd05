"""Labels to print, as the office asks for them: how many, a preview, and the sheet itself."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, g, make_response, request
from marshmallow.validate import Length, OneOf, Range

from app.db import snapshot
from app.kernel.clock import now, zone_of
from app.labels import saying
from app.labels.choosing import CHOICES, Asked, TooMany, chosen, language_of
from app.labels.composing import DOTS, Label
from app.labels.layouts import LAYOUTS, MEDIA, Layout, media_of
from app.labels.paper import Job, Placed, pages
from app.labels.pdf import pdf
from app.labels.png import png
from app.labels.svg import svg
from app.labels.zpl import zpl
from app.locations.here import site_of
from app.sync.enrolment import CODE_LIFE, issue_code
from app.web.access import for_people
from app.web.bodies import json_body, query_int
from app.web.fields import Text, Whole
from app.web.problems import NotFound
from app.web.schemas import Strict

blueprint = Blueprint("label_sheets", __name__, url_prefix="/api/v1/office/labels")
MOST_COPIES = 200
MOST_PIECES = 10_000  # of a file; a label printer counts copies itself
PREVIEW_DPI = 203
NAMED = ("code", "number", "badge", "sku", "action", "words")  # what a label is called
PLANNERS = ("supervisor", "planner", "admin")


class WhichSchema(Strict):
    """Which labels."""

    kind = Text(load_default="location", validate=OneOf(tuple(CHOICES)))
    first = Text(load_default="", validate=Length(max=60))
    last = Text(load_default="", validate=Length(max=60))
    zone = Text(load_default="", validate=Length(max=40))
    purpose = Text(load_default="", validate=Length(max=12))
    lot = Text(load_default="", validate=Length(max=80))
    symbology = Text(load_default="qr", validate=OneOf(("qr", "code128")))
    arrow = Text(load_default="none", validate=OneOf(("none", "up", "down")))


class AskedSchema(WhichSchema):
    """Which labels, on what; of the query string, so everything is text."""

    media = Text(load_default="", validate=OneOf(("", *MEDIA)))
    copies = Text(load_default="")
    dpi = Text(load_default="203", validate=OneOf([str(dpi) for dpi in DOTS]))
    page = Text(load_default="")


class InvitationsSchema(Strict):
    """How many handhelds."""

    count = Whole(required=True, validate=Range(1, 16))


@blueprint.get("")
@for_people(*PLANNERS)
def how_many() -> dict[str, Any]:
    """Say what a choice comes to before paper is used."""
    labels, job = _asked(AskedSchema().load(request.args.to_dict()))
    each = job.media.each
    made = len(labels) * job.copies
    return {
        "labels": len(labels),
        "pages": (made + each - 1) // each,
        "first": _name(labels[0]) if labels else None,
        "last": _name(labels[-1]) if labels else None,
    }


@blueprint.get("/kinds")
@for_people(*PLANNERS)
def kinds() -> dict[str, Any]:
    """Name the kinds of labels and the paper each fits."""
    return {"items": [_kind(LAYOUTS[name]) for name in CHOICES]}


def _kind(layout: Layout) -> dict[str, Any]:
    return {
        "kind": layout.name,
        "symbologies": layout.choices,
        "usual": layout.media,
        "media": [
            {"name": media.name, "label": media.label, "each": media.each, "roll": media.roll}
            for media in media_of(layout)
        ],
    }


@blueprint.post("/enrolment")
@for_people("supervisor", "admin")
def invitations() -> tuple[dict[str, Any], int]:
    """Make invitations for several handhelds, a label each; a code is shown here only."""
    asked = InvitationsSchema().load(json_body(1024))
    with snapshot() as session:
        site = site_of(session, g.caller)
    ends = now() + CODE_LIFE
    until = ends.astimezone(zone_of(site.time_zone)).strftime("%Y-%m-%d %H:%M")
    codes = [issue_code(site.id) for _ in range(asked["count"])]
    language = language_of(site)
    labels = [saying.enrolment(code, site.name, until, language) for code in codes]
    content = pdf(Job(labels, MEDIA[LAYOUTS["enrolment"].media]), "Enrolment")
    return {"count": len(codes), "pdf": b64encode(content).decode()}, 201


@blueprint.get("/<kind>.<form>")
@for_people(*PLANNERS)
def drawn(kind: str, form: str) -> Response:
    """Draw the labels: all of them as PDF or ZPL, one page of them as SVG or PNG."""
    if kind not in CHOICES or form not in FORMS:
        raise NotFound
    asked = AskedSchema().load({**request.args.to_dict(), "kind": kind})
    labels, job = _asked(asked)
    if not labels:
        raise NotFound
    mimetype, draw = FORMS[form]
    response = make_response(draw(job, kind))
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'inline; filename="{kind}.{form}"'
    return response


def _asked(asked: dict[str, Any]) -> tuple[list[Label], Job]:
    labels = ask(asked)
    layout = LAYOUTS[labels[0].layout if labels else asked["kind"]]
    media = MEDIA[asked["media"] or layout.media]
    copies = query_int("copies", 1, 1, MOST_COPIES)
    if len(labels) * copies > MOST_PIECES:
        raise TooMany(most=MOST_PIECES)
    return labels, Job(labels, media, copies, int(asked["dpi"]) if media.roll else None)


def ask(asked: dict[str, Any]) -> list[Label]:
    """Make the labels somebody asked for."""
    wanted = Asked(**{name: asked[name] for name in Asked.__slots__})
    with snapshot() as session:
        return chosen(session, site_of(session, g.caller), wanted)


def _name(label: Label) -> str:
    return next(label.fields[name] for name in NAMED if name in label.fields)


def _svg(job: Job, kind: str) -> str:
    return svg(_page(job), job.media)


def _png(job: Job, kind: str) -> bytes:
    dotted = Job(job.labels, job.media, job.copies, job.dpi or PREVIEW_DPI)
    return png(_page(dotted), job.media, job.dpi or PREVIEW_DPI)


def _page(job: Job) -> list[Placed]:
    wanted = query_int("page", 1, 1, 10_000)
    for n, page in enumerate(pages(job, most=wanted), start=1):
        if n == wanted:
            return page
    raise NotFound


def _zpl(job: Job, kind: str) -> str:
    if not job.media.roll:
        raise NotFound
    return zpl(job)


FORMS: Mapping[str, tuple[str, Callable[[Job, str], str | bytes]]] = {
    "pdf": ("application/pdf", lambda job, kind: pdf(job, kind.capitalize())),
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "zpl": ("application/zpl", _zpl),
}
