"""One thread of every process that serves looks what time alone has settled or ended."""

import logging
import threading
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.db import alone, db
from app.picking.leases import expire_walks
from app.pipeline.operation import Playbook
from app.sync.settling import settle_everywhere

log = logging.getLogger("tallyman.settling")
LOOK = 15.0  # seconds between looks


def start(app: Flask) -> None:
    """Look for as long as this process lives."""
    threading.Thread(target=_watch, args=(app,), name="settling", daemon=True).start()


def look_once(playbook: Playbook) -> bool:
    """Look, unless another process does: what time ends is ended by one of them."""
    with alone("settling") as ours:
        if ours:
            expire_walks(playbook)
            settle_everywhere(playbook)
    return ours


def _watch(app: Flask) -> None:
    playbook: Playbook = app.extensions["tallyman_playbook"]
    while True:
        time.sleep(LOOK)
        with app.app_context():
            try:
                look_once(playbook)
            except SQLAlchemyError:
                log.exception("settling")  # the database is away; nothing is lost by waiting
            finally:
                db.session.remove()
