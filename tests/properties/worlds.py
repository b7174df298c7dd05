"""The same morning lived again: one furnished site, copied as often as a property asks for it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from app.db import db
from app.ledger.postings import EffKey, StockKey
from app.proving.handheld import Handheld
from tests.conftest import application
from tests.properties import hands
from tests.warehouse import Warehouse

OF_THE_ORDER = {"late_after_settled"}  # says itself in which order something came
HANDHELDS = (("H1", "B1"), ("H2", "B2"), ("H3", "B1"))


@dataclass
class Morning:
    """A site before anybody has done anything, with its handhelds enrolled and signed in."""

    path: Path
    org: str
    site: str
    handhelds: list[Handheld]
    orders: list[str] = field(default_factory=list)


@dataclass
class World:
    """A running copy of the morning."""

    site: Warehouse
    handhelds: list[Handheld]


@contextmanager
def lived(morning: Morning) -> Iterator[World]:
    """Open a copy of the morning; it is gone afterwards."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        copyfile(morning.path, home / "world.db")
        app = application(home, f"sqlite:///{home / 'world.db'}")
        with app.app_context():
            site = Warehouse(app, morning.org, morning.site)
            devices = [
                replace(h, wire=site.wire, queue=list(h.queue), results={}, rows={}, channels={})
                for h in morning.handhelds
            ]
            yield World(site, devices)
            db.session.remove()
            db.engine.dispose()


@dataclass(frozen=True)
class Truth:
    """What must not depend on the order of arrival."""

    balances: dict[StockKey, int]
    positions: dict[str, tuple[str, int]]
    variances: dict[tuple[EffKey, str, str], int]
    contradictions: set[tuple[str, str]]
    contested: set[str]  # sheets


def truth(site: Warehouse) -> Truth:
    variances: dict[tuple[EffKey, str, str], int] = defaultdict(int)
    for row in hands.entries():
        if row.kind in ("adjust", "restate") and row.holder == site.place("@variance"):
            key = EffKey(row.eff_at, row.device, row.epoch, row.seq, row.part)
            variances[(key, row.item, row.status)] += row.quantity
    return Truth(
        hands.balances(),
        hands.positions(),
        {key: quantity for key, quantity in variances.items() if quantity},
        {(code, subject) for code, subject in hands.open_codes() if code not in OF_THE_ORDER},
        hands.contested_sheets(),
    )
