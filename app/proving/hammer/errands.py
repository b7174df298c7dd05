"""The hands: they write, pull and look as fast as they are let, and note down what they hear."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from app.proving.hammer.ground import Ground, Work
from app.proving.hammer.history import (
    Change,
    Entered,
    History,
    Journal,
    Looked,
    Mark,
    Pulled,
    Pushed,
    Result,
)
from app.proving.handheld import JSON, Handheld
from app.proving.served import SERVED, Line
from app.sync.pull import Cursor

LIMITS = (1, 2, 3, 5, 8, 20, 100)
DEAF, TWICE, LATE = 0.10, 0.12, 0.15  # shares of the pushes
BREATH = 0.05  # seconds a puller rests that has everything
MOST_AT_ONCE = 12
TRIES = 200
NOT_NOW = 503
GONE = (OSError, http.client.HTTPException)


class Refused(RuntimeError):
    """The server said something nobody here expects."""


@dataclass
class Count:
    """How often something went wrong on purpose."""

    deaf: int = 0
    twice: int = 0
    late: int = 0
    not_now: int = 0


@dataclass
class Writer:
    """A handheld in a worker's hand; answers may go unheard, pushes go out twice or late."""

    device: Handheld
    work: Work
    line: Line
    chance: Random
    history: History = field(default_factory=History)
    count: Count = field(default_factory=Count)
    old: JSON | None = None

    @property
    def journal(self) -> Journal:
        """Whose log this is."""
        return self.device.id, self.device.epoch

    def turn(self) -> None:
        """Do a few things and hand them in, one way or another."""
        self.history.issued += self.work.do(self.device, self.chance.randint(1, MOST_AT_ONCE))
        again = self.chance.randint(0, min(self.device.sent, 3))  # a few that are known
        body = self.device.body(first=self.device.sent + 1 - again)
        fate = self.chance.random()
        if fate < DEAF:
            self._say_and_hang_up(body)
        elif fate < DEAF + TWICE:
            self._say_twice(body)
        else:
            self._push(self.line, body)
        if self.old is not None and self.chance.random() < LATE:
            self.count.late += 1
            self._push(self.line, self.old)
        if self.chance.random() < LATE:
            self.old = body

    def drain(self) -> None:
        """Hand in what is left, however often it takes."""
        for _ in range(TRIES):
            if self.device.sent == len(self.device.queue):
                return
            self._push(self.line, self.device.body())
        raise Refused("the queue would not drain")

    def _say_and_hang_up(self, body: JSON) -> None:
        self.count.deaf += 1
        began = time.monotonic()
        try:
            self.line.say("POST", "/api/v1/sync/push", body, _as(self.device))
            if self.chance.random() < 0.5:  # noqa: PLR2004 - late enough to be applied, or not
                time.sleep(self.chance.random() / 20)
        finally:
            self.line.hang_up()
            self._note(began, body, None)

    def _say_twice(self, body: JSON) -> None:
        """As after a time-out: the first of the two is still on its way."""
        self.count.twice += 1
        other = Line(self.line.port)
        twin = threading.Thread(target=self._push, args=(other, body))
        twin.start()
        self._push(self.line, body)
        twin.join()
        other.hang_up()

    def _push(self, line: Line, body: JSON) -> None:
        began = time.monotonic()
        try:
            status, answer = line.ask("POST", "/api/v1/sync/push", body, _as(self.device))
        except GONE:
            self._note(began, body, None)
            return
        if status == NOT_NOW:
            self.count.not_now += 1
            self._note(began, body, None)
        elif status == SERVED:
            self._note(began, body, answer)
            self.device.sent = max(self.device.sent, answer["acked_seq"])
        else:
            raise Refused(f"push: {status} {answer}")

    def _note(self, began: float, body: JSON, answer: JSON | None) -> None:
        results = () if answer is None else tuple(map(_result, answer["results"]))
        self.history.pushed.append(
            Pushed(
                self.journal,
                began,
                None if answer is None else time.monotonic(),
                body["first_seq"],
                len(body["ops"]),
                0 if answer is None else answer["acked_seq"],
                results,
            )
        )


def _result(said: JSON) -> Result:
    names = ("seq", "id", "outcome", "commit_seq", "duplicate")
    return Result(*(said[name] for name in names))


