"""`tallyman day`."""

import json as codec
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, event

from app.db import db
from app.factory import MIGRATIONS, create_app
from app.founding import organisation
from app.proving.day.checks import check
from app.proving.day.order_file import play_file
from app.proving.day.play import Played, play_synthetic
from app.proving.day.report import Report, reported, told
from app.proving.day.scenario import synthetic
from app.settings import Settings

ORDERS = 250  # of a full synthetic day
FIRST_DAY = date(2010, 12, 1)


def run(
    source: str | None,
    seed: int,
    day: str | None,
    json: bool,  # noqa: FBT001 - the command's own flag
    database: str | None = None,
    orders: int = ORDERS,
) -> int:
    """Play a day on a scratch database and check it: 0 everything held, 1 something did not."""
    with _scratch(database) as app:
        report = played_day(app, seed, _chosen(source, seed, day, orders))
    if json:
        click.echo(codec.dumps(report.facts()))
    else:
        for line in told(report):
            click.echo(line)
    return 1 if report.problems else 0


def played_day(app: Flask, seed: int, play: Callable[[Flask], Played]) -> Report:
    """Play and check in the application's current context."""
    began = time.monotonic()
    played = play(app)
    evidence = check(played)
    return reported(seed, played, evidence, time.monotonic() - began)


def _chosen(
    source: str | None, seed: int, day: str | None, orders: int
) -> Callable[[Flask], Played]:
    if source is None:
        return lambda app: play_synthetic(app, seed, synthetic(seed, orders))
    wanted = date.fromisoformat(day) if day else FIRST_DAY
    return lambda app: play_file(app, seed, Path(source), wanted)


@contextmanager
def _scratch(database: str | None) -> Iterator[Flask]:
    """Migrate an empty database; without a URL it is a file that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tallyman-day-") as folder:
        home = Path(folder)
        url = database or f"sqlite:///{home / 'day.db'}"
        app = create_app(
            Settings(home=home, database=url, secret_key=uuid4().hex, secure_cookies=False)
        )
        with app.app_context():
            if database is None:
                event.listen(db.engine, "connect", _careless)
            try:
                upgrade(directory=str(MIGRATIONS))
                if organisation() is not None:
                    raise click.ClickException("a day needs an empty database")
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def _careless(connection: Connection, record: object) -> None:
    """What is thrown away needs no disk."""
    connection.execute("PRAGMA synchronous=OFF").close()  # type: ignore[call-overload]
