"""Start gunicorn with what the database can bear."""

import io
import os
import sys
from typing import NoReturn

import qrcode

from app.db import sqlite_version
from app.settings import Settings
from app.tls.addresses import lan_address, reached
from app.tls.page import site
from app.tls.store import Papers, certificate_in, provide
from app.tls.usher import send_out

EVERYWHERE = "0.0.0.0"  # noqa: S104 - the network is who it is for
SQLITE_THREADS = 64  # readers; writers queue behind one lock anyway


def command(settings: Settings, host: str, port: int, papers: Papers | None = None) -> list[str]:
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
        *_secured(papers),
    ]


def _secured(papers: Papers | None) -> list[str]:
    if papers is None:
        return []
    return ["--certfile", str(papers.certificate), "--keyfile", str(papers.key)]


def serve(settings: Settings, host: str, port: int, papers: Papers | None = None) -> NoReturn:
    """Become the server."""
    kind = "SQLite " + sqlite_version() if settings.database.startswith("sqlite") else "PostgreSQL"
    scheme = "https" if papers else "http"
    sys.stdout.write(f"Tallyman on {scheme}://{host}:{port} ({kind}); Ctrl-C stops it.\n")
    sys.stdout.flush()
    arguments = command(settings, host, port, papers)
    os.execv(arguments[0], arguments)  # noqa: S606 - our own arguments, no shell


def serve_lan(port: int, tls_port: int, code: str | None) -> NoReturn:
    """Serve everybody on the network over HTTPS, and the one plain page that brings them there."""
    os.environ["TALLYMAN_LAN"] = "1"
    settings = Settings.from_environment()
    papers = provide(settings.home, reached())
    address = lan_address()
    here, app = f"http://{address}:{port}/", f"https://{address}:{tls_port}/"
    sheets = site(certificate_in(papers.authority), here, app, code)
    send_out(sheets, EVERYWHERE, port)
    drawing = io.StringIO()
    picture = qrcode.QRCode(border=2)
    picture.add_data(here)
    picture.print_ascii(out=drawing)
    sys.stdout.write(f"{drawing.getvalue()}Connect a handheld: {here}\nThe app: {app}\n")
    serve(settings, EVERYWHERE, tls_port, papers)
