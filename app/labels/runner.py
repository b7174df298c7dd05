"""Threads that feed the printers in every process that serves; the database says who sends."""

import logging
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.db import db
from app.labels.queue import send_next, with_work

log = logging.getLogger("tallyman.labels")
LOOK = 2.0  # seconds between looks at the queues; jobs of this process do not wait for one
_wake = threading.Event()


def wake() -> None:
    """Something was put into a queue."""
    _wake.set()


def start(app: Flask) -> None:
    """Feed printers for as long as this process lives."""
    threading.Thread(target=_watch, args=(app,), name="printers", daemon=True).start()


def _watch(app: Flask) -> None:
    """Give every printer that somebody waits for a thread: a slow one holds up nobody else."""
    feeding: dict[str, threading.Thread] = {}
    while True:
        with app.app_context():
            for printer in _waiting():
                if printer not in feeding or not feeding[printer].is_alive():
                    thread = threading.Thread(target=_feed, args=(app, printer), daemon=True)
                    feeding[printer] = thread
                    thread.start()
        _wake.wait(LOOK)
        _wake.clear()


def _waiting() -> list[str]:
    try:
        return with_work()
    except SQLAlchemyError:
        log.exception("print queue")  # the database is away; the jobs are in it, nothing is lost
        return []
    finally:
        db.session.remove()


def _feed(app: Flask, printer: str) -> None:
    """Send what is due; what has to wait is found again at the next look."""
    with app.app_context():
        try:
            while send_next(printer):
                pass
        except SQLAlchemyError:
            log.exception("print queue of %s", printer)
        finally:
            db.session.remove()
