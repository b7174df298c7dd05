"""Start gunicorn with what the database can bear."""

import os
import sys
from typing import NoReturn

from app.db import sqlite_version
from app.settings import Settings

SQLITE_THREADS = 64  # readers; writers queue behind one lock anyway


def command(settings: Settings, host: str, port: int) -> list[str]:
    """Build the command line: one worker for SQLite, one a core for PostgreSQL."""
    embedded = settings.database.startswith("sqlite")
    workers = 1 if embedded else (os.cpu_count() or 2)
    threads = SQLITE_THREADS if embedded else 16
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "app.factory:served()",
        "--bind",
        f"{host}:{port}",
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--worker-class",
        "gthread",
        "--no-control-socket",
        "--keep-alive",
        "75",
        "--graceful-timeout",
        "10",
        "--log-level",
        "warning",
    ]


def serve(settings: Settings, host: str, port: int) -> NoReturn:
    """Become the server."""
    kind = "SQLite " + sqlite_version() if settings.database.startswith("sqlite") else "PostgreSQL"
    sys.stdout.write(f"Tallyman on http://{host}:{port} ({kind}); Ctrl-C stops it.\n")
    sys.stdout.flush()
    arguments = command(settings, host, port)
    os.execv(arguments[0], arguments)  # noqa: S606 - our own arguments, no shell
