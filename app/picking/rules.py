"""Which goods serve an order line, and in which order a picker walks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from app.kernel.problem import Problem
from app.kernel.values import value

LEASE = timedelta(hours=12)  # as long as somebody may work without being asked who he is
GRACE = timedelta(hours=1)  # what was done in time has this long to arrive
Rotation = Literal["fifo", "lifo", "fefo"]


@value
class Candidate:
    """Goods that could be picked: free = on hand less what others have reserved."""

    place: str
    place_code: str
    holder: str
    lot: str
    free: int
    received_at: datetime
    expiry: str | None = None
    x: int = 0
    y: int = 0
    z: int = 0


@value
class Take:
    """So much from there."""

    candidate: Candidate
    quantity: int


@dataclass(eq=False)
class NoWork(Problem):
    """There is nothing to pick that could be picked."""

    code = "picking.no_work"


@dataclass(eq=False)
class OverPick(Problem):
    """More was taken than the line asks for."""

    code = "over_pick"
    open: int
    picked: int


@dataclass(eq=False)
class PickForCancelled(Problem):
    """The order was cancelled before this was picked."""

    code = "pick_for_cancelled"
    order: str


@dataclass(eq=False)
class HeldStockPicked(Problem):
    """These goods are held; they must not go out."""

    code = "held_stock_picked"
    hold: str


def usable(expiry: str | None, today: date, min_life_days: int) -> bool:
    """Tell whether goods live long enough; the day of expiry itself still counts (I9)."""
    if expiry is None:
        return True
    return date.fromisoformat(expiry) >= today + timedelta(days=min_life_days)


def allocate(wanted: int, rotation: Rotation, candidates: Iterable[Candidate]) -> list[Take]:
    """Take from the right goods first; among equals from as few places as possible.

    Ties end on the ids of holder and lot so that every run decides alike.
    """
    takes: list[Take] = []
    for candidate in sorted(candidates, key=lambda c: _rank(rotation, wanted, c)):
        quantity = min(candidate.free, wanted)
        if quantity > 0:
            takes.append(Take(candidate, quantity))
            wanted -= quantity
        if wanted <= 0:
            break
    return takes


def _rank(rotation: Rotation, wanted: int, candidate: Candidate) -> tuple[object, ...]:
    day = candidate.received_at.date().toordinal()
    first: object = day
    if rotation == "lifo":
        first = -day
    elif rotation == "fefo":
        first = (candidate.expiry or "9999-12-31", day)
    whole = 0 if candidate.free >= wanted else 1
    return (first, whole, -candidate.free, candidate.place_code, candidate.holder, candidate.lot)


def walking_order(places: Iterable[tuple[str, int, int, int]]) -> list[str]:
    """Order places (id, x, y, z in cm) for a walk: aisle by aisle, back and forth."""
    aisles: dict[int, list[tuple[int, int, str]]] = {}
    for place, x, y, z in places:
        aisles.setdefault(x, []).append((y, z, place))
    ordered: list[str] = []
    for n, x in enumerate(sorted(aisles)):
        ordered += [place for _, _, place in sorted(aisles[x], reverse=n % 2 == 1)]
    return ordered
