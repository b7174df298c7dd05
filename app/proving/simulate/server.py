"""The real application in this process: called without a network, killed at named points."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.db import db
from app.kernel import clock, ids
from app.proving.handheld import JSON
from app.sync import horizon

BEGINNING = datetime(2030, 3, 4, 6, tzinfo=UTC)  # a Monday's early shift
POINTS = ("before the commit", "after the commit", "between chunks", "disk full at the commit")
READING = "while it reads"  # what only looks commits nothing
STATEMENTS = 6  # of a pull, before it dies
# Which commit of a request.
COMMITS = {READING: 0, POINTS[0]: 1, POINTS[1]: 1, POINTS[2]: 2, POINTS[3]: 1}


class Crash(BaseException):
    """The process dies: nobody catches this, and nobody answers."""


class Server:
    """One process of the product on one database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.now_ms = 0.0  # since the beginning
        self.point: str | None = None  # where it will die
        self.commits = self.statements = 0
        self.struck = False  # it got there
        self.said = b""  # the last answer, byte by byte
        with app.app_context():
            self.engine: Engine = db.engine
        self._hook(self.engine)

    # --- time --------------------------------------------------------------------------------

    def moment(self, zone: tzinfo) -> datetime:
        """The present, for `app.kernel.clock`."""
        return BEGINNING + timedelta(milliseconds=self.now_ms)

    @contextmanager
    def in_charge(self, seed: object) -> Iterator[None]:
        """Let this server's clock and a seed's chance be everybody's."""
        before = clock.source, ids.ticks, ids.chance
        clock.source = self.moment
        ids.ticks = lambda: clock.micros(self.moment(UTC)) * 1_000
        ids.chance = Random(f"ids {seed}").getrandbits  # noqa: S311 - the same ids again
        horizon._looked.clear()  # noqa: SLF001 - what a new process would not know
        try:
            yield
        finally:
            clock.source, ids.ticks, ids.chance = before

    # --- requests ----------------------------------------------------------------------------

    def wire(
        self, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
    ) -> tuple[int, JSON]:
        """Send a request through the whole application."""
        request = EnvironBuilder(path, method=method, json=body, headers=list(headers.items()))
        parts, status, _ = run_wsgi_app(self.app, request.get_environ(), buffered=True)
        self.said = text = b"".join(parts)
        return int(status.split()[0]), json.loads(text) if text else {}

    def dying(
        self, point: str, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
    ) -> tuple[int | None, JSON | None]:
        """Send a request during which the process dies at a point, if it gets there."""
        self.point, self.commits, self.statements, self.struck = point, 0, 0, False
        try:
            return self.wire(method, path, body, headers)
        except Crash:
            self.reopen()
            return None, None
        finally:
            self.point = None

    def reopen(self) -> None:
        """Start again with nothing remembered but the database."""
        with self.app.app_context():
            db.session.remove()
        self.engine.dispose()
        from app.pipeline import masters  # noqa: PLC0415 - only its memory is wanted

        masters._known.clear()  # noqa: SLF001 - what a new process would not know
        horizon._looked.clear()  # noqa: SLF001

    def _hook(self, engine: Engine) -> None:
        """Stand between the product and the database."""
        commit: Callable[[Any], None] = engine.dialect.do_commit

        def committed(connection: Any) -> None:  # noqa: ANN401
            point = self.point
            if point is None:
                commit(connection)
                return
            self.commits += 1
            if self.commits != COMMITS[point]:
                commit(connection)
                return
            self.point, self.struck = None, True
            if point == POINTS[3]:
                raise engine.dialect.loaded_dbapi.OperationalError("database or disk is full")
            if point == POINTS[1]:
                commit(connection)
            raise Crash(point)

        execute: Callable[..., None] = engine.dialect.do_execute

        def executed(*call: Any) -> None:  # noqa: ANN401
            self.statements += 1
            if self.point == READING and self.statements >= STATEMENTS:
                self.point, self.struck = None, True
                raise Crash(READING)
            execute(*call)

        engine.dialect.do_commit = committed  # type: ignore[method-assign, assignment]
        engine.dialect.do_execute = executed  # type: ignore[method-assign, assignment]
