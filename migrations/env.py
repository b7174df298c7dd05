"""Run migrations in the application's own database, under the writers' lock."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.db import WRITE, Base, Instant, writers_turn

config = context.config


def render(kind: str, thing: object, context_: object) -> str | bool:
    """Write our types as what the database sees."""
    return "sa.BigInteger()" if kind == "type" and isinstance(thing, Instant) else False


def run(connection: Connection) -> None:
    """Apply the revisions in one transaction where the database can."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def online() -> None:
    """Connect as a writer: nobody else writes while tables change."""
    engine = current_app.extensions["migrate"].db.engine
    with writers_turn(engine), engine.connect().execution_options(**WRITE) as connection:
        run(connection)


if context.is_offline_mode():
    raise SystemExit("offline migrations are not supported: the data decides some steps")
online()
