"""Migrations go up, describe what the models say, and come down again, on both databases."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.db import WRITE, Base, db
from app.factory import MIGRATIONS

FOLDER = str(Path(MIGRATIONS))


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


class TestMigrations:
    def test_describe_the_models(self, app: Flask) -> None:
        with db.engine.connect().execution_options(**WRITE) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})

            assert compare_metadata(context, Base.metadata) == []

    def test_come_down_and_go_up_again(self, app: Flask) -> None:
        before = tables()

        downgrade(directory=FOLDER, revision="base")
        assert tables() == {"alembic_version"}

        upgrade(directory=FOLDER)
        assert tables() == before
