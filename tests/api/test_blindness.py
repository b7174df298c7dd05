"""P6: what the book says is told to nobody whom product.md does not grant it.

The same questions are asked, and the same things done, in two worlds: the book says 0 in the bins
of one and 100,003 in those of the other. Whoever is blind hears the same words in both.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.db import db
from tests.api.blind_worlds import MANY, PULL, Ear, apart, ask_everything, fill, hand_in
from tests.api.callers import Caller, at_desk, employ, on_handheld
from tests.api.desk import bearer, visitor
from tests.conftest import FreshDatabase, application
from tests.warehouse import EVERYBODY, Warehouse

# Where the worlds may sound different, by who listens: nobody here may hear it from a file, a
# stream or an error. A driver is told where to put goods and why, and whether they may stand there.
CHECK, PROPOSE = "/api/v1/putaway/check", "/api/v1/putaway/propose"
STOCK = "/api/v1/stock"
HEARS: dict[tuple[str, ...], set[str]] = {
    (): set(),
    ("counter",): set(),
    ("requester",): set(),
    ("counter", "requester"): set(),
    ("counter", "planner"): set(),
    ("receiver",): {STOCK, CHECK, PROPOSE, PULL},
    ("picker",): {STOCK, CHECK, PROPOSE},
    ("packer",): {STOCK, CHECK, PROPOSE},
    EVERYBODY: {CHECK, PROPOSE, PULL},  # works everywhere, and counts: reads no quantities
}
# Whoever decides hears it: the test can tell the worlds apart.
SEES = {
    "/api/v1/stock",
    "/api/v1/stock/ledger",
    "/api/v1/counts",
    "/api/v1/exceptions",
    "/api/v1/office/tables/<name>",
    "/api/v1/office/tables/<name>.csv",
    "/api/v1/office/tables/<name>.xlsx",
}

Session = Callable[[Ear, Warehouse], None]


@pytest.fixture
def heard(
    site: Warehouse, engine_name: str, fresh_database: FreshDatabase, tmp_path: Path
) -> Callable[[Session], dict[str, str]]:
    """Live through a session in both worlds; return the routes whose answers differed, and how."""

    @contextmanager
    def world(book: int) -> Iterator[Warehouse]:
        app = application(tmp_path / str(book), fresh_database(engine_name))
        with app.app_context():
            house = Warehouse(app, site.org, site.site, clock=site.clock)
            fill(house, book)
            house.clock.ms = time.time() * 1000  # hands begin when the bins are full
            yield house
            db.session.remove()
            db.engine.dispose()

    def listen(session: Session) -> dict[str, str]:
        ears = []
        for book in (0, MANY):
            with world(book) as house:
                ears.append(Ear())
                session(ears[-1], house)
        return apart(*ears)

    return listen


def named(roles: tuple[str, ...]) -> str:
    return "+".join(roles) or "none"


@pytest.mark.parametrize("roles", HEARS, ids=named)
def test_at_a_desk_and_on_a_handheld(
    heard: Callable[[Session], dict[str, str]], roles: tuple[str, ...]
) -> None:
    """Every route with everything one may say to it, before and after the work of a day."""

    def session(ear: Ear, site: Warehouse) -> None:
        employ(site, "P-1", *roles)
        desk = at_desk(site, "P-1", *roles)
        scope = [role for role in EVERYBODY if role in roles] or ["counter"]
        device = site.handheld("H1", "P-1", roles=scope)
        ask_everything(ear, site, desk)
        hand_in(ear, site, device)
        ask_everything(ear, site, on_handheld(site, device, "P-1", *roles))

    found = heard(session)
    assert found.keys() == HEARS[roles], found


def test_a_counters_own_handheld(heard: Callable[[Session], dict[str, str]]) -> None:
    """A handheld for counting only, on which the worlds were counted by somebody before."""

    def session(ear: Ear, site: Warehouse) -> None:
        other = site.handheld("H0", "B1")
        site.count(other, "A-01", ("TEA", 4))
        other.push()
        device = site.handheld("H1", "C1", roles=("counter",))
        hand_in(ear, site, device)
        ask_everything(ear, site, on_handheld(site, device, "C1", "counter"))

    assert heard(session) == {}


def test_a_machine_that_counts(heard: Callable[[Session], dict[str, str]]) -> None:
    def session(ear: Ear, site: Warehouse) -> None:
        headers = bearer(site, "counter")
        ask_everything(ear, site, Caller("robot", visitor(site), headers=headers))

    assert heard(session) == {}


def test_a_supervisor_hears_it(heard: Callable[[Session], dict[str, str]]) -> None:
    """The positive control."""

    def session(ear: Ear, site: Warehouse) -> None:
        hand_in(ear, site, site.handheld("H1", "B1"))
        employ(site, "P-1", "supervisor")
        ask_everything(ear, site, at_desk(site, "P-1", "supervisor"))

    found = heard(session)
    assert found.keys() >= SEES, found
