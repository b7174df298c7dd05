"""Why a correction may be refused, and what is said when it has to wait."""

from dataclasses import dataclass

from app.kernel.problem import Problem


@dataclass(eq=False)
class NoSuchItem(Problem):
    """There is no such item."""

    code = "stock.unknown_item"
    item: str


@dataclass(eq=False)
class NoSuchPlace(Problem):
    """The site has no such place, or it is only a place in the books."""

    code = "stock.unknown_place"
    place: str


@dataclass(eq=False)
class NoSuchReason(Problem):
    """A correction needs one of the site's reasons."""

    code = "stock.unknown_reason"
    reason: str


@dataclass(eq=False)
class LotNeeded(Problem):
    """The item is kept by lot; without one nobody knows which goods are meant."""

    code = "stock.lot_missing"
    item: str


@dataclass(eq=False)
class SerialNeeded(Problem):
    """The item is kept piece by piece: one serial number, quantity 1."""

    code = "stock.serial_missing"
    item: str


@dataclass(eq=False)
class BadLimit(Problem):
    """A limit is an amount, not below zero, of at most four decimals."""

    code = "stock.bad_limit"
    value: str


@dataclass(eq=False)
class AwaitsApproval(Problem):
    """More than one person may decide alone: nothing is posted yet."""

    code = "stock.awaits_approval"


@dataclass(eq=False)
class UnknownAdjustment(Problem):
    """There is no such correction here."""

    code = "stock.unknown_adjustment"
    adjustment: str


@dataclass(eq=False)
class AlreadyDecided(Problem):
    """Somebody has decided this before."""

    code = "stock.already_decided"
    state: str


@dataclass(eq=False)
class OwnAdjustment(Problem):
    """Nobody approves what he asked for himself, and nobody nameless approves anything."""

    code = "stock.own_adjustment"