def _as(device: Handheld) -> dict[str, str]:
    return {"Authorization": f"Device {device.credential}"}


@dataclass
class Puller:
    """Pulls for a device, as a second tab of it would, in small pages."""

    name: str
    device: Handheld
    line: Line
    chance: Random
    history: History = field(default_factory=History)
    cursor: str = ""
    until: Mark = field(default_factory=lambda: Mark(0, 0))
    more: bool = True

    def turn(self) -> None:
        """Fetch a page; some answers are not heard, and the page is asked for again."""
        if not self.more:
            time.sleep(BREATH * self.chance.random())
        limit = self.chance.choice(LIMITS)
        path = f"/api/v1/sync/pull?epoch={self.device.epoch}&cursor={self.cursor}&limit={limit}"
        if self.chance.random() < DEAF:
            self.line.say("GET", path, None, _as(self.device))
            self.line.hang_up()
        began = time.monotonic()
        status, page = self.line.ask("GET", path, None, _as(self.device))
        if status == NOT_NOW:
            return
        if status != SERVED:
            raise Refused(f"pull: {status} {page}")
        self._note(began, page)

    def to_the_end(self) -> None:
        """Pull until nothing is left, now that nobody writes any more."""
        self.more = True
        while self.more:
            self.turn()

    def _note(self, began: float, page: JSON) -> None:
        reached = Cursor.decode(page["cursor"])
        if reached is None:
            raise Refused(f"no cursor: {page['cursor']}")
        since, self.until = self.until, Mark(reached.org, reached.site)
        self.cursor, self.more = page["cursor"], page["has_more"]
        self.history.pulled.append(
            Pulled(
                self.name,
                (self.device.id, self.device.epoch),
                began,
                time.monotonic(),
                page["reset"],
                since,
                self.until,
                self.more,
                page["last_applied_seq"],
                tuple(map(_change, page["changes"])),
                {name: (said["n"], said["xor"]) for name, said in page["sums"].items()},
            )
        )


def _change(change: JSON) -> Change:
    row = change["row"]
    text = None if row is None else json.dumps(row, sort_keys=True)
    return Change(change["seq"], (change["channel"], change["entity"], change["id"]), text)


@dataclass
class Desk:
    """The office: it writes master data into both logs, and looks at stock."""

    ground: Ground
    line: Line
    secret: str
    chance: Random
    history: History = field(default_factory=History)

    def turn(self) -> None:
        """Write something down, or look."""
        if self.chance.random() < 0.4:  # noqa: PLR2004 - about as often as not
            self._write()
        else:
            self._look()

    def _write(self) -> None:
        stream, request = self.ground.decision(self.chance)
        began = time.monotonic()
        status, said = self._ask("POST", "/api/v1/operations", request)
        if status == SERVED:
            entry = Entered(said["id"], stream, began, time.monotonic(), said["commit_seq"])
            self.history.entered.append(entry)

    def _look(self) -> None:
        place, item = self.ground.spot(self.chance)
        began = time.monotonic()
        status, said = self._ask("GET", f"/api/v1/stock?place={place}&item={item}&limit=500")
        if status == SERVED:
            there = sum(row["quantity"] for row in said["items"])
            self.history.looked.append(Looked((place, item), began, time.monotonic(), there))

    def _ask(self, method: str, path: str, body: JSON | None = None) -> tuple[int, JSON]:
        said = self.line.ask(method, path, body, {"Authorization": f"Bearer {self.secret}"})
        if said[0] not in {SERVED, NOT_NOW}:
            raise Refused(f"{path}: {said}")
        return said


def all_at_once(turns: list[Callable[[], None]], seconds: float) -> None:
    """Let everybody work for so long; the first who stumbles stops all."""
    over, trouble = threading.Event(), []  # type: threading.Event, list[Exception]

    def work(turn: Callable[[], None]) -> None:
        try:
            while not over.is_set():
                turn()
        except Exception as error:  # noqa: BLE001 - raised below, where it is heard
            trouble.append(error)
            over.set()

    hands = [threading.Thread(target=work, args=(turn,)) for turn in turns]
    for hand in hands:
        hand.start()
    over.wait(seconds)
    over.set()
    for hand in hands:
        hand.join()
    if trouble:
        raise trouble[0]
