"""One thread of every process that serves tells the visits that are over."""

import logging
import threading
import time

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from app.db import db
from app.pipeline.operation import Playbook
from app.readers.noting import forget, note_visits

log = logging.getLogger("tallyman.readers")
LOOK = 1.0  # seconds between looks
FORGET = 600.0
ON_READ = 20  # tracks a reader's own request looks at, where nobody else looks

_running = threading.Event()


def start(app: Flask) -> None:
    """Look for as long as this process lives."""
    threading.Thread(target=_watch, args=(app,), name="readers", daemon=True).start()


def wake() -> None:
    """Something was read: where no thread looks, whoever brings reads looks for those before."""
    if not _running.is_set():
        note_visits(_playbook(current_app), ON_READ)


def _playbook(app: Flask) -> Playbook:
    found: Playbook = app.extensions["tallyman_playbook"]
    return found


def _watch(app: Flask) -> None:
    """Should this ever end, whoever brings reads looks again."""
    _running.set()
    try:
        _look(app)
    finally:
        _running.clear()


def _look(app: Flask) -> None:
    forgot = time.monotonic()
    while True:
        time.sleep(LOOK)
        with app.app_context():
            try:
                while note_visits(_playbook(app)):
                    pass
                if time.monotonic() - forgot > FORGET:
                    forgot = time.monotonic()
                    forget()
            except SQLAlchemyError:
                log.exception("visits")  # the database is away; the reads are in it
            finally:
                db.session.remove()
