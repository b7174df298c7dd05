"""What a supervisor waits for: the first screen while five hundred orders are open."""

import time
from collections.abc import Iterator

from app.people.sessions import issue_token
from app.proving.bench.figures import Figure, percentile
from app.proving.bench.gestures import take_orders
from app.proving.bench.paperwork import LINES, prepare
from app.proving.bench.premises import Premises, furnish, premises

ORDERS = 500
WALKING = 40  # more, on a walk
LOOKS = {True: 30, False: 200}  # quick or not


def now_screen(*, quick: bool) -> Iterator[Figure]:
    """Ask for the present moment over and over; the list of open orders comes with it."""
    with premises() as site:
        furnish(site, items=200, bins=400)
        prepare(site, (ORDERS + WALKING) * LINES)
        take_orders(site.handheld(), WALKING)
        with site.app.app_context():
            secret = issue_token("bench", "supervisor", site.founded.site)
        asking = {"Authorization": f"Bearer {secret}"}
        _look(site, asking)  # a server that is up
        times = [_look(site, asking) for _ in range(LOOKS[quick])]
    yield Figure("now-500-p50", percentile(times, 50), "ms")
    yield Figure("now-500-p95", percentile(times, 95), "ms")


def _look(site: Premises, asking: dict[str, str]) -> float:
    """Return the seconds that both questions of the screen took the server."""
    started = time.perf_counter()
    for path in ("/api/v1/office/now", "/api/v1/office/now/orders?stage=open"):
        status, answer = site.wire("GET", path, None, asking)
        if status != 200:  # noqa: PLR2004
            raise RuntimeError(f"{status} {answer}")
    return time.perf_counter() - started
