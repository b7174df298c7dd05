"""Handhelds as the office handles them: an enrolment code to scan, and an end to a lost one."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, current_app, g

from app.db import snapshot
from app.kernel.clock import millis, now
from app.kernel.ids import derived
from app.labels.symbols import QUIET, modules
from app.locations.here import site_of
from app.people.models import FLOOR_ROLES, Device
from app.pipeline.office import Author, IdReused, Request, submit
from app.pipeline.operation import Playbook
from app.sync.enrolment import CODE_LIFE, issue_code
from app.sync.losing import end
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.fields import Id
from app.web.problems import NotFound
from app.web.schemas import Strict


class InviteSchema(Strict):
    """`POST /office/devices/codes`."""

    replaces = Id(load_default=None, allow_none=True)


blueprint = Blueprint("devices", __name__, url_prefix="/api/v1/office")


@blueprint.post("/devices/codes")
@for_people("supervisor", "admin")
def invite() -> tuple[dict[str, Any], int]:
    """Make a single-use enrolment code, as text and as squares of a QR.

    One that replaces a handheld gives its name to whoever is enrolled with it.
    """
    replaces = InviteSchema().load(json_body(1024))["replaces"]
    with snapshot() as session:
        site = site_of(session, g.caller).id
        before = session.get(Device, replaces) if replaces else None
        if replaces and (before is None or before.site != site):
            raise NotFound
    ends = now() + CODE_LIFE
    code = issue_code(site, before.roles if before else FLOOR_ROLES, replaces)
    return {"code": code, "expires_at": millis(ends), "qr": qr_path(f"TME:{code}")}, 201


def qr_path(text: str) -> dict[str, Any]:
    """Draw a QR as one SVG path of unit squares; the quiet zone is four of them."""
    before, after = QUIET["qr"]
    rows = modules(text)
    squares = (
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows, start=before)
        for x, dark in enumerate(row, start=before)
        if dark == "1"
    )
    return {"size": before + len(rows) + after, "path": "".join(squares)}


@blueprint.post("/devices/<device>/revoke")
@for_people("supervisor", "admin")
def revoke(device: str) -> tuple[str, int]:
    """Let a handheld do nothing more but hand in what it holds; again changes nothing."""
    with snapshot() as session:
        site = site_of(session, g.caller).id
    end(device, site)
    return "", 204


@blueprint.post("/devices/<device>/lost")
@for_people("supervisor", "admin")
def lose(device: str) -> tuple[str, int]:
    """Say that a handheld is gone for good: what it was known to hold is declared lost."""
    with snapshot() as session:
        site = site_of(session, g.caller)
    gap = end(device, site.id)
    if gap is not None:
        author = Author(org=site.org, site=site.id, device="system")
        name = derived(device, f"gone|{gap['epoch']}|{gap['first']}")
        with suppress(IdReused):
            playbook: Playbook = current_app.extensions["tallyman_playbook"]
            submit(playbook, author, Request("system.declare_loss", gap, id=name))
    return "", 204
