"""What may go wrong, drawn per seed; whatever happened is counted by its name."""

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

MESSAGES = (
    "request lost", "answer lost", "request doubled", "request late", "answer cut short",
    "503 before", "503 after", "crash",
)  # fmt: skip
LIVES = ("re-install", "re-enrol", "wipe", "clone", "restored image", "revoke")
CLOCKS = ("clock offset", "clock drift", "clock jump", "sleep", "restart")
HANDS = ("offline", "user switch", "cold start", "half batches", "parked", "upgrade")
DESKS = (
    "count rejected", "order cancelled", "voided at the desk", "excluded", "lease handed over",
    "lease revoked", "lease expired",
)  # fmt: skip
SERVERS = ("older server", "new payload version", "server restored")
EVERY = (*MESSAGES, *LIVES, *CLOCKS, *HANDS, *DESKS, *SERVERS)
LEAST, MOST = 5, 12  # kinds a seed
RATE = 0.12  # of the requests, shared by the kinds that concern messages
HOUR = 3_600_000


@dataclass(frozen=True)
class Fate:
    """What becomes of one request."""

    out: float  # ms until it arrives
    back: float  # and until the answer does
    arrives: bool = True
    answered: bool = True
    readable: bool = True
    refused: bool = False  # by whatever stands before the server
    crash: bool = False
    doubled: float | None = None  # ms after which a second copy arrives
    late: float | None = None  # ms after which the only or another copy arrives


@dataclass
class Faults:
    """The kinds of trouble of one seed."""

    chance: Random
    kinds: tuple[str, ...]
    storms: list[tuple[float, float]] = field(default_factory=list)
    calm: bool = False

    def has(self, kind: str) -> bool:
        """Tell whether this seed knows a kind."""
        return kind in self.kinds

    def hits(self, kind: str, rate: float) -> bool:
        """Draw whether it happens now."""
        return kind in self.kinds and self.chance.random() < rate

    def fate(self, now: float) -> tuple[str | None, Fate]:
        """Draw what becomes of a request, and name the fault, if there is one."""
        draw = self.chance.uniform
        plain = Fate(draw(10, 400), draw(10, 400))
        known = [kind for kind in MESSAGES if kind in self.kinds]
        stormy = any(begins <= now < ends for begins, ends in self.storms)
        if stormy:
            known = [kind for kind in known if kind[:3] == "503"]
        if self.calm or not known or self.chance.random() > (0.8 if stormy else RATE):
            return None, plain
        kind = self.chance.choice(known)
        return kind, self._bad(kind, plain)

    def _bad(self, kind: str, plain: Fate) -> Fate:
        late, doubled = self.chance.uniform(5_000, HOUR), self.chance.uniform(20, 5_000)
        changed: dict[str, dict[str, Any]] = {
            "request lost": {"arrives": False, "answered": False},
            "answer lost": {"answered": False},
            "answer cut short": {"readable": False},
            "request doubled": {"doubled": doubled},
            # given up by the handheld, delivered after all
            "request late": {"arrives": False, "answered": False, "late": late},
            "503 before": {"arrives": False, "refused": True},
            "503 after": {"refused": True},
            "crash": {"crash": True},
        }
        return replace(plain, **changed[kind])


def drawn(seed: int, hours: float) -> Faults:
    """Choose the kinds of a seed."""
    chance = Random(f"faults {seed}")  # noqa: S311 - the same faults for everybody
    kinds = tuple(sorted(chance.sample(EVERY, chance.randint(LEAST, MOST))))
    if "server restored" in kinds:  # who lost a memory too has nothing to refill it from
        kinds = tuple(kind for kind in kinds if kind not in LIVES)
    storms = []
    if "503 before" in kinds or "503 after" in kinds:
        for _ in range(chance.randint(1, 3)):
            begins = chance.uniform(0, hours * HOUR)
            storms.append((begins, begins + chance.uniform(60_000, 0.05 * hours * HOUR)))
    return Faults(chance, kinds, storms)
