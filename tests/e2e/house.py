"""A demonstration site with a server of its own, and a look into its database."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.db import db, snapshot, writing
from app.demo.cast import GOODS, gtin
from app.documents.models import CountSheet, SalesOrder, SalesOrderLine
from app.factory import create_app
from app.founding import organisation
from app.ledger.models import Balance, UnitPosition
from app.locations.models import Location, Site
from app.office.counts import variances
from app.people.models import LoginSession
from app.pipeline.models import StoredOperation
from app.settings import Settings
from app.stock.models import HandlingUnit
from tests.served import free_port
from tests.warehouse import Warehouse

ROOT = Path(__file__).parent.parent.parent
START_LIMIT = 60
SECRETS = re.compile(r"PIN (\d{6}).*password (\S+)")
GTINS = {name: gtin(n) for n, (name, _) in enumerate(GOODS, start=1)}
SKUS = {name: f"D-{n:03d}" for n, (name, _) in enumerate(GOODS, start=1)}


@dataclass(frozen=True)
class Installation:
    """A furnished demo site on disk: where it lives and what opens it."""

    home: Path
    database: str
    pin: str
    password: str

    @property
    def environment(self) -> dict[str, str]:
        """What `tallyman` needs to work on this installation and no other."""
        ours = {
            "TALLYMAN_HOME": str(self.home),
            "TALLYMAN_DATABASE": self.database,
            "TALLYMAN_INSECURE_COOKIES": "1",
        }
        return {**os.environ, **ours}


def furnished(home: Path, database: str) -> Installation:
    """Found the demo site as `tallyman` does."""
    empty = Installation(home, database, "", "")
    tallyman(empty, "migrate")
    secrets = SECRETS.search(tallyman(empty, "demo"))
    assert secrets
    return Installation(home, database, secrets[1], secrets[2])


def tallyman(installation: Installation, *command: str) -> str:
    """Run the command line; returns what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", *command],
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass
class Server:
    """The server as `tallyman serve` starts it, on a port it keeps."""

    installation: Installation
    pwa: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    command: str = "serve"
    tls_port: int = 0  # HTTPS beside a plain page, where it is not 0
    insecure: bool = True  # cookies that a plain address other than this machine's own may set

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = (self.installation.home / "server.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", self.command, *self._ports()],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_LIMIT
        while not self._lives():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def _ports(self) -> list[str]:
        secure = ["--lan", "--tls-port", str(self.tls_port)] if self.tls_port else []
        return ["--port", str(self.port), *secure]

    def _environment(self) -> dict[str, str]:
        insecure = "1" if self.insecure else "0"
        return {
            **self.installation.environment,
            "TALLYMAN_PWA": str(self.pwa),
            "TALLYMAN_INSECURE_COOKIES": insecure,
        }

    def stop(self) -> None:
        """End it as an administrator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Take the power away from all its processes."""
        self._end(signal.SIGKILL)

    def log(self) -> str:
        """Read what the server has said."""
        return (self.installation.home / "server.log").read_text()

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=START_LIMIT)
        self.process = None

    def _lives(self) -> bool:
        if self.tls_port:
            with socket.socket() as trial:
                return trial.connect_ex(("127.0.0.1", self.tls_port)) == 0
        try:
            address = f"http://127.0.0.1:{self.port}/health/live"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@dataclass
class House(Warehouse):
    """The warehouse as the database knows it."""

    @property
    def counts(self) -> Counter[str]:
        """How many operations of handhelds the server holds, per kind."""
        return Counter(row.kind or "?" for row in self.operations())

    def wait_for(self, kinds: set[str]) -> Counter[str]:
        """Wait until handhelds have handed in each of these kinds; returns all there are."""
        deadline = time.monotonic() + START_LIMIT
        while not kinds <= set(counts := self.counts):
            assert time.monotonic() < deadline, counts
            time.sleep(0.1)
        return counts

    def operations(self) -> list[StoredOperation]:
        """Everything handhelds have said, in the order the server learned it."""
        with snapshot() as session:
            office = ("system", "office")
            return list(
                session.scalars(
                    select(StoredOperation)
                    .where(StoredOperation.device.not_in(office))
                    .order_by(StoredOperation.commit_seq)
                )
            )

    def assert_holds_once(self, journal: list[dict[str, Any]]) -> None:
        """What a handheld noted is there, in its order, and nothing of it twice."""
        device = journal[0]["device"]
        held = [(row.seq, row.operation) for row in self.operations() if row.device == device]
        assert held == [(entry["seq"], entry["id"]) for entry in journal]

    def order_status(self, number: str) -> tuple[str, dict[str, int]]:
        """The state of an order, and what was picked of each item of it."""
        with snapshot() as session:
            order = session.scalars(select(SalesOrder).where(SalesOrder.number == number)).one()
            lines = session.scalars(select(SalesOrderLine).where(SalesOrderLine.order == order.id))
            return order.status, {line.item: line.picked for line in lines}

    def position(self, code: str) -> str:
        """Say where a pallet or tote stands."""
        with snapshot() as session:
            place: str = session.scalars(
                select(Location.code)
                .join(UnitPosition, UnitPosition.place == Location.id)
                .join(HandlingUnit, HandlingUnit.id == UnitPosition.unit)
                .where(HandlingUnit.code == code)
            ).one()
            return place

    def place_of(self, sku: str) -> str:
        """Say in which place an item lies loose."""
        with snapshot() as session:
            code = session.scalars(
                select(Location.code)
                .join(Balance, Balance.holder == Location.id)
                .where(
                    Balance.item == self.item(sku),
                    Balance.quantity > 0,
                    Location.kind != "virtual",
                )
            ).first()
        assert code
        return code

    def variances(self, place: str) -> list[tuple[str, int]]:
        """What each finished sheet of a place says is too much or too little."""
        with snapshot() as session:
            sheets = session.scalars(
                select(CountSheet).where(
                    CountSheet.place == self.place(place), CountSheet.state == "finished"
                )
            )
            return [
                (line["sku"], line["variance"])
                for sheet in sheets
                for line in variances(session, sheet)
            ]

    def expire_sessions(self) -> None:
        """Let everybody's session have ended long ago."""
        with writing() as session:
            for row in session.scalars(select(LoginSession)):
                session.delete(row)


@contextmanager
def look_into(installation: Installation) -> Iterator[House]:
    """Open the database beside the running server."""
    secret = (installation.home / "secret").read_text().strip()
    app = create_app(
        Settings(home=installation.home, database=installation.database, secret_key=secret)
    )
    with app.app_context():
        org = organisation()
        with snapshot() as session:
            site = session.scalar(select(Site.id))
        assert org
        assert site
        yield House(app, org, site)
        db.session.remove()
        db.engine.dispose()
