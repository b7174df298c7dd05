"""`POST /scans/resolve`: type, id and label, nothing that needs a permission."""

from typing import Any

from flask import Blueprint, g

from app.db import db
from app.locations.here import org_of
from app.resolving.resolver import Here, Meaning, resolve
from app.web.access import for_device
from app.web.bodies import json_body
from app.web.schemas import ResolveSchema

blueprint = Blueprint("resolving", __name__, url_prefix="/api/v1")
SCAN = ResolveSchema()


@blueprint.post("/scans/resolve")
@for_device
def resolve_scan() -> dict[str, Any]:
    """Say what a code means on this site."""
    body = SCAN.load(json_body(16 * 1024))
    site = g.device.site
    found = resolve(Here(db.engine, org_of(site), site), body["data"], body["symbology"])
    if len(found) == 1:
        return _shape(found[0])
    kind = "ambiguous" if found else "unknown"
    return {"type": kind, "id": None, "label": None, "readings": [_shape(m) for m in found]}


def _shape(meaning: Meaning) -> dict[str, Any]:
    return {"type": meaning.type, "id": meaning.id, "label": meaning.label}
