"""Tag reads that the door for readers takes in a second, with the visits that follow from them."""

import json
import time
from collections.abc import Iterator

from sqlalchemy import func, select, update
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.db import snapshot, writing
from app.identification.epc_encoding import encode_epc
from app.kernel.clock import from_micros, micros, now
from app.proving.bench.figures import Figure
from app.proving.bench.premises import DOCK, Premises, furnish, premises
from app.readers.models import Reader, TagTrack, TagVisit
from app.readers.noting import note_visits
from app.readers.recognising import hash_of, new_token
from app.readers.smoothing import SECOND

GOAL = 2_000  # reads a second
AT_ONCE = 100  # reads of a request, as a busy reader sends a few times a second
TAGS = 200  # in the field at once
A_SECOND = 2_000  # reads, by the reader's own clock
STAYS = 2.0  # seconds; then others come
READS = {True: 10_000, False: 60_000}  # quick or not


def rfid_reads(*, quick: bool) -> Iterator[Figure]:
    """One reader at a door: pallets go by, each read ten times a second by two antennas."""
    with premises() as site:
        furnish(site, items=1, bins=1)
        token = _door(site)
        requests = list(_requests(READS[quick]))
        started = time.perf_counter()
        for request in requests:
            _post(site, token, request)
        taken_in = time.perf_counter() - started
        visits = _told(site)
        told = time.perf_counter() - started
    reads = len(requests) * AT_ONCE
    yield Figure("rfid-reads", reads / taken_in, "reads/s", goal=GOAL)
    yield Figure("rfid-reads-told", reads / told, "reads/s")
    yield Figure("rfid-reads-visits", visits, "visits")
    yield Figure("rfid-reads-request", site.busy / len(requests) * 1_000, "ms")


def _told(site: Premises) -> int:
    """Tell all visits as if it had been silent for long; returns how many there were."""
    with site.app.app_context():
        with writing() as session:
            session.execute(update(TagTrack).values(arrived_at=0))
        while note_visits(site.playbook):
            pass
        with snapshot() as session:
            return session.scalar(select(func.count()).select_from(TagVisit)) or 0


def _door(site: Premises) -> str:
    """Register a reader with two antennas at the dock."""
    token = new_token()
    with site.app.app_context():
        site.office([("readers.register", {"name": "Door", "token_sha": hash_of(token)})])
        with snapshot() as session:
            reader = session.scalars(select(Reader.id)).one()
        for antenna, side in ((1, "outside"), (2, "inside")):
            bound = {"reader": reader, "antenna": antenna, "place": site.place(DOCK)}
            site.office([("readers.bind", {**bound, "meaning": "dock_in", "side": side})])
    return token


def _requests(reads: int) -> Iterator[bytes]:
    """Write what the reader will say, its clock going on with each read."""
    start = micros(now()) - reads * SECOND // A_SECOND
    tags: dict[int, str] = {}
    for first in range(0, reads, AT_ONCE):
        said = []
        for n in range(first, first + AT_ONCE):
            crowd, who = divmod(n, int(A_SECOND * STAYS))
            pallet = crowd * TAGS + who % TAGS
            if pallet not in tags:
                tags[pallet] = encode_epc(f"urn:epc:id:sscc:0614141.1{pallet:09}", "sscc-96", 0)
            said.append(
                {
                    "event": n,
                    "antenna": 1 if who < A_SECOND * STAYS / 2 else 2,
                    "epc": tags[pallet],
                    "rssi": -50.0 - n % 20,
                    "time": from_micros(start + n * SECOND // A_SECOND).isoformat(),
                }
            )
        yield json.dumps({"reads": said}).encode()


def _post(site: Premises, token: str, body: bytes) -> None:
    request = EnvironBuilder(
        "/api/v1/rfid/reads",
        method="POST",
        data=body,
        content_type="application/json",
        headers=[("Authorization", f"Bearer {token}")],
    )
    environ = request.get_environ()
    started = time.perf_counter()
    parts, status, _ = run_wsgi_app(site.app, environ, buffered=True)
    answer = b"".join(parts)
    site.busy += time.perf_counter() - started
    if json.loads(answer).get("accepted") != AT_ONCE:
        raise RuntimeError(f"{status} {answer[:200]!r}")
