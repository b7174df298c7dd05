"""A floor that was offline comes back at once, while others go on scanning beside it.

Everybody speaks HTTP with a server as `tallyman serve` starts it, and waits as handhelds wait.
"""

import gzip
import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

from app.proving.bench import gestures
from app.proving.bench.figures import Figure, percentile
from app.proving.bench.paperwork import LINES, Work, prepare
from app.proving.bench.premises import Premises, furnish, premises
from app.proving.bench.servers import postgresql
from app.proving.handheld import JSON, Handheld
from app.proving.served import SERVED, Line, serving

DRAINED_GOAL, LIVE_GOAL = 120.0, 1_000.0  # seconds, milliseconds
AT_ONCE = 200  # operations a push, as the handheld app sends them
PICKED = 0.78  # more than gestures draw, so that stops never run out
LONGEST_PAUSE = 60.0
LATER = frozenset({429, 503})


@dataclass(frozen=True)
class Weather:
    """How many come back with how much, and how many go on working."""

    devices: int
    operations: int
    live: int = 10
    every: float = 0.5  # seconds between two live scans of one worker


FULL, QUICK = Weather(100, 500), Weather(20, 100, live=5, every=0.2)


def storm(*, quick: bool) -> Iterator[Figure]:
    """Drain a storm on SQLite."""
    with premises() as site:
        yield from measured(site, "storm", QUICK if quick else FULL)


def storm_postgresql(*, quick: bool) -> Iterator[Figure]:
    """Drain a storm on PostgreSQL."""
    with postgresql() as create, premises(create()) as site:
        yield from measured(site, "storm-postgresql", QUICK if quick else FULL)


def measured(site: Premises, name: str, weather: Weather) -> Iterator[Figure]:
    """Let a floor come back and tell what it took."""
    furnish(site, items=200, bins=400)
    stops = -(-round(weather.operations * PICKED) // LINES) * LINES
    todo = prepare(site, stops * weather.devices)
    queues = [_queue(site, todo, stops, n, weather.operations) for n in range(weather.devices)]
    _pulled_in_the_morning(queues)
    walking = [site.handheld() for _ in range(weather.live)]
    with serving(site.app.config["TALLYMAN"]) as port:
        back = [Returning(device, Caller(port, n)) for n, device in enumerate(queues)]
        live = [
            Walking(site, todo, device, Caller(port, -n)) for n, device in enumerate(walking, 1)
        ]
        drained = _blow(back, live, weather.every)
    operations = sum(len(device.queue) for device in queues)
    times = [seconds for each in live for seconds in each.times]
    yield Figure(f"{name}-drained", drained, "s", goal=DRAINED_GOAL, less=True)
    yield Figure(f"{name}-speed", operations / drained, "ops/s")
    yield Figure(f"{name}-live-p50", percentile(times, 50), "ms")
    yield Figure(f"{name}-live-p99", percentile(times, 99), "ms", goal=LIVE_GOAL, less=True)
    callers = [each.caller for each in back] + [each.caller for each in live]
    for caller in callers:
        caller.line.hang_up()
    away = sum(caller.turned_away for caller in callers)
    yield Figure(f"{name}-turned-away", away, "times")


def _queue(site: Premises, todo: Work, stops: int, n: int, operations: int) -> Handheld:
    """Let somebody work a shift without network."""
    device = site.handheld()
    gestures.take_orders(device, stops // LINES)
    own = todo.stops[n * stops : (n + 1) * stops]
    gestures.work(site, device, Work(own, todo.deliveries, todo.homes), operations)
    return device


def _pulled_in_the_morning(devices: list[Handheld]) -> None:
    """All have the same channels but for their own: what one has fetched stands for all."""
    devices[0].pull()
    for device in devices:
        device.cursor = devices[0].cursor


@dataclass
class Caller:
    """A connection, and the patience of the handheld app: full jitter, a minute at most."""

    port: int
    seed: int
    turned_away: int = 0

    def __post_init__(self) -> None:
        """Dial."""
        self.line = Line(self.port)
        self.chance = Random(self.seed)  # noqa: S311 - jitter

    def push(self, device: Handheld, count: int) -> None:
        """Send so many operations; ask again until they are taken."""
        failures = 0
        while True:
            answer = self._try(device, count)
            if answer is not None:
                device.sent = max(device.sent, answer["acked_seq"])
                return
            failures += 1
            self.turned_away += 1
            bound = min(LONGEST_PAUSE, 2.0 ** (failures - 1))
            time.sleep(max(self.line.retry_after, self.chance.random() * bound))

    def fetch(self, device: Handheld) -> None:
        """Read what has changed since the shift began, page by page."""
        more = True
        while more:
            path = f"/api/v1/sync/pull?epoch={device.epoch}&cursor={device.cursor}&limit=500"
            headers = {"Authorization": f"Device {device.credential}"}
            status, page = self.line.ask("GET", path, None, headers)
            if status != SERVED:
                raise RuntimeError(f"{status} {page}")
            device.cursor, more = page["cursor"], page["has_more"]

    def _try(self, device: Handheld, count: int) -> JSON | None:
        packed = gzip.compress(json.dumps(device.body(count=count)).encode(), 6)
        headers = {
            "Authorization": f"Device {device.credential}",
            "Content-Encoding": "gzip",
            "Content-Length": str(len(packed)),
        }
        try:
            self.line.say("POST", "/api/v1/sync/push", packed, headers)
            status, answer = self.line.hear()
        except (OSError, http.client.HTTPException):
            return None
        if status in LATER:
            return None
        if status != SERVED:
            raise RuntimeError(f"{status} {answer}")
        return answer


@dataclass
class Returning:
    """A handheld that comes back with a full queue, and fetches what it missed."""

    device: Handheld
    caller: Caller
    drained_at: float = 0.0

    def run(self) -> None:
        """Greet, send everything, fetch everything."""
        self.caller.push(self.device, 0)
        while self.device.sent < len(self.device.queue):
            self.caller.push(self.device, AT_ONCE)
        self.drained_at = time.monotonic()
        self.caller.fetch(self.device)


@dataclass
class Walking:
    """Somebody who was online all the time: a scan now and then, sent at once."""

    site: Premises
    todo: Work
    device: Handheld
    caller: Caller
    times: list[float] = field(default_factory=list)

    def run(self, every: float, over: threading.Event) -> None:
        """Scan until it is over."""
        hands = gestures.Hands(self.site, self.device, self.todo)
        while not over.wait(every * (0.5 + self.caller.chance.random())):
            hands.put_away()
            began = time.monotonic()
            self.caller.push(self.device, 1)
            self.times.append(time.monotonic() - began)


def _blow(back: list[Returning], live: list[Walking], every: float) -> float:
    """Let them all come back at once; returns the seconds until the last queue is empty."""
    over = threading.Event()
    with ThreadPoolExecutor(len(back) + len(live)) as floor:
        working = [floor.submit(each.run, every, over) for each in live]
        began = time.monotonic()
        try:
            for done in [floor.submit(each.run) for each in back]:
                done.result()
        finally:
            over.set()
        for done in working:
            done.result()
    return max(each.drained_at for each in back) - began
