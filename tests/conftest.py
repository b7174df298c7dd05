"""A warehouse for every test, on both databases, through the real path."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from app.db import db
from app.factory import MIGRATIONS, create_app
from app.settings import Settings
from tests.provision.postgres import Cluster
from tests.warehouse import Warehouse, furnish

pytest_plugins = ["tests.provision.fixtures"]

FreshDatabase = Callable[[str], str]


def application(home: Path, url: str) -> Flask:
    """The product itself, as it runs, on a database of this test's own."""
    settings = Settings(
        home=home, database=url, secret_key="k" * 40, secure_cookies=False, demo=True
    )
    return create_app(settings)


def migrated(home: Path, url: str) -> str:
    """Bring an empty database to the current version with the real migrations."""
    app = application(home, url)
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        db.engine.dispose()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated file that every test copies."""
    home = tmp_path_factory.mktemp("template")
    migrated(home, f"sqlite:///{home / 'template.db'}")
    return home / "template.db"


@pytest.fixture(scope="session")
def postgres_template(
    running_postgres: Cluster | None, tmp_path_factory: pytest.TempPathFactory
) -> str | None:
    """One migrated database that every test's is made from."""
    if running_postgres is None:
        return None
    name = "template_tallyman"
    migrated(tmp_path_factory.mktemp("template"), running_postgres.create_database(name))
    return name


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Iterator[FreshDatabase]:
    """Make migrated databases that are gone after the test: engine → URL."""
    dropped: list[Callable[[], None]] = []

    def fresh(engine: str) -> str:
        if engine == "sqlite":
            path = tmp_path / f"{uuid4().hex}.db"
            copyfile(sqlite_template, path)
            return f"sqlite:///{path}"
        cluster: Cluster | None = request.getfixturevalue("running_postgres")
        template: str | None = request.getfixturevalue("postgres_template")
        if cluster is None or template is None:
            from tests.provision.fixtures import leave_out  # noqa: PLC0415 - a plugin, loaded later

            leave_out(request.config, "PostgreSQL server or its driver psycopg is not installed")
        name = f"t{uuid4().hex}"
        url = cluster.create_database(name, template=template)
        dropped.append(lambda: cluster.drop_database(name))
        return url

    yield fresh
    for drop in dropped:
        drop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which of the two databases."""
    name: str = request.param
    return name


@pytest.fixture
def app(engine_name: str, fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[Flask]:
    """The product on an empty database, within an application context."""
    built = application(tmp_path / "home", fresh_database(engine_name))
    with built.app_context():
        yield built
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def site(app: Flask) -> Warehouse:
    """A small warehouse: a dock, bins, a stage, tea and lamps, and the people who work there."""
    return furnish(app)


def is_postgres(url: str) -> bool:
    """Tell the engines apart in a test that must."""
    return make_url(url).get_backend_name() == "postgresql"
