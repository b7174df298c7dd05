"""What a fact does to stock, as values."""

from dataclasses import field
from datetime import datetime
from typing import Literal, NamedTuple

from app.kernel.values import value

Status = Literal["available", "quality", "damaged", "quarantine"]
STATUSES: tuple[Status, ...] = ("available", "quality", "damaged", "quarantine")
HolderKind = Literal["place", "lpn"]
PostingKind = Literal["fact", "void", "adjust", "restate"]


class EffKey(NamedTuple):
    """When it happened, with a total order: two devices may share a microsecond.

    Part 0 is the fact itself, part 1 what a count posts just after it.
    """

    eff_at: datetime
    device: str
    epoch: int
    seq: int
    part: int = 0


class OpenBooks(NamedTuple):
    """From when the books are open; what happened before is posted to their first day."""

    opens_at: datetime
    first_day: str  # YYYY-MM-DD, as the site's calendar has it


class Holder(NamedTuple):
    """Where goods are held: a location or a handling unit, never both."""

    kind: HolderKind
    id: str


class StockKey(NamedTuple):
    """What the ledger keeps apart; `lot` is an empty string for goods without one."""

    holder: str
    item: str
    lot: str
    status: str


class CountKey(NamedTuple):
    """What a count speaks about: status is not visible on the shelf."""

    holder: str
    item: str
    lot: str


def place(location: str) -> Holder:
    """Name a location as holder."""
    return Holder("place", location)


def unit(lpn: str) -> Holder:
    """Name a handling unit as holder."""
    return Holder("lpn", lpn)


@value
class Posting:
    """Goods leave `source` and arrive at `target`; quantity in base units.

    It is negative only where an earlier posting is taken back.
    """

    source: Holder
    target: Holder
    item: str
    lot: str
    quantity: int
    status: str = "available"
    kind: PostingKind = "fact"

    def reversed(self) -> "Posting":
        """Say that this did not happen."""
        return Posting(
            self.source, self.target, self.item, self.lot, -self.quantity, self.status, "void"
        )


@value
class Position:
    """Identity stock (LPN or serial) was seen at `target`, or absent from it."""

    unit: str
    kind: Literal["lpn", "serial"]
    target: str
    what: Literal["at", "absent"] = "at"
    source: str | None = None  # where hands took it from: evidence, not a posting
    item: str | None = None  # of a serial


@value
class Sighting:
    """One entry of an identity's history, ready to be folded."""

    key: EffKey
    what: str
    target: str
    source: str | None = None


@value
class Fold:
    """Where identity stock stands and where its story has holes."""

    place: str | None = None
    since: datetime | None = None
    gaps: tuple[Sighting, ...] = field(default=())


def fold(sightings: list[Sighting], variance: str, supplier: str) -> Fold:
    """Fold a history in the order in which it happened (sync.md §6).

    `absent from b` counts only for what stood in b; a scanned source that differs from the
    position just before is a gap in the chain.
    """
    at: str | None = None
    since: datetime | None = None
    gaps: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda s: s.key):
        if sighting.what == "absent":
            if at == sighting.target:
                at, since = variance, sighting.key.eff_at
            continue
        before = at if at is not None else supplier
        if sighting.source is not None and sighting.source != before:
            gaps.append(sighting)
        at, since = sighting.target, sighting.key.eff_at
    return Fold(at, since, tuple(gaps))
