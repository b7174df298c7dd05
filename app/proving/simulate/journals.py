"""What a handheld keeps on its disk, and what it says to the network."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.kernel.ids import derived
from app.proving.handheld import GENESIS, JSON, Wire
from app.proving.simulate.timepiece import Timepiece

ONCE = ("/devices", "/sync/rotate", "/sync/rescue", "/labels/numbers")  # doors that few go through


@dataclass
class Journal:
    """One epoch's envelopes, kept for good; `sent` of them were named in answers."""

    device: str
    epoch: int
    queue: list[str] = field(default_factory=list)
    sent: int = 0
    prev: str = GENESIS

    @property
    def pending(self) -> int:
        """How many nobody has answered for."""
        return len(self.queue) - self.sent

    def copy(self) -> "Journal":
        """What an image of the disk holds."""
        return Journal(self.device, self.epoch, list(self.queue), self.sent, self.prev)


@dataclass(frozen=True)
class Ask:
    """A request of a handheld."""

    method: str
    path: str
    body: JSON | None
    credential: str | None
    journal: Journal | None = None
    sent_wall: float = 0

    @property
    def first_seq(self) -> int:
        """Where what it hands in begins."""
        return int(self.body["first_seq"]) if self.body and "first_seq" in self.body else 0


@dataclass(frozen=True)
class PutBack:
    """What an older image of a disk lacks."""

    gone: list[str]  # operations that nobody has answered for
    declares: bool  # it has to say so


@dataclass(frozen=True)
class Handed:
    """A handheld as it is put into somebody's hands."""

    hand: int
    device: str  # as it was enrolled first
    clock: "DeviceClock"
    batch: int
    page: int
    site: str
    org: str
    wire: Wire
    badges: Mapping[str, str]  # person → badge
    roles: tuple[str, ...]
    until: str  # when grants end
    calm: Callable[[], bool]  # nothing goes wrong any more
    injected: Counter[str]


class DeviceClock:
    """A timepiece as `Handheld` reads clocks."""

    def __init__(self, piece: Timepiece) -> None:
        self.piece = piece
        self.at: float = 0
        self.offset: float = 0
        self.rtt: float = 60_000  # nothing was heard yet
        self.asked_wall: float = 0

    def now(self) -> float:
        """The counter since the page began."""
        return self.piece.mono(self.at)

    @property
    def wall(self) -> float:
        """The wall clock."""
        return self.piece.wall(self.at)

    @property
    def wrong_by(self) -> float:
        """How far ahead it takes itself to be."""
        return -self.offset

    def measured(self, sent_wall: float, server_ms: float) -> None:
        """Compare clocks over a completed exchange."""
        self.rtt = max(self.wall - sent_wall, 0)
        self.asked_wall = sent_wall
        self.offset = server_ms - (self.wall + sent_wall) / 2


def named(rows: Iterable[JSON]) -> list[Journal]:
    """Put the rows of a disk into journals, as far as answers have named them without a gap."""
    found: dict[tuple[str, int], Journal] = defaultdict(lambda: Journal("", 0))
    for row in sorted(rows, key=lambda row: (row["device"], row["epoch"], row["seq"])):
        journal = found[(row["device"], row["epoch"])]
        journal.device, journal.epoch = row["device"], row["epoch"]
        if row["named"] and row["seq"] == journal.sent + 1:
            journal.queue.append(row["text"])
            journal.sent += 1
    return [journal for journal in found.values() if journal.sent]


def again(journal: Journal, count: int, clock: DeviceClock, credential: str) -> Ask:
    """Hand in a part of a journal beside its handheld; it promises nothing."""
    ops = journal.queue[journal.sent : journal.sent + count]
    wall = round(clock.wall)
    body = {
        "protocol": 1, "device": journal.device, "epoch": journal.epoch,
        "boot": clock.piece.boot, "cut_wall_ms": wall, "cut_mono_ms": round(clock.now()),
        "clock": {"offset_ms": 0, "rtt_ms": 60_000, "wall_ms": wall},
        "first_seq": journal.sent + 1, "ops": ops, "has_more": True,
        "head_seq": len(journal.queue), "pending": 0, "parked": False,
        "storage": {"persisted": True, "used": 0.01}, "app": "1.0.0",
    }  # fmt: skip
    return Ask("POST", "/api/v1/sync/push", body, credential)


def seldom(ask: Ask, answer: JSON | None = None) -> bool:
    """An enrolment, a rotation, a rescue, a reset, a block of numbers; an older journal asking."""
    asks, reset = (ask.body or {}).get("asks"), (answer or {}).get("reset")
    return ask.path.endswith(ONCE) or bool(asks or reset)


def operation_of(text: str) -> str:
    """Read the id of an envelope."""
    return str(json.loads(text)["id"])


def put(journal: Journal, text: str) -> None:
    """Append bytes to a journal."""
    journal.queue.append(text)
    journal.prev = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def branching(journal: Journal) -> JSON:
    """Ask for another journal: the server knows another story under these numbers."""
    first = operation_of(journal.queue[journal.sent])
    return {
        "rotation": derived(journal.device, f"branch {journal.epoch} {first}"),
        "device": journal.device, "from_epoch": journal.epoch, "reason": "clone",
        "lost": None, "head_seq": None,
    }  # fmt: skip


def reenveloped(text: str, journal: Journal) -> str:
    """Give an operation its place in another journal: only `epoch, seq, prev` change."""
    envelope = json.loads(text)
    envelope.update(epoch=journal.epoch, seq=len(journal.queue) + 1, prev=journal.prev)
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
