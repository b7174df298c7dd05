"""Is it alive, is it ready: for the process manager, not for people."""

import shutil
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app
from sqlalchemy import text

from app.db import db
from app.web.access import public

LEAST_FREE = 500 * 1024 * 1024  # below this a full disk is hours away

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@public
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/health/ready")
@public
def ready() -> tuple[dict[str, Any], int]:
    """The database answers and the disk has room."""
    db.session.execute(text("SELECT 1"))
    home: Path = current_app.config["TALLYMAN"].home
    roomy = shutil.disk_usage(home).free >= LEAST_FREE
    return {"status": "ok" if roomy else "disk_full"}, 200 if roomy else 503
