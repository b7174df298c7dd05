"""Two databases, one behaviour: how transactions start, who may write, how they end.

SQLite: writers take a process lock, then a file lock, then `BEGIN IMMEDIATE`, so they queue
instead of failing; readers cannot write at all. PostgreSQL: an advisory lock per stream, first
thing in the transaction. Everything that commits does so here.
"""

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Dialect, Engine, MetaData, event, text
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from app.kernel.clock import from_micros, micros
from app.kernel.turnstile import Turnstile

if sys.platform != "win32":  # there is one process only there, so the thread lock suffices
    import fcntl

LOCK_CLASS = 7411  # first key of our advisory locks, so that other programs' locks never meet them
WRITE = {"tallyman_write": True}
CONNECTION = "tallyman_connection"  # in `Session.info`: the one connection of a writer
MAY_WRITE = "tallyman_may_write"  # in `Connection.info`: what SQLite was last told
SNAPSHOT = {"tallyman_snapshot": True}


class Base(DeclarativeBase):
    """Declarative base; names every constraint so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant as integer microseconds: same order and precision everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse naive datetimes by failing on the subtraction."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give back an aware instant."""
        return None if value is None else from_micros(value)


db = SQLAlchemy(model_class=Base)
_process_lock = Turnstile()


def install(app: Flask, url: str) -> None:
    """Bind the extension to one database with the options that survived measurement."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def engine_options(url: str) -> dict[str, Any]:
    """Choose driver and pool: a pool larger than the threads, never an overflow queue."""
    if url.startswith("sqlite"):
        return {
            "module": _sqlite(),
            "poolclass": QueuePool,
            "pool_size": 80,
            "max_overflow": 60,
            "pool_use_lifo": True,  # whoever wrote last knows the pages and the statements
            "connect_args": {
                "timeout": 30,
                "check_same_thread": False,
                "cached_statements": 500,  # a push alone runs some fifty different ones
            },
        }
    return {
        "pool_size": 20,
        "max_overflow": 60,
        "pool_pre_ping": True,
        "connect_args": {
            "options": "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000"
        },
    }


def _sqlite() -> Any:  # noqa: ANN401 - a DB-API module has no type
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - present only where wheels exist
    except ImportError:
        import sqlite3  # noqa: PLC0415

        return sqlite3
    return dbapi2


def sqlite_version() -> str:
    """Name the SQLite that is linked in, for the start-up line."""
    return str(_sqlite().sqlite_version)


def prepare(engine: Engine) -> None:
    """Attach the rules by which transactions begin."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgres_begin)


def _sqlite_connect(connection: Any, record: object) -> None:  # noqa: ANN401
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cache_size=-32000",
        "wal_autocheckpoint=4000",  # a chunk writes some 200 pages, many of them again and again
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("tallyman_write", False)
    if connection.info.get(MAY_WRITE) is not writes:
        connection.info[MAY_WRITE] = None  # unknown, should the next statement fail
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info[MAY_WRITE] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


def _postgres_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("tallyman_snapshot"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    elif not options.get("tallyman_write"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def writing(*streams: str, engine: Engine | None = None) -> Iterator[Session]:
    """Open the one kind of transaction that may write, and commit it.

    `streams` are the change logs appended to, org before site; their locks are taken first, so
    that commit order is sequence order. Any exception rolls everything back.
    """
    engine = engine or db.engine
    with (
        writers_turn(engine),
        engine.connect() as connection,
        connection.execution_options(**WRITE).begin(),
        Session(connection, autoflush=False, expire_on_commit=False) as session,
    ):
        session.info[CONNECTION] = connection
        if engine.dialect.name == "postgresql":
            for stream in streams:
                session.execute(
                    text("SELECT pg_advisory_xact_lock(:class, :key)"),
                    {"class": LOCK_CLASS, "key": zlib.crc32(stream.encode()) - 2**31},
                )
        yield session
        if session.in_transaction():  # most who write never wake the ORM
            session.commit()  # its part of it: what it holds is written, the connection commits


@contextmanager
def snapshot(engine: Engine | None = None, *, patient: bool = False) -> Iterator[Session]:
    """Open a read transaction in which every query sees the same moment.

    A `patient` one may pause between its queries for as long as somebody computes.
    """
    with Session(engine or db.engine, autoflush=False) as session:
        connection = session.connection(execution_options=SNAPSHOT)
        if patient and connection.dialect.name == "postgresql":
            session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield session


@contextmanager
def alone(what: str, engine: Engine | None = None) -> Iterator[bool]:
    """Tell whether no other process does this at present; none starts until this one has ended."""
    engine = engine or db.engine
    if engine.dialect.name == "sqlite":
        with _file_of_its_own(engine, what) as ours:
            yield ours
        return
    asked = {"class": LOCK_CLASS + 1, "key": zlib.crc32(what.encode()) - 2**31}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ours = connection.scalar(text("SELECT pg_try_advisory_lock(:class, :key)"), asked)
        try:
            yield bool(ours)
        finally:
            if ours:
                connection.execute(text("SELECT pg_advisory_unlock(:class, :key)"), asked)


@contextmanager
def _file_of_its_own(engine: Engine, what: str) -> Iterator[bool]:
    if sys.platform == "win32" or not engine.url.database:
        yield True
        return
    descriptor = os.open(f"{engine.url.database}.{what}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def writers_turn(engine: Engine) -> Iterator[None]:
    if engine.dialect.name != "sqlite":
        yield
        return
    with _process_lock, _file_lock(engine):
        yield


@contextmanager
def _file_lock(engine: Engine) -> Iterator[None]:
    """Queue behind other processes: SQLite's own busy timeout starves under load."""
    if sys.platform == "win32" or not engine.url.database:
        yield
        return
    descriptor = os.open(f"{engine.url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
