"""`POST /scans/resolve`: type, id and label, nothing that needs a permission."""

from typing import Any

from flask import Blueprint, g

from app.db import db
from app.locations.models import Site
from app.resolving.resolver import Here, Meaning, resolve
from app.web.access import for_device
from app.web.bodies import json_body
from app.web.schemas import ResolveSchema

blueprint = Blueprint("resolving", __name__, url_prefix="/api/v1")


@blueprint.post("/scans/resolve")
@for_device
def resolve_scan() -> dict[str, Any]:
    """Say what a code means on this site."""
    body = ResolveSchema().load(json_body(16 * 1024))
    session = db.session()
    site = session.get_one(Site, g.device.site)
    found = resolve(Here(session, site.org, site.id), body["data"], body["symbology"])
    if len(found) == 1:
        return _shape(found[0])
    kind = "ambiguous" if found else "unknown"
    return {"type": kind, "id": None, "label": None, "readings": [_shape(m) for m in found]}


def _shape(meaning: Meaning) -> dict[str, Any]:
    return {"type": meaning.type, "id": meaning.id, "label": meaning.label}
