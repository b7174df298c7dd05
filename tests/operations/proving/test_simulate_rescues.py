"""The scanner in Python hands in for others as the app does."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from app.db import snapshot, writing
from app.kernel.ids import uuid7
from app.pipeline.models import StoredOperation
from app.proving.simulate.journals import DeviceClock, Journal
from app.proving.simulate.premises import Premises, premises
from app.proving.simulate.pyscanner import PyScanner
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.timepiece import Timepiece


@pytest.fixture(scope="module")
def furnished() -> Iterator[Premises]:
    """Somewhere to play, furnished once."""
    with premises(None) as found:
        yield found


@pytest.fixture
def place(furnished: Premises) -> Iterator[Premises]:
    furnished.fresh()
    with furnished.server.in_charge(1):
        yield furnished


def scanner(place: Premises, n: int) -> PyScanner:
    names, enrolled = place.furnished.names, place.furnished.handhelds[n]
    found = PyScanner(
        wire=place.server.wire, clock=DeviceClock(Timepiece(BEGINNING.timestamp() * 1000)),
        label=f"H{n}", id=enrolled.id, credential=enrolled.credential, site=names.site,
        org=names.org, journals=[Journal(enrolled.id, 1)],
    )  # fmt: skip
    found.actor, found.grant = next(iter(enrolled.grants.items()))
    return found


def finished(place: Premises, of: PyScanner, n: int) -> None:
    """An empty bin was found."""
    names = place.furnished.names
    sheet = {"sheet": names.sheet(n), "place": names.place("A-01"), "empty": True, "scans": []}
    assert of.write(place.server.now_ms, "counting.finish_bin", sheet, names.operation(n), None)


def session(place: Premises, of: PyScanner) -> None:
    place.server.now_ms += 120_000
    of.begin()
    for _ in range(30):
        asked = of.next_ask(place.server.now_ms)
        if asked is None:
            return
        head = {"Authorization": f"Device {asked.credential}"}
        status, answer = place.server.wire(asked.method, asked.path, asked.body, head)
        if not of.hear(place.server.now_ms, asked, status, answer):
            return


def stored(place: Premises, device: str) -> list[tuple[int, int]]:
    """Epoch and number of all that is known of a handheld, as it came in."""
    with place.server.app.app_context(), snapshot() as open_:
        rows = open_.execute(
            select(StoredOperation.epoch, StoredOperation.seq)
            .where(StoredOperation.device == device)
            .order_by(StoredOperation.commit_seq)
        )
        return [(row.epoch, row.seq) for row in rows]


def restored(place: Premises) -> None:
    place.bring_back()
    with place.server.app.app_context(), writing() as open_:
        open_.execute(text("UPDATE streams SET incarnation = :fresh"), {"fresh": uuid7()})
    place.server.reopen()


def test_what_it_handed_in_is_handed_in_again_after_a_restore(place: Premises) -> None:
    broken, other = scanner(place, 0), scanner(place, 1)
    for n in range(3):
        finished(place, broken, n)
    session(place, other)
    place.keep()
    other.take_over(broken.left_behind())
    session(place, other)
    assert stored(place, broken.id) == [(1, 1), (1, 2), (1, 3)]

    restored(place)
    assert stored(place, broken.id) == []
    for _ in range(2):
        session(place, other)

    assert stored(place, broken.id) == [(1, 1), (1, 2), (1, 3)]
    assert (other.pending, other.refused) == (0, [])


def test_a_forked_queue_gets_a_journal_of_its_own(place: Premises) -> None:
    broken, other = scanner(place, 0), scanner(place, 1)
    finished(place, broken, 0)
    session(place, broken)
    twin = broken.twin()
    finished(place, twin, 1)
    session(place, twin)
    for n in (2, 3):
        finished(place, broken, n)
    left = broken.left_behind()
    for _ in range(2):  # the file is brought in twice
        other.take_over([journal.copy() for journal in left])
        for _ in range(2):
            session(place, other)

    assert stored(place, broken.id) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert (other.pending, other.refused) == (0, [])
