"""Handhelds as the office handles them: an enrolment code to scan, and an end to a lost one."""

from typing import Any

from flask import Blueprint, g
from sqlalchemy import delete

from app.db import snapshot, writing
from app.kernel.clock import millis, now
from app.labels.symbols import QUIET, modules
from app.locations.here import site_of
from app.people.models import Device, LoginSession
from app.sync.enrolment import CODE_LIFE, issue_code
from app.web.access import for_people
from app.web.bodies import json_body
from app.web.problems import NotFound
from app.web.schemas import Strict

blueprint = Blueprint("devices", __name__, url_prefix="/api/v1/office")


@blueprint.post("/devices/codes")
@for_people("supervisor", "admin")
def invite() -> tuple[dict[str, Any], int]:
    """Make a single-use enrolment code, as text and as squares of a QR."""
    Strict().load(json_body(1024))
    with snapshot() as session:
        site = site_of(session, g.caller).id
    ends = now() + CODE_LIFE
    code = issue_code(site)
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
    with writing() as session:
        row = session.get(Device, device)
        if row is None or row.site != site_of(session, g.caller).id:
            raise NotFound
        row.revoked_at = row.revoked_at or now()
        session.execute(delete(LoginSession).where(LoginSession.device == row.id))
    return "", 204
