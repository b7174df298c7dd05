"""One seed while it is played: true time, the event queue, and everything that was noticed."""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from random import Random

from app.proving.handheld import JSON
from app.proving.simulate.core import Core
from app.proving.simulate.deeds import Deed
from app.proving.simulate.faults import Fate, Faults
from app.proving.simulate.furnishing import Furnished
from app.proving.simulate.journals import Ask, operation_of, seldom
from app.proving.simulate.names import Names
from app.proving.simulate.server import POINTS, READING, Server
from app.proving.simulate.truth import Truth

TIMEOUT = 8_000
# What the book holds of SALT, more or less: nobody told it, so no handheld may hear it (S13).
POISON = re.compile(rb"(?<![\w.-])(?:99|100|101)\d{3}(?![\w-])")
Verdict = tuple[str, tuple[str, ...], int]  # outcome, codes, commit_seq


class Impossible(Exception):
    """The server answered what no server may."""


@dataclass
class World:
    """The floor, its handhelds, the network between, and the one real server."""

    server: Server
    furnished: Furnished
    names: Names
    truth: Truth
    faults: Faults
    hours: float
    chance: Random
    core: str = "python"
    seed: int = 0
    now: float = 0
    scanners: dict[int, list[Core]] = field(default_factory=dict)  # by hand; clones are two
    busy: set[int] = field(default_factory=set)  # scanners (by id()) that await an answer
    generation: Counter[int] = field(default_factory=Counter)  # page starts: old answers die
    offline: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    injected: Counter[str] = field(default_factory=Counter)
    recorded: dict[int, str] = field(default_factory=dict)  # deed → operation
    by_operation: dict[str, int] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)  # deeds that may be gone, and that was said
    declares: set[str] = field(default_factory=set)  # handhelds that must say they lost something
    put_back: set[int] = field(default_factory=set)  # hands whose memory is an older image
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    approved: set[int] = field(default_factory=set)
    approved_alone: set[int] = field(default_factory=set)  # by the system
    decided: set[int] = field(default_factory=set)
    closed: dict[str, date] = field(default_factory=dict)  # closing → the first open day
    requests: int = 0
    heap: list[tuple[float, int, Callable[[], object]]] = field(default_factory=list)
    serial: int = 0
    sheets: dict[int, list[Deed]] = field(default_factory=lambda: defaultdict(list))
    _n: int = 0

    # --- time --------------------------------------------------------------------------------

    def at(self, when: float, act: Callable[[], object]) -> None:
        """Let something happen at a true instant."""
        self._n += 1
        heapq.heappush(self.heap, (max(when, self.now), self._n, act))

    def run(self) -> None:
        """Let everything happen in its order."""
        while self.heap:
            self.now, _, act = heapq.heappop(self.heap)
            self.server.now_ms = self.now
            act()

    def all(self) -> list[Core]:
        """Every handheld, clones included."""
        return [scanner for hand in sorted(self.scanners) for scanner in self.scanners[hand]]

    def connected(self, hand: int) -> bool:
        """Tell whether there is a network around these hands."""
        windows = self.offline.get(hand, ())
        return not any(begins <= self.now < ends for begins, ends in windows)

    # --- the network -------------------------------------------------------------------------

    def session(self, scanner: Core) -> None:
        """Let a handheld hand in and fetch, unless it is at it already."""
        if id(scanner) not in self.busy and self.connected(scanner.hand):
            if scanner.asked:
                self.invite(scanner)
            scanner.begin()
            self._next(scanner)

    def _next(self, scanner: Core) -> None:
        ask = scanner.next_ask(self.now)
        if ask is None or not self.connected(scanner.hand):
            return
        self.busy.add(id(scanner))
        born = self.generation[id(scanner)]
        kind, fate = self.faults.fate(self.now)
        if kind:
            self.injected[kind] += 1

        def answered(status: int | None, answer: JSON | None) -> None:
            if self.generation[id(scanner)] != born:
                return  # the page that asked is gone
            self.busy.discard(id(scanner))
            if scanner.hear(self.now, ask, status, answer):
                self._next(scanner)

        self._carry(ask, fate, answered)

    def _carry(
        self, ask: Ask, fate: Fate, answered: Callable[[int | None, JSON | None], None]
    ) -> None:
        arrival = self.now + fate.out
        if fate.late is not None:
            self.at(self.now + fate.late, partial(self.serve, ask))
        if fate.doubled is not None:
            self.at(arrival + fate.doubled, partial(self.serve, ask))
        if not fate.arrives:
            status, waited = (503, fate.back) if fate.refused else (None, TIMEOUT)
            self.at(self.now + waited, partial(answered, status, None))
            return
        self.at(arrival, partial(self._arrived, ask, fate, answered))

    def _arrived(
        self, ask: Ask, fate: Fate, answered: Callable[[int | None, JSON | None], None]
    ) -> None:
        status, answer = self.serve(ask, crash=fate.crash or self._dies_seldom(ask))
        if fate.refused:
            status, answer = 503, None
        elif not fate.readable:
            answer = None
        if not fate.answered or status is None:
            self.at(self.now + TIMEOUT, partial(answered, None, None))
        else:
            self.at(self.now + fate.back, partial(answered, status, answer))

    def serve(self, ask: Ask, *, crash: bool | str = False) -> tuple[int | None, JSON | None]:
        """Hand a request to the server, and remember what it said of every operation."""
        self.requests += 1
        headers = {"Authorization": f"Device {ask.credential}"} if ask.credential else {}
        status: int | None
        answer: JSON | None
        if crash:
            point = crash if isinstance(crash, str) else self._dies_at(ask)
            status, answer = self.server.dying(point, ask.method, ask.path, ask.body, headers)
            self.injected[f"crash {point}"] += self.server.struck
            door = ask.path.partition("?")[0].rpartition("/")[2]
            self.injected[f"crash in {door}"] += self.server.struck
        else:
            status, answer = self.server.wire(ask.method, ask.path, ask.body, headers)
        if status is not None and status >= 500 and not crash:  # noqa: PLR2004
            self.broken.append(f"{ask.method} {ask.path.partition('?')[0]}: {status} {answer}")
        if status is not None and (told := POISON.search(self.server.said)):
            self.broken.append(f"S13 {ask.method} {ask.path.partition('?')[0]} tells {told[0]!r}")
        if status == 200 and answer is not None and "results" in answer:  # noqa: PLR2004
            self.heard(answer)
        return status, answer

    def _dies_at(self, ask: Ask) -> str:
        """What only looks dies of looking; what may be cut in two dies there every other time."""
        if ask.method == "GET":
            return READING
        several = ask.body is not None and len(ask.body.get("ops", ())) > 1
        return POINTS[2] if several and self.chance.random() < 0.5 else self.chance.choice(POINTS)  # noqa: PLR2004

    def _dies_seldom(self, ask: Ask) -> bool | str:
        """Doors that few go through must not be spared for it, nor pushes of several chunks."""
        if self.faults.calm:
            return False
        if seldom(ask):
            return self.faults.hits("crash", 0.5)
        several = ask.body is not None and len(ask.body.get("ops", ())) > 1
        return POINTS[2] if several and self.faults.hits("crash", 0.3) else False

    def heard(self, answer: JSON) -> None:
        """An answer is for ever (S4)."""
        for each in answer["results"]:
            if each["id"] is None:
                continue
            verdict = (each["outcome"], tuple(each["codes"]), each["commit_seq"])
            first = self.verdicts.setdefault(each["id"], verdict)
            if first != verdict:
                self.broken.append(f"S4 {each['id']}: first {first}, then {verdict}")

    def desk(self, path: str, body: JSON) -> tuple[int, JSON]:
        """Ask at the supervisor's desk; the server may die under it, the desk asks again."""
        headers = {"Authorization": f"Bearer {self.furnished.token}"}
        if self.faults.hits("crash", 0.1) and not self.faults.calm:
            point = self.chance.choice(POINTS)
            self.server.dying(point, "POST", path, body, headers)
            self.injected[f"crash {point}"] += self.server.struck
        return self.server.wire("POST", path, body, headers)

    def decide(self, kind: str, payload: JSON, cause: str | None = None) -> tuple[int, JSON]:
        """Let the supervisor decide something."""
        self.serial += 1
        operation = self.names.operation(-self.serial)
        body = {"id": operation, "kind": kind, "kind_v": 1, "payload": payload, "cause": cause}
        return self.desk("/api/v1/operations", body)

    def invite(self, scanner: Core) -> None:
        """Let a supervisor enrol a handheld in place of what it was."""
        status, answer = self.desk("/api/v1/office/devices/codes", {})
        if status != 201:  # noqa: PLR2004
            self.broken.append(f"no enrolment code: {status} {answer}")
            return
        scanner.enrolment = {
            "enrolment_code": answer["code"], "label": scanner.label, "replaces": scanner.id
        }  # fmt: skip
        scanner.asked = False

    # --- the floor ---------------------------------------------------------------------------

    def gesture(self, deed: Deed) -> None:
        """A handheld hears of a deed; a clone is held by other hands half of the time."""
        held = self.scanners[deed.hand]
        turn = deed.sheet if deed.sheet is not None else deed.n // 3
        scanner = held[turn % len(held)]
        if not scanner.ready:
            return  # nobody can tell anything to a handheld that is not enrolled
        kind, payload = self.names.payload(deed)
        operation = self.names.operation(deed.n)
        cause = self.names.operation(deed.void) if deed.void is not None else None
        if not scanner.write(self.now, kind, payload, operation, cause):
            return  # and whoever told it has seen that
        self.recorded[deed.n] = operation
        self.by_operation[operation] = deed.n
        if deed.sheet is not None:
            self.sheets[deed.sheet].append(deed)
        if scanner.eager():
            self.at(self.now, partial(self.session, scanner))

    def forgotten(self, texts: list[str]) -> None:
        """These operations were on no disk but one, and that is gone."""
        for text in texts:
            n = self.by_operation.get(operation_of(text))
            if n is not None:
                self.lost.add(n)
