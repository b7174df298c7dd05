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
from app.founding import Founded
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


class Templates:
    """Databases made once, with the real migrations, that every test gets a copy of."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder = folder
        self.cluster = cluster
        self.made: dict[tuple[str, bool], Founded | None] = {}

    def name(self, engine: str, *, furnished: bool) -> str:
        """Return the template's name, making it the first time it is asked for."""
        name = f"template_{engine}_{'furnished' if furnished else 'empty'}"
        if (engine, furnished) not in self.made:
            sqlite = engine == "sqlite"
            url = f"sqlite:///{self.folder / name}.db" if sqlite else self._create(name)
            self.made[(engine, furnished)] = self._fill(url, furnished=furnished)
        return name

    def _create(self, name: str) -> str:
        if self.cluster is None:
            raise LookupError("no PostgreSQL")
        return self.cluster.create_database(name)

    def _fill(self, url: str, *, furnished: bool) -> Founded | None:
        app = application(self.folder / "home", url)
        with app.app_context():
            upgrade(directory=str(MIGRATIONS))
            house = furnish(app) if furnished else None
            db.session.remove()
            db.engine.dispose()
        return Founded(house.org, house.site) if house else None


@pytest.fixture(scope="session")
def templates(
    running_postgres: Cluster | None, tmp_path_factory: pytest.TempPathFactory
) -> Templates:
    """Migrated databases, empty and furnished, on both engines."""
    return Templates(tmp_path_factory.mktemp("templates"), running_postgres)


@pytest.fixture
def fresh_database(
    request: pytest.FixtureRequest, tmp_path: Path, templates: Templates
) -> Iterator[FreshDatabase]:
    """Make databases that are gone after the test: engine → URL, furnished for a `site`."""
    dropped: list[Callable[[], None]] = []
    furnished = "site" in request.fixturenames

    def fresh(engine: str) -> str:
        if engine == "sqlite":
            path = tmp_path / f"{uuid4().hex}.db"
            copyfile(templates.folder / f"{templates.name(engine, furnished=furnished)}.db", path)
            return f"sqlite:///{path}"
        cluster = templates.cluster
        if cluster is None:
            from tests.provision.fixtures import leave_out  # noqa: PLC0415 - a plugin, loaded later

            leave_out(request.config, "PostgreSQL server or its driver psycopg is not installed")
        name = f"t{uuid4().hex}"
        template = templates.name(engine, furnished=furnished)
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
def site(app: Flask, engine_name: str, templates: Templates) -> Warehouse:
    """A small warehouse: a dock, bins, a stage, tea and lamps, and the people who work there."""
    founded = templates.made[(engine_name, True)]
    assert founded is not None
    return Warehouse(app, founded.org, founded.site)


def is_postgres(url: str) -> bool:
    """Tell the engines apart in a test that must."""
    return make_url(url).get_backend_name() == "postgresql"
