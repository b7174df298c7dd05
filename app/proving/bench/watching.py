"""The mixed floor while twenty desks watch: what the live streams cost those who scan."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.people.sessions import issue_token
from app.proving.bench import gestures
from app.proving.bench.figures import Figure
from app.proving.bench.paperwork import LINES, prepare
from app.proving.bench.premises import Premises, furnish, premises
from app.proving.bench.pushing import timed_push
from app.proving.handheld import BATCH, Handheld

DESKS = 20
TURN = 5  # batches between two changes of turn


def floor_live(*, quick: bool) -> Iterator[Figure]:
    """Push the mixed floor in turns, alone and beside the streams; `floor` is the lonely speed."""
    operations = 1_000 if quick else 6_000
    with premises() as site:
        device = _ready(site, operations)
        seconds = {True: 0.0, False: 0.0}
        done = {True: 0, False: 0}
        with _desks(site) as watching:
            busy = False
            while device.sent < len(device.queue):
                before = device.sent
                (watching.set if busy else watching.clear)()
                seconds[busy] += timed_push(site, device, TURN)
                done[busy] += device.sent - before
                busy = not busy
            watching.set()  # whoever waits may go home
    alone, watched = (done[each] / seconds[each] for each in (False, True))
    yield Figure("floor-20-live", watched, "ops/s", alone)


def _ready(site: Premises, operations: int) -> Handheld:
    furnish(site, items=200, bins=400)
    picks = round(operations * 0.8) + LINES
    todo = prepare(site, picks)
    device = site.handheld()
    gestures.take_orders(device, -(-picks // LINES))
    gestures.work(site, device, todo, -(-operations // (2 * TURN * BATCH)) * 2 * TURN * BATCH)
    return device


@contextmanager
def _desks(site: Premises) -> Iterator[threading.Event]:
    """Open the streams; they flow while the event is set."""
    flowing, over = threading.Event(), threading.Event()
    with site.app.app_context():
        secret = issue_token("bench", "supervisor", site.founded.site)
    desks = [
        threading.Thread(target=_watch, args=(site, secret, flowing, over)) for _ in range(DESKS)
    ]
    for desk in desks:
        desk.start()
    try:
        yield flowing
    finally:
        over.set()
        flowing.set()
        for desk in desks:
            desk.join()


def _watch(site: Premises, secret: str, flowing: threading.Event, over: threading.Event) -> None:
    """Read a stream as a desk does, as long as there is something to see."""
    with site.app.test_client(use_cookies=False) as client:
        answer = client.get("/api/v1/live", headers={"Authorization": f"Bearer {secret}"})
        stream = answer.iter_encoded()
        while flowing.wait() and not over.is_set():
            next(stream)
        answer.close()
