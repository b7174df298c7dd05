"""Write an installation into one file."""

import os
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine, text

from app.db import snapshot
from app.kernel.clock import now
from app.safekeeping.archive import Manifest, Reader, Writer
from app.safekeeping.problems import CannotWrite
from app.safekeeping.tables import rows_of, tables_of
from app.settings import Settings

SECRET = "secret"  # noqa: S105 - the name of a file
LEFT_OUT = (".lock", ".log", ".part", "-wal", "-shm", "-journal")  # of this machine's day only
LEFT_OUT_FOLDERS = frozenset({"imports", "attempts"})


def back_up(engine: Engine, settings: Settings, path: Path) -> Manifest:
    """Write, read back, and only then give the file its name; nobody has to stop working."""
    part = path.with_name(f"{path.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                _fill(Writer(archive), engine, settings)
            file.flush()
            os.fsync(file.fileno())
        manifest = Reader(part).check()
        part.replace(path)
    except OSError as error:
        raise CannotWrite(reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _fill(writer: Writer, engine: Engine, settings: Settings) -> None:
    with snapshot(engine, patient=True) as session:
        revision = session.scalar(text("SELECT version_num FROM alembic_version")) or ""
        for name, table in tables_of(session).items():
            columns = tuple(column.name for column in table.columns)
            writer.table(name, columns, rows_of(session, table))
    writer.file(SECRET, settings.secret_key.encode())
    for name, path in _belongings(settings.home, engine):
        writer.file(name, path.read_bytes())
    writer.seal(
        Manifest(
            revision=revision,
            version=version("tallyman"),
            database=engine.dialect.name,
            made_at=now().isoformat(),
            tables=tuple(writer.tables),
            files=tuple(writer.files),
        )
    )


def _belongings(home: Path, engine: Engine) -> Iterator[tuple[str, Path]]:
    """Yield what else lies in the home: certificates, photos; not the database, not its locks."""
    database = Path(engine.url.database or "").name if engine.dialect.name == "sqlite" else ""
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home)
        if not path.is_file() or path.is_symlink() or str(name) == SECRET:
            continue
        if path.name == database or path.name.endswith(LEFT_OUT):
            continue
        if name.parts[0] not in LEFT_OUT_FOLDERS and path.suffix not in {".db", ".zip", ".backup"}:
            yield name.as_posix(), path
