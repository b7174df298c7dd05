"""create_app(): settings, extensions, blueprints, command line. Nothing else."""

import gc
from contextlib import suppress
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from sqlalchemy.exc import DatabaseError
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db as database
from app.db import db
from app.delivering import views as delivering
from app.demo import views as demo
from app.labels import views as labels
from app.labels.runner import start as feed_printers
from app.office import (
    adjustments,
    codes,
    complete,
    counts,
    devices,
    exceptions,
    imports,
    label_sheets,
    live,
    openapi,
    opening,
    printers,
    requisitions,
    rules,
    start,
    stock,
)
from app.office import readers as office_readers
from app.office import views as office
from app.office.gates import views as gates
from app.office.now import views as now
from app.office.tables import views as tables
from app.people import desk
from app.people import views as people
from app.people.models import Device
from app.people.sessions import caller_by_token, caller_of, device_of
from app.pipeline.operation import Playbook
from app.playbook import PLAYBOOK
from app.putaway import views as putaway
from app.readers import views as readers
from app.readers.models import Reader
from app.readers.recognising import reader_of
from app.readers.runner import start as watch_tracks
from app.resolving import views as resolving
from app.settings import Settings
from app.sync import black_box
from app.sync import views as sync
from app.sync.runner import start as watch_watermarks
from app.sync.understanding import catch_up
from app.web import access, headers, health, problems
from app.web.access import Caller, Doors
from app.web.plain_json import PlainJson

BLUEPRINTS = (
    sync,
    people,
    resolving,
    putaway,
    office,
    exceptions,
    counts,
    complete,
    stock,
    tables,
    devices,
    desk,
    now,
    adjustments,
    codes,
    requisitions,
    rules,
    imports,
    label_sheets,
    labels,
    printers,
    opening,
    start,
    live,
    openapi,
    readers,
    office_readers,
    gates,
    delivering,
    health,
)
# Inside the installed package, or beside it in a checkout.
PLACES = (Path(__file__).parent / "migrations", Path(__file__).parent.parent / "migrations")
MIGRATIONS = next((place for place in PLACES if place.is_dir()), PLACES[-1])


def create_app(settings: Settings | None = None, playbook: Playbook = PLAYBOOK) -> Flask:
    """Build the application for one database."""
    settings = settings or Settings.from_environment()
    app = Flask("app", static_folder=None)
    app.config["SECRET_KEY"] = settings.secret_key
    app.config["TALLYMAN"] = settings
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024
    app.json = PlainJson(app)
    settings.home.mkdir(parents=True, exist_ok=True)
    database.install(app, settings.database)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    _sign_in(app)
    app.extensions["tallyman_playbook"] = playbook
    cookie = "__Host-tallyman" if settings.secure_cookies else "tallyman"
    access.install(app, Doors(_device, _person, _integration, _reader, cookie))
    problems.install(app)
    headers.install(app)
    for part in (demo, *BLUEPRINTS) if settings.demo else BLUEPRINTS:
        app.register_blueprint(part.blueprint)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.proxies,
            x_proto=settings.proxies,
            x_host=settings.proxies,
        )
    return app


def served(playbook: Playbook = PLAYBOOK) -> Flask:
    """Build the application of a process that only serves.

    What is there now stays, so the collector need not look at it with every push.
    """
    app = create_app(playbook=playbook)
    settings: Settings = app.config["TALLYMAN"]
    black_box.carry(settings.home)
    with app.app_context(), suppress(DatabaseError):  # not migrated yet: every request will say so
        catch_up(playbook)
        db.session.remove()
    feed_printers(app)
    watch_tracks(app)
    watch_watermarks(app)
    settle()
    return app


def settle() -> None:
    """Keep the garbage collector away from what lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _sign_in(app: Flask) -> None:
    """flask-login finds the person of a request; who may do what is decided by `access`."""
    manager = LoginManager(app)
    manager.session_protection = None  # our sessions live on the server, not in a signed cookie
    manager.request_loader(lambda request: access.recognise())  # noqa: ARG005


def _device(credential: str) -> Device | None:
    return device_of(db.engine, credential) if credential else None


def _person(cookie: str) -> Caller | None:
    return caller_of(db.session(), cookie)


def _integration(secret: str) -> Caller | None:
    return caller_by_token(db.session(), secret) if secret else None


def _reader(token: str) -> Reader | None:
    return reader_of(db.engine, token)
