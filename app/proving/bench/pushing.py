"""The write path through the whole application: batches, and one operation at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.db import db
from app.proving.bench import gestures, raw
from app.proving.bench.figures import Figure, percentile
from app.proving.bench.paperwork import LINES, prepare
from app.proving.bench.premises import Premises, furnish, premises
from app.proving.bench.servers import postgresql
from app.proving.handheld import BATCH, Handheld

SINGLE_GOAL = 400.0  # operations a second
SINGLE_SLOWEST = 25.0  # milliseconds
OF_THE_FLOOR = {"sqlite": 0.25, "postgresql": 0.30}
STRETCH = 20  # batches between two changes of turn
WARM = 10  # batches before the first that counts
EFFECTIVE = ("applied", "flagged")


def floor_sqlite(*, quick: bool) -> Iterator[Figure]:
    """Push the mixed floor to SQLite, then write the same rows raw."""
    with premises() as site, premises() as bare:
        yield mixed(site, bare, "floor-sqlite", 1_500 if quick else 10_000)


def floor_postgresql(*, quick: bool) -> Iterator[Figure]:
    """Push the mixed floor to PostgreSQL, then write the same rows raw."""
    with (
        postgresql() as create,
        premises(create()) as site,
        premises(create()) as bare,
    ):
        yield mixed(site, bare, "floor-postgresql", 1_500 if quick else 10_000)


def push_single(*, quick: bool) -> Iterator[Figure]:
    """Push operations one by one, as a handheld does that is online, beside as many raw commits."""
    operations = 200 if quick else 2_000
    with premises() as site, premises() as bare:
        device = _ready(site, operations)
        turns = _singly(site, bare, device, operations)
        times = [each for ours, _ in turns for each in ours]
        rate = operations / sum(times)
        yield Figure("push-single", rate, "ops/s", goal=SINGLE_GOAL)
        yield Figure("push-single-p99", percentile(times, 99), "ms")
        raws = operations / sum(floor for _, floor in turns)
        yield Figure("push-single-beside-raw", rate, "ops/s", raws)


def _singly(
    site: Premises, bare: Premises, device: Handheld, operations: int
) -> list[tuple[list[float], float]]:
    """Push in turns with the raw floor; returns the seconds of every push and of the floor."""
    with site.app.app_context():
        before = raw.standing(db.engine)
    with bare.app.app_context():
        _raw_floor([before])
    return [_turn(site, bare, device, STRETCH, size=1) for _ in range(-(-operations // STRETCH))]


def mixed(site: Premises, bare: Premises, name: str, operations: int) -> Figure:
    """Push operations in batches beside the raw floor, which starts from a copy of our rows."""
    device = _ready(site, operations + WARM * BATCH)
    with site.app.app_context():
        before = raw.standing(db.engine)
    with bare.app.app_context():
        _raw_floor([before])
    _turn(site, bare, device, WARM)
    ours = floor = 0.0
    done = device.sent
    while device.sent < len(device.queue):  # in turns, so that both meet the same machine
        taken = _turn(site, bare, device, STRETCH)
        ours, floor = ours + sum(taken[0]), floor + taken[1]
    done = device.sent - done
    dialect = name.removeprefix("floor-")
    return Figure(name, done / ours, "ops/s", done / floor, OF_THE_FLOOR[dialect])


def _turn(
    site: Premises, bare: Premises, device: Handheld, batches: int, size: int = BATCH
) -> tuple[list[float], float]:
    """Push so many batches, then write their rows raw; returns the seconds of each, and of that."""
    after = device.sent
    ours: list[float] = []
    news: raw.Rows = []
    for _ in range(batches):
        if device.sent < len(device.queue):
            first = device.sent + 1
            ours.append(timed_push(site, device, 1, size))
            since = device.results[first]["commit_seq"]
            with site.app.app_context():
                news += raw.news_of(db.engine, site.founded.site, since)
    with site.app.app_context():
        parts = raw.written(db.engine, device.id, after, news)
    with bare.app.app_context():
        return ours, _raw_floor(parts)


def _ready(site: Premises, operations: int) -> Handheld:
    """Furnish a site and write down work for it, with room to warm up before."""
    furnish(site, items=200, bins=400)
    picks = round(operations * 0.8) + LINES
    todo = prepare(site, picks)
    device = site.handheld()
    gestures.take_orders(device, -(-picks // LINES))
    gestures.work(site, device, todo, operations)
    return device


def timed_push(site: Premises, device: Handheld, batches: int, size: int = BATCH) -> float:
    """Send so many batches of what waits; returns the seconds the server took."""
    before = site.busy
    for _ in range(batches):
        if device.sent < len(device.queue):
            _send(device, size)
    return site.busy - before


def _send(device: Handheld, count: int) -> None:
    status, answer = device.push_once(count=count)
    if status != 200 or any(r["outcome"] not in EFFECTIVE for r in answer["results"]):  # noqa: PLR2004
        raise RuntimeError(f"{status} {answer}")


def _raw_floor(parts: Sequence[raw.Batch]) -> float:
    """Let the bare driver write into a database that is as empty as ours was."""
    write = raw.write_sqlite if db.engine.dialect.name == "sqlite" else raw.write_postgresql
    with db.engine.connect() as pooled:
        connection: Any = pooled.connection.driver_connection
        if db.engine.dialect.name == "sqlite":
            connection.execute("PRAGMA query_only=OFF")
        return write(connection, parts)
