"""An empty database beside the real one, migrated like it and gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask_migrate import upgrade
from sqlalchemy import Engine, event, text

from app.db import WRITE, db
from app.factory import MIGRATIONS, create_app
from app.settings import Settings


@contextmanager
def scratch(source: Engine) -> Iterator[Engine]:
    """Give a file of its own to SQLite and a schema of its own to PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="tallyman-rebuild-") as folder:
        home = Path(folder)
        if source.dialect.name == "sqlite":
            with _migrated(home, f"sqlite:///{home / 'rebuilt.db'}", _careless) as engine:
                yield engine
            return
        schema = f"rebuild_{uuid4().hex}"
        _say(source, f"CREATE SCHEMA {schema}")
        try:
            url = source.url.render_as_string(hide_password=False)
            with _migrated(home, url, _within(schema)) as engine:
                yield engine
        finally:
            _say(source, f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def _migrated(home: Path, url: str, on_connect: Any) -> Iterator[Engine]:  # noqa: ANN401
    app = create_app(Settings(home=home, database=url, secret_key=uuid4().hex))
    with app.app_context():
        engine = db.engine
    event.listen(engine, "connect", on_connect)
    try:
        with app.app_context():
            upgrade(directory=str(MIGRATIONS))
        yield engine
    finally:
        engine.dispose()


def _careless(connection: Any, record: object) -> None:  # noqa: ANN401
    """What is thrown away needs no disk."""
    connection.execute("PRAGMA synchronous=OFF").close()


def _within(schema: str) -> Any:  # noqa: ANN401
    def settle(connection: Any, record: object) -> None:  # noqa: ANN401
        connection.autocommit = True  # a setting made in a transaction ends with it
        connection.execute(f"SET search_path TO {schema}")
        connection.execute("SET synchronous_commit TO off")
        connection.autocommit = False

    return settle


def _say(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.execute(text(statement))
