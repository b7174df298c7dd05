"""Furnish an empty installation from a backup."""

import os
from itertools import islice
from pathlib import Path

from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session

from app.db import snapshot, writing
from app.kernel.ids import uuid7
from app.safekeeping.archive import Manifest, Reader
from app.safekeeping.backup import SECRET
from app.safekeeping.problems import NewerBackup, NotABackup, NotEmpty, OtherSecret
from app.safekeeping.tables import PAGE, bring_back, tables_of
from app.settings import Settings


def restore(
    engine: Engine, settings: Settings, migrations: Path, path: Path, *, force: bool = False
) -> Manifest:
    """Check the whole file first, then load it and begin a new incarnation of every stream.

    Handhelds see by the incarnation that the server remembers less than they do: they fill their
    copies anew and hand in again what the backup does not know (sync.md §3, §4).
    """
    reader = Reader(path)
    manifest = reader.check()
    _known(migrations, manifest.revision)
    secret = _secret_of(reader)
    _fits(settings, secret)
    rows = _rows_here(engine)
    if rows and not force:
        raise NotEmpty(rows=rows)

    if rows is not None:
        downgrade(directory=str(migrations), revision="base")
    upgrade(directory=str(migrations), revision=manifest.revision)
    with writing(engine=engine) as session:
        _load(session, reader)
    upgrade(directory=str(migrations))
    _put_files(reader, settings.home)
    return manifest


def _known(migrations: Path, revision: str) -> None:
    """A backup of an older version is loaded as it was and then brought up to date."""
    if revision not in {each.revision for each in ScriptDirectory(migrations).walk_revisions()}:
        raise NewerBackup(revision=revision)


def _secret_of(reader: Reader) -> str:
    parts = [part for part in reader.manifest.files if part.name == SECRET]
    if not parts:
        raise NotABackup(part=SECRET)
    return reader.file(parts[0]).decode()


def _fits(settings: Settings, secret: str) -> None:
    """A secret that was set from outside stays; it must then be the one of the backup."""
    own = settings.home / SECRET
    from_outside = not own.is_file() or own.read_text().strip() != settings.secret_key
    if from_outside and settings.secret_key != secret:
        raise OtherSecret


def _rows_here(engine: Engine) -> int | None:
    """Count what is here; None where there is not even a table."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with snapshot(engine) as session:
        return sum(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in tables_of(session).values()
        )


def _load(session: Session, reader: Reader) -> None:
    tables = tables_of(session)
    for part in reader.manifest.tables:
        table = tables.get(part.name)
        if table is None or not set(part.columns) <= set(table.columns.keys()):
            raise NotABackup(part=part.name)
        rows = reader.rows(part)
        while page := list(islice(rows, PAGE)):
            bring_back(session, table, part.columns, page)
    for stream in session.scalars(text("SELECT id FROM streams")).all():
        session.execute(
            text("UPDATE streams SET incarnation = :fresh WHERE id = :stream"),
            {"fresh": uuid7(), "stream": stream},
        )


def _put_files(reader: Reader, home: Path) -> None:
    for part in reader.manifest.files:
        path = home.joinpath(*part.name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        content = reader.file(part)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
