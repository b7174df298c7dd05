"""Databases for a run: migrated and furnished once, copied for every seed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL

from app.db import db, engine_options, prepare
from app.factory import MIGRATIONS, create_app, settle
from app.proving.simulate.furnishing import Furnished, furnish
from app.proving.simulate.server import Server
from app.settings import Settings

SECRET = "not a secret: this site lives as long as its simulation"  # noqa: S105


@dataclass
class Premises:
    """Where seeds are played, one after another."""

    home: Path
    base: URL | None  # of PostgreSQL; None = SQLite files
    server: Server = field(init=False)
    furnished: Furnished = field(init=False)
    rebuilt: Engine = field(init=False)

    def prepare(self) -> None:
        """Migrate and furnish the templates."""
        self._create("empty", None)
        with _application(self.home, self.url("empty")) as app, app.app_context():
            upgrade(directory=str(MIGRATIONS))
        self._create("furnished", "empty")
        with _application(self.home, self.url("furnished")) as app:
            server = Server(app)
            with server.in_charge("furniture"):
                self.furnished = furnish(server)
        self._create("seed", "furnished")
        app = create_app(_settings(self.home, self.url("seed")))
        with app.app_context():
            _hasten(db.engine)
        self.server = Server(app)
        self.rebuilt = create_engine(self.url("rebuilt"), **engine_options(self.url("rebuilt")))
        prepare(self.rebuilt)
        _hasten(self.rebuilt)
        settle()  # as a server that is up

    def url(self, name: str) -> str:
        """The address of one of our databases."""
        if self.base is None:
            return f"sqlite:///{self.home / name}.db"
        return self._named(name).render_as_string(hide_password=False)

    def fresh(self) -> None:
        """Begin a seed: nothing of the last one is left."""
        self.server.reopen()
        self._create("seed", "furnished")

    def keep(self) -> None:
        """Make a backup of the seed as it stands."""
        self.server.reopen()
        self._create("kept", "seed")

    def bring_back(self) -> None:
        """Go back to the backup."""
        self.server.reopen()
        self._create("seed", "kept")

    def fresh_rebuilt(self) -> Engine:
        """Give an empty, migrated database to replay into."""
        self.rebuilt.dispose()
        self._create("rebuilt", "empty")
        return self.rebuilt

    def close(self) -> None:
        """Let everything go."""
        self.server.engine.dispose()
        self.rebuilt.dispose()
        if self.base is not None:
            for name in ("seed", "kept", "rebuilt", "furnished", "empty"):
                self._drop(name)

    # --- making and dropping -----------------------------------------------------------------

    def _named(self, name: str) -> URL:
        if self.base is None:
            raise ValueError("no PostgreSQL")
        return self.base.set(database=f"{self.base.database}_{os.getpid()}_{name}")

    def _create(self, name: str, template: str | None) -> None:
        if self.base is not None:
            self._drop(name)
            source = self._named(template).database if template else "template0"
            self._say(f'CREATE DATABASE "{self._named(name).database}" TEMPLATE "{source}"')
            return
        for ending in ("-wal", "-shm", ""):
            (self.home / f"{name}.db{ending}").unlink(missing_ok=True)
        if template:
            shutil.copyfile(self.home / f"{template}.db", self.home / f"{name}.db")

    def _drop(self, name: str) -> None:
        self._say(f'DROP DATABASE IF EXISTS "{self._named(name).database}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        engine = create_engine(self.base or "", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def premises(database: str | None) -> Iterator[Premises]:
    """Open a place to play; `database` names a PostgreSQL database beside which to make ours.

    Without one, seeds are played in SQLite files that are gone afterwards.
    """
    base = make_url(database) if database and database.startswith("postgresql") else None
    folder = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - what is thrown away
    with tempfile.TemporaryDirectory(prefix="tallyman-simulate-", dir=folder) as home:
        place = Premises(Path(home), base)
        place.prepare()
        try:
            yield place
        finally:
            place.close()


def _settings(home: Path, url: str) -> Settings:
    return Settings(home=home, database=url, secret_key=SECRET, secure_cookies=False)


@contextmanager
def _application(home: Path, url: str) -> Iterator[Flask]:
    """The product on a template; its file is complete afterwards."""
    app = create_app(_settings(home, url))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _hasten(engine: Engine) -> None:
    """What is thrown away needs no disk."""

    def careless(connection: Any, record: object) -> None:  # noqa: ANN401
        if engine.dialect.name == "sqlite":
            connection.execute("PRAGMA synchronous=OFF").close()
            return
        connection.autocommit = True
        connection.execute("SET synchronous_commit TO off")
        connection.autocommit = False

    event.listen(engine, "connect", careless)
