"""A site of any size in a database of its own, furnished by operations like any other."""

import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.db import db
from app.factory import MIGRATIONS, create_app, settle
from app.founding import Founded, found_site
from app.identification.check_digits import check_digit
from app.kernel.ids import derived
from app.locations.naming import location_id
from app.people.sessions import set_secret
from app.pipeline.office import Author, Request, submit_all
from app.pipeline.operation import Playbook
from app.proving.handheld import JSON, Clock, Handheld
from app.settings import Settings
from app.sync.enrolment import issue_code

BADGE, PIN = "BENCH", "271828"
SECRET = "not a secret: this site lives as long as its benchmark"  # noqa: S105
DOCK = "DOCK"


@dataclass
class Premises:
    """One furnished site and its application."""

    app: Flask
    founded: Founded
    skus: Sequence[str] = ()
    bins: Sequence[str] = ()
    busy: float = 0.0  # seconds spent answering, without what the handheld does itself

    @property
    def playbook(self) -> Playbook:
        """The page of kinds that the application installed."""
        found: Playbook = self.app.extensions["tallyman_playbook"]
        return found

    def item(self, sku: str) -> str:
        """Name an item."""
        return derived(self.founded.org, f"item:{sku}")

    def place(self, code: str) -> str:
        """Name a place."""
        return location_id(self.founded.site, code)

    def office(self, requests: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Let the office enter things, many at a time."""
        author = Author(self.founded.org, self.founded.site, device="system")
        asked = [Request(kind, payload) for kind, payload in requests]
        for decided in submit_all(self.playbook, author, asked):
            if decided.outcome != "applied":
                raise RuntimeError(f"not furnished: {decided}")

    def wire(
        self, method: str, path: str, body: JSON | None, headers: Mapping[str, str]
    ) -> tuple[int, JSON]:
        """Send a request through the whole application, without a network."""
        request = EnvironBuilder(path, method=method, json=body, headers=list(headers.items()))
        environ = request.get_environ()
        started = time.perf_counter()
        parts, status, _ = run_wsgi_app(self.app, environ, buffered=True)
        data = b"".join(parts)
        self.busy += time.perf_counter() - started
        return int(status.split()[0]), json.loads(data)

    def handheld(self) -> Handheld:
        """Enrol a handheld and sign somebody in."""
        with self.app.app_context():
            code = issue_code(self.founded.site)
        device = Handheld(self.wire, Clock(lambda: time.time() * 1_000), "bench").enrol(code)
        return device.sign_in(BADGE, PIN)


@contextmanager
def premises(url: str | None = None) -> Iterator[Premises]:
    """Open an empty site; without an address in a file that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tallyman-bench-") as folder:
        home = Path(folder)
        app = create_app(
            Settings(home=home, database=url or f"sqlite:///{home / 'bench.db'}", secret_key=SECRET)
        )
        try:
            with app.app_context():
                upgrade(directory=str(MIGRATIONS))
                site = Premises(app, found_site(app.extensions["tallyman_playbook"], "B", "B"))
                _staff(site)
            settle()  # as a server that is up
            yield site
        finally:
            with app.app_context():
                db.engine.dispose()


def _staff(site: Premises) -> None:
    roles = ["receiver", "picker", "counter", "packer"]
    person = {"badge": BADGE, "name": "Bench", "roles": roles}
    site.office([("people.save_person", person)])
    set_secret(SECRET, derived(site.founded.org, f"person:{BADGE}"), pin=PIN)


def gtin(n: int) -> str:
    """Make up a valid trade item number."""
    digits = f"0952{n:09d}"
    return digits + check_digit(digits)


def furnish(site: Premises, items: int, bins: int) -> None:
    """Bring in items with codes, and bins."""
    site.skus = [f"SKU-{n:06d}" for n in range(items)]
    site.bins = [f"A-{n:06d}" for n in range(bins)]
    with site.app.app_context():
        site.office([("locations.save_location", {"code": DOCK, "kind": "dock"})])
        site.office(
            ("locations.save_location", {"code": code, "kind": "bin", "x": n % 40, "y": n // 40})
            for n, code in enumerate(site.bins)
        )
        site.office(("items.save_item", {"sku": sku, "name": f"Item {sku}"}) for sku in site.skus)
        site.office(
            ("items.save_identifier", {"code": gtin(n), "item": site.item(sku)})
            for n, sku in enumerate(site.skus)
        )
