"""What a handheld keeps on its disk, and what it says to the network."""

import hashlib
import json
from dataclasses import dataclass, field

from app.proving.handheld import GENESIS, JSON
from app.proving.simulate.timepiece import Timepiece


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


class DeviceClock:
    """A timepiece as `Handheld` reads clocks."""

    def __init__(self, piece: Timepiece) -> None:
        self.piece = piece
        self.at: float = 0
        self.offset: float = 0
        self.rtt: float = 0

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
        self.offset = server_ms - (self.wall + sent_wall) / 2


def put(journal: Journal, text: str) -> None:
    """Append bytes to a journal."""
    journal.queue.append(text)
    journal.prev = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def reenveloped(text: str, journal: Journal) -> str:
    """Give an operation its place in another journal: only `epoch, seq, prev` change."""
    envelope = json.loads(text)
    envelope.update(epoch=journal.epoch, seq=len(journal.queue) + 1, prev=journal.prev)
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
