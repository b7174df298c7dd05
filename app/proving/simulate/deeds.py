"""What hands do, in the words of the floor: codes, never ids. Knows nothing of the product."""

from dataclasses import dataclass
from typing import NamedTuple

SUPPLIER, CUSTOMER, VARIANCE = "@supplier", "@customer", "@variance"
DOCK, STAGE = "DOCK-1", "STAGE-1"
BINS = ("A-01", "A-02", "A-03", "B-01", "B-02")
TEA, LAMP, MILK = "TEA", "LAMP", "MILK"
DRILL = "DRILL"  # each has a number of its own, S-1, S-2 …
HIDDEN, SALT = "Z-99", "SALT"  # a bin and goods of which no gesture but one ever speaks
LOTS = {TEA: ("",), LAMP: ("",), MILK: ("L1", "L2")}
ORDERS = tuple(f"SO-{n}" for n in range(1, 9))
LINES = (TEA, LAMP, MILK)  # of every order, in this sequence


class Pile(NamedTuple):
    """Goods of one item and lot in a place, or on a pallet or tote."""

    holder: str
    item: str
    lot: str


@dataclass(frozen=True, slots=True)
class Move:
    """Told: goods left one holder for another."""

    source: str
    target: str
    item: str
    lot: str
    quantity: int
    status: str = "available"


@dataclass(frozen=True, slots=True)
class Stand:
    """Told: a pallet or tote was brought to a place; `source` only where it was scanned."""

    unit: str
    place: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Told: so much of a pile was seen, or an unopened unit."""

    sheet: int  # number of the first deed of the sheet
    place: str
    pile: Pile | None
    unit: str | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Finish:
    """Told: nothing else is in this place."""

    sheet: int
    place: str
    empty: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """One gesture as it is told to a handheld, at the true instant at which hands made it."""

    n: int
    at: int  # true milliseconds since the simulation began
    hand: int  # whose handheld
    kind: str
    moves: tuple[Move, ...] = ()
    stands: tuple[Stand, ...] = ()
    line: Line | None = None
    finish: Finish | None = None
    void: int | None = None  # the number of the deed that did not happen
    order: str | None = None
    place: str | None = None  # where hands reached in, of a pick

    @property
    def sheet(self) -> int | None:
        """The count sheet that it belongs to."""
        if self.line:
            return self.line.sheet
        return self.finish.sheet if self.finish else None
