"""`tallyman init`: an empty site that one person can open."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from app.cli import main, make_ready
from app.db import db, snapshot
from app.factory import create_app
from app.items.models import Item
from app.locations.models import Site
from app.settings import Settings
from tests.conftest import FreshDatabase

MADRID = ("MAIN", "Main warehouse", "--time-zone", "Europe/Madrid", "--language", "es")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "new"


@pytest.fixture
def database(engine_name: str, fresh_database: FreshDatabase, home: Path) -> str:
    """No table in it where the file makes the database, an empty one of the server otherwise."""
    return (
        f"sqlite:///{home / 'new.db'}" if engine_name == "sqlite" else fresh_database(engine_name)
    )


def init(home: Path, database: str, *arguments: str, typed: str | None = None) -> Result:
    """Run the command as a process of its own would, on this home and database."""
    home.mkdir(exist_ok=True)
    app = create_app(
        Settings(home=home, database=database, secret_key="k" * 40, secure_cookies=False)
    )
    script = ScriptInfo(create_app=lambda: app)
    done = CliRunner().invoke(main, ["init", *arguments], input=typed, obj=script)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return done


def opened(home: Path, database: str) -> Flask:
    return create_app(
        Settings(home=home, database=database, secret_key="k" * 40, secure_cookies=False)
    )


class TestInit:
    def test_opens_an_empty_site_for_its_first_administrator(
        self, home: Path, database: str
    ) -> None:
        done = init(home, database, *MADRID, "--admin", "Ana", "--json")
        assert done.exit_code == 0, done.output
        known = json.loads(done.output.splitlines()[-1])

        app = opened(home, database)
        with app.app_context():
            signed = app.test_client().post(
                "/api/v1/session",
                json={
                    "username": known["admin"]["username"],
                    "password": known["admin"]["password"],
                },
            )
            assert signed.json is not None
            assert signed.json["person"]["name"] == "Ana"
            assert signed.json["person"]["roles"] == ["admin", "supervisor"]
            db.session.remove()
            with snapshot() as session:
                site = session.scalars(select(Site)).one()
                assert (site.code, site.name) == ("MAIN", "Main warehouse")
                assert (site.time_zone, site.language) == ("Europe/Madrid", "es")
                assert site.settings == {"opening": True}
                assert session.scalars(select(Item)).all() == []
            db.engine.dispose()

    def test_makes_a_secret_that_only_its_owner_reads(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TALLYMAN_HOME", str(tmp_path / "fresh"))

        made = Settings.from_environment().secret_key

        assert len(made) == 64
        assert (tmp_path / "fresh" / "secret").stat().st_mode & 0o777 == 0o600

    def test_asks_for_the_password_where_wanted_and_does_not_repeat_it(
        self, home: Path, database: str
    ) -> None:
        typed = "chosen by myself\n"

        done = init(home, database, *MADRID, "--ask-password", typed=typed * 2)

        assert done.exit_code == 0, done.output
        assert "chosen" not in done.output
        app = opened(home, database)
        with app.app_context():
            body = {"username": "admin", "password": typed.strip()}
            assert app.test_client().post("/api/v1/session", json=body).status_code == 200
            db.session.remove()
            db.engine.dispose()

    def test_a_code_is_opened_once_and_nobody_loses_a_password(
        self, home: Path, database: str
    ) -> None:
        init(home, database, *MADRID)

        again = init(home, database, *MADRID)
        second = init(home, database, "WEST", "Second warehouse", "--json")

        assert (again.exit_code, "founding.site_exists" in again.output) == (1, True)
        assert json.loads(second.output.splitlines()[-1])["admin"] is None

    def test_an_unknown_time_zone_leaves_nothing_behind(self, home: Path, database: str) -> None:
        wrong = init(home, database, "MAIN", "Main", "--time-zone", "Mars/Base")
        right = init(home, database, "MAIN", "Main")

        assert (wrong.exit_code, "locations.unknown_time_zone" in wrong.output) == (1, True)
        assert right.exit_code == 0


class TestStartWithoutTheDemo:
    def test_opens_an_empty_site_once(self, app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
        with app.app_context():
            make_ready(furnished=False)
            assert "office: user admin, password" in capsys.readouterr().out

            make_ready(furnished=False)
            assert capsys.readouterr().out == ""
            with snapshot() as session:
                assert session.scalars(select(Site.code)).all() == ["MAIN"]
