"""A PostgreSQL to measure on, if this machine has one."""

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

ADDRESS = "TALLYMAN_BENCH_POSTGRES"
MISSING = f"needs the extra `postgres` and a server: {ADDRESS}, or the extra `test`'s own"

Create = Callable[[], str]


class NoServer(Exception):
    """Nothing to measure on."""


@contextmanager
def postgresql() -> Iterator[Create]:
    """Find a server, durable as in earnest, and hand out empty databases on it."""
    try:
        importlib.import_module("psycopg")
    except ImportError as error:
        raise NoServer(MISSING) from error
    named = os.environ.get(ADDRESS)
    if named:
        with _databases(named) as create:
            yield create
        return
    try:
        provision = importlib.import_module("tests.provision.postgres")
    except ImportError as error:  # not a checkout
        raise NoServer(MISSING) from error
    binaries = provision.find_binaries()
    if binaries is None:
        raise NoServer(MISSING)
    with provision.running_cluster(binaries, provision.DURABLE) as cluster:
        yield lambda: cluster.create_database(f"bench_{uuid4().hex}")


@contextmanager
def _databases(server: str) -> Iterator[Create]:
    """Create databases on somebody's server, and drop them afterwards."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def create() -> str:
        made.append(f"tallyman_bench_{uuid4().hex}")
        connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return make_url(server).set(database=made[-1]).render_as_string(hide_password=False)

    with engine.connect() as connection:
        try:
            yield create
        finally:
            for name in made:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
